"""The entry point of `esm`: the language is chosen before Typer loads, then the command line runs guarded."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from esm import __version__

_WITH_VALUE = frozenset({"--db", "--today", "--lang", "--actor"})
_ANYWHERE = frozenset({"--lang", "--debug"})  # which have to be known before the command is loaded
INTERRUPTED = 130  # what `cli.shell.errors` answers too, once it is loaded
RARELY = (50_000, 20, 50)  # a short process makes little garbage, and looking for it takes a tenth of its time


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line, by default that of the process, and return its exit code.

    Whoever interrupts it before it could load what reports that sees no traceback either.
    """
    try:
        return _answer(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def _answer(arguments: Sequence[str] | None) -> int:
    """Run one command line; a shell that completes one sets `_ESM_COMPLETE` instead (see `cli.shell.completion`)."""
    if "_ESM_COMPLETE" in os.environ:
        return _complete(os.environ["_ESM_COMPLETE"])
    given = opening(sys.argv[1:] if arguments is None else arguments)
    if "--version" in given and _tells_version():
        return 0
    gc.set_threshold(*RARELY)
    from esm.cli.shell.errors import guarded  # noqa: PLC0415 - `--version` answers without it

    if "--version" in given:  # once more, so that what is in the way is told as anywhere
        return guarded(lambda: int(not _tells_version(raises=True)))
    debug = "--debug" in given or os.environ.get("ESM_DEBUG", "0") not in {"", "0"}
    return guarded(lambda: _run(arguments, given), debug=debug)


def _tells_version(*, raises: bool = False) -> bool:
    """Write the version; return whether it could be, or raise the OSError. A closed output is none of its business."""
    try:
        if sys.stdout is not None:
            sys.stdout.write(f"esm {__version__}\n")
            sys.stdout.flush()
    except OSError:
        if raises:
            raise
        return False
    return True


def opening(arguments: Sequence[str]) -> dict[str, str]:
    """Return the options before the command with their values, "" for flags, and the language wherever it is given.

    Nothing is validated. After the command, what is no language may be the value of another option: the command tells.
    """
    given: dict[str, str] = {}
    words = iter(arguments)
    is_before_command = True
    for word in words:
        if word == "--":
            break
        is_before_command &= word.startswith("-")
        name, equals, value = word.partition("=")
        if not is_before_command and name not in _ANYWHERE:
            continue
        value = next(words, "") if name in _WITH_VALUE and not equals else value
        if is_before_command or name != "--lang" or _is_language(value):
            given[name] = value
    return given


def _is_language(value: str) -> bool:
    from esm.cli.shell import language_choice  # noqa: PLC0415 - `--version` answers without it

    return language_choice.is_known(value)


def _complete(shell: str) -> int:
    """Print what may stand under the cursor of a half-typed line: nothing for one that is wrong, and never a reason."""
    from esm.cli.shell import language_choice  # noqa: PLC0415 - `--version` answers without it
    from esm.cli.shell.completion import lazy_modules  # noqa: PLC0415 - likewise
    from esm.cli.shell.completion.typed_line import typed_line  # noqa: PLC0415 - likewise

    line = typed_line(os.environ.get("_ESM_COMPLETE_LINE", ""), shell)
    gc.set_threshold(*RARELY)
    try:
        typed = opening(line.words).get("--lang", "")
        language_choice.choose(language_choice.wanted(typed if _is_language(typed) else None, os.environ))
        os.environ.setdefault("TYPER_USE_RICH", "0")
        lazy_modules.load_lazily()
        from esm.cli.shell.completion import completer  # noqa: PLC0415 - loads Typer, as below

        return completer.complete(shell, line)
    except Exception:  # a key was pressed: nobody waits for the reason
        return 1


def _run(arguments: Sequence[str] | None, given: dict[str, str]) -> int:
    from esm.cli.shell import language_choice, terminal  # noqa: PLC0415 - `--version` answers without them

    terminal.accept_every_character()
    language_choice.choose(language_choice.wanted(given.get("--lang"), os.environ))
    # Typer reads this as it loads: with rich, its help takes twice the time and cuts Chinese sentences short.
    os.environ.setdefault("TYPER_USE_RICH", "0")
    from esm.cli.shell import app  # noqa: PLC0415 - loads Typer, which must find language and variable set

    return app.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
