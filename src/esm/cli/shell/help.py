"""Help in the user's language.

Typer translates its headings through gettext, but writes "Usage:" and the help of `--help` as fixed
English, on each command and in both looks. A thin command class is the only place to change these two.
"""

from __future__ import annotations

import re
import shlex
from gettext import gettext as _
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from esm import operating_system
from esm.cli.shell.commands import DAILY, CommandSpec, named
from esm.cli.shell.usage.command_names import meant
from esm.cli.shell.usage.inherited_options import inherited
from esm.errors import say
from esm.sheets.sheet.message_translation import tell

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand
    from typer._click.core import Context, Parameter
    from typer._click.formatting import HelpFormatter
    from typer._click.parser import _OptionParser as OptionParser
    from typer._click.parser import _ParsingState as ParsingState
else:
    AnyCommand = object

# Typer says these itself, plain and with rich; they stand here so that the catalogue collects them.
TYPERS_OWN = (
    # typer: heading in the help
    say("Arguments"),
    # typer: heading in the help
    say("Options"),
    # typer: heading in the help
    say("Commands"),
    # typer: after an option, in brackets
    say("required"),
    # typer: after an option, in brackets
    say("default: {default}"),
    # typer: after an option, in brackets
    say("env var: {var}"),
    # typer: after an option
    say("[required]"),
    # typer: after an option
    say("[default: {}]"),
    # typer: after an option
    say("[env var: {}]"),
)
_FIRST_CLAUSE = re.compile(r"[.;](?:\s|$)|[。；]")
_NEGATIVE = re.compile(r"-[0-9][0-9.,]*")


class _Translated(AnyCommand):
    """The usage line, the help of `--help` and the examples of one command."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line."""
        # Typer puts braces around what is required, where every other tool writes it bare.
        pieces = [piece.strip("{}") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option `--help`."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the examples, each on its line; Typer would join the lines."""
        if self.epilog:
            formatter.write(f"\n{self.epilog}\n")

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the parameters, those of the root among them: global options may stand after the command."""
        own = super().get_params(ctx)
        return [*own, *inherited(ctx, own)]


class Command(_Translated, TyperCommand):
    """A command with translated help, which reads a word like `-1` as a number.

    No option is the value of another: `--minutes --quiet` forgot the minutes; `--minutes=--quiet` means that text.
    """

    def make_parser(self, ctx: Context) -> OptionParser:
        """Return the parser of this command's arguments."""
        parser = super().make_parser(ctx)
        options = parser._process_opts

        def process(word: str, state: ParsingState) -> None:
            if _NEGATIVE.fullmatch(word):
                state.largs.append(word)
                return
            known = parser._long_opt | parser._short_opt
            option = known.get(word)
            if option is not None and option.takes_value and state.rargs and state.rargs[0] in known:
                raise typer.BadParameter(tell(say("The option {value} needs a value.", value=word)), ctx)
            options(word, state)

        parser._process_opts = process  # type: ignore[method-assign, assignment]
        return parser


class Listed(Command):
    """The entry of a command in the list of commands; `load` imports the command."""

    def __init__(self, entry: CommandSpec) -> None:
        help = tell(entry.help)
        super().__init__(entry.name, help=help, short_help=first_clause(help))
        self.place = entry.place

    def load(self) -> AnyCommand:
        """Return the command with its options and examples."""
        from esm.cli.shell.command_decorators import command_of  # noqa: PLC0415 - a list of commands needs no desk

        return command_of(self.name, named(f"cli.{self.place}"), self.help)


class Group(_Translated, TyperGroup):
    """A group of commands with translated help; each is loaded when it is run or its help is shown."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the name of the command, the command, and its remaining arguments."""
        names = meant(args[0], self.commands, is_root=ctx.parent is None, refuses=not ctx.resilient_parsing)
        name, command, rest = super().resolve_command(ctx, [*names, *args[1:]])
        return name, command.load() if isinstance(command, Listed) else command, rest


class Root(Group):
    """The root of the command line: without a command it is that of the day."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the global options and the command."""
        rest = super().parse_args(ctx, args)
        if not (ctx._protected_args or ctx.resilient_parsing):
            ctx._protected_args = [DAILY]
        return rest


def listed(entry: CommandSpec) -> AnyCommand:
    """Return the list entry of a command; for a group, with those of its commands."""
    if not entry.inner:
        return Listed(entry)
    help = tell(entry.help)
    return Group(
        name=entry.name,
        commands={inner.name: listed(inner) for inner in entry.inner},
        help=help,
        short_help=first_clause(help),
        epilog=examples_text(*entry.examples),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        no_args_is_help=True,
    )


def examples_text(*lines: str) -> str:
    """Return a heading and the example lines; "" if there are none."""
    heading = _("Examples:") if len(lines) > 1 else _("Example:")
    if operating_system.IS_WINDOWS:  # whose shells take no word in single quotation marks
        lines = tuple(operating_system.typed(shlex.split(line)) for line in lines)
    return "\n".join((heading, *(f"  {line}" for line in lines))) if lines else ""


def first_clause(help: str) -> str:
    """Return the first clause of the help, for the list; Typer would cut Chinese, which has no spaces, to nothing."""
    return _FIRST_CLAUSE.split(help, maxsplit=1)[0]
