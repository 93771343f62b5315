"""What is due: the rolling clock of every enterprise in scope."""

from __future__ import annotations

from datetime import date, timedelta

from esm import usecases
from esm.domain.due import DueList, judged
from esm.storage import dues, settings
from esm.storage.database import Reading


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
    rules = settings.load(reading)
    soon = rules.due_soon_days
    staff_no = None if cadre is None else usecases.naming.cadre(reading, cadre)
    within_subdistrict = None if subdistrict is None else usecases.naming.subdistrict(reading, subdistrict)
    rows = dues.listed(
        reading,
        today,
        horizon=today + timedelta(days=soon if within is None else within),
        staff_no=staff_no,
        subdistrict=within_subdistrict,
        deputy_after_days=rules.deputy_after_days,
        limit=-1 if limit is None else limit + 1,
    )
    shown = rows[:limit]
    has_overdue = bool(rows) and not rows[0].is_paused and rows[0].due_on < today
    return DueList(tuple(judged(row, today, soon) for row in shown), len(rows) > len(shown), has_overdue)
