"""The rules of the single moves of a request, beyond which state allows which move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from esm.domain.requests.escalation import HIGHEST
from esm.domain.requests.progress import Case
from esm.domain.requests.states import TABLE, Event
from esm.errors import Message, RuleRefused, say

LONGEST = timedelta(days=366)  # a deadline further away is a slip of the pen


Fault = tuple[Message, Message | None]


def require(case: Case, event: Event, today: date) -> None:
    """Refuse a move that the state table or a rule forbids; the moves that are allowed are named."""
    fault = (
        day_fault(case, event, today)
        or state_fault(case, event)
        or rule_fault(case, event)
        or _deadline_fault(event, today)
    )
    if fault is not None:
        raise RuleRefused(*fault)


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
    return (
        say("The request is {state}; “{move}” is not possible now.", **words),
        say(
            "Possible now: {moves}; see `esm request --help`.", moves=", ".join(possible(case, event.done_on))
        ),
    )  # fmt: skip


def possible(case: Case, on: date) -> tuple[str, ...]:
    """Return the commands that may move the request on a day: what its state allows and what is not too late."""
    over = {
        "dispute": case.was_disputed or on > _dispute_by(case),
        "extend": case.was_extended or not _is_before_deadline(case, on),
        "elevate": case.rung >= HIGHEST,
    }
    return tuple(dict.fromkeys(COMMANDS.get(kind, kind) for kind in TABLE[case.state] if not over.get(kind)))


def _dispute_by(case: Case) -> date:
    """Return the last day on which the dispatch can be disputed."""
    return case.calendar.workday_after(case.dispatched_on or case.last_on, 1)


def _is_before_deadline(case: Case, on: date) -> bool:
    """Return whether a working day is left before the deadline, so that an extension can be asked."""
    return bool(case.calendar.workdays(on, case.due_on))


def rule_fault(case: Case, event: Event) -> Fault | None:
    """Return what is wrong with a move that its state allows: what it lacks, or that it comes too late."""
    fresh = _FRESH.get(event.kind)
    return lasting_fault(case, event) or (None if fresh is None else fresh(case, event))


def lasting_fault(case: Case, event: Event) -> Fault | None:
    """Return what would be wrong with a move at any time, also with one of the past that is taken in from a file."""
    check = _LASTING.get(event.kind)
    return None if check is None else check(case, event)


def _deadline_fault(event: Event, today: date) -> Fault | None:
    if event.until_on is None or event.until_on >= today:
        return None
    return (
        say("The new deadline {until} is past already.", until=event.until_on),
        say("Name a later day with --until; what was late stays late."),
    )


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


def _dispute_again(case: Case, _event: Event) -> Fault | None:
    if not case.was_disputed:
        return None
    return (
        say("The dispatch was disputed and decided already; there is no second dispute."),
        say("The department that has it now answers."),
    )


def _dispute(case: Case, event: Event) -> Fault | None:
    last = _dispute_by(case)
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


def _extend_again(case: Case, _event: Event) -> Fault | None:
    if not case.was_extended:
        return None
    return (
        say("The request was extended already; a deadline is extended once."),
        say("Close it, or let it climb with `esm request elevate`."),
    )


def _extend(case: Case, event: Event) -> Fault | None:
    until_on = event.until_on
    if not _is_before_deadline(case, event.done_on):
        return (
            say("An extension is asked at least one working day before the deadline, {due}.", due=case.due_on),
            say("It is too late for one; close the request, or let it climb with `esm request elevate`."),
        )
    if until_on is None or case.calendar.next_workday(until_on) <= case.due_on:
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


_LASTING: Mapping[str, Callable[[Case, Event], Fault | None]] = {
    "reject": _reject, "dispatch": _dispatch, "dispute": _dispute_again, "answer": _answer, "support": _support,
    "extend": _extend_again, "close": _close, "elevate": _elevate,
}  # fmt: skip
_FRESH: Mapping[str, Callable[[Case, Event], Fault | None]] = {
    "dispute": _dispute, "extend": _extend, "reopen": _reopen,
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
