"""The moves of `esm request`: each is one event of the state table."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated, Literal

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.domain.requests.states import Transition
from esm.domain.values.limits import LARGEST_NUMBER
from esm.errors import UsageRefused, say

Number = Annotated[
    int, typer.Argument(min=1, max=LARGEST_NUMBER, metavar="REQUEST", help=_("Its number in `esm request list`."))
]
On = Annotated[str | None, typer.Option(metavar="DATE", help=_("The day of the move; by default today."))]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help=_("What is worth knowing."))]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Why."))]
Basis = Annotated[str | None, typer.Option(metavar="TEXT", help=_("The legal basis: law, article, and what it says."))]
Support = Annotated[
    list[str] | None, typer.Option("--support", metavar="NAME", help=_("A supporting department; repeatable."))
]
NewDepartment = Annotated[
    bool, typer.Option("--new-department", help=_("Take a department that nobody has named so far."))
]


@example("esm request accept 7")
def accept(
    context: typer.Context, request: Number, *, on: On = None,
    hard: Annotated[bool, typer.Option("--hard", help=_("A hard case: the longer deadline."))] = False,
    note: Note = None, dry_run: DryRunOption = False, format: FormatOption = None, output: OutputOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """Accept a request."""
    from esm.sheets.requests import request as case_sheet  # noqa: PLC0415
    from esm.usecases.requests import transitions  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        moved = transitions.accept(writing, request, done_on=_day(desk, on), today=desk.today, hard=hard, note=note)
    desk.show(case_sheet.request_report(moved), Output(format, output, force))


@example('esm request reject 7 --reason "…" --basis "…"')
def reject(
    context: typer.Context, request: Number, *, reason: Why = None, basis: Basis = None, on: On = None,
    dry_run: DryRunOption = False, format: FormatOption = None, output: OutputOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """Reject a request."""
    desk = Context.of(context)
    event = Transition(kind="reject", done_on=_day(desk, on), note=reason, basis=basis)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example("esm request dispatch 7 --department NAME --support NAME")
def dispatch(
    context: typer.Context, request: Number, *,
    department: Annotated[str, typer.Option(metavar="NAME", help=_("The responsible department."))],
    support: Support = None, new_department: NewDepartment = False, on: On = None, note: Note = None,
    dry_run: DryRunOption = False, format: FormatOption = None, output: OutputOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """Dispatch a request to a department."""
    desk = Context.of(context)
    event = Transition(
        kind="dispatch", done_on=_day(desk, on), department=department, supporting=tuple(support or ()), note=note
    )
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run, new_department=new_department)


@example('esm request dispute 7 --reason "…"')
def dispute(
    context: typer.Context, request: Number, *, reason: Why = None, on: On = None, dry_run: DryRunOption = False,
    format: FormatOption = None, output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Dispute a dispatch."""
    desk = Context.of(context)
    event = Transition(kind="dispute", done_on=_day(desk, on), note=reason)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example('esm request answer 7 --note "…"')
def answer(
    context: typer.Context, request: Number, *,
    department: Annotated[str | None, typer.Option(metavar="NAME", help=_("Which department answers."))] = None,
    on: On = None, note: Note = None, dry_run: DryRunOption = False, format: FormatOption = None,
    output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Record a department's answer."""
    desk = Context.of(context)
    event = Transition(kind="answer", done_on=_day(desk, on), department=department, note=note)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example('esm request extend 7 --until 2026-12-18 --reason "…"')
def extend(
    context: typer.Context, request: Number, *,
    until: Annotated[str, typer.Option(metavar="DATE", help=_("The new deadline."))],
    reason: Why = None, on: On = None, dry_run: DryRunOption = False, format: FormatOption = None,
    output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Extend the deadline."""
    desk = Context.of(context)
    event = Transition(kind="extend", done_on=_day(desk, on), until_on=day_of(until), note=reason)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example("esm request close 7 --outcome solved")
def close(
    context: typer.Context, request: Number, *,
    outcome: Annotated[
        Literal["solved", "partly_solved", "explained", "shelved", "withdrawn"] | None,
        typer.Option(help=_("What came of it; `explained` needs --basis, `shelved` needs --note.")),
    ] = None,
    basis: Basis = None, on: On = None, note: Note = None, dry_run: DryRunOption = False,
    format: FormatOption = None, output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Close a request with its outcome."""
    desk = Context.of(context)
    event = Transition(kind="close", done_on=_day(desk, on), outcome=outcome, basis=basis, note=note)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example("esm request confirm 7 --satisfied")
def confirm(
    context: typer.Context, request: Number, *,
    satisfied: Annotated[bool, typer.Option("--satisfied/--dissatisfied", help=_("What the enterprise says."))],
    on: On = None, note: Note = None, dry_run: DryRunOption = False, format: FormatOption = None,
    output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Record what the enterprise says."""
    desk = Context.of(context)
    event = Transition(kind="confirm", done_on=_day(desk, on), is_satisfied=satisfied, note=note)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example('esm request reopen 7 --reason "…"')
def reopen(
    context: typer.Context, request: Number, *, reason: Why = None, on: On = None, dry_run: DryRunOption = False,
    format: FormatOption = None, output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Reopen a request."""
    desk = Context.of(context)
    event = Transition(kind="reopen", done_on=_day(desk, on), note=reason)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example("esm request withdraw 7")
def withdraw(
    context: typer.Context, request: Number, *, reason: Why = None, on: On = None, dry_run: DryRunOption = False,
    format: FormatOption = None, output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Withdraw a request."""
    desk = Context.of(context)
    event = Transition(kind="withdraw", done_on=_day(desk, on), note=reason)
    _move(desk, request, event, Output(format, output, force), dry_run=dry_run)


@example("esm request elevate --dry-run", 'esm request elevate 7 --reason "…"')
def elevate(
    context: typer.Context,
    request: Annotated[
        int | None,
        typer.Argument(
            min=1, max=LARGEST_NUMBER, metavar="[REQUEST]",
            help=_("One request, by hand; by default all that must climb."),
        ),
    ] = None,
    *, reason: Why = None, on: On = None, dry_run: DryRunOption = False, format: FormatOption = None,
    output: OutputOption = None, force: ForceOption = False,
) -> None:  # fmt: skip
    """Let requests climb the ladder."""
    from esm.sheets.requests import request_list  # noqa: PLC0415
    from esm.usecases.requests import transitions  # noqa: PLC0415

    desk = Context.of(context)
    if request is not None:
        event = Transition(kind="elevate", done_on=_day(desk, on), reason="by_hand", note=reason)
        _move(desk, request, event, Output(format, output, force), dry_run=dry_run)
        return
    if on is not None or reason is not None:
        raise UsageRefused(
            say("--on and --reason belong to the elevation of one request."), say("Name its number as well.")
        )
    with desk.writing(dry_run=dry_run) as writing:
        lifted = transitions.elevate(writing, today=desk.today)
    desk.show(request_list.elevation_report(lifted), Output(format, output, force))


def _day(desk: Context, on: str | None) -> date:
    return desk.today if on is None else day_of(on)


def _move(
    desk: Context, request: int, event: Transition, output: Output, *, dry_run: bool, new_department: bool = False
) -> None:
    from esm.sheets.requests import request as case_sheet  # noqa: PLC0415
    from esm.usecases.requests import transitions  # noqa: PLC0415

    with desk.writing(dry_run=dry_run) as writing:
        moved = transitions.advance(writing, request, [event], today=desk.today, new_department=new_department)
    desk.show(case_sheet.request_report(moved), output)
