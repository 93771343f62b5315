"""The moves of `esm request`: each is one event of the state table."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from esm.cli.shell.code_option import code_option
from esm.cli.shell.command_decorators import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import day_of
from esm.domain.requests.states import EscalationReason, RequestOutcome, Transition, TransitionKind
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import UsageRefused, say
from esm.sheets.requests import escalation
from esm.sheets.requests import request as case_sheet
from esm.usecases.requests import transitions

Number = Annotated[
    int, typer.Argument(min=1, max=LARGEST_NUMBER, metavar="REQUEST", help=_("Number in `esm request list`."))
]
On = Annotated[str | None, typer.Option(metavar="DATE", help=_("Date of the action; by default today."))]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help=_("A note."))]
Why = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Reason."))]
Support = Annotated[
    list[str] | None, typer.Option("--support", metavar="NAME", help=_("Supporting department; repeatable."))
]
NewDepartment = Annotated[
    bool, typer.Option("--new-department", help=_("Allow a department that has not been named before."))
]
REQUIRED = Parameter.empty
# The options of the moves: what Typer is to read, and the default.
OPTIONS: dict[str, tuple[Any, Any]] = {
    "responsible": (
        Annotated[str, typer.Option("--department", metavar="NAME", help=_("Responsible department."))], REQUIRED,
    ),
    "answering": (
        Annotated[str | None, typer.Option("--department", metavar="NAME", help=_("Department that answers."))], None,
    ),
    "support": (Support, None),
    "new_department": (NewDepartment, False),
    "until": (Annotated[str, typer.Option(metavar="DATE", help=_("The new deadline."))], REQUIRED),
    "outcome": (
        Annotated[
            RequestOutcome | None,
            code_option(RequestOutcome, help=_("Outcome; `explained` requires --basis, `shelved` requires --note.")),
        ],
        None,
    ),
    "satisfied": (
        Annotated[bool, typer.Option("--satisfied/--dissatisfied",
            help=_("Whether the enterprise is satisfied."))], REQUIRED,
    ),
    "reason": (Why, None),
    "basis": (
        Annotated[str | None, typer.Option(metavar="TEXT",
            help=_("Legal basis: the law, the article and what it states."))],
        None,
    ),
    "on": (On, None),
    "note": (Note, None),
}  # fmt: skip
# Which of them is which part of the event; a reason is its note.
FIELDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "responsible": ("department", str), "answering": ("department", str), "support": ("supporting", tuple),
    "until": ("until_on", day_of), "outcome": ("outcome", RequestOutcome), "satisfied": ("is_satisfied", bool),
    "reason": ("note", str), "basis": ("basis", str), "note": ("note", str),
}  # fmt: skip


def _move(kind: TransitionKind, options: str, line: str) -> Callable[..., None]:
    """Return the command that makes a move with the options named, and shows `line` as its example."""

    def move(desk: Context, request: int, **given: Any) -> None:
        known = {name: value for name, value in given.items() if value is not None and name in FIELDS}
        parts = {FIELDS[name][0]: FIELDS[name][1](value) for name, value in known.items()}
        event = Transition(kind=kind, done_on=desk.day(given["on"]), **parts)
        _advance(desk, request, event, new_department=given.get("new_department", False))

    parameters = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=Context if name == "desk" else Number)
                  for name in ("desk", "request")]  # fmt: skip
    for name in options.split():
        annotation, default = OPTIONS[name]
        parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default))
    vars(move)["__signature__"] = Signature(parameters)
    return example(line)(with_output(with_dry_run(move)))


reject = _move(TransitionKind.REJECT, "reason basis on", 'esm request reject 7 --reason "…" --basis "…"')
dispatch = _move(
    TransitionKind.DISPATCH,
    "responsible support new_department on note",
    "esm request dispatch 7 --department NAME --support NAME",
)
dispute = _move(TransitionKind.DISPUTE, "reason on", 'esm request dispute 7 --reason "…"')
answer = _move(TransitionKind.ANSWER, "answering on note", 'esm request answer 7 --note "…"')
extend = _move(TransitionKind.EXTEND, "until reason on", 'esm request extend 7 --until 2026-12-18 --reason "…"')
close = _move(TransitionKind.CLOSE, "outcome basis on note", "esm request close 7 --outcome solved")
confirm = _move(TransitionKind.CONFIRM, "satisfied on note", "esm request confirm 7 --satisfied")
reopen = _move(TransitionKind.REOPEN, "reason on", 'esm request reopen 7 --reason "…"')
withdraw = _move(TransitionKind.WITHDRAW, "reason on", "esm request withdraw 7")


@example("esm request accept 7")
@with_output
@with_dry_run
def accept(
    desk: Context,
    request: Number,
    *,
    on: On = None,
    hard: Annotated[bool, typer.Option("--hard", help=_("A difficult case: the longer deadline applies."))] = False,
    note: Note = None,
) -> None:
    """Accept a request."""
    with desk.writing() as writing:
        moved = transitions.accept(writing, request, done_on=desk.day(on), today=desk.today, hard=hard, note=note)
    desk.show(case_sheet.request_report(moved))


@example("esm request elevate --dry-run", 'esm request elevate 7 --reason "…"')
@with_output
@with_dry_run
def elevate(
    desk: Context,
    request: Annotated[
        int | None,
        typer.Argument(
            min=1, max=LARGEST_NUMBER, metavar="[REQUEST]",
            help=_("One request, escalated by hand; by default all that are due for escalation."),
        ),
    ] = None,
    *,
    reason: Why = None,
    on: On = None,
) -> None:  # fmt: skip
    """Escalate all requests that are due for escalation, or one by hand."""
    if request is not None:
        by_hand = EscalationReason.BY_HAND
        event = Transition(kind=TransitionKind.ELEVATE, done_on=desk.day(on), reason=by_hand, note=reason)
        _advance(desk, request, event)
        return
    if on is not None or reason is not None:
        raise UsageRefused(
            say("--on and --reason can only be used to escalate one request."), say("Give its number as well.")
        )
    with desk.writing() as writing:
        lifted = transitions.escalate(writing, today=desk.today)
    desk.show(escalation.elevation_report(lifted))


def _advance(desk: Context, request: int, event: Transition, *, new_department: bool = False) -> None:
    with desk.writing() as writing:
        moved = transitions.advance(writing, request, [event], today=desk.today, new_department=new_department)
    desk.show(case_sheet.request_report(moved))
