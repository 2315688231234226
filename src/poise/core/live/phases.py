"""How long the phases of a live session last, and what may be asked for in each."""

from __future__ import annotations

from typing import Final

from poise.core.live.moment import Command, Phase

PAIN_S: Final = 15.0  # a question that nobody answers is left out
NEUTRAL_S: Final = 4.0  # nobody sits still for longer: then the usual upright serves
READY_S: Final = 5.0
BREAK_S: Final = 10.0  # between two exercises at least: to hear what comes next
SUMMARY_S: Final = 90.0

#: The phases of an exercise, from placing to rest.
EXERCISING: Final[frozenset[Phase]] = frozenset({"placing", "neutral", "ready", "work", "paused", "rest"})

_HEARD: Final[dict[Phase, frozenset[Command]]] = {
    "work": frozenset({"go", "hurts"}),
    "paused": frozenset({"go", "hurts", "next"}),
}


def heard(phase: Phase) -> frozenset[Command]:
    """What hands may say: a hand that stays up skips the exercise that it has paused, and nothing else."""
    return _HEARD.get(phase, frozenset({"go"}))


def whole(phase: Phase, rest_s: float, started: bool) -> float | None:
    """Seconds that a phase lasts; None where it does not end by itself.

    Args:
        phase: The phase.
        rest_s: How long the rest is.
        started: Whether the start need not be waited for.
    """
    seconds: dict[Phase, float | None] = {
        "pain-before": PAIN_S,
        "pain-after": PAIN_S,
        "ready": READY_S if started else None,
        "rest": rest_s,
        "summary": SUMMARY_S,
    }
    return seconds.get(phase)
