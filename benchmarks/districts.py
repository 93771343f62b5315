"""Invented districts of any size, written through the storage room as an import would write them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from esm.domain.desk.history import OperationHeader
from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.values import credit_code
from esm.domain.visits.contact_made import Visit
from esm.storage.database import connection, creation
from esm.storage.database.place import FilePlace
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.storage.visits import visits

TODAY = date(2026, 11, 23)
HEADER = OperationHeader(
    at="2026-11-23T00:00:00+00:00", today="2026-11-23", actor="bench", host="bench", command=("bench",)
)
CHUNK = 20_000  # so many are held in memory at once
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(number: int) -> str:
    """Return the credit code of the invented enterprise of this number, in an area that does not exist."""
    digits = ""
    for _ in range(9):
        number, place = divmod(number, len(ALPHABET))
        digits = ALPHABET[place] + digits
    first = f"91339907{digits}"
    return first + credit_code.check_character(first)


def make(path: Path, size: int, *, subdistricts: int, visits_each: int = 0, seed: int = 1) -> None:
    """Write a database of `size` enterprises and as many cadres; with visits, each is paired too."""
    chance = random.Random(seed)
    creation.create(FilePlace(path))
    with connection.writing(FilePlace(path), HEADER) as writing:
        for first in range(0, size, CHUNK):
            numbers = range(first, min(first + CHUNK, size))
            enterprises.add(writing, [_enterprise(chance, number, subdistricts) for number in numbers], TODAY)
            cadres.add(writing, [_cadre(chance, number, subdistricts) for number in numbers])
            if visits_each:
                _serve(writing, chance, numbers, visits_each)


def _enterprise(chance: random.Random, number: int, subdistricts: int) -> Enterprise:
    division = chance.choice([*range(13, 44), 47, 51, 52, 54, 61, 62, 63, 64, 65, 70, 72, 73, 74, 75])
    return Enterprise(
        uscc=code(number), name=f"江畔第{number}号有限公司", tier=chance.choices("ABC", (1, 3, 6))[0],
        industry_code=f"{division}{chance.randrange(10)}{chance.randrange(10)}",
        subdistrict=f"第{chance.randrange(subdistricts)}街道", above_scale=True, enrolled_on=date(2024, 1, 1),
        revenue=Decimal(chance.randrange(100, 30_000)),
    )  # fmt: skip


def _cadre(chance: random.Random, number: int, subdistricts: int) -> Cadre:
    expertise = tuple(sorted({f"C{chance.randrange(13, 44)}" for _ in range(chance.randrange(4))}))
    return Cadre(
        staff_no=f"{number:07d}", name=f"干部{number}", department=f"第{number % 40}局", rank=chance.randrange(1, 6),
        subdistrict=f"第{chance.randrange(subdistricts)}街道", expertise=expertise,
    )  # fmt: skip


def _serve(writing: connection.Writing, chance: random.Random, numbers: range, visits_each: int) -> None:
    pairings.begin(
        writing,
        [
            pairings.NewPairing(enterprise_id=number + 1, cadre_id=number + 1, start_on=date(2024, 1, 1))
            for number in numbers
        ],
    )
    done = []
    for number in numbers:
        day = TODAY - timedelta(days=chance.randrange(90))
        for back in range(visits_each):
            on = day - timedelta(days=60 * back + chance.randrange(8))
            visit = Visit(uscc=code(number), staff_no=f"{number:07d}", done_on=on, recorded_on=TODAY)
            done.append((visit, number + 1, number + 1))
    visits.add(writing, done)
