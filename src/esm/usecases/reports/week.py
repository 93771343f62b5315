"""The week of a cadre, gathered from the due list, the plans and the briefs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from esm.domain.register.cadres import Cadre
from esm.domain.reports.week import CadreWeek, FormChoices, WeekVisit
from esm.domain.schedule.due_list import DueState, DueVisit
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.values.intervals import DAY, monday_of, sunday_of
from esm.storage.database.connection import Reading
from esm.storage.database.seal_lookup import district_mark
from esm.storage.policies import policies
from esm.storage.register import cadres
from esm.storage.schedule import plans, workdays
from esm.usecases.register import lookup
from esm.usecases.reports.brief import brief
from esm.usecases.requests import classes
from esm.usecases.schedule import due_list


def week(reading: Reading, cadre: str, today: date, *, is_next: bool = False) -> CadreWeek:
    """Return the week of one cadre; NotFound if nobody is called so."""
    staff_no = lookup.cadre(reading, cadre)
    (person,) = cadres.on_day(reading, today, staff_no)
    monday = monday_in_view(reading, today, is_next=is_next)
    due = _due(reading, today, monday, staff_no)
    return _week_of(reading, person, today, monday, due, plans.find_plans(reading, staff_no=staff_no, as_of=today))


def weeks(reading: Reading, today: date, *, is_next: bool = False) -> Iterator[CadreWeek]:
    """Yield the week of every cadre in post who has a visit in it."""
    monday = monday_in_view(reading, today, is_next=is_next)
    # Each is asked for once, not once a cadre: either question looks at the whole district.
    due, planned = defaultdict(list), defaultdict(list)
    for visit in _due(reading, today, monday, None):
        for staff_no in {visit.row.staff_no, visit.row.deputy_no}:
            due[staff_no].append(visit)
    for plan in plans.find_plans(reading, as_of=today):
        planned[plan.staff_no].append(plan)
    for person in cadres.on_day(reading, today, None):
        if person.is_in_post(today):
            found = _week_of(reading, person, today, monday, due[person.staff_no], planned[person.staff_no])
            if found.visits:
                yield found


def form_choices(reading: Reading, today: date) -> FormChoices:
    """Return what the form on a phone can choose from."""
    in_force = [each.policy for each in policies.load(reading).values() if each.policy.is_in_force(today)]
    return FormChoices(
        district_mark(reading),
        tuple(each for each in classes.class_list(reading) if not each.is_retired),
        tuple((policy.code, policy.title) for policy in in_force),
    )


def monday_in_view(reading: Reading, today: date, *, is_next: bool) -> date:
    """Return the Monday of the week that holds today, of the one after it once no day of that is worked any more.

    With `is_next` it is a week later than that.
    """
    monday, after = monday_of(today), sunday_of(today) + DAY
    is_over = not workdays.calendar_in_force(reading).workdays(today, after)
    return monday + timedelta(days=7 * (is_over + is_next))


def _due(reading: Reading, today: date, monday: date, staff_no: str | None) -> Sequence[DueVisit]:
    """Return what is due by the end of the week, of one cadre or of all."""
    return due_list.due_visits(reading, today, within=(sunday_of(monday) - today).days, cadre=staff_no).visits


def _week_of(
    reading: Reading,
    person: Cadre,
    today: date,
    monday: date,
    due: Iterable[DueVisit],
    open_plans: Sequence[PlanRecord],
) -> CadreWeek:
    """Return the week of a cadre to whom these lines of the due list and these plans belong, in their order."""
    sunday = sunday_of(monday)
    planned = {each.uscc: each for each in reversed(open_plans) if monday <= each.planned_on <= sunday}
    open_due = [
        each.row for each in due
        if each.state != DueState.PAUSED and not (each.row.planned_on and today <= each.row.planned_on < monday)
    ]  # fmt: skip
    usccs = {*planned, *(row.uscc for row in open_due if row.deputy_no in {None, person.staff_no})}
    made_by = Counter(row.deputy for row in open_due if row.deputy is not None and row.uscc not in usccs)
    visits = sorted(_visits(reading, usccs, planned, today), key=lambda visit: visit.order)
    return CadreWeek(person, today, monday, sunday, tuple(visits), tuple(sorted(made_by.items())))


def _visits(
    reading: Reading, usccs: Iterable[str], planned: Mapping[str, PlanRecord], today: date
) -> Iterator[WeekVisit]:
    for uscc in sorted(usccs):
        yield WeekVisit(brief(reading, uscc, today), planned.get(uscc))
