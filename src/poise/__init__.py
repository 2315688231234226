"""Poise: a form coach that watches through an ordinary camera and coaches stretches and exercises."""

__version__ = "0.1.0"
