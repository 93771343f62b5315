"""What `esm due` and `esm check` ask about the rolling clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.register.scope_status import ScopeBasis
from esm.domain.schedule.due_list import DueRow
from esm.storage.database import past_rows, visit_clock
from esm.storage.database.connection import Reading
from esm.storage.database.engines.engine import Record
from esm.storage.database.phrases import limited, text_beside
from esm.storage.database.row_values import day, iso, with_days
from esm.storage.schedule import plans

DUE = text_beside(__file__, "due_list.sql")
PAUSED = "EXISTS (SELECT 1 FROM pause WHERE pause.enterprise_id = clock.enterprise_id AND holds(pause, :today))"
ORDER = "ORDER BY clock.due_on, clock.tier, clock.uscc"


@dataclass(frozen=True, slots=True)
class DueFilter:
    """Which lines of the due list: up to `horizon` (None: all), of one cadre, in one subdistrict, of one department.

    A deputy is named where the cadre's absence of today lasts longer than `deputy_after_days` (None: nowhere), and
    who is in post that day, not away and not recused.
    """

    horizon: date | None = None
    staff_no: str | None = None
    subdistrict: str | None = None
    deputy_after_days: int | None = None
    department: str | None = None


def due_rows(reading: Reading, today: date, wanted: DueFilter, *, limit: int | None = None) -> list[DueRow]:
    """Return the lines, most overdue first, then tier, then code; the paused last and whatever their date."""
    running, paused = _queries(reading, today, wanted)
    given = _query_values(today, wanted)
    rows = reading.rows(f"{running} {ORDER} {limited(limit)}", limit=limit, **given)
    left = None if limit is None else limit - len(rows)
    rows += reading.rows(f"{paused} {ORDER} {limited(left)}", limit=left, **given)
    return [_due_row(row) for row in rows]


def due_count(reading: Reading, today: date, wanted: DueFilter) -> int:
    """Return how many lines `listed` has without a limit."""
    given = _query_values(today, wanted)
    queries = _queries(reading, today, wanted)
    return sum(reading.value(f"SELECT count(*) FROM ({query}) AS line", **given) for query in queries)


def _queries(reading: Reading, today: date, wanted: DueFilter) -> tuple[str, str]:
    """Return what selects the enterprises whose clock runs, and what selects the paused, which must not vanish."""
    chosen = {
        ":staff_no IN (cadre.staff_no, deputy.staff_no)": wanted.staff_no,
        "profile.subdistrict = :subdistrict": wanted.subdistrict,
        "posting.department = :department": wanted.department,
    }
    filters = "".join(f" AND {condition}" for condition, value in chosen.items() if value is not None)
    within = "" if wanted.horizon is None else " AND clock.due_on <= :horizon"
    return (
        _query(reading, today, is_paused=False, filters=f"{filters}{within} AND NOT {PAUSED}"),
        _query(reading, today, is_paused=True, filters=f"{filters} AND {PAUSED}"),
    )


def _query(reading: Reading, today: date, **words: object) -> str:
    return DUE.format(
        clock=visit_clock.as_of(reading, today), open_plan=plans.opened_on(reading, today),
        deputies=past_rows.deputies_as_of(reading, today), **words,
    )  # fmt: skip


def _query_values(today: date, wanted: DueFilter) -> dict[str, object]:
    return {
        "today": iso(today), "deputy_after": wanted.deputy_after_days, "horizon": iso(wanted.horizon),
        "staff_no": wanted.staff_no, "subdistrict": wanted.subdistrict, "department": wanted.department,
    }  # fmt: skip


def due_row(reading: Reading, today: date, uscc: str) -> DueRow | None:
    """Return the line of one enterprise, None when it is not in scope on that day."""
    sql = _query(reading, today, is_paused=PAUSED, filters="AND clock.uscc = :uscc")
    row = reading.row(sql, today=iso(today), uscc=uscc, deputy_after=None)
    return None if row is None else _due_row(row)


def last_visit_on(reading: Reading, uscc: str) -> date | None:
    """Return the last visit of an enterprise that counts."""
    found: str | None = reading.value("SELECT last_visit_on FROM clock WHERE uscc = :uscc", uscc=uscc)
    return day(found)


def due_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return when the next visit of an enterprise is due as of a day, None when it is not in scope then."""
    known = visit_clock.as_of(reading, today)
    found: str | None = reading.value(
        f"SELECT due_on FROM {known} AS clock WHERE uscc = :uscc AND holds(clock, :today)",
        uscc=uscc,
        today=iso(today),
    )
    return day(found)


def _due_row(row: Record) -> DueRow:
    planned_at = row[8] or ""
    values = with_days([*row[:8], planned_at[:10] or None, planned_at[10:] or None, *row[9:]], 6, 7, 8)
    values[10], values[11] = ScopeBasis(values[10]), bool(values[11])
    return DueRow(*values)
