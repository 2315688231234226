"""Poise: a form coach that watches through an ordinary camera and coaches stretches and exercises.

import poise

spec = poise.load_spec("squat")
result = poise.analyze("clip.mp4", spec)            # a recorded clip: result.session
coach = poise.Coach(spec)                           # or poses of your own, in order of time:
snapshot = coach.step(pose)                         #   snapshot.state, snapshot.events, snapshot.cue
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from poise.app.analyze import Analysis, analyze
    from poise.app.options import Options
    from poise.core.coach import Coach, Snapshot
    from poise.core.session import Session
    from poise.core.spec import Spec
    from poise.core.types import Frame, Pose
    from poise.errors import PoiseError
    from poise.io.specs import load_spec

__all__ = [
    "Analysis",
    "Coach",
    "Frame",
    "Options",
    "PoiseError",
    "Pose",
    "Session",
    "Snapshot",
    "Spec",
    "__version__",
    "analyze",
    "load_spec",
]

_HOMES = {
    "Analysis": "poise.app.analyze",
    "analyze": "poise.app.analyze",
    "Options": "poise.app.options",
    "Coach": "poise.core.coach",
    "Snapshot": "poise.core.coach",
    "Session": "poise.core.session",
    "Spec": "poise.core.spec",
    "Frame": "poise.core.types",
    "Pose": "poise.core.types",
    "PoiseError": "poise.errors",
    "load_spec": "poise.io.specs",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``poise --help`` must not wait for the model's libraries."""
    if name not in _HOMES:
        raise AttributeError(f"module 'poise' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """What can be imported, so that ``help`` and completion know names that nobody has used yet."""
    return sorted({*globals(), *__all__})
