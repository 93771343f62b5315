"""A request of an enterprise (诉求): its states, the transitions between them, and what is recorded of each transition.

`TRANSITIONS` is the one definition of what may follow what; everything else that is known of a request on a
day follows from its transitions up to that day (see `domain.requests.progress`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.values.settings import Settings

NATURES = ("consult", "help", "complaint", "suggestion")
OUTCOMES = ("solved", "partly_solved", "explained", "withdrawn", "shelved")
LONGEST_SUBJECT = 500  # characters: a sentence or two; what was said at length stands in the minutes of the visit
MOST_DAYS = 250  # working days, about a year: the longest deadline that can be meant
REASONS = ("dispatches", "departments", "overdue", "by_hand")  # why a request climbs the ladder

# state -> transition -> the state that follows; a transition that is not named there is refused.
TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    "received": {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn", "elevate": "received"},
    "accepted": {
        "dispatch": "dispatched", "close": "closed", "extend": "accepted", "withdraw": "withdrawn",
        "elevate": "accepted",
    },
    "dispatched": {
        "dispatch": "dispatched", "dispute": "disputed", "answer": "answered", "support": "dispatched",
        "extend": "dispatched", "withdraw": "withdrawn", "elevate": "dispatched",
    },
    "disputed": {"dispatch": "dispatched", "extend": "disputed", "withdraw": "withdrawn", "elevate": "disputed"},
    "answered": {
        "dispatch": "dispatched", "answer": "answered", "support": "answered", "close": "closed",
        "extend": "answered", "withdraw": "withdrawn", "elevate": "answered",
    },
    "closed": {"confirm": "confirmed", "reopen": "accepted"},
    "confirmed": {"reopen": "accepted"},
    "rejected": {},
    "withdrawn": {},
}  # fmt: skip
STATES = tuple(TRANSITIONS)
OPEN = ("received", "accepted", "dispatched", "disputed", "answered")
MOVES = (
    "accept", "reject", "dispatch", "dispute", "answer", "support", "extend", "close", "confirm", "reopen",
    "withdraw", "elevate",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an enterprise asked for. The days are working days that were promised when it was received."""

    uscc: str
    received_on: date
    request_class: str
    nature: str
    subject: str
    accept_days: int
    answer_days: int
    close_days: int
    staff_no: str | None = None
    visited_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One transition: who made it, when, and what it needs to say.

    `department` is the one that gets the request, or that answers; `until_on` the new deadline of an
    extension; `days` the working days of a hard case; `reason` why it was elevated.
    """

    kind: str
    done_on: date
    who: str | None = None
    department: str | None = None
    supporting: tuple[str, ...] = ()
    note: str | None = None
    until_on: date | None = None
    days: int | None = None
    outcome: str | None = None
    basis: str | None = None
    is_satisfied: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What the user says of a new request; the words are as typed, None where they say nothing.

    `visit_id` is the visit on which it was raised, `hard` asks for the longer deadline.
    """

    subject: str
    request_class: str
    nature: str = "help"
    received_on: date | None = None
    visit_id: int | None = None
    cadre: str | None = None
    hard: bool = False


def promised_days(settings: Settings, *, hard: bool = False) -> dict[str, Any]:
    """Return the working days that a request received now is promised."""
    return {
        "accept_days": settings.request_accept_days,
        "answer_days": settings.request_answer_days,
        "close_days": settings.request_hard_days if hard else settings.request_close_days,
    }
