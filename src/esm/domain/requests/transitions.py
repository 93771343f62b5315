"""The rules of the single moves of a request, beyond which state allows which move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from esm.domain.requests.escalation import HIGHEST_LEVEL
from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import TRANSITIONS, Transition
from esm.errors import Message, RuleRefused, say

LONGEST_SPAN = timedelta(days=366)  # a deadline further away is a slip of the pen


Fault = tuple[Message, Message | None]


def require_allowed(case: RequestProgress, event: Transition, today: date) -> None:
    """Refuse a move that the state table or a rule forbids; the moves that are allowed are named."""
    fault = (
        day_fault(case, event, today)
        or state_fault(case, event)
        or rule_fault(case, event)
        or _deadline_fault(event, today)
    )
    if fault is not None:
        raise RuleRefused(*fault)


def day_fault(case: RequestProgress, event: Transition, today: date) -> Fault | None:
    """Return what is wrong with the day of a move, None when it is sound."""
    if event.done_on > today:
        return say("{on} lies in the future.", on=event.done_on), say("Record the move once it was made.")
    if event.done_on < case.last_on:
        return (
            say("The request was last moved on {last}, after {on}.", last=case.last_on, on=event.done_on),
            say("Check the day; `esm request show` lists the moves."),
        )
    return None


def state_fault(case: RequestProgress, event: Transition) -> Fault | None:
    """Return what is wrong when the state does not allow the move, with the moves that it allows."""
    allowed = TRANSITIONS[case.state]
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
            "Possible now: {moves}; see `esm request --help`.", moves=", ".join(possible_commands(case, event.done_on))
        ),
    )  # fmt: skip


def possible_commands(case: RequestProgress, on: date) -> tuple[str, ...]:
    """Return the commands that may move the request on a day: what its state allows and what is not too late."""
    over = {
        "dispute": case.was_disputed or on > _dispute_by(case),
        "extend": case.was_extended or not _is_before_deadline(case, on),
        "elevate": case.level >= HIGHEST_LEVEL,
    }
    return tuple(dict.fromkeys(COMMANDS.get(kind, kind) for kind in TRANSITIONS[case.state] if not over.get(kind)))


def _dispute_by(case: RequestProgress) -> date:
    """Return the last day on which the dispatch can be disputed."""
    return case.calendar.workday_after(case.dispatched_on or case.last_on, 1)


def _is_before_deadline(case: RequestProgress, on: date) -> bool:
    """Return whether a working day is left before the deadline, so that an extension can be asked."""
    return bool(case.calendar.workdays(on, case.due_on))


def rule_fault(case: RequestProgress, event: Transition) -> Fault | None:
    """Return what is wrong with a move that its state allows: what it lacks, or that it comes too late."""
    fresh = _CHECKED_WHEN_NEW.get(event.kind)
    return permanent_fault(case, event) or (None if fresh is None else fresh(case, event))


def permanent_fault(case: RequestProgress, event: Transition) -> Fault | None:
    """Return what would be wrong with a move at any time, also with one of the past that is taken in from a file."""
    check = _ALWAYS_CHECKED.get(event.kind)
    return None if check is None else check(case, event)


def _deadline_fault(event: Transition, today: date) -> Fault | None:
    if event.until_on is None or event.until_on >= today:
        return None
    return (
        say("The new deadline {until} is past already.", until=event.until_on),
        say("Name a later day with --until; what was late stays late."),
    )


def _rejection_fault(_case: RequestProgress, event: Transition) -> Fault | None:
    if not event.basis:
        return (
            say("A refusal needs its legal basis."),
            say("Name the law, the article and what it says with --basis."),
        )
    if not event.note:
        return say("A refusal needs its reason."), say("Say it with --reason, as the enterprise is told it.")
    return None


def _dispatch_fault(case: RequestProgress, event: Transition) -> Fault | None:
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


def _second_dispute_fault(case: RequestProgress, _event: Transition) -> Fault | None:
    if not case.was_disputed:
        return None
    return (
        say("The dispatch was disputed and decided already; there is no second dispute."),
        say("The department that has it now answers."),
    )


def _dispute_fault(case: RequestProgress, event: Transition) -> Fault | None:
    last = _dispute_by(case)
    if event.done_on > last:
        return (
            say("A dispatch can be disputed within one working day, until {last}.", last=last),
            say("The department that has it now answers, or asks for an extension."),
        )
    return None if event.note else (say("A dispute needs its reason."), say("Say it with --reason."))


def _answer_fault(case: RequestProgress, event: Transition) -> Fault | None:
    if event.department == case.department:
        return None
    return (
        say("{department} has not got this request.", department=event.department),
        say("It is with: {departments}.", departments=", ".join(case.departments)),
    )


def _support_fault(case: RequestProgress, event: Transition) -> Fault | None:
    return None if event.department in case.supporting else _answer_fault(case, event)


def _second_extension_fault(case: RequestProgress, _event: Transition) -> Fault | None:
    if not case.was_extended:
        return None
    return (
        say("The request was extended already; a deadline is extended once."),
        say("Close it, or let it climb with `esm request elevate`."),
    )


def _extension_fault(case: RequestProgress, event: Transition) -> Fault | None:
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
    if until_on - case.due_on > LONGEST_SPAN:
        return say("The new deadline {until} is more than a year away.", until=until_on), say("Check the year.")
    return None if event.note else (say("An extension needs its reason."), say("Say it with --reason."))


def _close_fault(_case: RequestProgress, event: Transition) -> Fault | None:
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


def _reopening_fault(_case: RequestProgress, event: Transition) -> Fault | None:
    if event.note:
        return None
    return say("Reopening needs what the enterprise is not satisfied with."), say("Say it with --reason.")


def _escalation_fault(case: RequestProgress, event: Transition) -> Fault | None:
    if case.level >= HIGHEST_LEVEL:
        return (
            say("The request stands on the highest rung already."),
            say("Record what the joint meeting decides, then dispatch and close it."),
        )
    if event.reason == "by_hand" and not event.note:
        return say("An elevation by hand needs its reason."), say("Say it with --reason.")
    return None


_ALWAYS_CHECKED: Mapping[str, Callable[[RequestProgress, Transition], Fault | None]] = {
    "reject": _rejection_fault,
    "dispatch": _dispatch_fault,
    "dispute": _second_dispute_fault,
    "answer": _answer_fault,
    "support": _support_fault,
    "extend": _second_extension_fault,
    "close": _close_fault,
    "elevate": _escalation_fault,
}
_CHECKED_WHEN_NEW: Mapping[str, Callable[[RequestProgress, Transition], Fault | None]] = {
    "dispute": _dispute_fault,
    "extend": _extension_fault,
    "reopen": _reopening_fault,
}
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
