"""Following requests: what is open, how late it is, who has it, and where it gathers.

The only place that asks for the working-day calendar of requests.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from esm.domain.requests import clusters as clustering
from esm.domain.requests import escalation, figures, progress, states
from esm.domain.requests.figures import RequestFigures
from esm.domain.requests.records import ClusterList, NewDeadline, RequestList, RequestRecord
from esm.domain.requests.states import OPEN
from esm.domain.values import intervals
from esm.domain.values.industry import section
from esm.domain.values.settings import Settings
from esm.domain.values.workdays import WorkCalendar
from esm.errors import NotFound, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.requests import requests, transitions
from esm.storage.schedule import workdays
from esm.usecases.register import lookup

NEVER_ASKED = ("rejected", "withdrawn")


def calendar(reading: Reading) -> WorkCalendar:
    """Return the calendar that deadlines are counted with."""
    return workdays.calendar_in_force(reading)


def records(reading: Reading, as_of: date, *, uscc: str | None = None, open_only: bool = False) -> list[RequestRecord]:
    """Return the requests as they stand on a day, in order of receipt: all, of one enterprise, or open ones."""
    stored = requests.load(reading, as_of, uscc=uscc, open_only=open_only)
    return _as_records(stored, calendar(reading), settings.load(reading, as_of), as_of) if stored else []


def record(reading: Reading, request_id: int, as_of: date) -> RequestRecord:
    """Return one request as it stands on a day; an unknown number is refused."""
    stored = requests.load(reading, as_of, request_id=request_id)
    if not stored:
        raise NotFound(say("There is no request {id}.", id=request_id), say("See `esm request list` for the numbers."))
    return _as_records(stored, calendar(reading), settings.load(reading, as_of), as_of)[0]


def new_deadlines(reading: Reading, today: date, days: WorkCalendar) -> tuple[NewDeadline, ...]:
    """Return the open requests whose deadline is another day by these working days."""
    asked = [
        (record, replace(record.progress, calendar=days).due_on) for record in records(reading, today, open_only=True)
    ]
    return tuple(NewDeadline(record, due_on) for record, due_on in asked if due_on != record.progress.due_on)


def latest_progress(reading: Reading, request_id: int, today: date) -> progress.RequestProgress:
    """Return one request after all its transitions, those of later days too: what a further one follows."""
    known = record(reading, request_id, today).progress
    (stored,) = requests.load(reading, date.max, request_id=request_id)
    ends_on = max([today, *(transition.done_on for transition in stored.transitions)])
    return progress.replay(stored.request, stored.transitions, known.calendar, ends_on) or known


def first_impossible(reading: Reading, request_ids: Collection[int]) -> int | None:
    """Return the row of the first transition that those before it do not allow, None when there is none."""
    for request_id, recorded in transitions.by_request(reading).items():
        if request_id in request_ids:
            place = states.first_impossible([transition for _row_id, transition in recorded])
            if place is not None:
                return recorded[place][0]
    return None


def listing(
    reading: Reading,
    as_of: date,
    *,
    states: Collection[str] = OPEN,
    mine: str | None = None,
    department: str | None = None,
    enterprise: str | None = None,
    stuck: bool = False,
) -> RequestList:
    """Return the requests in these states, open ones first and of them the most urgent.

    `mine` names the cadre who brought them or serves their enterprise; `department` one that has them or
    supports.
    """
    uscc = None if enterprise is None else lookup.enterprise(reading, enterprise)
    known = None if department is None else lookup.handling_department(reading, department)
    staff_no = None if mine is None else lookup.cadre(reading, mine)
    served = {pair.uscc for pair in pairings.active_pairings(reading, as_of) if pair.staff_no == staff_no}
    found = [
        record
        for record in records(reading, as_of, uscc=uscc, open_only=set(states) <= set(OPEN))
        if record.progress.state in states
        and known in (None, *record.progress.departments)
        and (staff_no in (None, record.progress.request.staff_no) or record.progress.request.uscc in served)
    ]
    shown = [record for record in found if not stuck or record.progress.is_stuck]
    return RequestList(
        as_of,
        tuple(sorted(shown, key=lambda record: (not record.progress.is_open, *record.order))),
        sum(bool(record.proposals) for record in found),
        len(found),
    )


def clusters(
    reading: Reading, as_of: date, *, days: int | None = None, enterprises: int | None = None, broad: bool = False
) -> ClusterList:
    """Return where requests of one class gather; `broad` looks at the first level of the classes alone.

    Requests of enterprises whose industry or subdistrict nobody knows, and withdrawn and rejected ones,
    gather nowhere.
    """
    chosen = settings.load(reading, as_of)
    days, enterprises = days or chosen.cluster_days, enterprises or chosen.cluster_enterprises
    since = as_of - timedelta(days=days)
    asked = [record for record in records(reading, as_of) if record.progress.state not in NEVER_ASKED]
    mentions = [
        clustering.ClusteredRequest(
            record.id, record.progress.request.uscc, record.enterprise, record.progress.request.received_on,
            record.progress.request.request_class.partition(".")[0] if broad else record.progress.request.request_class,
            record.section, record.subdistrict,
        )
        for record in asked
        if record.section is not None and record.subdistrict is not None
    ]  # fmt: skip
    found = clustering.clusters(mentions, as_of=as_of, days=days, enterprises=enterprises)
    names = {own.code: own.name for own in requests.own_classes(reading)}
    looked_at = sum(each.received_on > since for each in mentions)
    left_out = sum(record.progress.request.received_on > since for record in asked) - looked_at
    return ClusterList(as_of, days, enterprises, tuple(found), looked_at, left_out, names)


def request_figures(
    reading: Reading, as_of: date, period: str | None = None, month: str | None = None
) -> RequestFigures:
    """Return the figures of the requests received in a period or a month, by default in the year of `as_of` so far."""
    found = records(reading, as_of)
    if period is None and month is None:
        return figures_of_year(reading, as_of, found)
    asked = intervals.period_asked_for(period, as_of, month)
    return _figures(reading, found, as_of, asked.start_on, min(as_of, asked.last_day))


def figures_of_year(reading: Reading, as_of: date, found: Sequence[RequestRecord]) -> RequestFigures:
    """Return the figures of those of the requests that were received in the year of `as_of` so far."""
    return _figures(reading, found, as_of, date(as_of.year, 1, 1), as_of)


def _figures(reading: Reading, found: Sequence[RequestRecord], as_of: date, since: date, until: date) -> RequestFigures:
    counted = figures.figures(found, as_of=as_of, since=since, until=until)
    return replace(counted, class_names={own.code: own.name for own in requests.own_classes(reading)})


def _as_records(
    stored: list[requests.StoredRequest], days: WorkCalendar, chosen: Settings, as_of: date
) -> list[RequestRecord]:
    found = []
    for each in stored:
        progress_then = progress.replay(each.request, each.transitions, days, as_of)
        if progress_then is not None:
            found.append(
                RequestRecord(
                    id=each.id, progress=progress_then, enterprise=each.enterprise, cadre=each.cadre,
                    class_name=each.class_name, subdistrict=each.subdistrict,
                    section=None if each.industry_code is None else section(each.industry_code),
                    proposals=escalation.reasons_to_escalate(progress_then, chosen),
                )
            )  # fmt: skip
    return found
