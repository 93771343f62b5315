"""The pager: what is longer than the screen of a terminal is shown page by page (docs/cli.md, Listings)."""

from __future__ import annotations

import codecs
import os
import shutil
import signal
import sys

from esm import operating_system

_USUAL = ("less", "more")
# As git sets them: quit where all fits, keep colours, leave the text on the screen.
_OPTIONS = {"LESS": "FRX"}


def show(text: str, *, is_wanted: bool) -> None:
    """Write a text on standard output, through the pager where it is a terminal too low for it and one is there."""
    words = _pager() if is_wanted and _needs_pages(text) else []
    if not words or not _paged(words, text):
        sys.stdout.write(text)
        sys.stdout.flush()


def _needs_pages(text: str) -> bool:
    is_screen = sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty()
    return is_screen and os.environ.get("TERM") != "dumb" and text.count("\n") >= shutil.get_terminal_size().lines


def _pager() -> list[str]:
    """Return the words of the command in PAGER, by default less or more; nothing if there is none or it is empty.

    That of Windows would take UTF-8 for the code page of the console, so there only PAGER names one.
    """
    named = os.environ.get("PAGER")
    if named is None:
        usual = () if operating_system.IS_WINDOWS else _USUAL
        return [found for found in map(shutil.which, usual) if found][:1]
    try:
        words = operating_system.command_words(named) if named.strip() else []
    except ValueError:  # a quotation mark that nothing closes
        return []
    return [] if words in ([], ["cat"]) else words


def _paged(words: list[str], text: str) -> bool:
    """Return whether the pager took the text, in the encoding of the terminal; one that cannot be started took nothing.

    Ctrl-C while it runs is for the pager alone: the command has done its work by then.
    """
    import subprocess  # noqa: PLC0415 - only for long answers on a terminal

    encoding = sys.stdout.encoding or "utf-8"
    usual = _OPTIONS | ({"LESSCHARSET": "utf-8"} if codecs.lookup(encoding).name == "utf-8" else {})
    sys.stdout.flush()
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=usual | os.environ)  # noqa: S603 - the user names it
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text.encode(encoding, errors="replace"))
    except BrokenPipeError:
        pass  # closed before the end was read
    finally:
        process.wait()  # also where esm is asked to end: the pager leaves the terminal as it was
        signal.signal(signal.SIGINT, before)
    return True
