"""What somebody changes behind esm's back is found: every column of every table, and what is about them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content, district, full_district
from tests.conftest import HEADER, ROOT, Esm, budget

from esm.storage.database import connection as database
from esm.storage.database import integrity
from esm.storage.database.engines import sqlite_schema
from esm.storage.database.engines.engine import UNJOURNALLED
from esm.storage.database.place import FilePlace

Place = tuple[str, int]  # a table and the id of a row


def other(value: object) -> object:
    """Return a value of the same kind that is another, also for nothing."""
    return value + 1 if isinstance(value, int) else f"{value or ''}1"


def tamper(path: Path, column: int) -> set[Place]:
    """Change the column of this number in the first row of every business table that has it; return the rows."""
    changed = set()
    with closing(database_content.bare(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _definition in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for table in sorted(database_content.only_business(database_content.rows(connection)).keys() - UNJOURNALLED):
            names = [name for _, name, *_rest in connection.execute(f"PRAGMA table_info({table})")]
            row = connection.execute(f"SELECT * FROM {table} ORDER BY id LIMIT 1").fetchone()
            if row is not None and column < len(names):
                statement = f"UPDATE {table} SET {names[column]} = ? WHERE id = ?"
                try:
                    connection.execute(statement, (other(row[column]), row[0]))
                except sqlite3.IntegrityError:  # no row may say so, whoever writes it
                    continue
                changed.add((table, row[0]))
        for _name, definition in triggers:
            connection.execute(definition)
    return changed


def found(path: Path) -> set[Place]:
    with database.reading(FilePlace(path)) as reading:
        return {(each.table, each.id) for each in integrity.unlike_the_journal(reading)}


def columns(path: Path) -> Iterator[int]:
    """Yield the numbers of columns that tables have, without the id."""
    with closing(database_content.bare(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        yield from range(1, max(len(connection.execute(f"PRAGMA table_info({each})").fetchall()) for each in tables))


def check_every_column(path: Path, copy: Path) -> set[str]:
    """Assert that a change of each column is found; return the tables that had a row."""
    assert database_content.flaws(path) == []
    tables = set()
    for column in columns(path):
        shutil.copy(path, copy)
        changed = tamper(copy, column)
        assert changed <= found(copy), column
        tables |= {table for table, _id in changed}
    return tables


@budget(2)
@given(district.districts(), st.data())
def test_a_change_of_any_column_is_found(
    empty_database: Path, tmp_path_factory: pytest.TempPathFactory, drawn: district.District, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("tampering")
    shutil.copy(empty_database, folder / "a.db")
    with database.writing(FilePlace(folder / "a.db"), HEADER) as writing:
        district.store(writing, drawn)
        full_district.furnish(data.draw, writing)
    assert check_every_column(folder / "a.db", folder / "b.db")


@pytest.mark.parametrize("dump", ["0001", "0007"])
def test_a_change_of_a_column_younger_than_the_row_is_found(dump: str, esm: Esm, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((ROOT / "tests" / "released" / f"{dump}.sql").read_text(encoding="utf-8"))
    assert esm("db", "upgrade", db=path).code == 0
    assert {"cadre", "enterprise", "visit", "posting"} <= check_every_column(path, tmp_path / "b.db")


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("alembic_version", "CREATE TRIGGER alembic_version AFTER INSERT ON visit BEGIN SELECT 1; END"),
        ("alembic_version", "INSERT INTO alembic_version VALUES ('0001')"),
        ("user_version", "PRAGMA user_version=7"),
        ("ix_visit_done_on", "DROP INDEX ix_visit_done_on"),
    ],
)
def test_what_is_beside_the_rows_is_found(name: str, statement: str, settled: Path, esm: Esm) -> None:
    with closing(database_content.bare(settled)) as connection:
        connection.execute(statement)
    ran = esm("--lang", "en", "db", "check", db=settled)
    assert (ran.code, f"{name} is missing, altered or not part of esm" in ran.out + ran.err) == (1, True)


def test_a_row_left_where_the_clock_is_wound_is_found(settled: Path) -> None:
    with closing(database_content.bare(settled)) as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'clock_is_wound'").fetchone()
        connection.execute("DROP TRIGGER clock_is_wound")
        connection.execute("INSERT INTO winding VALUES (1)")
        connection.execute(trigger)
    assert database_content.flaws(settled) == ["definitions"]


def test_a_blank_inside_a_text_of_a_trigger_is_found(settled: Path) -> None:
    with closing(database_content.bare(settled)) as connection:
        name, sql = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%''visit''%' LIMIT 1"
        ).fetchone()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql.replace("'visit'", "'vi sit'"))
    assert database_content.flaws(settled) == ["definitions"]


def test_a_statement_laid_out_or_quoted_otherwise_means_the_same() -> None:
    plain = sqlite_schema.words("CREATE INDEX ix_a ON visit (done_on) WHERE outcome = 'A b'")
    assert plain == sqlite_schema.words("create index \"ix_a\"  -- why\n ON [visit]\n(`done_on`) WHERE outcome='A b';")
    for text in ("'Ab'", "'a b'", "'A  b'", "'A b ' ", '"A b"'):
        assert plain != sqlite_schema.words(f"CREATE INDEX ix_a ON visit (done_on) WHERE outcome = {text}")


@pytest.mark.parametrize("statement", ["UPDATE operation SET command = '[' WHERE id = 1",
                                       "UPDATE change SET new = '{' WHERE seq = 1"])  # fmt: skip
def test_a_damaged_text_in_the_journal_is_told(statement: str, settled: Path, esm: Esm) -> None:
    with closing(database_content.bare(settled)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
    assert "journal" in database_content.flaws(settled)
    assert esm("history", db=settled).code == 0
