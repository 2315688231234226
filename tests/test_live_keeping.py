"""What a live session takes from the past and leaves behind: the plan, its recordings, and its last word."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest

from poise.app.remembering import load_past, now
from poise.cli.choices import Choices
from poise.cli.live_session import Plan
from poise.cli.remembering import fitted, keeping, todays_plan
from poise.cli.remembering import remembered as past_of
from poise.core.history.past import Past, Range
from poise.core.live.moment import Hurt, PainTold
from poise.core.types import Frame
from poise.core.words import ENGLISH
from poise.errors import PoiseError
from poise.io.settings import Settings
from poise.io.specs import load_spec
from poise.io.store import open_store, save_ranges
from remembering import NOON, header, keep, moments, remembered, telling
from seeded import seed

NECK = "upper-trapezius-stretch"
GREY = np.full((48, 64, 3), 90, np.uint8)
CHOICES = Choices(Settings(), ENGLISH, "0")


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the store of this test will be."""
    monkeypatch.setenv("POISE_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "poise.sqlite"


def options(*, no_store: bool = False, record: bool = False, keep_track: bool = False) -> argparse.Namespace:
    """The command line."""
    return argparse.Namespace(no_store=no_store, record=record, keep_track=keep_track)


def plan(*exercises: str) -> Plan:
    """What is to be done."""
    return Plan("Test", [(load_spec(name), "00" * 32) for name in exercises])


def measured(value: float, exercise: str = NECK) -> None:
    """Keep a painless range on the left."""
    with open_store() as store:
        save_ranges(store, [Range(NOON, exercise, "tilt", "neck_tilt", "left", value, 1.0, 8.6, 3)])


def test_targets_are_the_persons_own_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    """80 % of a range of 30; what cannot be done without pain is left out of a routine."""
    measured(30)
    spec, _ = fitted(plan(NECK), load_past()[0], CHOICES).exercises[0]
    assert spec.steps[1].of("left").target == 24
    assert "Left: aim for 24°, not 18°" in capsys.readouterr().err
    measured(5)
    past = load_past()[0]
    assert [spec.id for spec, _ in fitted(plan("shoulder-roll", NECK), past, CHOICES).exercises] == ["shoulder-roll"]
    with pytest.raises(PoiseError, match="less than the camera can judge") as error:
        fitted(plan(NECK), past, CHOICES)
    assert "poise calibrate" in error.value.hint


def test_today_is_what_is_proposed(path: Path) -> None:
    """One's own routine with the doses of today; after strong pain there is none."""
    seed(path, now(), days=20)
    today, routine = todays_plan(load_past()[0], pain=True)
    assert routine == "neck-relief"
    assert today.pain
    assert all(len(sha256) == 64 for _, sha256 in today.exercises)
    keep(path, [telling(next(moments(1)), PainTold(0.1, "after", 8))], header(now()))
    with pytest.raises(PoiseError, match="Rest today"):
        todays_plan(load_past()[0], pain=True)


def test_with_no_store_nothing_is_read_and_nothing_left(path: Path) -> None:
    """Not even the folder; a recording without its session is refused."""
    assert past_of(options(no_store=True)) == Past()
    with keeping(options(no_store=True), plan(NECK), Past(), CHOICES, None) as kept:
        kept.recorder("full").add(next(moments(1)))
    assert not path.parent.exists()
    with pytest.raises(PoiseError, match="recordings are kept with their session"):
        past_of(options(no_store=True, record=True))


def test_a_session_leaves_its_moments_its_film_and_its_landmarks(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under one name; and what was told in it calls for a doctor at the end."""
    asked = options(record=True, keep_track=True)
    past = past_of(asked)
    with keeping(asked, plan(NECK), past, CHOICES, "neck-relief") as kept:
        recorder = kept.recorder("full")
        assert kept.film is not None
        for n, moment in enumerate(moments(1)):
            kept.film.take(Frame(n, moment.t_s, GREY))
            recorder.add(moment)
        recorder.add(telling(moment, PainTold(20.0, "after", 7), phase="pain-after"))
        recorder.close()
    (session,) = remembered(path).sessions
    assert session.routine == "neck-relief"
    with open_store() as store:
        ((name, model, sha256),) = store.connection.execute(
            "SELECT recordings, session.model, spec_sha256 FROM session JOIN exercise ON session = session.id"
        ).fetchall()
    folder = path.parent / "recordings" / name
    assert {one.name for one in folder.iterdir()} == {"film.mp4", "track-1.npz"}
    assert model.startswith("full")
    assert sha256 is None  # of an exercise that was not planned
    printed = " ".join(capsys.readouterr().out.split())
    assert "recorded in" in printed
    assert "You told a pain of 7 of 10." in printed


def test_what_is_told_during_the_session_is_put_before_the_rule(path: Path) -> None:
    """Two pangs are remembered; the third one, now, makes three."""
    measured(40)  # so that two of them leave something to do
    hurting = [telling(moment, Hurt(moment.t_s, NECK, "left"), phase="work") for moment in list(moments(1))[:2]]
    keep(path, hurting, header(now()))
    doctor = fitted(plan(NECK), load_past()[0], CHOICES).doctor
    assert doctor([]) == ()
    assert "It hurt 3 times within two weeks." in doctor([Hurt(1.0, NECK, "left")])
