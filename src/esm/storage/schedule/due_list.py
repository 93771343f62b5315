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
# The clock of one enterprise is found by its key: a clock has no index of codes.
OF_ENTERPRISE = "clock.enterprise_id = (SELECT id FROM enterprise WHERE uscc = :uscc)"
PAUSED = "clock.enterprise_id IN (SELECT enterprise_id FROM pause WHERE holds(pause, :today))"
# Each clock of a day is one line, and none of them begins later (`visit_clock.as_of`): a total looks at an index alone.
COUNTED = "SELECT 1 FROM {clock} AS clock WHERE lasts(clock, :today) {within}"
COUNTED_PAUSED = """SELECT 1 FROM pause WHERE holds(pause, :today)
    AND (SELECT due_on FROM {clock} AS clock
         WHERE clock.enterprise_id = pause.enterprise_id AND lasts(clock, :today)) > :horizon"""
# Where a cadre may go: as who serves, or as a deputy there, also one who is not needed on that day. For the exact
# condition, which asks for the deputy who goes, every clock would be looked at.
MAYBE_GONE_TO = """clock.enterprise_id IN (
    SELECT pairing.enterprise_id FROM cadre JOIN pairing ON pairing.cadre_id = cadre.id WHERE cadre.staff_no = :staff_no
    UNION SELECT pairing.enterprise_id FROM cadre JOIN {deputies} AS own ON own.cadre_id = cadre.id
    JOIN pairing ON pairing.id = own.pairing_id WHERE cadre.staff_no = :staff_no
    UNION SELECT pairing.enterprise_id FROM cadre JOIN absence ON absence.deputy_id = cadre.id
    JOIN pairing ON pairing.cadre_id = absence.cadre_id WHERE cadre.staff_no = :staff_no)"""
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
    given = _query_values(today, wanted)
    rows: list[Record] = []
    for query in _queries(reading, today, wanted):
        left = None if limit is None else limit - len(rows)
        if left != 0:
            rows += reading.rows(f"{query} {ORDER} {limited(left)}", limit=left, **given)
    return [_due_row(row) for row in rows]


def due_count(reading: Reading, today: date, wanted: DueFilter) -> int:
    """Return how many lines `due_rows` has without a limit."""
    given = _query_values(today, wanted)
    if _choice(wanted):
        queries: tuple[str, ...] = _queries(reading, today, wanted)
    else:
        clock = visit_clock.as_of(reading, today)
        queries = (COUNTED.format(clock=clock, within=_within(wanted)), COUNTED_PAUSED.format(clock=clock))
    return sum(reading.value(f"SELECT count(*) FROM ({query}) AS line", **given) for query in queries)


def _queries(reading: Reading, today: date, wanted: DueFilter) -> tuple[str, str]:
    """Return what selects the enterprises whose clock runs, and what selects the paused, which must not vanish."""
    known = _known(reading, today)
    chosen = _choice(wanted).format(**known)
    paused = f"(SELECT * FROM {known['clock']} AS clock WHERE {PAUSED})"
    return (
        DUE.format(**known, is_paused=False, filters=f"{chosen} {_within(wanted)} AND NOT {PAUSED}"),
        DUE.format(**known | {"clock": paused}, is_paused=True, filters=chosen),
    )


def _within(wanted: DueFilter) -> str:
    return "" if wanted.horizon is None else "AND clock.due_on <= :horizon"


def _choice(wanted: DueFilter) -> str:
    """Return the conditions on who serves an enterprise and where it is, nothing where all are wanted."""
    chosen = {
        f"{MAYBE_GONE_TO} AND :staff_no IN (cadre.staff_no, deputy.staff_no)": wanted.staff_no,
        "profile.subdistrict = :subdistrict": wanted.subdistrict,
        "posting.department = :department": wanted.department,
    }
    return " ".join(f"AND {condition}" for condition, value in chosen.items() if value is not None)


def _known(reading: Reading, today: date) -> dict[str, str]:
    """Return what a query puts in the place of the tables that do not say by themselves what was so on a day."""
    return {
        "clock": visit_clock.as_of(reading, today), "open_plan": plans.opened_on(reading, today),
        "deputies": past_rows.deputies_as_of(reading, today),
    }  # fmt: skip


def _query_values(today: date, wanted: DueFilter) -> dict[str, object]:
    return {
        "today": iso(today), "deputy_after": wanted.deputy_after_days, "horizon": iso(wanted.horizon),
        "staff_no": wanted.staff_no, "subdistrict": wanted.subdistrict, "department": wanted.department,
    }  # fmt: skip


def due_row(reading: Reading, today: date, uscc: str) -> DueRow | None:
    """Return the line of one enterprise, None when it is not in scope on that day."""
    sql = DUE.format(**_known(reading, today), is_paused=PAUSED, filters=f"AND {OF_ENTERPRISE}")
    row = reading.row(sql, today=iso(today), uscc=uscc, deputy_after=None)
    return None if row is None else _due_row(row)


def last_visit_on(reading: Reading, uscc: str) -> date | None:
    """Return the last visit of an enterprise that counts."""
    found: str | None = reading.value(f"SELECT last_visit_on FROM clock WHERE {OF_ENTERPRISE}", uscc=uscc)
    return day(found)


def due_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return when the next visit of an enterprise is due as of a day, None when it is not in scope then."""
    known = visit_clock.as_of(reading, today)
    found: str | None = reading.value(
        f"SELECT due_on FROM {known} AS clock WHERE {OF_ENTERPRISE} AND holds(clock, :today)",
        uscc=uscc,
        today=iso(today),
    )
    return day(found)


def _due_row(row: Record) -> DueRow:
    planned_at = row[8] or ""
    values = with_days([*row[:8], planned_at[:10] or None, planned_at[10:] or None, *row[9:]], 6, 7, 8)
    values[10], values[11] = ScopeBasis(values[10]), bool(values[11])
    return DueRow(*values)
