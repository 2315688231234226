"""The measure that matters now, beside its joint: what its words say, and where they stand."""

from __future__ import annotations

import pytest
from coaching import TILT, exercise
from figures import SITTING

from drawing import HD, SMALL, count_of, frame_of, pose_of, snapshot_of
from poise.core.body import BodyTracker
from poise.core.coach import Aim
from poise.core.conditions import Target
from poise.core.measures import CATALOGUE
from poise.core.spec import Condition
from poise.core.words import Words
from poise.io.overlay import Overlay
from poise.io.overlay.figure import MINUS, Figure, Gauge
from poise.io.overlay.style import INK, WHITE, Sizes

RAISED = exercise({"where": {"shoulder_raise": {"below": 4}}}, {"where": {"shoulder_raise": {"above": 5.2}}})


@pytest.mark.parametrize(
    ("name", "condition", "value", "words"),
    [
        ("neck_tilt", Condition(above=18.0), 12.3, ("12°", "→ 18°")),
        ("neck_tilt", Condition(above=18.0), 31.4, ("31°", "≥ 18°")),
        ("shoulder_raise", Condition(above=5.2), 5.1, ("4%", "→ 5%")),
        ("shoulder_raise", Condition(above=5.2), 5.3, ("5%", "≥ 5%")),
        ("neck_nod", Condition(above=18.5), 18.4, ("17°", "→ 18°")),
        ("neck_nod", Condition(below=-12.0), -11.8, (f"{MINUS}11°", f"→ {MINUS}12°")),
        ("neck_nod", Condition(below=-12.0), -12.1, (f"{MINUS}12°", f"≤ {MINUS}12°")),
        ("neck_nod", Condition(between=(-8.0, 14.0)), 39.0, ("39°", "→ 14°")),
        ("neck_nod", Condition(between=(-8.0, 14.0)), -23.0, (f"{MINUS}23°", f"→ {MINUS}8°")),
        ("neck_nod", Condition(between=(-8.0, 14.0)), 3.0, ("3°", f"{MINUS}8° … 14°")),
        ("neck_turn", Condition(outside=(-8.0, 14.0)), 3.0, ("3°", f"{MINUS}8° … 14°")),
    ],
)
def test_a_value_never_stands_at_a_target_that_it_has_not_reached(
    name: str, condition: Condition, value: float, words: tuple[str, str]
) -> None:
    """Where rounding makes them equal they are told apart; what is reached is a least, nothing to come back to."""
    target = Target.compile(name, condition, CATALOGUE)
    assert Gauge(CATALOGUE[name], target, value, 0.5, "left").words() == words


def test_a_measure_without_an_angle_has_its_name() -> None:
    """Beside shoulders, "3% → 6%" tells nobody what; an angle stands where it is measured, and needs no name."""
    for spec, ref, named in ((RAISED, "shoulder_raise", True), (TILT, "neck_tilt", False)):
        aim = Aim(Target.compile(ref, Condition(above=18.0), CATALOGUE), 3.0, 0.2)
        snapshot = snapshot_of(SITTING, HD, spec, aim=aim, problem=None)
        whites = [
            count_of(Overlay(spec, Words("en", {ref.replace("_", " "): name})).draw(frame_of(HD), snapshot), WHITE)
            for name in ("I", "HHH HHH")
        ]
        assert (whites[1] > whites[0]) is named


@pytest.mark.parametrize("aside", [-0.6, -0.4, 0.4, 0.6])
def test_beside_the_neck_the_words_do_not_jump(aside: float) -> None:
    """In the middle of the body neither side is the outer one, however its pixels are rounded."""
    figure = SITTING.but(scale=0.8, shift=(aside, 0.0))
    gauge = Gauge(CATALOGUE["neck_nod"], Target.compile("neck_nod", Condition(above=18.5), CATALOGUE), 3.0, 0.2, None)
    picture = frame_of(SMALL)
    body = BodyTracker().track(pose_of(figure, SMALL))
    Figure(body, SMALL[0], False, Sizes.of(*SMALL)).draw_gauge(picture, gauge, (0, 0, *SMALL))
    half = SMALL[0] // 2 + 20
    assert count_of(picture[:, half:], INK) > 200
    assert count_of(picture[:, : half - 40], INK) == 0
