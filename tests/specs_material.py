"""Specs that tests change in one place each; line numbers in tests count from here."""

from __future__ import annotations

from pathlib import Path

import pytest

from poise.errors import SpecError
from poise.io.specs import load_spec

#: A clean, sided spec with a hold: the linter has nothing to say about it.
GOOD = """\
poise: 1
id: tilt
name: Tilt
kind: stretch
position: seated
camera: {view: front, sees: [head, shoulders]}
sees: full
sides: each
dose: {sets: 1, reps: 3, hold: 15 s, rest: 5 s, grow_to: {reps: 5}}
muscles: [upper trapezius]
steps:
  - id: upright
    say: Sit tall, shoulders heavy
    where: {neck_tilt: {below: 8}}
  - id: tilt
    say: Ear toward your {side} shoulder
    where:
      neck_tilt: {above: 20}
    hold: dose
faults:
  - id: shrug
    during: tilt
    where: {other.shoulder_raise: {above: 8}}
    for: 1 s
    say: Let your {other} shoulder drop
  - id: turned
    during: tilt
    where:
      neck_turn: {outside: [-20, 20]}
    severity: stop
    say: Keep facing the screen, only tilt
  - id: leaning
    where: {lean: {above: 15}}
    say: Stay tall
measures:
  lean: {incline: [hip, shoulder]}
guide: Sit tall, hold the seat with one hand, and let the ear sink toward the other shoulder.
safety: {stop_if: [dizziness]}
source: x
"""

#: A clean spec whose sides work together.
UNSIDED = """\
poise: 1
id: curl
name: Curl
kind: strength
position: standing
camera: {view: front, sees: [shoulders, elbows, hands]}
sees: full
steps:
  - id: up
    say: Up
    where: {elbow_flexion: {above: 90}}
  - id: down
    say: Down
    where: {elbow_flexion: {below: 40}}
guide: Bend both elbows, pause, and let the hands sink until the arms are long again.
safety: {stop_if: [pain]}
"""


def problems_of(text: str | bytes, tmp_path: Path) -> list[tuple[str, str]]:
    """Write a spec, load it, and return ("line:column", message) of every problem."""
    path = tmp_path / "bad.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    return [(f"{problem.line}:{problem.column}", problem.message) for problem in caught.value.problems]
