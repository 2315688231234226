"""``poise watch``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

from poise.app.backends import estimator_of
from poise.app.speaker import Silence, Speaker, open_speaker
from poise.app.watch import Watch, open_eyes
from poise.cli.choices import Choices, add_choices, choose, remember
from poise.cli.console import console, fetch_progress
from poise.cli.options import add_model, seconds
from poise.cli.watch_face import WatchFace
from poise.core.live.watching import Limits, Watching
from poise.errors import PoiseError
from poise.io.calls import call, can_tell, recording
from poise.io.notify import find_notifier
from poise.io.specs import load_spec
from poise.io.window import Window, check_display

POSTURE = "seated-posture"
ROOM = (480, 360)  # of the small window
LONGEST_S = 30.0  # between two looks: half of what counts as a break

EXAMPLES = """\
while it runs, in its terminal: Enter be quiet for half an hour, b Enter do the desk break, Ctrl-C end
in its window:                  space be quiet,                  b do the desk break,       q end

It is quiet when nobody is there, and in calls: as soon as another program has the camera or the microphone open, it
gives the camera away and waits (noticed on Linux only; elsewhere ask it to be quiet). On Linux a camera belongs to one
program at a time: with --every 20s it is closed between two looks, so that a call finds it free.

examples:
  poise watch                               sit tall as it begins: that is what you are measured against
  poise watch --window                      with a small picture
  poise watch --slump 5min --break 45min    later about slumping, sooner about a break
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    usual = Limits()
    parser.add_argument("--window", action="store_true", help="show a small picture")
    parser.add_argument("--slump", type=seconds, default=usual.slump_s, metavar="TIME",
                        help="speak up after so much slumping (default: 2 min)")  # fmt: skip
    parser.add_argument("--break", type=seconds, default=usual.break_s, metavar="TIME", dest="break_s",
                        help="and after so long without a minute away (default: 60 min)")  # fmt: skip
    parser.add_argument("--every", type=seconds, default=1.0, metavar="TIME", help="look so often (default: 1 s)")
    parser.add_argument("--quiet", action="store_true", help="no voice: a notification and a line in the terminal")
    add_choices(parser, screens=False)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Watch until the end of the source, or until somebody has had enough."""
    if not 0 < options.every <= LONGEST_S:
        raise PoiseError("--every is more than 0 s and at most 30 s", "who is looked at less often is not followed")
    choices = choose(options)
    spec = load_spec(POSTURE).in_words(choices.words.translate)
    limits = Limits(slump_s=options.slump, break_s=options.break_s)
    if options.window:
        check_display()
    with fetch_progress() as fetching:
        estimator = estimator_of(options.model, masks=False, fetching=fetching)
    with _face(options, choices) as face, closing(estimator.open()) as backend:
        remember(choices)
        watching = Watching(spec, choices.words, limits)
        watch = Watch(
            watching, lambda: open_eyes(choices.camera, choices.settings.size), backend, face,
            call=(lambda: call() or recording()) if can_tell() else lambda: None, every_s=options.every,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):
            watch.run()
    return 0


@contextmanager
def _face(options: argparse.Namespace, choices: Choices) -> Iterator[WatchFace]:
    """What the person sees and hears; says once what there is not."""
    notifier, words = find_notifier(), choices.words
    if notifier is None:
        none = words("no notifications here (on Debian and Ubuntu: sudo apt-get install libnotify-bin)")
        console.print(f"[dim]{none}[/]")
    if not can_tell():
        console.print(f"[dim]{words('calls are not noticed on this system: press Enter to be left alone')}[/]")
    with ExitStack() as stack:
        ear: Speaker | Silence = Silence()
        if not options.quiet:
            ear = open_speaker(choices.words.language, voice=choices.settings.voice, file=None)
        stack.enter_context(closing(ear))
        window = Window("Poise", largest=ROOM) if options.window else None
        if window:
            stack.enter_context(closing(window))
        mirror = choices.settings.mirror
        yield stack.enter_context(WatchFace(choices.words, notifier, ear, window, ROOM, mirrored=mirror))
