"""The reminder of every cadre: what is due and planned, what was promised, and what there is to bring."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.register.cadres import Cadre
from esm.domain.schedule.digest import Digest
from esm.domain.values.grouping import grouped
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
    """Return the reminder of every cadre, of one, or of a department: visits, open promises and news to bring."""
    chosen = None if cadre is None else lookup.cadre(reading, cadre)
    days = settings.load(reading, today).due_soon_days if within is None else within
    last = today + timedelta(days=days)
    visits = grouped(
        due_list.due_visits(reading, today, within=within, cadre=chosen).visits, lambda each: each.row.staff_no
    )
    coming = [
        each for each in plans.find_plans(reading, staff_no=chosen, as_of=today) if today <= each.planned_on <= last
    ]
    planned = grouped(coming, lambda each: each.staff_no)
    news = open_items.news_by_cadre(reading, today)
    found = []
    for person in _chosen_cadres(reading, today, chosen, department):
        staff_no = person.staff_no
        promised = tuple(promises.open_promises(reading, today, staff_no=staff_no))
        digest = Digest(
            person, today, tuple(visits.get(staff_no, ())), tuple(planned.get(staff_no, ())), promised,
            tuple(news.get(staff_no, ())), last,
        )  # fmt: skip
        if not digest.is_empty:
            found.append(digest)
    return found
