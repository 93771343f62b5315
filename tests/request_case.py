"""A request for tests of its rules: moves that say all that they need, and the case after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from esm.domain.requests import progress, transition_rules
from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import Nature, Request, Transition, TransitionKind
from esm.storage.schedule import workdays

CALENDAR = workdays.official_calendar()
MONDAY = date(2026, 11, 9)  # no holiday and no make-up day for weeks around it
DAY = timedelta(days=1)


def event(kind: str, on: date = MONDAY, **values: object) -> Transition:
    """Return a move that says all that its kind asks for."""
    full: dict[str, dict[str, object]] = {
        "reject": {"note": "no matter of the district", "basis": "Regulation, article 5"},
        "dispatch": {"department": "财政局", "supporting": ("税务局",)},
        "dispute": {"note": "not ours"},
        "answer": {"department": "财政局"},
        "support": {"department": "税务局"},
        "extend": {"until_on": MONDAY + 30 * DAY, "note": "a survey is needed"},
        "close": {"outcome": "solved"},
        "confirm": {"is_satisfied": True},
        "reopen": {"note": "nothing came"},
        "elevate": {"reason": "overdue"},
    }
    return Transition(kind=TransitionKind(kind), done_on=on, **{**full.get(kind, {}), **values})  # type: ignore[arg-type]


def opened(received_on: date = MONDAY, as_of: date = MONDAY, **values: object) -> RequestProgress:
    request = Request(
        uscc="X", received_on=received_on, request_class="tax", nature=Nature.HELP, subject="a refund",
        accept_days=1, answer_days=3, close_days=7,
    )  # fmt: skip
    found = progress.replay(request, (), CALENDAR, as_of)
    assert found is not None
    return replace(found, **values)  # type: ignore[arg-type]


def moved(*events: Transition, as_of: date | None = None) -> RequestProgress:
    """Return a request after these moves, each checked as the use case checks it."""
    current = opened(as_of=as_of or max([MONDAY, *(each.done_on for each in events)]))
    for each in events:
        transition_rules.require_allowed(current, each, current.as_of)
        current = progress.with_transition(current, each)
    return current
