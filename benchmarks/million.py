"""A district too large to write row by row: inserted in bulk with the triggers away, then defined anew.

What the benchmarks read is an esm database like any other; only its journal tells nothing of these rows.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks.districts import TODAY, code

from esm.storage.database import creation
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace

BEGINNING = "0001-01-01"
ENTERED = "2024-01-01"
DIVISIONS = ("C13", "C17", "C26", "C30", "C33", "C34", "C38", "C39", "E47", "F51", "F52", "G54", "H61", "I64", "M73")


def make(
    path: Path, size: int, *, subdistricts: int = 30, visits_each: int = 6, seed: int = 1, paused: int | None = None
) -> None:
    """Write a database of `size` enterprises, each paired with a cadre, and `visits_each` visits to each.

    With `paused` visits to every so many are paused.
    """
    chance = random.Random(seed)
    creation.create(FilePlace(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("BEGIN")
        _fill(connection, chance, size, subdistricts, visits_each)
        if paused is not None:
            connection.executemany(
                "INSERT INTO pause (enterprise_id, reason, start_on) VALUES (?, '停产', '2026-11-01')",
                ((key,) for key in range(paused, size + 1, paused)),
            )
        SqliteConnection(connection).install_definitions()
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=TRUNCATE")


def _fill(connection: sqlite3.Connection, chance: random.Random, size: int, subdistricts: int, visits: int) -> None:
    keys = range(1, size + 1)
    connection.executemany(
        """INSERT INTO enterprise (id, uscc, name, above_scale, enrolled_on, contact_name, verified_on)
           VALUES (?, ?, ?, 1, ?, '甲', '2026-11-01')""",
        ((key, code(key - 1), f"江畔第{key}号有限公司", ENTERED) for key in keys),
    )
    connection.executemany(
        "INSERT INTO cadre (id, staff_no, name) VALUES (?, ?, ?)", ((key, f"{key:07d}", f"干部{key}") for key in keys)
    )
    connection.executemany(
        "INSERT INTO posting (cadre_id, department, start_on) VALUES (?, ?, ?)",
        ((key, f"第{key % 40}局", BEGINNING) for key in keys),
    )
    connection.executemany(
        "INSERT INTO profile (enterprise_id, tier, subdistrict, industry_code, start_on) VALUES (?, ?, ?, ?, ?)",
        (
            (key, chance.choices("ABC", (1, 3, 6))[0], f"第{chance.randrange(subdistricts)}街道",
             f"{chance.choice(DIVISIONS)}{chance.randrange(10)}", BEGINNING)
            for key in keys
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO scope (enterprise_id, basis, start_on) VALUES (?, 'register', ?)",
        ((key, ENTERED) for key in keys),
    )
    connection.executemany(
        "INSERT INTO pairing (enterprise_id, cadre_id, pinned, start_on) VALUES (?, ?, 0, ?)",
        ((key, key, ENTERED) for key in keys if key % 50),
    )
    connection.executemany(
        """INSERT INTO visit (enterprise_id, cadre_id, done_on, channel, outcome, recorded_on)
           VALUES (?, ?, ?, 'on_site', 'met', ?)""",
        ((key, key, on, on) for key, on in _visits(chance, keys, visits)),
    )


def _visits(chance: random.Random, keys: range, visits_each: int) -> Iterator[tuple[int, str]]:
    for key in keys:
        last: date = TODAY - timedelta(days=chance.randrange(90))
        for back in range(visits_each):
            yield key, (last - timedelta(days=60 * back + chance.randrange(8))).isoformat()
