"""Help in the user's language.

Typer translates its headings through gettext, but writes "Usage:" and the help of `--help` as fixed
English, on each command and in both looks. A thin command class is the only place to change these two.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from esm.errors import say

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand
    from typer._click.core import Context
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
_COMPLETION = frozenset({"install_completion", "show_completion"})


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


class Command(_Translated, TyperCommand):
    """A command whose help is in the user's language, and to which a word like `-1` is a number, no option."""

    def make_parser(self, ctx: Context) -> OptionParser:
        """Return the parser of this command's words."""
        parser = super().make_parser(ctx)
        options = parser._process_opts

        def process(word: str, state: ParsingState) -> None:
            if _NEGATIVE.fullmatch(word):
                state.largs.append(word)
            else:
                options(word, state)

        parser._process_opts = process  # type: ignore[method-assign, assignment]
        return parser


class Group(_Translated, TyperGroup):
    """A group of commands whose help is in the user's language."""


def example(*lines: str) -> str:
    """Return the epilog of a command: a heading and one copy-and-paste line each."""
    heading = _("Examples:") if len(lines) > 1 else _("Example:")
    return "\n".join((heading, *(f"  {line}" for line in lines)))


def outline(app: typer.Typer) -> None:
    """Leave of every command its name and its help, all that the list of commands shows.

    Reading the options of all commands takes three times as long as everything else that the list needs.
    """
    for command in app.registered_commands:
        if command.callback is not None:
            command.name = command.name or command.callback.__name__
        command.callback = _nothing
    for group in app.registered_groups:
        if group.typer_instance is not None:
            group.typer_instance.registered_commands = []
            group.typer_instance.registered_groups = []


def _nothing() -> None:
    """Stand in for a command that is listed and not called."""


def translate(app: typer.Typer) -> None:
    """Give every command and group under `app` the translated help; bare groups show theirs."""
    for command in app.registered_commands:
        command.cls = Command
        command.options_metavar = _("[OPTIONS]")
    for group in app.registered_groups:
        group.cls = Group
        group.no_args_is_help = True
        group.options_metavar = _("[OPTIONS]")
        group.subcommand_metavar = _("COMMAND [ARGS]...")
        if group.typer_instance is not None:
            translate(group.typer_instance)


def tidy(command: AnyCommand) -> None:
    """Shorten the lists of commands, and keep the two completion options working but out of the help."""
    for parameter in command.params:
        if hasattr(parameter.type, "_describe_range"):
            # `[1<=x<=1000000000]` beside an option helps nobody; who leaves the range is told it.
            parameter.type._describe_range = str
        if isinstance(parameter, TyperOption) and parameter.name in _COMPLETION:
            parameter.hidden = True
    if isinstance(command, TyperGroup):
        for child in command.commands.values():
            # Typer would cut at a width, and Chinese, which has no spaces, to nothing.
            child.short_help = child.short_help or _FIRST_CLAUSE.split(child.help or "", maxsplit=1)[0]
            tidy(child)
