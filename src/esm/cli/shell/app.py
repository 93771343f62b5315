"""The root of the command line: its global options, and how one line is run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

import typer
from typer.core import TyperGroup

from esm import __version__
from esm.cli.shell import help as help_pages
from esm.cli.shell import language_choice, terminal
from esm.cli.shell.commands import COMMANDS
from esm.cli.shell.completion.fixed_words import one_of
from esm.cli.shell.options import Options, flag, option
from esm.errors import UsageRefused, say


def run(arguments: Sequence[str] | None = None, root: TyperGroup | None = None) -> int:
    """Run one command line, by default that of the process; return its exit code and let exceptions through."""
    words = tuple(sys.argv[1:] if arguments is None else arguments)
    # Without `args`, Typer takes those of the process and expands *.xlsx on Windows.
    args = None if arguments is None else words
    result = (root or tree()).main(args=args, prog_name="esm", standalone_mode=False, obj=words)
    return result if isinstance(result, int) else 0


def tree() -> TyperGroup:
    """Return the root command with its global options and all commands, none of them loaded yet."""
    app = typer.Typer(
        add_completion=False,
        cls=help_pages.Root,
        help=_("Pairs cadres with enterprises, tracks the two-month visits and shows which enterprises are unserved."),
        epilog=help_pages.examples_text("esm demo", "esm due --within 60", "esm visit log --help"),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_read_global_options)
    root = typer.main.get_group(app)
    root.commands = {entry.name: help_pages.listed(entry) for entry in COMMANDS}
    return root


def _read_global_options(
    context: typer.Context,
    *,
    db: Annotated[str | None, option("PATH|URL", _("The database file; by default your own."), envvar="ESM_DB")] = None,
    today: Annotated[str | None, option("DATE", _("Use this date as today: YYYY-MM-DD."), envvar="ESM_TODAY")] = None,
    lang: Annotated[
        str | None,
        option(
            "en|zh", _("The language; by default the system's."), envvar="ESM_LANG", autocompletion=one_of(("en", "zh"))
        ),
    ] = None,
    actor: Annotated[str | None, option("NAME", _("Operator; by default your login name."), envvar="ESM_ACTOR")] = None,
    no_color: Annotated[bool, flag("--no-color", _("No colour and no boxes; NO_COLOR=1 does the same."))] = False,
    no_pager: Annotated[bool, flag("--no-pager", _("Print long answers at once, not page by page."))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Print results only."))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=_("Print more about what is being done."))] = False,
    debug: Annotated[bool, flag("--debug", _("Show the traceback of an error."))] = False,
    version: Annotated[bool, flag("--version", _("Show the version."))] = False,
) -> None:
    if version:
        typer.echo(f"esm {__version__}")
        raise typer.Exit
    if quiet and verbose:
        raise UsageRefused(say("--quiet and --verbose cannot be used together."), say("Use only one of them."))
    command_line = context.obj.command_line if isinstance(context.obj, Options) else context.obj or ()
    context.obj = Options(
        db=db,
        today=today,
        lang=language_choice.wanted(lang, os.environ),
        actor=actor,
        color=not terminal.is_plain(no_color),
        quiet=quiet,
        verbose=verbose,
        debug=debug,
        command_line=command_line,
        has_pager=not no_pager,
    )
