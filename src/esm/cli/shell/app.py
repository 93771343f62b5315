"""The root of the command line: its global options and the list of its commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module
from typing import Annotated

import typer

from esm import __version__
from esm.cli.shell import help as help_pages
from esm.cli.shell import language, terminal
from esm.cli.shell.options import Options
from esm.errors import UsageRefused, say

# In the order of the help. Each is a module `esm.cli.SHELF.NAME` with `register(app)`.
SHELVES = {
    "demo": "desk", "template": "exchange", "import_": "exchange", "export": "exchange", "assign": "pairing",
    "pair": "pairing", "unpair": "pairing", "recuse": "pairing", "handover": "pairing", "schedule": "schedule",
    "due": "schedule", "brief": "reports", "visit": "visits", "request": "requests", "policy": "policies",
    "check": "reports", "report": "reports", "scale": "register", "enterprise": "register", "cadre": "register",
    "calendar": "schedule", "history": "desk", "undo": "desk", "config": "desk", "db": "desk",
}  # fmt: skip
COMMANDS = tuple(SHELVES)

COMPLETION = "_ESM_COMPLETE"  # set by a shell that asks for completions, with the words in other variables


def run(arguments: Sequence[str] | None = None, wanted: str = "") -> int:
    """Run one command line, by default that of the process; return its exit code or raise what it raised.

    `wanted` is the command it names, if that is known: see `build`.
    """
    app = build(wanted)
    if not _module(wanted) and COMPLETION not in os.environ:
        help_pages.outline(app)
    return execute(app, arguments)


def execute(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run one command line of `app`, as `run` does of esm's own."""
    help_pages.translate(app)
    command = typer.main.get_command(app)
    help_pages.tidy(command)
    words = tuple(sys.argv[1:] if arguments is None else arguments)
    # Without `args`, Typer takes those of the process and expands *.xlsx on Windows.
    args = None if arguments is None else words
    result = command.main(args=args, prog_name="esm", standalone_mode=False, obj=words)
    return result if isinstance(result, int) else 0


def build(wanted: str = "") -> typer.Typer:
    """Return the app with its global options and every command, or only `wanted` if a module bears that name.

    Reading the options of all commands takes a third of the time that a small command has.
    """
    app = typer.Typer(
        cls=help_pages.Group,
        help=_("Pairs cadres with enterprises, keeps the two-month visits, and shows who is unserved."),
        epilog=help_pages.example("esm demo", "esm due --within 60", "esm visit log --help"),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_read_global_options)
    module = _module(wanted)
    for name in (module,) if module else COMMANDS:
        import_module(f"esm.cli.{SHELVES[name]}.{name}").register(app)
    return app


def _module(command: str) -> str:
    """Return the module of a command, "" when none bears its name."""
    return next((name for name in (command, f"{command}_") if name in COMMANDS), "")


def _read_global_options(
    context: typer.Context,
    *,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="PATH|URL", envvar="ESM_DB", help=_("The database; by default your own.")),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DATE", envvar="ESM_TODAY", help=_("Work as on this day: YYYY-MM-DD.")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="en|zh", envvar="ESM_LANG", help=_("The language; by default the system's.")),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", envvar="ESM_ACTOR", help=_("Who acts; by default your login.")),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help=_("No colour, no boxes; so does NO_COLOR=1."))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Say only what was asked for."))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=_("Say more about what is done."))] = False,
    debug: Annotated[bool, typer.Option("--debug", help=_("Show the traceback of an error."))] = False,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version."))] = False,
) -> None:
    if version:
        typer.echo(f"esm {__version__}")
        raise typer.Exit
    if quiet and verbose:
        raise UsageRefused(say("--quiet and --verbose exclude each other."), say("Choose one of them."))
    context.obj = Options(
        db=db,
        today=today,
        lang=language.wanted(lang, os.environ),
        color=not terminal.is_plain(no_color),
        quiet=quiet,
        verbose=verbose,
        debug=debug,
        actor=actor,
        command_line=context.obj or (),
    )
