"""Many clips: each by a worker of its own, every finished one kept, and a summary of all."""

from poise.app.batch.run import Standing, analyze_all
from poise.app.batch.summary import write_summaries
from poise.app.batch.work import Job, Outcome, work

__all__ = ["Job", "Outcome", "Standing", "analyze_all", "work", "write_summaries"]
