"""The command line: words in, words out. ``main`` is the entry point; each command has a module of its own."""

from poise.cli.main import main

__all__ = ["main"]
