"""Writes the report of a session."""

from __future__ import annotations

from pathlib import Path

from poise.core.curves import Curves
from poise.core.session import Session
from poise.core.spec import Spec
from poise.files import PendingFile


def write_report(path: Path, spec: Spec, session: Session, curves: Curves, video_path: Path | None) -> None:
    """Write the report, complete or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    pending = PendingFile(path)
    pending.temporary.write_text(f"{spec.id} {session.reps.total} {len(curves.times_s)} {video_path}")
    pending.commit()
