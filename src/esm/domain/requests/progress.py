"""What is known of a request on a day, derived from its transitions up to that day and from nothing else.

The day of receipt is day 0: a deadline of N working days ends with the N-th working day after it, so that
half a day is never lost. Days beyond the published calendar are provisional.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from esm.domain.requests.states import (
    OPEN,
    TRANSITIONS,
    EscalationReason,
    Request,
    RequestOutcome,
    RequestState,
    Transition,
)
from esm.domain.values import workdays
from esm.domain.values.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestProgress:
    """A request as it stands on `as_of`. A round begins with the receipt, and with each reopening."""

    request: Request
    as_of: date
    calendar: WorkCalendar
    state: RequestState = RequestState.RECEIVED
    round_on: date
    close_days: int
    last_on: date
    transitions: tuple[Transition, ...] = ()
    accepted_on: date | None = None
    department: str | None = None
    supporting: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()
    dispatched_on: date | None = None
    dispatches: int = 0
    was_disputed: bool = False
    extended_until: date | None = None
    was_extended: bool = False
    answered_on: date | None = None
    closed_on: date | None = None
    kept_deadline_on: date | None = None
    days_taken: int | None = None
    was_accepted_late: bool = False
    was_late: bool = False
    outcome: RequestOutcome | None = None
    basis: str | None = None
    is_satisfied: bool | None = None
    reopened: int = 0
    level: int = 0
    escalation_reasons: tuple[EscalationReason, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether somebody still has to do something for it."""
        return self.state in OPEN

    @property
    def accept_by(self) -> date:
        """Return the last day on which accepting it is on time."""
        return self.calendar.workday_after(self.request.received_on, self.request.accept_days)

    @property
    def close_by(self) -> date:
        """Return the last day on which closing it is on time, once closed the one that it was judged by.

        An extension does not move it.
        """
        return self.kept_deadline_on or self.calendar.workday_after(self.round_on, self.close_days)

    @property
    def due_on(self) -> date:
        """Return the deadline that it runs towards: to be accepted, else to be closed, extended or not.

        An extension that ends on a day off ends with the next working day.
        """
        if self.state == "received":
            return self.accept_by
        return self.close_by if self.extended_until is None else self.calendar.next_workday(self.extended_until)

    @property
    def support_by(self) -> date | None:
        """Return the last day for the supporting departments' answers, None while it is with none."""
        if self.dispatched_on is None or not self.supporting:
            return None
        return self.calendar.workday_after(self.dispatched_on, self.request.answer_days)

    @property
    def unsupported(self) -> tuple[str, ...]:
        """Return the supporting departments that have not answered."""
        return tuple(name for name in self.supporting if name not in self.supported) if self.is_open else ()

    @property
    def late_support(self) -> tuple[str, ...]:
        """Return the supporting departments whose answer is overdue."""
        by = self.support_by
        return self.unsupported if by is not None and self.as_of > by else ()

    @property
    def is_provisional(self) -> bool:
        """Return whether a later holiday notice may move the deadline."""
        return self.calendar.is_provisional(self.due_on)

    @property
    def is_late(self) -> bool:
        """Return whether it is open after its deadline; on the deadline itself it is not late."""
        return self.is_open and self.as_of > self.due_on

    @property
    def days_late(self) -> int:
        """Return the working days since the deadline, negative before it."""
        return workdays.count_between(self.calendar, self.due_on, self.as_of)

    @property
    def days_waited(self) -> int:
        """Return the calendar days since its receipt, up to its close, its rejection or its withdrawal."""
        end_on = self.as_of if self.is_open else self.closed_on or self.last_on
        return (end_on - self.request.received_on).days

    @property
    def departments(self) -> tuple[str, ...]:
        """Return the departments that it needs now: the responsible one, then the supporting ones."""
        return tuple(dict.fromkeys((*filter(None, (self.department,)), *self.supporting)))

    @property
    def responsible(self) -> str | None:
        """Return the department that had it last, in whichever round; None when no department ever had it."""
        return next(
            (transition.department for transition in reversed(self.transitions) if transition.kind == "dispatch"), None
        )

    @property
    def is_stuck(self) -> bool:
        """Return whether the ladder has elevated it and it is not closed (办不成事)."""
        return self.is_open and self.level > 0


def replay(
    request: Request, transitions: Iterable[Transition], calendar: WorkCalendar, as_of: date
) -> RequestProgress | None:
    """Return the progress on `as_of`, None when the request was not there yet; `transitions` are in order."""
    if request.received_on > as_of:
        return None
    progress = RequestProgress(
        request=request, as_of=as_of, calendar=calendar, round_on=request.received_on,
        close_days=request.close_days, last_on=request.received_on,
    )  # fmt: skip
    for transition in transitions:
        if transition.done_on <= as_of:
            progress = with_transition(progress, transition)
    return progress


def with_transition(progress: RequestProgress, transition: Transition) -> RequestProgress:
    """Return the progress after one more transition, which the table allows."""
    return replace(
        progress,
        state=RequestState(TRANSITIONS[progress.state][transition.kind]),
        last_on=transition.done_on,
        transitions=(*progress.transitions, transition),
        **_CHANGES[transition.kind](progress, transition),
    )


def with_deadline(progress: RequestProgress, transition: Transition) -> Transition:
    """Return an acceptance or a close with the deadline that it is judged by; one that has it keeps it."""
    if transition.kind == "accept":
        return replace(transition, deadline_on=transition.deadline_on or progress.accept_by)
    if transition.kind != "close":
        return transition
    days_taken = transition.days_taken
    if days_taken is None:
        days_taken = workdays.count_between(progress.calendar, progress.request.received_on, transition.done_on)
    return replace(transition, deadline_on=transition.deadline_on or progress.close_by, days_taken=days_taken)


def _accept(progress: RequestProgress, transition: Transition) -> dict[str, Any]:
    deadline_on = with_deadline(progress, transition).deadline_on
    return {
        "accepted_on": transition.done_on,
        "was_accepted_late": deadline_on is not None and transition.done_on > deadline_on,
        "close_days": transition.days or progress.close_days,
    }


def _dispatch(progress: RequestProgress, transition: Transition) -> dict[str, Any]:
    return {
        "department": transition.department,
        "supporting": transition.supporting,
        "supported": (),
        "dispatched_on": transition.done_on,
        "dispatches": progress.dispatches + 1,
        "answered_on": None,
    }


def _close(progress: RequestProgress, transition: Transition) -> dict[str, Any]:
    judged = with_deadline(progress, transition)
    return {
        "closed_on": transition.done_on,
        "kept_deadline_on": judged.deadline_on,
        "days_taken": judged.days_taken,
        "outcome": transition.outcome,
        "basis": transition.basis,
        "was_late": progress.was_late or (judged.deadline_on is not None and transition.done_on > judged.deadline_on),
    }


def _reopen(progress: RequestProgress, transition: Transition) -> dict[str, Any]:
    """Begin a new round with a deadline, disputes and counts of its own; what was late or extended stays so."""
    return {
        "round_on": transition.done_on, "closed_on": None, "outcome": None, "basis": None, "is_satisfied": False,
        "reopened": progress.reopened + 1, "dispatches": 0, "department": None, "supporting": (), "supported": (),
        "dispatched_on": None, "answered_on": None, "extended_until": None, "escalation_reasons": (),
        "was_disputed": False, "kept_deadline_on": None, "days_taken": None,
    }  # fmt: skip


_CHANGES: Mapping[str, Callable[[RequestProgress, Transition], dict[str, Any]]] = {
    "accept": _accept,
    "reject": lambda _progress, transition: {"basis": transition.basis},
    "dispatch": _dispatch,
    "dispute": lambda _progress, _transition: {"was_disputed": True},
    "answer": lambda _progress, transition: {"answered_on": transition.done_on},
    "support": lambda progress, transition: {"supported": (*progress.supported, transition.department)},
    "extend": lambda _progress, transition: {"extended_until": transition.until_on, "was_extended": True},
    "close": _close,
    "confirm": lambda _progress, transition: {"is_satisfied": transition.is_satisfied},
    "reopen": _reopen,
    "withdraw": lambda _progress, _transition: {"outcome": RequestOutcome.WITHDRAWN},
    "elevate": lambda progress, transition: {
        "level": progress.level + 1,
        "escalation_reasons": (*progress.escalation_reasons, transition.reason),
    },
}
