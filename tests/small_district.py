"""A small district to write in, one operation at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.conftest import HEADER

from esm.domain.values import credit_code
from esm.domain.visits.visit import Channel
from esm.storage.database import connection as database
from esm.storage.database.connection import Writing
from esm.storage.database.place import FilePlace
from esm.storage.pairing import pairings
from esm.usecases.desk import undo as undoing
from esm.usecases.register import cadres, enterprises
from esm.usecases.visits import log

TODAY = date(2026, 11, 23)
CODES = tuple(start + credit_code.check_character(start) for start in (f"91330205MA2AAAA{n}1" for n in range(1, 9)))
Dump = dict[str, list[tuple[Any, ...]]]


def write(path: Path, act: Callable[[Writing], object]) -> None:
    """Do one thing as one operation of the journal."""
    with database.writing(FilePlace(path), HEADER) as writing:
        act(writing)


def enrol(path: Path, number: int, **values: object) -> None:
    """Add the enterprise of this number, above-scale since June."""
    known = {
        "uscc": CODES[number],
        "name": f"江畔{number}号机电有限公司",
        "above_scale": True,
        "enrolled_on": date(2026, 6, 1),
    }
    write(path, lambda writing: enterprises.add_enterprise(writing, known | values, TODAY))


def employ(path: Path, staff_no: str) -> None:
    """Add a cadre."""
    write(path, lambda writing: cadres.add_cadre(writing, {"staff_no": staff_no, "name": f"尹{staff_no}"}))


def visit(path: Path, number: int, done_on: date, *, cadre: str = "1001", channel: str = "on_site") -> None:
    """Log a contact with the enterprise of this number."""
    write(
        path,
        lambda writing: log.log(
            writing, CODES[number], done_on=done_on, today=TODAY, cadre=cadre, channel=Channel(channel)
        ),
    )


def leave_register(path: Path, number: int, on: date) -> None:
    """Let the enterprise of this number leave the register; its pairing ends with it."""
    write(path, lambda writing: enterprises.exit_enterprise(writing, CODES[number], on, TODAY))


def settle(path: Path) -> None:
    """Make a district of operations 1 to 6: three enterprises, a cadre who serves the first, one visit there."""
    for number in range(3):
        enrol(path, number)
    employ(path, "1001")
    write(path, lambda writing: pairings.begin(writing, [pairings.NewPairing(
        enterprise_id=1, cadre_id=1, start_on=date(2026, 6, 1))]))  # fmt: skip
    visit(path, 0, date(2026, 9, 1))


def undo(path: Path, operation_id: int | None = None) -> int:
    """Take an operation back, by default the last, as `esm undo` does; return its number."""
    with database.reading(FilePlace(path)) as reading:
        chosen = undoing.operation_to_undo(reading, operation_id)
    with database.writing(FilePlace(path), replace(HEADER, undoes=chosen.id)) as writing:
        undoing.undo(writing, chosen, TODAY)
    return chosen.id
