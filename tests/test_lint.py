"""Advice on specs: each rule speaks where it should, and clean specs stay silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poise.core.author import lint as lint_module
from poise.core.author import lint_texts
from poise.core.author.lint import lint
from poise.core.author.lint_rules import RULES as RULES_WHY
from poise.core.author.reach import REACH
from poise.core.measures import CATALOGUE
from poise.core.spec import Spec
from poise.documents import parse_document
from poise.io.specs import lint_spec
from specs_material import GOOD, UNSIDED


def spec_of(text: str) -> Spec:
    """A spec from its text."""
    return parse_document(text.encode(), Path("lint.yaml")).as_model(Spec)


@pytest.mark.parametrize("text", [GOOD, UNSIDED])
def test_a_clean_spec_is_silent(text: str) -> None:
    """There is nothing to say about a spec that does what it should."""
    assert lint(spec_of(text)) == []


HELD = "    hold: dose\n"
RULES = [
    # clean spec, what is changed, rule, field
    (GOOD, "above: 20", "above: 70", "out-of-reach", "steps[1].where.neck_tilt"),
    (GOOD, "outside: [-20, 20]", "between: [95, 99]", "out-of-reach", "faults[1].where.neck_turn"),
    (GOOD, "lean: {above: 15}", "speed.lean: {above: 5000}", "out-of-reach", "faults[2].where.speed.lean"),
    (GOOD, "above: 15", "above: -15", "no-threshold", "faults[2].where.lean"),
    (GOOD, "above: 20", "above: 20, margin: 0.1", "thin-margin", "steps[1].where.neck_tilt.margin"),
    (GOOD, "view: front", "view: side", "unseen-view", "steps[0].where.neck_tilt"),
    (GOOD, "view: front", "view: [front, side]", "unseen-view", "steps[0].where.neck_tilt"),
    (GOOD, "[head, shoulders]", "[head]", "unseen-part", "steps[0].where.neck_tilt"),
    (GOOD, "above: 20", "above: 5", "overlap", "steps[1].where"),
    (GOOD, "neck_tilt: {above: 20}", "neck_turn: {above: 20}", "overlap", "steps[1].where"),
    (GOOD, "above: 20", "above: 8.5", "too-close", "steps[1].where"),
    (GOOD, "neck_turn: {outside: [-20, 20]}", "neck_tilt: {below: 10}", "fault-never", "faults[1].where.neck_tilt"),
    (GOOD, "neck_turn: {outside: [-20, 20]}", "neck_tilt: {above: 10}", "fault-always", "faults[1].where"),
    (GOOD, "for: 1 s", "for: 16 s", "fault-too-slow", "faults[0].for"),
    (GOOD, "    hold: dose\n", "", "unused-hold", "dose.hold"),
    (GOOD, "{reps: 5}", "{reps: 2}", "no-growth", "dose.grow_to.reps"),
    (GOOD, "hold: 15 s", "hold: 1 s", "long-grace", "steps[1]"),
    (GOOD, HELD, HELD + "    personal: {from: 9, to: 30}\n", "too-close", "steps[1].personal.from"),
    (GOOD, HELD, HELD + "    personal: {from: 12, to: 80}\n", "out-of-reach", "steps[1].personal.to"),
    (GOOD, "Stay tall", "Stay " + "very " * 12 + "tall", "long-words", "faults[2].say"),
    (GOOD, "your {side} shoulder", "your shoulder", "side-unsaid", "steps"),
    (GOOD, "guide: Sit tall, ", "guide: Sit tall #", "short-guide", "guide"),
    (GOOD, "[dizziness]", "[]", "no-safety", "safety"),
    (GOOD, "where: {lean:", "where: {trunk_lean:", "unused-measure", "measures.lean"),
    (GOOD, "lean: {above: 15}", "steadiness.lean: {above: 95}", "out-of-reach", "faults[2].where.steadiness.lean"),
    (UNSIDED, "elbow_flexion: {above: 90", "difference.elbow_flexion: {above: 170", "out-of-reach",
     "steps[0].where.difference.elbow_flexion"),
    (UNSIDED, "above: 90", "above: 170", "out-of-reach", "steps[0].where.elbow_flexion"),
    (UNSIDED, "elbow_flexion: {above: 90}", "elbow_flexion: {above: 90, if_seen: true}", "nothing-seen",
     "steps[0].where"),
    (GOOD, "where: {other.shoulder_raise: {above: 8}}", "where: {speed.shoulder_raise: {above: 90}}", "slow-speed",
     "faults[0].for"),
    (GOOD, "hold: 15 s", "hold: 15 min", "long-dose", "dose"),
    (GOOD, "say: Stay tall", "say: Keep facing the screen, only tilt", "same-words", "faults[2].say"),
    (GOOD, "Ear toward your {side}", "Ear to the {side}, from the Right", "side-words", "steps[1].say"),
]  # fmt: skip


@pytest.mark.parametrize(("clean", "right", "wrong", "rule", "field"), RULES)
def test_a_rule_speaks(clean: str, right: str, wrong: str, rule: str, field: str) -> None:
    """One change to a clean spec brings up its rule, at its field, with a way to mend it."""
    assert right in clean
    found = [advice for advice in lint(spec_of(clean.replace(right, wrong, 1))) if advice.rule == rule]
    assert found
    assert str(found[0]).startswith(f"{field}: ")
    assert found[0].mend


def test_what_is_wrong_at_the_usual_target_is_not_said_again_at_its_bounds() -> None:
    """One line of advice for one thing to mend."""
    text = GOOD.replace("above: 20", "above: 20, margin: 0.1").replace(
        HELD, HELD + "    personal: {from: 15, to: 30}\n"
    )
    assert [advice.rule for advice in lint(spec_of(text))] == ["thin-margin"]


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("view: front", "view: [front, side]", "unseen-view"),
        ("[head, shoulders]", "[head]", "unseen-part"),
    ],
)
def test_if_seen_says_that_the_author_knows(right: str, wrong: str, rule: str) -> None:
    """A condition with `if_seen` may be out of sight."""
    text = GOOD.replace(right, wrong).replace("below: 8}", "below: 8, if_seen: true}")
    text = text.replace("above: 20}", "above: 20, if_seen: true}")
    assert rule not in [advice.rule for advice in lint(spec_of(text))]


def test_the_far_arm_is_not_asked_for_from_the_side() -> None:
    """Both elbows seen side on are never known; each for itself, from the front, or where it need not be seen, is."""
    both = UNSIDED.replace("elbow_flexion: {above", "both.elbow_flexion: {above")
    from_the_side = both.replace("view: front", "view: side")
    assert [advice.rule for advice in lint(spec_of(from_the_side))] == ["far-arm"]
    fault = UNSIDED + "faults:\n  - {id: uneven, say: Level, where: {difference.elbow_flexion: {above: 30}}}\n"
    assert [advice.rule for advice in lint(spec_of(fault.replace("view: front", "view: side")))] == ["far-arm"]
    assert lint(spec_of(from_the_side.replace("both.", ""))) == []


def test_every_rule_has_its_reason() -> None:
    """`poise lint --rules` leaves none out, and names none that is gone."""
    source = "".join(path.read_text() for path in (Path(lint_module.__file__), Path(lint_texts.__file__)))
    assert set(re.findall(r'Advice\("([a-z-]+)"', source)) == set(RULES_WHY)


def test_two_measures_apart_are_enough() -> None:
    """Steps that are near in one measure but apart in a second are two positions."""
    text = GOOD.replace("{neck_tilt: {below: 8}}", "{neck_tilt: {below: 30}, neck_turn: {below: 10}}")
    text = text.replace("neck_tilt: {above: 20}\n", "neck_tilt: {above: 20}\n      neck_turn: {above: 30}\n")
    text = text.replace("outside: [-20, 20]", "above: 70")
    assert lint(spec_of(text)) == []


def test_both_sides_meet_what_the_working_side_must() -> None:
    """`both.` and the working side speak of the same number; `left.` and `right.` do not."""
    both = UNSIDED.replace("elbow_flexion: {above", "both.elbow_flexion: {above")
    assert lint(spec_of(both)) == []
    crossed = UNSIDED.replace("elbow_flexion: {above", "left.elbow_flexion: {above")
    crossed = crossed.replace("elbow_flexion: {below", "right.elbow_flexion: {below")
    assert [advice.rule for advice in lint(spec_of(crossed))] == ["overlap"]


def test_the_table_of_reach_covers_the_catalogue() -> None:
    """Every measure has its range, wide enough for its own usual rest, and no range is left over."""
    assert set(REACH) == set(CATALOGUE)
    for name, measure in CATALOGUE.items():
        low, high = REACH[name]
        assert high - low > 20 * measure.noise


def test_advice_has_its_line(tmp_path: Path) -> None:
    """Advice on a file names line and column, in order of lines."""
    path = tmp_path / "tilt.yaml"
    path.write_text(GOOD.replace("above: 20", "above: 70").replace("[dizziness]", "[]"))
    first, second = lint_spec(path)
    assert str(first).startswith(f"{path}:18:7: steps[1].where.neck_tilt: no body reaches this")
    assert (second.line, second.column, second.advice.rule) == (38, 1, "no-safety")
