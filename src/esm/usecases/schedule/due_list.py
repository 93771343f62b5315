"""What is due: the rolling clock of every enterprise in scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from esm.domain.schedule.due_list import DueList, DueRow, DueState, DueVisit, with_state
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import due_list
from esm.storage.visits import pauses, promises


def due_visits(
    reading: Reading,
    today: date,
    *,
    within: int | None = None,
    cadre: str | None = None,
    subdistrict: str | None = None,
    department: str | None = None,
    limit: int | None = None,
) -> DueList:
    """Return who is overdue and who is due within `within` days, by default those that are due soon.

    `within` widens the list and changes no state; `limit` cuts after the ordering.
    """
    rules = settings.load(reading, today)
    soon = rules.due_soon_days
    staff_no, within_subdistrict, own_department = _resolved_names(reading, cadre, subdistrict, department)
    wanted = due_list.DueFilter(
        today + timedelta(days=soon if within is None else within),
        staff_no, within_subdistrict, rules.deputy_after_days, own_department,
    )  # fmt: skip
    rows = due_list.due_rows(reading, today, wanted, limit=None if limit is None else limit + 1)
    shown = rows[:limit]
    total = len(rows) if len(rows) == len(shown) else due_list.due_count(reading, today, wanted)
    has_overdue = bool(rows) and not rows[0].is_paused and rows[0].due_on < today
    visits = _with_promises_and_pauses(reading, [with_state(row, today, soon) for row in shown], today)
    looked_at = total if total else due_list.due_count(reading, today, replace(wanted, horizon=None))
    return DueList(tuple(visits), total, has_overdue, looked_at, wanted.horizon)


def deputised_rows(reading: Reading, today: date) -> list[DueRow]:
    """Return the lines, due or not, of the enterprises to which a deputy goes as of this day."""
    after = settings.load(reading, today).deputy_after_days
    rows = due_list.due_rows(reading, today, due_list.DueFilter(deputy_after_days=after))
    return [row for row in rows if row.deputy_no is not None]


def _resolved_names(
    reading: Reading, cadre: str | None, subdistrict: str | None, department: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return the staff number, the subdistrict and the department that words name, None where there is no word."""
    if cadre is None and subdistrict is None and department is None:
        return None, None, None
    from esm.usecases.register import lookup  # noqa: PLC0415 - the whole list names nobody

    return (
        None if cadre is None else lookup.cadre(reading, cadre),
        None if subdistrict is None else lookup.subdistrict(reading, subdistrict),
        None if department is None else lookup.department(reading, department),
    )


def _with_promises_and_pauses(reading: Reading, visits: list[DueVisit], today: date) -> list[DueVisit]:
    """Return the lines with what is open there, and why and until when a paused one is paused."""
    open_promises = promises.open_promise_counts(reading, today, [visit.row.uscc for visit in visits])
    paused = pauses.running_pauses(reading, today) if any(visit.state == DueState.PAUSED for visit in visits) else {}
    told = []
    for visit in visits:
        count, pause = open_promises.get(visit.row.uscc, 0), paused.get(visit.row.uscc)
        reason, last_day = (None, None) if pause is None else (pause.reason, pause.last_day)
        told.append(replace(visit, promises=count, pause_reason=reason, paused_until=last_day))
    return told
