"""What calls for a doctor at the end of a live session: all that was told is put before the rule."""

from __future__ import annotations

from collections.abc import Sequence

from coaching import ARM_RAISE
from figures import STANDING, Motion
from flowing import Stage, blank

from poise.core.live.flow import Flow
from poise.core.live.moment import Hurt, PainTold


def test_the_summary_says_what_calls_for_a_doctor() -> None:
    """The pain before and the pain after, in order."""
    put: list[list[PainTold | Hurt]] = []

    def doctor(told: Sequence[PainTold | Hurt]) -> tuple[str, ...]:
        put.append(list(told))
        return ("See a doctor.",)

    stage = Stage(ARM_RAISE)
    stage.flow = Flow([blank(ARM_RAISE.with_dose(reps=1))], pain=True, doctor=doctor)
    raised = Motion(STANDING).go(1, shoulder_abduction=170).go(1, shoulder_abduction=5).stay(1)
    stage.play(Motion(STANDING).stay(2), {0.5: 3}).play(Motion(STANDING).stay(2)).play(raised)
    stage.play(Motion(STANDING).stay(30), {5.0: 8})
    assert [[one.level for one in told if isinstance(one, PainTold)] for told in put] == [[3, 8]]
    summary = stage.moments[-1].summary
    assert summary is not None
    assert summary.doctor == ("See a doctor.",)
    assert "See a doctor." in stage.said
