"""The report: one HTML file that holds everything it shows and asks nobody for anything."""

from poise.io.report.comparison import Still, write_comparison
from poise.io.report.history import write_history
from poise.io.report.page import write_report
from poise.io.report.summary import write_summary

__all__ = ["Still", "write_comparison", "write_history", "write_report", "write_summary"]
