"""What makes a function a command: its examples, the options that commands share, and how Typer reads it.

A command takes the desk first, of the kind that it works at, then its own arguments and options. A parameter whose type
is a dataclass stands for as many options as that has fields. What the shared options say is on the desk when the
command runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from gettext import gettext as _
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import typer
from typer.core import DEFAULT_MARKUP_MODE
from typer.main import get_command_from_info
from typer.models import CommandInfo

from esm.cli.shell.context import Context
from esm.cli.shell.help import Command, examples_text, first_clause
from esm.cli.shell.known_at import KnownAt, known_state
from esm.cli.shell.options import DryRun, Listing, Output
from esm.cli.shell.storage_errors import damage_told
from esm.errors import InputRefused, say
from esm.sheets.sheet.selection import require_keys
from esm.sheets.sheet.sheet import Sheet

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand

Function = TypeVar("Function", bound=Callable[..., None])
Blank = Callable[[tuple[()]], Sheet]


@dataclass(frozen=True, slots=True)
class _Offer:
    examples: tuple[str, ...] = ()
    output: type[Output] | None = None
    has_dry_run: bool = False
    limit: int | None = None
    is_screenful: bool = False
    has_known_at: bool = False
    is_report: bool = False
    asks_primary: bool = False
    columns: tuple[Parameter, ...] = ()
    blanks: tuple[Blank, ...] = ()


_DESTINATION = frozenset({"target", "force", "known_at"})
_OFFERS: dict[Callable[..., None], _Offer] = {}


def command(*examples: str, has_known_at: bool = False, asks_primary: bool = False) -> Callable[[Function], Function]:
    """Make a function a command, with example lines for its help and perhaps `--known-at`."""
    return _keeper(_Offer(examples, has_known_at=has_known_at, asks_primary=asks_primary))


def query(
    *examples: str, output: type[Output] = Output, has_known_at: bool = True, is_report: bool = True,
    asks_primary: bool = False,
) -> Callable[[Function], Function]:  # fmt: skip
    """Make a function a command with the options `--format`, `-o`, `--force` and `--known-at`, which the desk obeys.

    `output` may have more options on the file to write. A file with a report carries its proof; an answer that is a
    form to fill in, or about a file, is none. `asks_primary` where an answer that a standby does not have yet would
    mislead.
    """
    is_report = is_report and has_known_at
    return _keeper(_Offer(examples, output, has_known_at=has_known_at, is_report=is_report, asks_primary=asks_primary))


def listing(
    *examples: str, of: Iterable[Blank] = (), limit: int | None = None, is_screenful: bool = False,
    has_dry_run: bool = False, has_known_at: bool = True, asks_primary: bool = False,
) -> Callable[[Function], Function]:  # fmt: skip
    """Make a function a query with options that select columns and rows of its listing.

    `of` makes the listings that it may show, of no record: only their columns can be asked for, and the database is
    not even opened for others. `limit` is how many rows it shows unless `--limit` is given; a long one `is_screenful`
    and shows on a terminal as many as there is room for.
    """
    is_report = has_known_at and not has_dry_run
    return _keeper(_Offer(examples, Listing, has_dry_run, limit, is_screenful, has_known_at, is_report, asks_primary,
                          blanks=tuple(of)))  # fmt: skip


def change(
    *examples: str,
    columns: tuple[Parameter, ...] = (),
    has_known_at: bool = False,
    output: type[Output] = Output,
    is_report: bool = False,
) -> Callable[[Function], Function]:
    """Make a function a query with `--dry-run`, which rolls back the transaction of the desk.

    It has `--known-at` only where it may also ask without writing. The options of `columns` (see `column_options`) are
    passed as one mapping, `values`. `output` as for `query`. With `is_report` a file with the answer carries its proof:
    `esm verify` lets the command change a copy of the state before it.
    """
    return _keeper(_Offer(examples, output, has_dry_run=True, columns=columns, has_known_at=has_known_at,
                          is_report=is_report))  # fmt: skip


def _keeper(offer: _Offer) -> Callable[[Function], Function]:
    def keep(function: Function) -> Function:
        _OFFERS[function] = offer
        return function

    return keep


def command_of(name: str | None, function: Callable[..., None], help: str | None) -> AnyCommand:
    """Return the command that reads the options of `function` and calls it."""
    info = CommandInfo(
        name=name, cls=Command, callback=_callback(function), help=help,
        epilog=examples_text(*_OFFERS.get(function, _Offer()).examples),
        short_help=first_clause(help or ""), options_metavar=_("[OPTIONS]"),
    )  # fmt: skip
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=DEFAULT_MARKUP_MODE)
    for parameter in command.params:
        if hasattr(parameter.type, "_describe_range"):
            # `[1<=x<=1000000000]` beside an option helps nobody; who leaves the range is told it.
            parameter.type._describe_range = str
    return command


def _callback(function: Callable[..., None]) -> Callable[..., None]:
    """Return the function as Typer reads it: every option is a parameter, including the fields of dataclasses."""
    offer = _OFFERS.get(function, _Offer())
    first, *parameters = signature(function, eval_str=True).parameters.values()
    kind: type[Context] = Context if first.annotation is Parameter.empty else first.annotation
    gathered = {each.name: each.annotation for each in parameters if is_dataclass(each.annotation)}
    own_options = {name: tuple(_options(kind)) for name, kind in gathered.items()} | {"values": offer.columns}
    flat = [Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    for each in parameters:
        flat += own_options.get(each.name) or [each.replace(kind=Parameter.KEYWORD_ONLY)]
    flat += _shared_options(offer)

    def prepared(desk: Context, context: typer.Context, given: dict[str, Any]) -> dict[str, Any]:
        if desk.options.operation is not None:
            _require_report(offer, context)
        desk.asks_primary = offer.asks_primary or offer.has_dry_run
        if offer.has_dry_run:
            desk.dry_run = _taken(DryRun, given).dry_run
        if offer.output is not None:
            desk.direct(_taken(offer.output, given), [Path(path) for path in given.get("files") or ()])
            if offer.is_screenful:
                from esm.cli.shell.delivery import keep_to_screen  # noqa: PLC0415 - only for few commands

                keep_to_screen(desk)
            _require_columns(desk.output, offer.blanks)
            desk.asked = _asked(context) if offer.is_report and desk.output.target else ()
        if offer.has_known_at or desk.options.operation is not None:
            desk.known = known_state(desk, _taken(KnownAt, given).known_at if offer.has_known_at else None, given)
        own = {name: _taken(kind, given) for name, kind in gathered.items()}
        if offer.columns:
            own["values"] = {column.name: given.pop(column.name) for column in offer.columns}
        return own | given

    def call(context: typer.Context, **given: Any) -> None:
        desk = kind(context.find_root().obj)
        with damage_told(lambda: desk.place):
            function(desk, **prepared(desk, context, given))

    vars(call)["__signature__"] = Signature(flat)
    return call


def _shared_options(offer: _Offer) -> Iterator[Parameter]:
    if offer.has_dry_run:
        yield from _options(DryRun)
    if offer.output is not None:
        for each in _options(offer.output):
            yield each.replace(default=offer.limit) if each.name == "limit" else each
    if offer.has_known_at:
        yield from _options(KnownAt)


def _require_columns(output: Output, blanks: Sequence[Blank]) -> None:
    """Raise UsageRefused if none of these listings has the columns to show or to sort by."""
    if isinstance(output, Listing) and (output.columns or output.sort):
        require_keys([blank(()) for blank in blanks], output.selection)


def _require_report(offer: _Offer, context: typer.Context) -> None:
    """Raise InputRefused for a command that is no question, or that would read or write other files."""
    others = [each for each in _given(context) if each.type.name == "path" and each.name != "target"]
    if others or not offer.is_report:
        raise InputRefused(
            say("`{command}` is not a command that reports.", command=context.command_path),
            say("Give a file that esm wrote."),
        )


def _given(context: typer.Context) -> list[Any]:
    """Return the parameters that were given, not left to their defaults."""
    return [
        each
        for each in context.command.params
        if (source := context.get_parameter_source(each.name or "")) and source.name != "DEFAULT"
    ]


def _asked(context: typer.Context) -> tuple[str, ...]:
    """Return the command as it was given, in one spelling, without where its answer goes."""
    options: list[str] = []
    arguments: list[str] = []
    for each in _given(context):
        value = context.params[each.name]
        if each.name in _DESTINATION:
            continue
        values = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
        if each.type.name == "path":  # where a file lies is nobody's business
            values = [Path(one).name for one in values]
        if each.param_type_name == "argument":
            arguments += values
            continue
        name = max(each.secondary_opts if value is False else each.opts, key=len)
        options += [name] if isinstance(value, bool) else [f"{name}={one}" for one in values]
    words = [*options, "--", *arguments] if any(each.startswith("-") for each in arguments) else [*arguments, *options]
    return (*context.command_path.split()[1:], *words)


def _options(kind: Any) -> Iterator[Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])


def _taken(kind: Any, given: dict[str, Any]) -> Any:
    """Return an instance of a dataclass of options, removing its values from those given."""
    return kind(**{field.name: given.pop(field.name) for field in fields(kind)})
