"""The pinned pairings, each with the place that it takes of its cadre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from esm.domain.pairing.pins import Pin
from esm.domain.values.settings import Settings
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import day, iso

# The setting is read here as it is stored, so that one that was stored wrongly can still be mended.
PINS = """SELECT pairing.id, staff_no, cadre.name,
       coalesce(capacity, (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'default_capacity'), :capacity),
       uscc, enterprise.name, pairing.start_on,
       max(:today, pairing.start_on, scope.start_on, coalesce(active_from, :today)) AS held_from,
       min(coalesce(pairing.end_on, :forever), coalesce(scope.end_on, :forever), coalesce(left_on, :forever)) AS held_to
    FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id JOIN enterprise ON enterprise.id = pairing.enterprise_id
    JOIN scope ON scope.enterprise_id = pairing.enterprise_id
    WHERE pinned AND held_from < held_to"""


def listed(reading: Reading, today: date, staff_nos: Iterable[str] | None = None) -> Iterator[Pin]:
    """Yield the pins that take a place of a cadre today or on a day to come: of these cadres, or of all."""
    given = {"today": iso(today), "capacity": Settings().default_capacity, "forever": iso(date.max)}
    of_one = [reading.rows(f"{PINS} AND staff_no = :staff_no", staff_no=each, **given) for each in staff_nos or ()]
    for row in reading.rows(PINS, **given) if staff_nos is None else (row for rows in of_one for row in rows):
        yield Pin(*row[:6], *map(day, row[6:]))


def recused(reading: Reading, today: date) -> list[tuple[str, str]]:
    """Return (staff number, code) of the pinned pairings, not over on a day, of cadres who are recused."""
    return reading.rows(
        """SELECT staff_no, uscc FROM recusal JOIN pairing USING (cadre_id, enterprise_id)
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE pinned AND (end_on IS NULL OR end_on > :today) ORDER BY staff_no, uscc""",
        today=iso(today),
    )


def newest_id(reading: Reading) -> int:
    """Return the id of the pairing stored last, 0 without any: whatever is stored from now on has a larger one."""
    return int(reading.value("SELECT coalesce(max(id), 0) FROM pairing"))
