"""The reminder of every cadre: what is due and planned, what was promised, and what there is to bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date, timedelta

from esm.domain.register.cadres import Cadre
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.digest import Digest
from esm.domain.schedule.due_list import DueRow
from esm.domain.values.grouping import grouped
from esm.domain.visits.records import PromiseRecord
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import cadres
from esm.storage.schedule import plans
from esm.storage.visits import promises
from esm.usecases.register import lookup
from esm.usecases.schedule import due_list
from esm.usecases.visits import open_items


def cadres_looked_at(reading: Reading, today: date, *, cadre: str | None, department: str | None) -> int:
    """Return how many cadres may have a reminder."""
    chosen = None if cadre is None else lookup.cadre(reading, cadre)
    return len(_chosen_cadres(reading, today, chosen, department))


def unserved_visits(reading: Reading, today: date, within: int | None) -> int:
    """Return how many enterprises are overdue or due soon that no cadre serves, so that nobody is reminded of them."""
    return sum(each.row.staff_no is None for each in due_list.due_visits(reading, today, within=within).visits)


def _chosen_cadres(reading: Reading, today: date, staff_no: str | None, department: str | None) -> list[Cadre]:
    own_department = None if department is None else lookup.department(reading, department)
    return [
        person
        for person in cadres.on_day(reading, today, staff_no)
        if person.is_in_post(today) and own_department in (None, person.department)
    ]


def digests(
    reading: Reading, today: date, *, within: int | None = None, cadre: str | None = None, department: str | None = None
) -> list[Digest]:
    """Return the reminder of every cadre, of one, or of a department: visits, open promises and news to bring.

    What is to be done where a deputy goes stands in the reminder of the deputy and not in that of who is away.
    """
    chosen = None if cadre is None else lookup.cadre(reading, cadre)
    days = settings.load(reading, today).due_soon_days if within is None else within
    last = today + timedelta(days=days)
    due = due_list.due_visits(reading, today, within=within, cadre=chosen).visits
    visits = grouped(due, lambda each: each.row.deputy_no or each.row.staff_no)
    coming = [
        each for each in plans.find_plans(reading, staff_no=chosen, as_of=today) if today <= each.planned_on <= last
    ]
    planned = grouped(coming, lambda each: each.staff_no)
    people = _chosen_cadres(reading, today, chosen, department)
    deputised = due_list.deputised_rows(reading, today)
    promised = _promises_by_visitor(reading, today, {person.staff_no for person in people}, deputised)
    news = _news_by_visitor(reading, today, deputised)
    found = []
    for person in people:
        staff_no = person.staff_no
        digest = Digest(
            person, today, tuple(visits.get(staff_no, ())), tuple(planned.get(staff_no, ())),
            tuple(promised[staff_no]), tuple(news[staff_no]), last,
        )  # fmt: skip
        if not digest.is_empty:
            found.append(digest)
    return found


def _promises_by_visitor(
    reading: Reading, today: date, staff_nos: Set[str], deputised: Iterable[DueRow]
) -> dict[str, list[PromiseRecord]]:
    """Return the open promises by who goes to the enterprise: of these cadres, and of those for whom they stand in.

    Each list has the earliest day first, whoever serves the enterprise.
    """
    deputies = {row.uscc: row.deputy_no for row in deputised}
    absent = {row.staff_no for row in deputised if row.deputy_no in staff_nos}
    found: dict[str, list[PromiseRecord]] = defaultdict(list)
    for staff_no in sorted(filter(None, staff_nos | absent)):
        for promise in promises.open_promises(reading, today, staff_no=staff_no):
            found[deputies.get(promise.uscc) or staff_no].append(promise)
    for promised in found.values():
        promised.sort(key=lambda promise: (promise.due_on, promise.id))
    return found


def _news_by_visitor(reading: Reading, today: date, deputised: Iterable[DueRow]) -> dict[str, list[RequestRecord]]:
    """Return the closed requests whose news is to be brought, by who goes to the enterprise, in order of receipt."""
    deputies = {row.uscc: row.deputy_no for row in deputised}
    found: dict[str, list[RequestRecord]] = defaultdict(list)
    for staff_no, records in open_items.news_by_cadre(reading, today).items():
        for record in records:
            found[deputies.get(record.progress.request.uscc) or staff_no].append(record)
    for brought in found.values():
        brought.sort(key=lambda record: (record.progress.request.received_on, record.id))
    return found
