"""The moves of `esm request`: each is one event of the state table."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from inspect import Parameter, Signature
from typing import Annotated, Any

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, code_option, flag, option
from esm.domain.requests.states import EscalationReason, RequestOutcome, Transition, TransitionKind
from esm.errors import UsageRefused, say
from esm.sheets.requests import escalation
from esm.sheets.requests import request as case_sheet
from esm.usecases.requests import transitions

Number = Annotated[int, argument("REQUEST", _("Number in `esm request list`."), min=1)]
On = Annotated[str | None, option("DATE", _("Date of the action; by default today."))]
Note = Annotated[str | None, option("TEXT", _("A note."))]
Why = Annotated[str | None, option("TEXT", _("Reason."), "--reason")]
Support = Annotated[list[str] | None, option("NAME", _("Supporting department; repeatable."), "--support")]
NewDepartment = Annotated[bool, flag("--new-department", _("Allow a department that has not been named before."))]
_BASIS = _("Legal basis: the law, the article and what it states.")
_OUTCOME = _("Outcome; `explained` requires --basis, `shelved` requires --note.")
# The options of the moves as Typer is to read them, by whether they must be given.
REQUIRED: dict[str, Any] = {
    "responsible": Annotated[str, option("NAME", _("Responsible department."), "--department")],
    "until": Annotated[str, option("DATE", _("The new deadline."))],
    "satisfied": Annotated[bool, flag("--satisfied/--dissatisfied", _("Whether the enterprise is satisfied."))],
}
OPTIONS: dict[str, Any] = {
    "answering": Annotated[str | None, option("NAME", _("Department that answers."), "--department")],
    "support": Support,
    "new_department": NewDepartment,
    "outcome": Annotated[RequestOutcome | None, code_option(RequestOutcome, help=_OUTCOME)],
    "reason": Why,
    "basis": Annotated[str | None, option("TEXT", _BASIS)],
    "on": On,
    "note": Note,
}
# Which of them is which part of the event; a reason is its note.
FIELDS = {
    "responsible": "department", "answering": "department", "support": "supporting", "until": "until_on",
    "outcome": "outcome", "satisfied": "is_satisfied", "reason": "note", "basis": "basis", "note": "note",
}  # fmt: skip


def _move(kind: TransitionKind, options: str, line: str) -> Callable[..., None]:
    """Return the command that makes a move with the options named, and shows `line` as its example."""

    def move(desk: Context, request: int, **given: Any) -> None:
        known = {name: value for name, value in given.items() if value is not None and name in FIELDS}
        parts: dict[str, Any] = {FIELDS[name]: value for name, value in known.items()}
        if "until_on" in parts:
            parts["until_on"] = desk.day(parts["until_on"])
        event = Transition(kind=kind, done_on=desk.day(given["on"]), **parts)
        _advance(desk, request, event, new_department=given.get("new_department", False))

    parameters = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=Context if name == "desk" else Number)
                  for name in ("desk", "request")]  # fmt: skip
    for name in options.split():
        default = Parameter.empty if name in REQUIRED else False if name == "new_department" else None
        annotation = {**REQUIRED, **OPTIONS}[name]
        parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default))
    vars(move)["__signature__"] = Signature(parameters)
    return change(line)(move)


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


@change("esm request accept 7")
def accept(
    desk: Context,
    request: Number,
    *,
    on: On = None,
    hard: Annotated[bool, flag("--hard", _("A difficult case: the longer deadline applies."))] = False,
    note: Note = None,
) -> None:
    """Accept a request."""
    moved = desk.write(transitions.accept, request, done_on=desk.day(on), today=desk.today, hard=hard, note=note)
    desk.show(case_sheet.request_report(moved))


@change("esm request elevate --dry-run", 'esm request elevate 7 --reason "…"')
def elevate(
    desk: Context,
    request: Annotated[
        int | None,
        argument("[REQUEST]", _("One request, escalated by hand; by default all that are due for escalation."), min=1),
    ] = None,
    *,
    reason: Why = None,
    on: On = None,
) -> None:
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
    desk.show(escalation.elevation_report(desk.write(transitions.escalate, today=desk.today)))


def _advance(desk: Context, request: int, event: Transition, *, new_department: bool = False) -> None:
    moved = desk.write(transitions.advance, request, [event], today=desk.today, new_department=new_department)
    desk.show(case_sheet.request_report(moved))
