"""What is due: the rolling clock of every enterprise in scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from esm.domain.schedule.digest import Digest
from esm.domain.schedule.due_list import DueList, DueVisit, judged
from esm.domain.values.settings import Settings
from esm.errors import NotFound, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import cadres
from esm.storage.schedule import due_list, plans
from esm.storage.visits import pauses, promises

Thing = TypeVar("Thing")


def due(
    reading: Reading,
    today: date,
    *,
    within: int | None = None,
    cadre: str | None = None,
    subdistrict: str | None = None,
    limit: int | None = None,
) -> DueList:
    """Return who is overdue and who is due within `within` days, by default those that are due soon.

    `within` widens the list and changes no state; `limit` cuts after the ordering.
    """
    from esm.usecases.register import lookup  # noqa: PLC0415

    rules = settings.load(reading)
    soon = rules.due_soon_days
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    within_subdistrict = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    rows = due_list.listed(
        reading,
        today,
        horizon=today + timedelta(days=soon if within is None else within),
        staff_no=staff_no,
        subdistrict=within_subdistrict,
        deputy_after_days=rules.deputy_after_days,
        limit=None if limit is None else limit + 1,
    )
    shown = rows[:limit]
    has_overdue = bool(rows) and not rows[0].is_paused and rows[0].due_on < today
    visits = _told(reading, [judged(row, today, soon) for row in shown], today)
    return DueList(tuple(visits), len(rows) > len(shown), has_overdue)


def digests(reading: Reading, today: date, *, within: int | None = None, cadre: str | None = None) -> list[Digest]:
    """Return the reminder of every cadre, or of one: visits due and planned, open promises, and news to bring."""
    from esm.usecases.register import lookup  # noqa: PLC0415
    from esm.usecases.visits import open_requests  # noqa: PLC0415

    chosen = None if cadre is None else lookup.cadre(reading, cadre)
    days = settings.load(reading).due_soon_days if within is None else within
    last = today + timedelta(days=days)
    visits = _grouped(due(reading, today, within=within, cadre=chosen).visits, lambda each: each.row.staff_no)
    coming = [each for each in plans.records(reading, staff_no=chosen) if today <= each.planned_on <= last]
    planned = _grouped(coming, lambda each: each.staff_no)
    news = open_requests.news_by_cadre(reading, today)
    people = cadres.load(reading, None if chosen is None else [chosen])
    found = []
    for staff_no, stored in people.items():
        if not stored.cadre.is_in_post(today):
            continue
        promised = tuple(promises.open_promises(reading, today, staff_no=staff_no))
        digest = Digest(
            stored.cadre, today, tuple(visits.get(staff_no, ())), tuple(planned.get(staff_no, ())), promised,
            tuple(news.get(staff_no, ())),
        )  # fmt: skip
        if not digest.is_empty:
            found.append(digest)
    return found


def rules(reading: Reading) -> Settings:
    """Return the settings in force, for who sends reminders."""
    return settings.load(reading)


def _grouped(things: Iterable[Thing], key: Callable[[Thing], str | None]) -> dict[str | None, list[Thing]]:
    groups: dict[str | None, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def own(reading: Reading, actor: str) -> str:
    """Return the staff number of the cadre who acts."""
    from esm.usecases.register import lookup  # noqa: PLC0415

    try:
        return lookup.cadre(reading, actor)
    except NotFound as unknown:
        raise NotFound(
            say("Who are you? No one cadre is called “{actor}”.", actor=actor),
            say("Set ESM_ACTOR to your staff number, give it as `esm --actor NUMBER …`, or name a cadre with --cadre."),
        ) from unknown


def _told(reading: Reading, visits: list[DueVisit], today: date) -> list[DueVisit]:
    """Return the lines with what is open there, and why and until when a paused one is paused."""
    open_promises = promises.open_promise_counts(reading, today, [visit.row.uscc for visit in visits])
    paused = pauses.running_pauses(reading, today) if any(visit.state == "paused" for visit in visits) else {}
    told = []
    for visit in visits:
        reason, end_on = paused.get(visit.row.uscc, (None, None))
        last = None if end_on is None else end_on - timedelta(days=1)
        count = open_promises.get(visit.row.uscc, 0)
        told.append(replace(visit, promises=count, pause_reason=reason, paused_until=last))
    return told
