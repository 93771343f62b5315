"""What `esm due` and `esm check` ask about the rolling clock: a query over the plain driver.

The table `clock` answers for every enterprise of which no fact is recorded after the day; of the others
the same columns are computed from the facts known up to that day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from esm.domain.schedule.due_list import DueRow
from esm.storage.database import clock
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import day, iso

MOST_APART = 10_000  # so many facts after the day are kept apart; beyond them all clocks are computed in one go

PAUSED = """EXISTS (SELECT 1 FROM pause WHERE pause.enterprise_id = clock.enterprise_id
    AND pause.start_on <= :today AND (pause.end_on IS NULL OR pause.end_on > :today))"""

# The joins of the view `service`, spelled out: as the right side of a LEFT JOIN SQLite would compute all of it.
DUE = """
SELECT clock.uscc, enterprise.name, clock.tier, profile.subdistrict, cadre.staff_no, cadre.name,
       deputy.staff_no, deputy.name,
       clock.last_visit_on, clock.due_on,
       (SELECT min(planned_on) FROM plan LEFT JOIN visit ON visit.id = plan.visit_id
        WHERE plan.enterprise_id = clock.enterprise_id AND made_on <= :today
          AND (visit.id IS NULL OR visit.done_on > :today)),
       (SELECT basis FROM scope WHERE scope.enterprise_id = clock.enterprise_id
          AND scope.start_on <= :today AND (scope.end_on IS NULL OR scope.end_on > :today))
FROM clock
JOIN enterprise ON enterprise.id = clock.enterprise_id
JOIN profile ON profile.enterprise_id = clock.enterprise_id
  AND profile.start_on <= :today AND (profile.end_on IS NULL OR profile.end_on > :today)
LEFT JOIN pairing ON pairing.enterprise_id = clock.enterprise_id
  AND pairing.start_on <= :today AND (pairing.end_on IS NULL OR pairing.end_on > :today)
LEFT JOIN cadre ON cadre.id = pairing.cadre_id
  AND (cadre.active_from IS NULL OR cadre.active_from <= :today) AND (cadre.left_on IS NULL OR cadre.left_on > :today)
LEFT JOIN absence ON absence.cadre_id = cadre.id AND absence.start_on <= :today AND absence.end_on > :today
  AND julianday(absence.end_on) - julianday(absence.start_on) > :deputy_after
LEFT JOIN cadre AS deputy ON deputy.id = absence.deputy_id
  AND (deputy.active_from IS NULL OR deputy.active_from <= :today)
  AND (deputy.left_on IS NULL OR deputy.left_on > :today)
  AND NOT EXISTS (SELECT 1 FROM recusal WHERE recusal.cadre_id = deputy.id
                  AND recusal.enterprise_id = clock.enterprise_id)
  AND NOT EXISTS (SELECT 1 FROM absence AS own WHERE own.cadre_id = deputy.id
                  AND own.start_on <= :today AND own.end_on > :today)
WHERE clock.start_on <= :today AND (clock.end_on IS NULL OR clock.end_on > :today)
"""


def listed(
    reading: Reading,
    today: date,
    *,
    horizon: date | None,
    staff_no: str | None = None,
    subdistrict: str | None = None,
    deputy_after_days: int | None = None,
    limit: int = -1,
) -> list[DueRow]:
    """Return those due on or before `horizon` (None: all), most overdue first, then tier, then code.

    A deputy is named where the cadre's absence of today lasts longer than `deputy_after_days` (None: nowhere), and
    who is in post that day, not away and not recused.

    Paused enterprises come last and whatever their date, for they must not vanish.
    """
    given: dict[str, object] = {
        "today": iso(today), "horizon": iso(horizon), "staff_no": staff_no, "subdistrict": subdistrict,
        "deputy_after": deputy_after_days,
    }  # fmt: skip
    prefix = source(reading, today)
    filters = " AND :staff_no IN (cadre.staff_no, deputy.staff_no)" if staff_no is not None else ""
    filters += " AND profile.subdistrict = :subdistrict" if subdistrict is not None else ""
    order = " ORDER BY clock.due_on, clock.tier, clock.uscc LIMIT :limit"
    within = " AND clock.due_on <= :horizon" if horizon is not None else ""
    running = reading.rows(f"{prefix} {DUE} {filters} {within} AND NOT {PAUSED} {order}", limit=limit, **given)
    left = -1 if limit < 0 else limit - len(running)
    paused = reading.rows(f"{prefix} {DUE} {filters} AND {PAUSED} {order}", limit=left, **given)
    return [_due(row, is_paused=False) for row in running] + [_due(row, is_paused=True) for row in paused]


def of_enterprise(reading: Reading, today: date, uscc: str) -> DueRow | None:
    """Return the line of one enterprise, None when it is not in scope on that day."""
    sql = f"{source(reading, today)} {DUE} AND clock.uscc = :uscc AND"
    for is_paused in (False, True):
        asked = f"{sql} {'' if is_paused else 'NOT'} {PAUSED}"
        row = reading.row(asked, today=iso(today), uscc=uscc, deputy_after=None)
        if row is not None:
            return _due(row, is_paused=is_paused)
    return None


def last_visit_on(reading: Reading, uscc: str) -> date | None:
    """Return the last visit of an enterprise that counts."""
    found: str | None = reading.value("SELECT last_visit_on FROM clock WHERE uscc = :uscc", uscc=uscc)
    return day(found)


def due_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return when the next visit of an enterprise is due as of a day, None when it is not in scope then."""
    found: str | None = reading.value(
        f"""{source(reading, today)} SELECT due_on FROM clock
            WHERE uscc = :uscc AND start_on <= :today AND (end_on IS NULL OR end_on > :today)""",
        uscc=uscc, today=iso(today),
    )  # fmt: skip
    return day(found)


def source(reading: Reading, today: date, *, followed: bool = False) -> str:
    """Return what to put before a query of `clock` so that it is true for this day; `:today` must be bound.

    `followed`: the query brings tables of its own, which stand in the same WITH.
    """
    unsettled = reading.value(
        f"SELECT count(*) FROM ({clock.UNSETTLED} LIMIT :most)", today=iso(today), most=MOST_APART + 1
    )
    if not unsettled:
        return "WITH" if followed else ""
    known = clock.MIXED if unsettled <= MOST_APART else clock.AS_OF
    return f"WITH clock AS ({known})" + ("," if followed else "")


def _due(row: tuple[Any, ...], *, is_paused: bool) -> DueRow:
    uscc, enterprise, tier, subdistrict, staff_no, cadre, deputy_no, deputy, last_visit, due, planned, basis = row
    return DueRow(
        uscc, enterprise, tier, subdistrict, staff_no, cadre, day(last_visit), day(due), day(planned), basis, is_paused,
        deputy_no, deputy,
    )  # fmt: skip
