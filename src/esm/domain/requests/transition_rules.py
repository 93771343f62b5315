"""The rules of the single transitions of a request, beyond which state allows which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from esm.domain.requests.escalation import HIGHEST_LEVEL
from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import ACTIONS, TRANSITIONS, Transition
from esm.errors import Listed, Message, RuleRefused, say

LONGEST_SPAN = timedelta(days=366)  # a deadline further away is a slip of the pen


Fault = tuple[Message, Message | None]


def require_allowed(progress: RequestProgress, transition: Transition, today: date) -> None:
    """Refuse a transition that the state table or a rule forbids, and name those that are allowed."""
    fault = (
        day_fault(progress, transition, today)
        or state_fault(progress, transition)
        or rule_fault(progress, transition)
        or _deadline_fault(transition, today)
    )
    if fault is not None:
        raise RuleRefused(*fault)


def day_fault(progress: RequestProgress, transition: Transition, today: date) -> Fault | None:
    """Return what is wrong with the day of a transition, None when it is sound."""
    if transition.done_on > today:
        return say("{on} is in the future.", on=transition.done_on), say("Record the action after it has taken place.")
    if transition.done_on < progress.last_on:
        return (
            say(
                "The last action on the request was on {last}, after {on}.",
                last=progress.last_on,
                on=transition.done_on,
            ),
            say("Check the date; `esm request show` lists the actions."),
        )
    return None


def state_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    """Return what is wrong when the state does not allow the transition, with the transitions that it allows."""
    allowed = TRANSITIONS[progress.state]
    if transition.kind in allowed:
        return None
    words = {"state": progress.state.label, "move": ACTIONS[COMMANDS.get(transition.kind, transition.kind)]}
    if not allowed:
        return (
            say("The request is {state}; neither “{move}” nor any other action is possible.", **words),
            say("Open a new request with `esm request open`."),
        )
    return (
        say("The request is {state}; “{move}” is not possible now.", **words),
        say(
            "Possible actions: {moves}; see `esm request --help`.",
            moves=Listed(ACTIONS[each] for each in possible_commands(progress, transition.done_on)),
        ),
    )


def possible_commands(progress: RequestProgress, on: date) -> tuple[str, ...]:
    """Return the commands that may follow for the request on a day: what its state allows and what is not too late."""
    over = {
        "dispute": progress.was_disputed or on > _dispute_by(progress),
        "extend": progress.was_extended or not _is_before_deadline(progress, on),
        "elevate": progress.level >= HIGHEST_LEVEL,
    }
    return tuple(dict.fromkeys(COMMANDS.get(kind, kind) for kind in TRANSITIONS[progress.state] if not over.get(kind)))


def _dispute_by(progress: RequestProgress) -> date:
    """Return the last day on which the dispatch can be disputed."""
    return progress.calendar.workday_after(progress.dispatched_on or progress.last_on, 1)


def _is_before_deadline(progress: RequestProgress, on: date) -> bool:
    """Return whether a working day is left before the deadline, so that an extension can be asked."""
    return bool(progress.calendar.workdays(on, progress.due_on))


def rule_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    """Return what is wrong with a transition that its state allows: what it lacks, or that it comes too late."""
    fresh = _CHECKED_WHEN_NEW.get(transition.kind)
    return permanent_fault(progress, transition) or (None if fresh is None else fresh(progress, transition))


def permanent_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    """Return what would be wrong with a transition at any time, also with one of the past that a file holds."""
    check = _ALWAYS_CHECKED.get(transition.kind)
    return None if check is None else check(progress, transition)


def _deadline_fault(transition: Transition, today: date) -> Fault | None:
    if transition.until_on is None or transition.until_on >= today:
        return None
    return (
        say("The new deadline {until} has already passed.", until=transition.until_on),
        say("Give a later date with --until; what was overdue still counts as late."),
    )


def _rejection_fault(_progress: RequestProgress, transition: Transition) -> Fault | None:
    if not transition.basis:
        return (
            say("A rejection requires a legal basis."),
            say("Give the law, the article and what it states with --basis."),
        )
    if not transition.note:
        return say("A rejection requires a reason."), say("Give it with --reason, as communicated to the enterprise.")
    return None


def _dispatch_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    if transition.department in transition.supporting:
        return (
            say("{department} cannot be both responsible and supporting.", department=transition.department),
            say("Give other departments with --support."),
        )
    if (
        progress.state == "dispatched"
        and transition.department == progress.department
        and transition.supporting == progress.supporting
    ):
        return (
            say("{department} already has the request.", department=transition.department),
            say("Give another department, or wait for the answer."),
        )
    return None


def _second_dispute_fault(progress: RequestProgress, _transition: Transition) -> Fault | None:
    if not progress.was_disputed:
        return None
    return (
        say("The dispatch has already been disputed and decided; a second dispute is not allowed."),
        say("The department now responsible must answer."),
    )


def _dispute_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    last = _dispute_by(progress)
    if transition.done_on > last:
        return (
            say("A dispatch can be disputed within one working day, until {last}.", last=last),
            say("The department now responsible must answer, or request an extension."),
        )
    return None if transition.note else (say("A dispute requires a reason."), say("Give it with --reason."))


def _answer_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    if transition.department == progress.department:
        return None
    return (
        say("This request is not with {department}.", department=transition.department),
        say("It is with: {departments}.", departments=Listed(progress.departments)),
    )


def _support_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    return None if transition.department in progress.supporting else _answer_fault(progress, transition)


def _second_extension_fault(progress: RequestProgress, _transition: Transition) -> Fault | None:
    if not progress.was_extended:
        return None
    return (
        say("The request has already been extended; a deadline can be extended only once."),
        say("Close it, or escalate it with `esm request elevate`."),
    )


def _extension_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    until_on = transition.until_on
    if not _is_before_deadline(progress, transition.done_on):
        return (
            say(
                "Extensions must be requested at least one working day before the deadline, {due}.", due=progress.due_on
            ),
            say("It is too late to extend it; close the request, or escalate it with `esm request elevate`."),
        )
    if until_on is None or progress.calendar.next_workday(until_on) <= progress.due_on:
        return (
            say("The new deadline {until} is not after {due}.", until=until_on, due=progress.due_on),
            say("Give a later date with --until."),
        )
    if until_on - progress.due_on > LONGEST_SPAN:
        return say("The new deadline {until} is more than a year away.", until=until_on), say("Check the year.")
    return None if transition.note else (say("An extension requires a reason."), say("Give it with --reason."))


def _close_fault(_progress: RequestProgress, transition: Transition) -> Fault | None:
    if transition.outcome is None:
        return (
            say("Closing a request requires an outcome."),
            say("Give it with --outcome: solved, partly_solved, explained or shelved."),
        )
    if transition.outcome == "withdrawn":
        return (
            say("A withdrawal is not a closure: it is excluded from the figures."),
            say("Use `esm request withdraw`."),
        )
    if transition.outcome == "explained" and not transition.basis:
        return (
            say("“Explained” means that the law does not allow it, and requires a legal basis."),
            say("Give the law, the article and what it states with --basis."),
        )
    if transition.outcome == "shelved" and not transition.note:
        return say("Shelving a request requires a reason."), say("Give it with --note.")
    return None


def _reopening_fault(_progress: RequestProgress, transition: Transition) -> Fault | None:
    if transition.note:
        return None
    return say("Reopening requires a note of what the enterprise is not satisfied with."), say("Give it with --reason.")


def _escalation_fault(progress: RequestProgress, transition: Transition) -> Fault | None:
    if progress.level >= HIGHEST_LEVEL:
        return (
            say("The request is already at the highest level."),
            say("Record the decision of the joint meeting, then dispatch and close the request."),
        )
    if transition.reason == "by_hand" and not transition.note:
        return say("Escalation by hand requires a reason."), say("Give it with --reason.")
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
