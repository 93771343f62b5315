"""The pairings: who serves whom, from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from esm.domain.pairing.penalty import Demand
from esm.domain.pairing.records import PairingRecord
from esm.storage.database import bulk, past_rows
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.engines.engine import Record
from esm.storage.database.row_values import day, iso, record
from esm.storage.pairing import deputies

AT_ONCE = 10_000  # below the most parameters that SQLite takes
SELECT = """SELECT pairing.id, enterprise.uscc, cadre.staff_no, pairing.start_on, pairing.end_on, pinned, why,
           enterprise.name, cadre.name
    FROM pairing JOIN enterprise ON enterprise.id = pairing.enterprise_id JOIN cadre ON cadre.id = pairing.cadre_id"""


def active_pairings(reading: Reading, on: date) -> list[PairingRecord]:
    """Return the pairings that hold on this day, whether or not the cadre is still in post, by code."""
    rows = reading.rows(f"{SELECT} WHERE holds(pairing, :on) ORDER BY enterprise.uscc", on=on)
    return _records(reading, rows, on)


def _records(reading: Reading, rows: Sequence[Record], on: date | None) -> list[PairingRecord]:
    """Return rows of `SELECT` as records, with their deputies and an end to come, those of a day or of now."""
    known = deputies.of_pairings(reading, [row[0] for row in rows], on)
    found = [record(PairingRecord, (*row, known.get(row[0], ()))) for row in rows]
    if on is None or not any(pair.end_on is not None and pair.end_on > on for pair in found):
        return found
    told = _ends_told_by(reading, on)
    return [
        replace(pair, end_on=told.get(pair.id, pair.end_on)) if pair.end_on is not None and pair.end_on > on else pair
        for pair in found
    ]


def _ends_told_by(reading: Reading, on: date) -> dict[int, date | None]:
    """Return the end of each pairing as it was on record at the end of a day; those told later are not among them."""
    then = past_rows.rows_before(reading, "pairing", past_rows.first_later_operation(reading, on, "pairing"))
    return {key: day(end_on) for key, end_on in reading.rows(f"SELECT id, end_on FROM {then} AS past")}


def find_pairings(
    reading: Reading, *, uscc: str | None = None, staff_no: str | None = None, begun_by: date | None = None
) -> list[PairingRecord]:
    """Return the pairings of one enterprise, of one cadre, or all, oldest first; those begun by a day, or all."""
    conditions = {
        "enterprise.uscc = :uscc": uscc, "cadre.staff_no = :staff_no": staff_no, "pairing.start_on <= :today": begun_by
    }  # fmt: skip
    where = " AND ".join(text for text, value in conditions.items() if value is not None) or "TRUE"
    rows = reading.rows(
        f"{SELECT} WHERE {where} ORDER BY pairing.start_on, enterprise.uscc",
        uscc=uscc, staff_no=staff_no, today=iso(begun_by),
    )  # fmt: skip
    return _records(reading, rows, begun_by)


def find_deputyships(reading: Reading, staff_no: str, begun_by: date) -> list[PairingRecord]:
    """Return the pairings begun by a day in which a cadre is a deputy on it, oldest first."""
    rows = reading.rows(
        f"""{SELECT} WHERE pairing.start_on <= :today AND pairing.id IN (
              SELECT pairing_id FROM {past_rows.deputies_as_of(reading, begun_by)} AS own
              JOIN cadre AS deputy ON deputy.id = own.cadre_id WHERE deputy.staff_no = :staff_no)
            ORDER BY pairing.start_on, enterprise.uscc""",
        staff_no=staff_no, today=iso(begun_by),
    )  # fmt: skip
    return _records(reading, rows, begun_by)


def demands(reading: Reading, on: date) -> list[Demand]:
    """Return the enterprises in scope on a day, with the groups of that day, by code."""
    rows = reading.rows(
        """SELECT enterprise.uscc, profile.tier, profile.subdistrict, profile.industry_code
           FROM scope
           JOIN enterprise ON enterprise.id = scope.enterprise_id
           JOIN profile ON profile.enterprise_id = scope.enterprise_id AND holds(profile, :on)
           WHERE holds(scope, :on)
           ORDER BY enterprise.uscc""",
        on=on,
    )
    return [Demand(*row) for row in rows]


def active_pairing(reading: Reading, uscc: str, on: date) -> PairingRecord | None:
    """Return the pairing of one enterprise that holds on this day."""
    rows = reading.rows(f"{SELECT} WHERE uscc = :uscc AND holds(pairing, :on)", uscc=uscc, on=on)
    return next(iter(_records(reading, rows, on)), None)


def first_pairing_after(reading: Reading, on: date) -> PairingRecord | None:
    """Return the earliest pairing that begins after a day."""
    sql = f"{SELECT} WHERE pairing.start_on > :on ORDER BY pairing.start_on, enterprise.uscc LIMIT 1"
    return next(iter(_records(reading, reading.rows(sql, on=on), None)), None)


class Tenure(NamedTuple):
    """An unbroken service of one enterprise by one cadre, `[start_on, end_on)`."""

    uscc: str
    staff_no: str
    start_on: date
    end_on: date


def tenures(reading: Reading, until: date) -> Iterator[Tenure]:
    """Yield every unbroken service up to a day, the running ones as if they ended then."""
    rows = reading.rows(
        """SELECT uscc, staff_no, pairing.start_on, earlier_of(coalesce(pairing.end_on, :on), :on)
           FROM pairing JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           WHERE pairing.start_on <= :on ORDER BY uscc, pairing.start_on""",
        on=until,
    )
    for (uscc, staff_no), served in groupby(rows, key=itemgetter(0, 1)):
        first = last = ""
        for _, _, start_on, end_on in served:
            if start_on != last and first:
                yield Tenure(uscc, staff_no, day(first), day(last))
            first, last = (first if start_on == last else start_on), end_on
        yield Tenure(uscc, staff_no, day(first), day(last))


def loads_by_cadre(reading: Reading, on: date) -> dict[str, int]:
    """Return how many enterprises in scope each cadre in post serves on a day."""
    rows = reading.rows(
        """SELECT staff_no, count(*) FROM service
           JOIN scope ON scope.enterprise_id = service.enterprise_id AND holds(scope, :on)
           WHERE holds(service, :on) GROUP BY staff_no""",
        on=on,
    )
    return dict(rows)


def pinned_pairs(reading: Reading, today: date) -> set[tuple[int, int]]:
    """Return (cadre's id, enterprise's id) of every pinned pairing that is not over on a day."""
    sql = "SELECT cadre_id, enterprise_id FROM pairing WHERE pinned = 1 AND lasts(pairing, :today)"
    return set(reading.rows(sql, today=today))


def server_on(reading: Reading, uscc: str, on: date) -> str | None:
    """Return the staff number of the cadre in post who serves an enterprise on a day."""
    found: str | None = reading.value(
        """SELECT staff_no FROM service JOIN enterprise ON enterprise.id = enterprise_id
           WHERE uscc = :uscc AND holds(service, :on)""",
        uscc=uscc, on=on,
    )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPairing:
    """A pairing to store; `end_on` only for one that is history already."""

    enterprise_id: int
    cadre_id: int
    start_on: date
    end_on: date | None = None
    is_pinned: bool = False
    why: str | None = None


def begin(writing: Writing, new: Iterable[NewPairing]) -> None:
    """Store new pairings, some at once: a million need not stand in memory twice."""
    rows = ((pair.enterprise_id, pair.cadre_id, pair.start_on, pair.end_on, pair.is_pinned, pair.why) for pair in new)
    columns = ("enterprise_id", "cadre_id", "start_on", "end_on", "pinned", "why")
    while some := list(islice(rows, AT_ONCE)):
        bulk.insert(writing.connection, "pairing", columns, some)


def change(writing: Writing, pairing_id: int, values: Mapping[str, Any]) -> None:
    """Correct a stored pairing: its cadre, its end or its pin."""
    writing.change("pairing", pairing_id, values)


def end(writing: Writing, pairing_id: int, on: date) -> None:
    """End a pairing before the day `on`; one that would hold no day at all is removed."""
    if writing.value("SELECT start_on FROM pairing WHERE id = :id", id=pairing_id) >= iso(on):
        _delete(writing, [pairing_id])
    else:
        writing.change("pairing", pairing_id, {"end_on": on})


def end_all(writing: Writing, held: Sequence[PairingRecord], on: date) -> None:
    """End many pairings before the day `on`, as `end` does one."""
    _delete(writing, [pair.id for pair in held if pair.start_on >= on])
    writing.update("pairing", [{"id": pair.id, "end_on": on} for pair in held if pair.start_on < on])


def _delete(writing: Writing, ids: Sequence[int]) -> None:
    deputies.remove_all(writing, ids)
    writing.delete("pairing", ids)
