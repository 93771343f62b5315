"""The pinned pairings, each with the place that it takes of its cadre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from esm.domain.pairing.pin_excess import Pin
from esm.domain.values.settings import Settings
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import record

PINS = """SELECT * FROM (
    SELECT pairing.id, staff_no, cadre.name AS cadre, coalesce(posting.capacity, :capacity) AS capacity, uscc,
           enterprise.name, pairing.start_on,
           later_of(later_of(:today, pairing.start_on), later_of(scope.start_on, coalesce(active_from, :today)))
             AS held_from,
           earlier_of(earlier_of(coalesce(pairing.end_on, :forever), coalesce(scope.end_on, :forever)),
                      coalesce(left_on, :forever)) AS held_to
    FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id JOIN enterprise ON enterprise.id = pairing.enterprise_id
    JOIN scope ON scope.enterprise_id = pairing.enterprise_id
    LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :today)
    WHERE pinned = 1) AS pin
WHERE held_from < held_to"""


def pins_from(reading: Reading, today: date, staff_nos: Iterable[str] | None = None) -> Iterator[Pin]:
    """Yield the pins that take a place of a cadre today or on a day to come: of these cadres, or of all."""
    chosen = "" if staff_nos is None else "AND among(staff_no, :staff_nos)"
    rows = reading.rows(
        f"{PINS} {chosen} ORDER BY staff_no, uscc, held_from", today=today, capacity=_default_capacity(reading, today),
        forever=date.max, staff_nos=as_list(staff_nos or ()),
    )  # fmt: skip
    yield from (record(Pin, row) for row in rows)


def _default_capacity(reading: Reading, today: date) -> int:
    """Return the setting as far as it can be read, so that one that was stored wrongly can still be mended."""
    stored, _since = settings.stored_texts(reading, today).get("default_capacity", ("", None))
    return int(stored) if stored.isdigit() else Settings().default_capacity


def recused_pins(reading: Reading, today: date) -> list[tuple[str, str]]:
    """Return (staff number, code) of the pinned pairings, not over on a day, of cadres who are recused by then."""
    return reading.rows(
        """SELECT staff_no, uscc FROM recusal JOIN pairing USING (cadre_id, enterprise_id)
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE pinned = 1 AND lasts(pairing, :today) AND lasts(recusal, :today)
             AND lasts(recusal, pairing.start_on) AND lasts(pairing, recusal.start_on)
           ORDER BY staff_no, uscc, pairing.start_on""",
        today=today,
    )


def newest_pairing_id(reading: Reading) -> int:
    """Return the id of the pairing stored last, 0 without any: whatever is stored from now on has a larger one."""
    return int(reading.value("SELECT coalesce(max(id), 0) FROM pairing"))
