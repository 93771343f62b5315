"""Taking in the moves of requests: one that the state table forbids is at fault, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from esm.domain.requests import progress, transition_rules
from esm.domain.requests.department_parsing import SEPARATOR, listed_departments
from esm.domain.requests.states import MOST_DAYS, TRANSITIONS, Request, Transition, TransitionKind
from esm.domain.values import nearest_spellings
from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.grouping import grouped
from esm.errors import Listed, Message, say
from esm.sheets.sheet.message_translation import tell
from esm.storage.database.connection import Writing
from esm.storage.requests import requests
from esm.storage.requests import transitions as request_transitions
from esm.usecases.exchange.load_request_ledger import moves_of_ledgers
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Incoming, upsert
from esm.usecases.requests import preserved_deadlines, request_queries

KEPT = ("deadline_on", "days_taken")
MOST_NAMED = 10  # further new departments are not named


@dataclass(slots=True)
class _Step:
    """One move of a request: as it stands on record or as the file's row tells it."""

    event: Transition
    row: RosterRow | None = None
    is_new: bool = True


def upsert_events(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store moves; the key is the request and the step, and a row without a step comes after all on record.

    Each request is followed through all its moves: one that the state table forbids, one before the move
    before it, a close without outcome and a refusal without basis are refused, and so are the rows after it.
    """
    writing, refused = incoming.writing, Tally()
    rows = [*incoming.rows[spec.key], *moves_of_ledgers(incoming, refused)]
    if not rows:
        return refused
    known = {stored.id: stored.request for stored in requests.load(writing, date.max)}
    for row in rows:
        if row.values["request_no"] not in known:
            refused.refuse(row, "request_no", say("no request has this number; add it to the sheet of requests"))
    by_request = grouped(rows, lambda row: row.values["request_no"])
    recorded, departments = request_transitions.by_request(writing), request_transitions.departments(writing)
    numbered: list[RosterRow] = []
    corrected: set[int] = set()
    new: list[Transition] = []
    for number in sorted(by_request.keys() & known):
        steps = _steps(recorded.get(number, []), by_request[number], departments)
        fault = _first_fault(writing, known[number], list(steps.values()), incoming.today)
        if fault is None:
            numbered += [_numbered(step.row, place, step.event) for place, step in steps.items() if step.row]
            new += [step.event for step in steps.values() if step.is_new]
            if [_judged_by(step.event) for step in steps.values() if not step.is_new] != [
                _judged_by(event) for _row_id, event in recorded.get(number, [])
            ]:
                corrected.add(number)
        else:
            refused.refuse(*fault)
    tally = upsert(incoming, spec, rows=numbered)
    if corrected:
        preserved_deadlines.keep_deadlines(writing, anew=corrected)
    tally.problems += refused.problems
    tally.assumed += refused.assumed
    tally.notes += _new_departments(new, departments)
    return tally


def _numbered(row: RosterRow, place: int, event: Transition) -> RosterRow:
    """Return a row with its step, the departments that are meant and the deadline that it is judged by."""
    meant: dict[str, Any] = {"department": event.department, "supporting": SEPARATOR.join(event.supporting) or None}
    meant |= {name: getattr(event, name) for name in KEPT}
    told = {name: value for name, value in meant.items() if value is not None}
    return row._replace(values={**row.values, "number": place, **told})


def _judged_by(event: Transition) -> tuple[object, ...]:
    """Return what a correction of a move changes the deadlines by."""
    return event.kind, event.done_on, event.days


def _new_departments(events: Sequence[Transition], known: Sequence[str]) -> Iterator[Message]:
    """Yield the departments that nobody had named before, each with the one that it may be meant for."""
    named = dict.fromkeys(name for event in events for name in (event.department, *event.supporting) if name)
    for name in [name for name in named if name not in known][:MOST_NAMED]:
        close = nearest_spellings.nearest(name, list(known), share=0.5)
        if close:
            yield say("A department not known before: {name}; did you mean {close}?", name=name, close=close[0])
        else:
            yield say("A department not known before: {name}", name=name)


def _steps(
    recorded: Sequence[tuple[int, Transition]], rows: Sequence[RosterRow], departments: Sequence[str]
) -> dict[int, _Step]:
    """Return the moves of a request in order by their steps, those on record as the file corrects them."""
    steps = {place: _Step(event, is_new=False) for place, (_row_id, event) in enumerate(recorded, start=1)}
    for row in rows:
        place = row.values.get("number", max(steps, default=0) + 1)
        known = steps.get(place)
        event = _event(row.values, None if known is None else known.event, departments)
        steps[place] = _Step(event, row, known is None or known.is_new)
    return dict(sorted(steps.items()))


def _event(values: Mapping[str, Any], known: Transition | None, departments: Sequence[str]) -> Transition:
    """Return the move of a row; a blank cell keeps what is on record."""
    names = ("who", "department", "note", "until_on", "days", "outcome", "basis", "reason")
    kept = {name: values.get(name, known and getattr(known, name)) for name in names}
    kept |= {name: values.get(name) for name in KEPT}
    supporting = known.supporting if known else ()
    if values.get("supporting") is not None:
        supporting = listed_departments(values["supporting"], departments)
    return Transition(
        kind=values["move"],
        done_on=values["done_on"],
        supporting=supporting,
        is_satisfied=values.get("satisfied", known and known.is_satisfied),
        **kept,
    )


def _first_fault(
    writing: Writing, request: Request, steps: Sequence[_Step], today: date
) -> tuple[RosterRow, str, Message] | None:
    current = progress.replay(request, (), request_queries.calendar(writing), max(today, request.received_on))
    last: RosterRow | None = None
    for step in steps:
        last = step.row or last
        if current is None or last is None:
            current = current and progress.with_transition(current, step.event)
            continue
        if step.event.kind == "answer" and step.event.department is None:
            step.event = replace(step.event, department=current.department)
        fault = next(_faults(current, step.event, today), None)
        if fault is not None:
            return last, *fault
        step.event = progress.with_deadline(current, step.event)
        current = progress.with_transition(current, step.event)
    return None


def _faults(current: progress.RequestProgress, event: Transition, today: date) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with a move of the past; whether it was in time is not asked any more."""
    on_day = transition_rules.day_fault(current, event, today)
    if on_day is not None:
        yield "done_on", on_day[0]
    yield from _state_faults(current, event)
    if event.days is not None and not 1 <= event.days <= MOST_DAYS:
        yield "days", say("a deadline has 1 to {most:working day|working days}", most=MOST_DAYS)
    lacking = {
        "dispatch": ("department", not event.department, say("a dispatch requires the department")),
        "extend": ("until_on", not event.until_on, say("an extension requires the new deadline")),
        "confirm": ("satisfied", event.is_satisfied is None, say("state whether the enterprise is satisfied")),
        "elevate": ("reason", not (event.reason or event.note), say("state why it was escalated")),
    }
    if event.kind in lacking:
        place, is_lacking, reason = lacking[event.kind]
        if is_lacking:
            yield place, reason
    permanent = transition_rules.permanent_fault(current, event)
    if permanent is not None:
        yield _place(event), permanent[0]


def _state_faults(current: progress.RequestProgress, event: Transition) -> Iterator[tuple[str, Message]]:
    """Yield that the state table forbids the move, with the words for those that it allows."""
    allowed = TRANSITIONS[current.state]
    if event.kind not in allowed:
        words = Listed(tell(TransitionKind(kind).label) for kind in allowed) or "–"
        state = current.state.label
        yield "move", say("the request is {state} at that point; possible actions: {moves}", state=state, moves=words)


def _place(event: Transition) -> str:
    """Return the column that a rule of the move speaks of."""
    match event.kind:
        case "dispatch" | "answer" | "support":
            return "department"
        case "reject":
            return "note" if event.basis else "basis"
        case "close" if event.outcome in ("explained", "shelved"):
            return "basis" if event.outcome == "explained" else "note"
        case "close":
            return "outcome"
        case "elevate" if event.reason == "by_hand":
            return "note"
    return "move"
