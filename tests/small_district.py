"""A small district to write in, one operation at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.conftest import HEADER
from tests.database_content import Somewhere, place_at

from esm.domain.values import credit_code
from esm.domain.visits.contact_made import Channel
from esm.storage.database import connection as database
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.usecases.desk import undo as undoing
from esm.usecases.register import cadres, enterprises
from esm.usecases.visits import log

TODAY = date(2026, 11, 23)
CODES = tuple(start + credit_code.check_character(start) for start in (f"91330205MA2AAAA{n}1" for n in range(1, 9)))
Dump = dict[str, list[tuple[Any, ...]]]


def write(place: Somewhere, act: Callable[[Writing], object]) -> None:
    """Do one thing as one operation of the journal."""
    with database.writing(place_at(place), HEADER) as writing:
        act(writing)


def enrol(place: Somewhere, number: int, **values: object) -> None:
    """Add the enterprise of this number, above-scale since June."""
    known = {
        "uscc": CODES[number],
        "name": f"江畔{number}号机电有限公司",
        "above_scale": True,
        "enrolled_on": date(2026, 6, 1),
    }
    write(place, lambda writing: enterprises.add_enterprise(writing, known | values, TODAY))


def employ(place: Somewhere, staff_no: str) -> None:
    """Add a cadre."""
    write(place, lambda writing: cadres.add_cadre(writing, {"staff_no": staff_no, "name": f"尹{staff_no}"}))


def visit(place: Somewhere, number: int, done_on: date, *, cadre: str = "1001", channel: str = "on_site") -> None:
    """Log a contact with the enterprise of this number."""
    write(
        place,
        lambda writing: log.log(
            writing, CODES[number], done_on=done_on, today=TODAY, cadre=cadre, channel=Channel(channel)
        ),
    )


def leave_register(place: Somewhere, number: int, on: date) -> None:
    """Let the enterprise of this number leave the register; its pairing ends with it."""
    write(place, lambda writing: enterprises.exit_enterprise(writing, CODES[number], on, TODAY))


def settle(place: Somewhere) -> None:
    """Make a district of operations 1 to 6: three enterprises, a cadre who serves the first, one visit there."""
    for number in range(3):
        enrol(place, number)
    employ(place, "1001")
    write(place, lambda writing: pairings.begin(writing, [pairings.NewPairing(
        enterprise_id=1, cadre_id=1, start_on=date(2026, 6, 1))]))  # fmt: skip
    visit(place, 0, date(2026, 9, 1))


def undo(place: Somewhere, operation_id: int | None = None) -> int:
    """Take an operation back, by default the last, as `esm undo` does; return its number."""
    with database.reading(place_at(place)) as reading:
        chosen = undoing.operation_to_undo(reading, operation_id)
    with database.writing(place_at(place), replace(HEADER, undoes=chosen.id)) as writing:
        undoing.undo(writing, chosen, TODAY)
    return chosen.id
