"""What a session came to, from figures that can be counted by hand."""

from __future__ import annotations

from coaching import ARM_RAISE, TILT

from poise.core.faults import HOLD_SHORT
from poise.core.live.summary import Reach, summarise
from poise.core.session import FaultRecord, Hold, Repetition, Reps, Session

BLANK = Session(poise="0", source="test", exercise="x", model="none")


def repetition(n: int, side: str | None, **peak: float) -> Repetition:
    """One repetition that reached so far."""
    return Repetition.model_validate({"n": n, "side": side, "start_s": n, "end_s": n + 1, "peak": peak})


def fault(say: str, severity: str) -> FaultRecord:
    """One fault."""
    return FaultRecord.model_validate(
        {"id": "x", "repetition": 1, "t_s": 1.0, "severity": severity, "say": say, "side": None}
    )


def test_an_exercise_with_sides_is_compared_by_how_far_each_went() -> None:
    """Left reached 30 and 40 degrees, right 20 (a neck that turns right counts down): 35 against 20."""
    repetitions = [repetition(1, "left", neck_tilt=30), repetition(2, "left", neck_tilt=40)]
    repetitions.append(repetition(3, "right", neck_tilt=-20))
    holds = [Hold(side="left", start_s=0, end_s=5, held_s=4.5, step="tilt", target_s=5) for _ in range(2)]
    session = BLANK.model_copy(
        update={"reps": Reps(total=3, left=2, right=1), "repetitions": repetitions, "holds": holds, "duration_s": 60.0}
    )
    summary = summarise([(TILT.with_dose(sets=1, reps=2), session), (ARM_RAISE, BLANK)])
    first, second = summary.done
    assert (first.reps, first.asked, first.complete, first.held_s) == ((3, 2, 1), 2, False, 9.0)
    assert first.reach == Reach(35.0, 20.0, "°")
    assert (second.reps, second.reach, second.complete) == ((0, 0, 0), None, False)
    assert summary.duration_s == 60.0
    assert summary.work_on is None


def test_both_sides_at_once_are_complete_by_their_total() -> None:
    """Ten of ten; a step that shares its measure with another is named with it."""
    repetitions = [
        repetition(1, "left", **{"neck_tilt (down)": 30}),
        repetition(2, "right", **{"neck_tilt (down)": 31}),
    ]
    session = BLANK.model_copy(update={"reps": Reps(total=10), "repetitions": repetitions})
    (done,) = summarise([(ARM_RAISE.with_dose(sets=2, reps=5), session)]).done
    assert (done.asked, done.complete) == (10, True)
    assert done.reach == Reach(30.0, 31.0, "°")


def test_the_most_urgent_is_to_be_worked_on() -> None:
    """As the report has it: one danger comes before any number of tips."""
    tips, stop = [fault("sit tall", "tip")] * 9, [fault("slower", "stop")]
    sessions = [(TILT, BLANK.model_copy(update={"faults": tips})), (TILT, BLANK.model_copy(update={"faults": stop}))]
    assert summarise(sessions).work_on == "slower"


def test_short_holds_are_one_thing_to_work_on() -> None:
    """Each says its own seconds; together they are more than another tip, and the last one is told."""
    short = [
        fault(f"Hold longer: {held} of 15 seconds", "tip").model_copy(update={"id": HOLD_SHORT}) for held in (9, 10, 11)
    ]
    session = BLANK.model_copy(update={"faults": [*[fault("sit tall", "tip")] * 2, *short]})
    assert summarise([(TILT, session)]).work_on == "Hold longer: 11 of 15 seconds"
