"""The rules of the single moves of a request, beyond which state allows which move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from esm.domain.case import Case
from esm.domain.ladder import HIGHEST
from esm.domain.request import TABLE, Event
from esm.errors import Message, RuleRefused, say

LONGEST = timedelta(days=366)  # a deadline further away is a slip of the pen


def require(case: Case, event: Event, today: date) -> None:
    """Refuse a move that the state table or a rule forbids; the moves that are allowed are named."""
    fault = day_fault(case, event, today) or state_fault(case, event) or rule_fault(case, event)
    if fault is not None:
        raise RuleRefused(*fault)


Fault = tuple[Message, Message | None]


def day_fault(case: Case, event: Event, today: date) -> Fault | None:
    """Return what is wrong with the day of a move, None when it is sound."""
    if event.done_on > today:
        return say("{on} lies in the future.", on=event.done_on), say("Record the move once it was made.")
    if event.done_on < case.last_on:
        return (
            say("The request was last moved on {last}, after {on}.", last=case.last_on, on=event.done_on),
            say("Check the day; `esm request show` lists the moves."),
        )
    return None


def state_fault(case: Case, event: Event) -> Fault | None:
    """Return what is wrong when the state does not allow the move, with the moves that it allows."""
    allowed = TABLE[case.state]
    if event.kind in allowed:
        return None
    words = {"state": say(STATE_WORDS[case.state].template), "move": event.kind}
    if not allowed:
        return (
            say("The request is {state}; “{move}” is not possible, nor any other move.", **words),
            say("Open a new request with `esm request open`."),
        )
    commands = ", ".join(dict.fromkeys(COMMANDS.get(kind, kind) for kind in allowed))
    return (
        say("The request is {state}; “{move}” is not possible now.", **words),
        say("Possible now: {moves}; see `esm request --help`.", moves=commands),
    )


def rule_fault(case: Case, event: Event) -> Fault | None:
    """Return what is wrong with a move that its state allows."""
    check = _CHECKS.get(event.kind)
    return None if check is None else check(case, event)


def _reject(_case: Case, event: Event) -> Fault | None:
    if not event.basis:
        return (
            say("A refusal needs its legal basis."),
            say("Name the law, the article and what it says with --basis."),
        )
    if not event.note:
        return say("A refusal needs its reason."), say("Say it with --reason, as the enterprise is told it.")
    return None


def _dispatch(case: Case, event: Event) -> Fault | None:
    if event.department in event.supporting:
        return (
            say("{department} cannot be responsible and supporting at once.", department=event.department),
            say("Name other departments with --support."),
        )
    if case.state == "dispatched" and event.department == case.department and event.supporting == case.supporting:
        return (
            say("{department} has the request already.", department=event.department),
            say("Name another department, or wait for the answer."),
        )
    return None


def _dispute(case: Case, event: Event) -> Fault | None:
    if case.was_disputed:
        return (
            say("The dispatch was disputed and decided already; there is no second dispute."),
            say("The department that has it now answers."),
        )
    if case.dispatched_on is not None:
        last = case.calendar.workday_after(case.dispatched_on, 1)
        if event.done_on > last:
            return (
                say("A dispatch can be disputed within one working day, until {last}.", last=last),
                say("The department that has it now answers, or asks for an extension."),
            )
    return None if event.note else (say("A dispute needs its reason."), say("Say it with --reason."))


def _answer(case: Case, event: Event) -> Fault | None:
    if event.department == case.department:
        return None
    return (
        say("{department} has not got this request.", department=event.department),
        say("It is with: {departments}.", departments=", ".join(case.departments)),
    )


def _support(case: Case, event: Event) -> Fault | None:
    return None if event.department in case.supporting else _answer(case, event)


def _extend(case: Case, event: Event) -> Fault | None:
    until_on = event.until_on
    if case.was_extended:
        return (
            say("The request was extended already; a deadline is extended once."),
            say("Close it, or let it climb with `esm request elevate`."),
        )
    if not case.calendar.workdays(event.done_on, case.due_on):
        return (
            say("An extension is asked at least one working day before the deadline, {due}.", due=case.due_on),
            say("It is too late for one; close the request, or let it climb with `esm request elevate`."),
        )
    if until_on is None or until_on <= case.due_on:
        return (
            say("The new deadline {until} is not after {due}.", until=until_on, due=case.due_on),
            say("Name a later day with --until."),
        )
    if until_on - case.due_on > LONGEST:
        return say("The new deadline {until} is more than a year away.", until=until_on), say("Check the year.")
    return None if event.note else (say("An extension needs its reason."), say("Say it with --reason."))


def _close(_case: Case, event: Event) -> Fault | None:
    if event.outcome is None:
        return (
            say("A request is closed with its outcome."),
            say("Say it with --outcome: solved, partly_solved, explained or shelved."),
        )
    if event.outcome == "withdrawn":
        return (
            say("A withdrawal is no close: it leaves the figures."),
            say("Use `esm request withdraw`."),
        )
    if event.outcome == "explained" and not event.basis:
        return (
            say("“Explained” means that the law does not allow it, and needs its legal basis."),
            say("Name the law, the article and what it says with --basis."),
        )
    if event.outcome == "shelved" and not event.note:
        return say("A request is shelved with a reason."), say("Say it with --note.")
    return None


def _reopen(_case: Case, event: Event) -> Fault | None:
    if event.note:
        return None
    return say("Reopening needs what the enterprise is not satisfied with."), say("Say it with --reason.")


def _elevate(case: Case, event: Event) -> Fault | None:
    if case.rung >= HIGHEST:
        return (
            say("The request stands on the highest rung already."),
            say("Record what the joint meeting decides, then dispatch and close it."),
        )
    if event.reason == "by_hand" and not event.note:
        return say("An elevation by hand needs its reason."), say("Say it with --reason.")
    return None


_CHECKS: Mapping[str, Callable[[Case, Event], Fault | None]] = {
    "reject": _reject, "dispatch": _dispatch, "dispute": _dispute, "answer": _answer, "support": _support,
    "extend": _extend, "close": _close, "reopen": _reopen, "elevate": _elevate,
}  # fmt: skip
COMMANDS = {"support": "answer"}
STATE_WORDS: Mapping[str, Message] = {
    "received": say("received"),
    "accepted": say("accepted"),
    "rejected": say("rejected"),
    "dispatched": say("dispatched"),
    "disputed": say("disputed"),
    "answered": say("answered"),
    "closed": say("closed"),
    "confirmed": say("confirmed"),
    "withdrawn": say("withdrawn"),
}
