"""The absences: who is away from when until when, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.register.cadres import Absence
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, record


@dataclass(frozen=True, slots=True)
class StoredAbsence:
    """An absence on record with its row's id; its cadre and first day are its key."""

    id: int
    end_on: date
    reason: str | None
    deputy_id: int | None


def by_first_day(reading: Reading, cadre_id: int) -> dict[date, StoredAbsence]:
    """Return the absences of one cadre by their first day."""
    rows = reading.rows("SELECT start_on, id, end_on, reason, deputy_id FROM absence WHERE cadre_id = :id", id=cadre_id)
    return {day(start_on): record(StoredAbsence, absence) for start_on, *absence in rows}


def of_cadre(reading: Reading, staff_no: str) -> list[Absence]:
    """Return the absences of one cadre, oldest first."""
    rows = reading.rows(
        """SELECT cadre.staff_no, start_on, end_on, reason, deputy.staff_no, deputy.name
           FROM absence JOIN cadre ON cadre.id = cadre_id LEFT JOIN cadre AS deputy ON deputy.id = deputy_id
           WHERE cadre.staff_no = :staff_no ORDER BY start_on""",
        staff_no=staff_no,
    )
    return [record(Absence, row) for row in rows]


def covered_by(reading: Reading, deputy_no: str, start_on: date, end_on: date) -> list[tuple[str, str]]:
    """Return (staff number, name) of those for whom a cadre stands in on a day of [start_on, end_on)."""
    return reading.rows(
        """SELECT DISTINCT cadre.staff_no, cadre.name
           FROM absence JOIN cadre ON cadre.id = cadre_id JOIN cadre AS deputy ON deputy.id = deputy_id
           WHERE deputy.staff_no = :deputy_no AND absence.start_on < :end_on AND absence.end_on > :start_on
           ORDER BY cadre.staff_no""",
        deputy_no=deputy_no, start_on=start_on, end_on=end_on,
    )  # fmt: skip


def add(writing: Writing, cadre_id: int, start_on: date, values: Mapping[str, Any]) -> None:
    """Store a new absence: its end, its reason and its deputy."""
    writing.insert("absence", [{"cadre_id": cadre_id, "start_on": start_on, **values}])


def change(writing: Writing, absence_id: int, values: Mapping[str, Any]) -> None:
    """Change the end, the reason or the deputy of an absence."""
    writing.change("absence", absence_id, values)


def remove(writing: Writing, absence_id: int) -> None:
    """Take an absence away."""
    writing.delete("absence", [absence_id])
