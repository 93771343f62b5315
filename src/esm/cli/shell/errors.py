"""The one place where exceptions become sentences on standard error and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import groupby

from esm import operating_system
from esm.cli.shell import storage_errors
from esm.errors import EsmError, InputRefused, Problem
from esm.sheets.sheet.message_translation import tell

USAGE, FAULT, INTERRUPTED, PIPE_CLOSED = 2, 70, 130, 141
FEW_PROBLEMS = 20


def guarded(run: Callable[[], int], *, debug: bool = False) -> int:
    """Return the exit code of `run`; exceptions are reported on standard error, with a traceback if `debug`.

    A request to end (SIGTERM) counts as an interrupt, so that what is under way is rolled back.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = _tried(run, debug=debug)
    finally:
        signal.signal(signal.SIGTERM, before)
    if code == INTERRUPTED:
        _write([_("Interrupted; no partial data was written.")])
    return code


def _tried(run: Callable[[], int], *, debug: bool) -> int:
    try:
        code = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        # Typer turns a closed pipe into this.
        if operating_system.is_closed_pipe(leaving.__context__):
            return _leave_quietly()
        raise
    except Exception as error:
        if operating_system.is_closed_pipe(error):
            return _leave_quietly()
        return _tell_about(error, debug=debug)
    return code


def _tell_about(error: Exception, *, debug: bool) -> int:
    if debug:
        import traceback  # noqa: PLC0415 - rarely wanted

        traceback.print_exception(error)
    _settle_output()
    refusal = error if isinstance(error, EsmError) else storage_errors.refusal(error)
    if refusal is None:
        return _misuse_or_fault(error, debug=debug)
    _write(_error_lines(tell(refusal.message), tell(refusal.hint) if refusal.hint else ""))
    if isinstance(refusal, InputRefused):
        _write(_problem_lines(refusal.problems))
    return refusal.exit_code


def _misuse_or_fault(error: Exception, *, debug: bool) -> int:
    import typer  # noqa: PLC0415 - may be loaded only when the language is chosen

    from esm.cli.shell.usage import usage_errors  # noqa: PLC0415

    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if not isinstance(error, typer.TyperException):
        _write(_error_lines(*_fault(error, debug=debug)))
        return FAULT
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.message)
    else:
        _write(_error_lines(*usage_errors.explain(error)))
    return USAGE


def _fault(error: Exception, *, debug: bool) -> tuple[str, str]:
    sentence = _("Internal error ({kind}); no partial data was written.").format(kind=type(error).__name__)
    if debug:
        return sentence, _("Please send the lines above to whoever maintains esm; they may contain names.")
    from esm.cli.shell import crash_log  # noqa: PLC0415 - only a fault pays for it

    path = crash_log.write_log(error)
    if path is None:
        return sentence, _("Run it again as `esm --debug …` and send the output to whoever maintains esm.")
    hint = _("Please send {path} to whoever maintains esm, and describe what you did; it contains no names or data.")
    return sentence, hint.format(path=path)


def _error_lines(sentence: str, hint: str) -> Iterator[str]:
    yield _("error: {sentence}").format(sentence=sentence)
    if hint:
        yield hint


def _problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield the problems by sheet, in the order given, then their count by kind and the number not listed."""
    from esm.sheets.exchange.fault_kinds import reasons  # noqa: PLC0415 - only faulty files need it
    from esm.sheets.exchange.import_answer import MOST_LISTED, fault_cells  # noqa: PLC0415 - likewise

    if len(problems) > FEW_PROBLEMS:
        yield _("Errors: {count}, by kind:").format(count=len(problems))
        yield from (f"  {count} × {reason}" for reason, count in reasons(problems))
    shown = problems[:MOST_LISTED]
    for (file, sheet), group in groupby(shown, key=lambda problem: (problem.file, problem.sheet)):
        yield f"{file} > {sheet}" if sheet else file
        for problem in group:
            _file, _sheet, cell, value, reason = fault_cells(problem)
            yield "  " + " – ".join(filter(None, (": ".join(filter(None, (cell, value and f"“{value}”"))), reason)))
    if len(problems) > len(shown):
        yield _("Further errors not listed: {count}.").format(count=len(problems) - len(shown))


def _write(lines: Iterable[str]) -> None:
    from esm.formats.write.cell_text import visible  # noqa: PLC0415 - only where something went wrong

    try:
        for line in lines:
            sys.stderr.write(visible(line) + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody listens; the exit code still tells.
        return


def _leave_quietly() -> int:
    _forget_output()
    return PIPE_CLOSED


def _settle_output() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _forget_output()


def _forget_output() -> None:
    """Redirect standard output to the null device, so that Python does not fail on it again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
