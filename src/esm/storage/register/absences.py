"""The absences: who is away from when until when, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.register.cadres import Absence
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso


@dataclass(frozen=True, slots=True)
class StoredAbsence:
    """An absence on record with its row's id; its cadre and first day are its key."""

    id: int
    end_on: date
    reason: str | None
    deputy_id: int | None


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """An absence to store."""

    cadre_id: int
    start_on: date
    end_on: date
    reason: str | None = None
    deputy_id: int | None = None


def by_cadre(reading: Reading, cadre_id: int | None = None) -> dict[int, dict[date, StoredAbsence]]:
    """Return the absences, of one cadre or all, by the cadre's id and the first day."""
    found: dict[int, dict[date, StoredAbsence]] = {}
    for key, owner, start_on, end_on, reason, deputy_id in reading.rows(
        """SELECT id, cadre_id, start_on, end_on, reason, deputy_id FROM absence
           WHERE :cadre_id IS NULL OR cadre_id = :cadre_id""",
        cadre_id=cadre_id,
    ):
        found.setdefault(owner, {})[day(start_on)] = StoredAbsence(key, day(end_on), reason, deputy_id)
    return found


def of_cadre(reading: Reading, staff_no: str) -> list[Absence]:
    """Return the absences of one cadre, oldest first."""
    rows = reading.rows(
        """SELECT cadre.staff_no, start_on, end_on, reason, deputy.staff_no, deputy.name
           FROM absence JOIN cadre ON cadre.id = cadre_id LEFT JOIN cadre AS deputy ON deputy.id = deputy_id
           WHERE cadre.staff_no = :staff_no ORDER BY start_on""",
        staff_no=staff_no,
    )
    return [Absence(owner, day(start_on), day(end_on), *rest) for owner, start_on, end_on, *rest in rows]


def covered_by(reading: Reading, deputy_no: str, start_on: date, end_on: date) -> list[tuple[str, str]]:
    """Return (staff number, name) of those for whom a cadre stands in on a day of [start_on, end_on)."""
    return reading.rows(
        """SELECT DISTINCT cadre.staff_no, cadre.name
           FROM absence JOIN cadre ON cadre.id = cadre_id JOIN cadre AS deputy ON deputy.id = deputy_id
           WHERE deputy.staff_no = :deputy_no AND absence.start_on < :end_on AND absence.end_on > :start_on
           ORDER BY cadre.staff_no""",
        deputy_no=deputy_no, start_on=iso(start_on), end_on=iso(end_on),
    )  # fmt: skip


def add(writing: Writing, new: Sequence[NewAbsence]) -> None:
    """Store new absences."""
    writing.insert(
        "absence",
        [
            {"cadre_id": one.cadre_id, "start_on": iso(one.start_on), "end_on": iso(one.end_on),
             "reason": one.reason, "deputy_id": one.deputy_id}
            for one in new
        ],
    )  # fmt: skip


def change(writing: Writing, stored: StoredAbsence) -> None:
    """Let the absence of this id be as given: its end, its reason and its deputy."""
    values = {"end_on": iso(stored.end_on), "reason": stored.reason, "deputy_id": stored.deputy_id}
    writing.change("absence", stored.id, values)


def remove(writing: Writing, absence_id: int) -> None:
    """Take an absence away."""
    writing.delete("absence", [absence_id])
