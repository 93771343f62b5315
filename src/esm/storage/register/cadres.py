"""The cadres, with the department and the capacity that each had and when; their absences and recusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from esm.domain.pairing.load_balance import CadreLoad
from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Changes
from esm.storage.database import successive_records
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import BEGINNING, day, differences, record

COLUMNS = tuple(field.name for field in fields(Cadre))
DATED = ("department", "capacity")
UNDATED = tuple(name for name in COLUMNS if name not in DATED)


@dataclass(frozen=True, slots=True)
class StoredCadre:
    """A cadre with its row's id."""

    id: int
    cadre: Cadre


def load(reading: Reading, staff_numbers: Iterable[str] | None = None) -> dict[str, StoredCadre]:
    """Return the cadres by staff number: all of them, or those asked for in that order."""
    asked = None if staff_numbers is None else list(staff_numbers)
    chosen = "" if asked is None else "WHERE among(staff_no, :staff_nos)"
    rows = reading.rows(
        f"SELECT id, {', '.join(COLUMNS)} FROM cadre_today {chosen} ORDER BY staff_no", staff_nos=as_list(asked or ())
    )
    found = {row[1]: StoredCadre(row[0], record(Cadre, row[1:])) for row in rows}
    return found if asked is None else {number: found[number] for number in asked if number in found}


def on_day(reading: Reading, on: date, staff_no: str | None = None) -> list[Cadre]:
    """Return the cadres with the department and the capacity of a day, by staff number."""
    columns = ", ".join(f"{'posting' if name in DATED else 'cadre'}.{name}" for name in COLUMNS)
    rows = reading.rows(
        f"""SELECT {columns}
            FROM cadre LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :on)
            {"" if staff_no is None else "WHERE cadre.staff_no = :staff_no"}
            ORDER BY cadre.staff_no""",
        on=on, staff_no=staff_no,
    )  # fmt: skip
    return [record(Cadre, row) for row in rows]


def find(reading: Reading, name: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return (staff number, name) of the cadres that `name` may mean: a staff number, an id or a name."""
    exact = reading.rows("SELECT staff_no, name FROM cadre WHERE staff_no = :name", name=name)
    if exact:
        return exact
    return reading.rows(
        "SELECT staff_no, name FROM cadre WHERE name = :name OR id = :id ORDER BY staff_no LIMIT :limit",
        name=name, id=int(name) if name.isascii() and name.isdigit() and len(name) < 18 else -1, limit=limit,
    )  # fmt: skip


def names(reading: Reading) -> list[tuple[str, str]]:
    """Return (staff number, name) of all cadres, for suggestions."""
    return reading.rows("SELECT staff_no, name FROM cadre ORDER BY staff_no")


def in_post(reading: Reading, on: date) -> list[tuple[str, str]]:
    """Return (staff number, name) of the cadres who have not left by a day, by staff number."""
    sql = "SELECT staff_no, name FROM cadre WHERE left_on IS NULL OR left_on > :on ORDER BY staff_no"
    return reading.rows(sql, on=on)


@dataclass(frozen=True, slots=True)
class Leaver:
    """A cadre who has left or will; `left_on` is the first day out of post."""

    left_on: date
    staff_no: str
    name: str


def leavers(reading: Reading) -> dict[int, Leaver]:
    """Return the cadres who have left or will, by the row's id."""
    rows = reading.rows("SELECT id, left_on, staff_no, name FROM cadre WHERE left_on IS NOT NULL")
    return {key: record(Leaver, leaver) for key, *leaver in rows}


def subdistricts(reading: Reading) -> list[str]:
    """Return every subdistrict as any enterprise or cadre writes it; reads them all."""
    rows = reading.rows(
        """SELECT subdistrict FROM profile WHERE subdistrict IS NOT NULL
           UNION SELECT subdistrict FROM cadre WHERE subdistrict IS NOT NULL ORDER BY subdistrict"""
    )
    return [name for (name,) in rows]


def departments(reading: Reading) -> list[str]:
    """Return every department to which a cadre belongs or belonged."""
    rows = reading.rows("SELECT DISTINCT department FROM posting WHERE department IS NOT NULL ORDER BY department")
    return [name for (name,) in rows]


def ids(reading: Reading) -> dict[str, int]:
    """Return the row's id of every staff number."""
    return dict(reading.rows("SELECT staff_no, id FROM cadre"))


def add(writing: Writing, new: Sequence[Cadre]) -> None:
    """Store new cadres; what is dated has held as far as is known."""
    postings = [
        {"cadre_id": key, "department": cadre.department, "capacity": cadre.capacity, "start_on": BEGINNING}
        for key, cadre in zip(restore(writing, new), new, strict=True)
    ]
    writing.insert("posting", postings)


def restore(writing: Writing, new: Sequence[Cadre]) -> list[int]:
    """Store cadres whose dated records are told by themselves; return their ids."""
    return writing.insert("cadre", [{name: getattr(cadre, name) for name in UNDATED} for cadre in new])


def edit(
    writing: Writing, stored: StoredCadre, values: Mapping[str, Any], today: date, since: date | None = None
) -> Changes:
    """Change what differs; return it. Department and capacity change from `since` on, by default today."""
    changes = differences(stored.cadre, values)
    writing.change("cadre", stored.id, {name: new for name, (_, new) in changes.items() if name not in DATED})
    dated = {name: values[name] for name in DATED if name in (changes if since is None else values)}
    if dated:
        successive_records.change_from(writing, "posting", {"cadre_id": stored.id}, DATED, dated, since or today)
    return changes


def absences(reading: Reading, since: date) -> dict[str, list[tuple[date, date]]]:
    """Return the absences of each cadre that are not over on a day, as half-open intervals."""
    found: dict[str, list[tuple[date, date]]] = {}
    for staff_no, start_on, end_on in reading.rows(
        """SELECT staff_no, start_on, end_on FROM absence JOIN cadre ON cadre.id = cadre_id
           WHERE lasts(absence, :since) ORDER BY staff_no, start_on""",
        since=since,
    ):
        found.setdefault(staff_no, []).append((day(start_on), day(end_on)))
    return found


def recusals(reading: Reading, on: date) -> dict[tuple[str, str], str]:
    """Return the reason of each recusal of a day by (staff number, code)."""
    rows = reading.rows(
        """SELECT staff_no, uscc, reason FROM recusal
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE holds(recusal, :on)""",
        on=on,
    )
    return {(staff_no, uscc): reason for staff_no, uscc, reason in rows}


def loads(reading: Reading, on: date, default_capacity: int) -> list[CadreLoad]:
    """Return those in post on a day with the department of that day and how many in scope they serve."""
    rows = reading.rows(
        """SELECT staff_no, name, posting.department,
                   (SELECT count(*) FROM pairing JOIN scope ON scope.enterprise_id = pairing.enterprise_id
                    WHERE pairing.cadre_id = cadre.id AND holds(pairing, :on) AND holds(scope, :on)),
                   coalesce(posting.capacity, :default)
            FROM cadre LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :on)
            WHERE in_post(cadre, :on)
            ORDER BY staff_no""",
        on=on, default=default_capacity,
    )  # fmt: skip
    return [CadreLoad(*row) for row in rows]
