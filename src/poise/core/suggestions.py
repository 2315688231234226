"""What an author probably meant: the nearest name, what people call it otherwise, the value as a file would have it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from poise.text import escaped

LONGEST_QUOTE = 40

#: What people write for a name of the format, and the names that it may stand for, whichever is possible there.
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("greater", "more", "over", "min", "minimum", "at_least", "gt", ">", ">="), ("above",)),
    **dict.fromkeys(("less", "under", "max", "maximum", "at_most", "lt", "<", "<="), ("below",)),
    **dict.fromkeys(("range", "within", "from"), ("between",)),
    **dict.fromkeys(("left", "right", "profile", "lateral"), ("side", "each")),
    **dict.fromkeys(("sitting", "sit", "chair"), ("seated",)),
    **dict.fromkeys(("stand", "upright"), ("standing",)),
    **dict.fromkeys(("low", "info", "hint"), ("tip",)),
    **dict.fromkeys(("medium", "warning", "error"), ("fix",)),
    **dict.fromkeys(("high", "danger", "critical"), ("stop",)),
    **dict.fromkeys(("text", "cue", "message", "words"), ("say",)),
    **dict.fromkeys(("when", "conditions", "condition", "if"), ("where",)),
    **dict.fromkeys(("duration", "time"), ("hold", "for")),
    **dict.fromkeys(("repetitions", "count"), ("reps",)),
}

_TIMES = {
    "s": ("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"),
    "min": ("m", "min", "mins", "minute", "minutes", "minuten"),
}


def printable(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The text, shortened, with everything escaped that could act on a terminal."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return escaped(short)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'neck_tilt'?)`` when a known name is meant, or near, else nothing."""
    names = sorted(known)
    plain = re.sub(r"[\s-]+", "_", word[:100].strip().lower())
    meant = [name for name in (plain, plain.replace("_", "-"), *_ALSO_CALLED.get(plain, ())) if name in names]
    near = meant or difflib.get_close_matches(word[:100], names, n=1)
    return f" (did you mean '{printable(near[0])}'?)" if near else ""


def mended(value: Any, expected: Iterable[str]) -> str:
    """The same hint with the value as it may be written, where that is plain from what was expected."""
    mends = [mend for one in expected if (mend := _mend(value, one))]
    return f" (did you mean {printable(mends[0])}?)" if mends else ""


def _mend(value: Any, expected: str) -> str | None:
    if isinstance(value, list) and "`key: value`" in expected:
        return "the same lines without dashes"
    if not isinstance(value, str):
        return None
    numbers: list[str] = re.findall(r"-?\d+(?:\.\d+)?", value[:100])
    if "joined by" in expected:
        joint = "_" if "underscores" in expected else "-"
        name = re.sub(r"[^a-z0-9]+", joint, value[:100].lower()).strip(joint)
        return f"'{name}'" if re.match("[a-z]", name) else None
    if "duration" in expected:
        return _duration(value)
    if expected == "a list":
        return f"[{', '.join(numbers)}]" if len(numbers) > 1 else f"[{value}]" if re.fullmatch(r"\w+", value) else None
    if expected in ("a number", "a whole number") and len(numbers) == 1 and value.lstrip().startswith(numbers[0]):
        return numbers[0]
    return None


def _duration(value: str) -> str | None:
    """ "1 minute" as "1 min", "500 ms" as "0.5 s"; None for what is no time."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\.?\s*", value[:100].lower())
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if unit in ("ms", "msec", "milliseconds"):
        return f"'{number / 1000:g} s'"
    word = next((word for word, names in _TIMES.items() if unit in names), None)
    return f"'{number:g} {word}'" if word else None
