"""A PostgreSQL schema beside SQLite's: the same rows, written by the same statements, are journalled byte for byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from typing import Any

import psycopg
import pytest
from hypothesis import given, strategies
from psycopg import conninfo
from sqlalchemy import create_engine
from tests.bare_shell import BUSINESS, make_schema
from tests.conftest import budget
from tests.postgres import Server

from esm.storage.database.connection import REVISION
from esm.storage.database.engines import postgres_seal_bytes
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.schema import postgres_definitions, tables

OPERATION = """INSERT INTO operation (id, at, today, actor, host, command, revision, previous_hash)
    VALUES (1, '2026-11-23T01:00:00+00:00', '2026-11-23', 'clerk', 'desk', '[]', '0018', '')"""
CHANGES = "SELECT seq, operation_id, subject, row_id, kind, old, new FROM change ORDER BY seq"
CLOCKS = "SELECT * FROM clock ORDER BY enterprise_id"
WORDS = ["甲", "a\"b'c\\", "甲\n乙\t\r\b\f", "\x01\x1f\x7f", "𠮷\u2028", "", "null", "/"]
DAYS = ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-01", "2026-06-30", "2026-11-01"]


class Twins:
    """The same schema on both engines, each with an operation open; what is done is done on both."""

    def __init__(self, file: sqlite3.Connection, server: psycopg.Connection) -> None:
        self.file, self.server = file, server

    def do(self, statement: str) -> bool:
        """Run a statement on both; return whether a rule refused it, which must be so on both or on none."""
        refused = [self._is_refused(self.file, statement), self._is_refused(self.server, statement)]
        assert refused[0] == refused[1], f"{statement}: refused {refused}"
        return refused[0]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query finds, on both the same."""
        found = self.file.execute(query).fetchall()
        assert self.server.execute(query.encode()).fetchall() == found
        return found

    @staticmethod
    def _is_refused(connection: sqlite3.Connection | psycopg.Connection, statement: str) -> bool:
        execute: Any = connection.execute
        execute("SAVEPOINT attempt")
        try:
            execute(statement)
        except (sqlite3.IntegrityError, psycopg.IntegrityError):
            execute("ROLLBACK TO SAVEPOINT attempt")
            return True
        return False


@pytest.fixture(scope="module")
def schemas(server: Server) -> Iterator[Twins]:
    with (
        create_engine("sqlite://").connect() as engine,
        server.schema() as name,
        closing(server.connect()) as connection,
    ):
        tables.metadata.create_all(engine)
        raw = engine.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        engine.commit()
        raw.isolation_level = None
        raw.execute("PRAGMA foreign_keys=ON")
        SqliteConnection(raw).install_definitions()
        make_schema(connection, name, {})
        yield Twins(raw, connection)


@contextmanager
def operating(schemas: Twins) -> Iterator[Twins]:
    """Open an operation on both, and put everything back afterwards."""
    both: tuple[Any, ...] = (schemas.file, schemas.server)
    for connection in both:
        connection.execute("BEGIN")
        connection.execute(OPERATION)
    try:
        yield schemas
    finally:
        for connection in both:
            connection.execute("ROLLBACK")


@pytest.fixture
def twins(schemas: Twins) -> Iterator[Twins]:
    with operating(schemas):
        yield schemas


def literal(value: str | int | None) -> str:
    return (
        "NULL"
        if value is None
        else str(value)
        if isinstance(value, int)
        else f"'{value.replace(chr(39), chr(39) * 2)}'"
    )


IDS = strategies.integers(1, 5)
PERHAPS_A_DAY = strategies.sampled_from([None, *DAYS])
STRETCH = {"start_on": strategies.sampled_from(DAYS), "end_on": PERHAPS_A_DAY}
VALUES: dict[str, dict[str, strategies.SearchStrategy[Any]]] = {
    "cadre": {
        "staff_no": strategies.sampled_from(["1", "2", "3"]),
        "name": strategies.sampled_from(WORDS),
        "rank": strategies.integers(0, 6),
        "left_on": PERHAPS_A_DAY,
    },
    "enterprise": {
        "uscc": strategies.sampled_from(["A", "B", "C", "D"]),
        "name": strategies.sampled_from(WORDS),
        "revenue": strategies.sampled_from([None, -1, 0, 2**62]),
        "verified_on": strategies.sampled_from([None, "2026-02-28", "2026-02-30", "2026-2-1", ""]),
    },
    "profile": {"enterprise_id": IDS, "tier": strategies.sampled_from("ABCD"), **STRETCH},
    "scope": {"enterprise_id": IDS, "basis": strategies.sampled_from(["register", "predicted"]), **STRETCH},
    "visit": {
        "enterprise_id": IDS,
        "cadre_id": IDS,
        "done_on": strategies.sampled_from(DAYS),
        "channel": strategies.sampled_from(["on_site", "phone"]),
        "outcome": strategies.sampled_from(["met", "refused"]),
        "minutes": strategies.sampled_from([None, *WORDS]),
        "recorded_on": strategies.sampled_from(DAYS),
        "cancelled_on": PERHAPS_A_DAY,
    },
    "plan": {
        "enterprise_id": IDS,
        "cadre_id": IDS,
        "due_on": strategies.sampled_from(DAYS),
        "planned_on": strategies.sampled_from(DAYS),
        "confirmed": strategies.integers(0, 2),
        "provisional": strategies.integers(0, 1),
        "made_on": strategies.sampled_from(DAYS),
        "visit_id": strategies.sampled_from([None, 1, 2]),
        "starts_at": strategies.sampled_from([None, "00:00", "14:30", "23:59", "24:00", "9:30", "14:60"]),
    },
    "recusal": {"enterprise_id": IDS, "cadre_id": IDS, "reason": strategies.just("kin"), **STRETCH},
    "setting": {
        "key": strategies.sampled_from(["cadence_months_a", "cadence_months_b", "due_soon_days"]),
        "value": strategies.sampled_from(["1", "3", "12"]),
        **STRETCH,
    },
}


@strategies.composite
def statement(draw: strategies.DrawFn) -> str:
    """Return a statement that adds, changes or removes some rows of one table."""
    table = draw(strategies.sampled_from(sorted(VALUES)))
    values = VALUES[table]
    ids = draw(strategies.lists(IDS, min_size=1, max_size=4, unique=True))
    kind = draw(strategies.sampled_from(["INSERT", "INSERT", "UPDATE", "DELETE"]))
    if kind == "INSERT":
        rows = [", ".join([str(each), *(literal(draw(value)) for value in values.values())]) for each in ids]
        return f"INSERT INTO {table} (id, {', '.join(values)}) VALUES ({'), ('.join(rows)})"
    chosen = f"WHERE id IN ({', '.join(map(str, ids))})"
    if kind == "DELETE":
        return f"DELETE FROM {table} {chosen}"
    column = draw(strategies.sampled_from([*values, "id"]))
    news = "id + 1" if column == "id" else literal(draw(values[column]))
    return f"UPDATE {table} SET {column} = {news} {chosen}"


SCHEME = "INSERT INTO setting (id, key, value, start_on) VALUES (9, 'scheme_start_on', '2026-10-01', '0001-01-01')"
SCHEMES = [
    SCHEME,
    SCHEME.replace("2026-10-01", "x"),
    f"{SCHEME}; UPDATE setting SET value = '2026-11-30' WHERE key = 'scheme_start_on'",
    f"{SCHEME}; UPDATE setting SET key = 'other' WHERE key = 'scheme_start_on'",
    f"{SCHEME}; DELETE FROM setting WHERE key = 'scheme_start_on'",
]
PEOPLE = """
    INSERT INTO cadre (id, staff_no, name) VALUES (2, '2', '乙'), (1, '1', '甲');
    INSERT INTO enterprise (id, uscc, name) VALUES (1, 'A', '江'), (2, 'B', '河'), (3, 'C', '海');
    INSERT INTO profile (id, enterprise_id, tier, start_on)
    VALUES (2, 2, 'B', '2026-01-31'), (1, 1, 'A', '2025-12-31');
    INSERT INTO scope (id, enterprise_id, basis, start_on)
    VALUES (1, 1, 'register', '2025-12-31'), (2, 2, 'predicted', '2026-02-28')"""


def test_the_tables_have_the_columns_of_the_declared_ones_in_sqlites_order(schemas: Twins) -> None:
    told: dict[str, list[str]] = {}
    for table, column in schemas.server.execute(
        """SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
           USING (table_schema, table_name) WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
           ORDER BY table_name, ordinal_position"""
    ):
        told.setdefault(table, []).append(column)
    assert told.pop("alembic_version") == ["version_num"]
    assert schemas.server.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISION,)]
    assert told.keys() == tables.metadata.tables.keys() - {"winding"}
    for table, columns in told.items():
        assert columns == [row[1] for row in schemas.file.execute(f"PRAGMA table_info({table})")]


def test_a_login_that_may_make_schemas_makes_one_in_an_untouched_database(server: Server) -> None:
    with closing(server.connect()) as owner:
        owner.execute("CREATE DATABASE esm_test_untouched")
        try:
            owner.execute("CREATE ROLE esm_test_office LOGIN")
            owner.execute("GRANT CREATE ON DATABASE esm_test_untouched TO esm_test_office")
            info = conninfo.make_conninfo(owner.info.dsn, dbname="esm_test_untouched", user="esm_test_office")
            with closing(psycopg.connect(info, autocommit=True)) as office:
                make_schema(office, "江畔 'A\"B'", {})  # whatever it is called
                office.execute(postgres_definitions.REMOVAL.encode())
                assert office.execute("SELECT count(*) FROM pg_views WHERE viewname = 'clock_now'").fetchone() == (0,)
        finally:
            owner.execute("DROP DATABASE esm_test_untouched")
            owner.execute("DROP ROLE IF EXISTS esm_test_office")


def test_definitions_that_were_removed_are_installed_as_they_were(schemas: Twins) -> None:
    def installed() -> list[Any]:
        return schemas.server.execute(
            """SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
               WHERE relnamespace = CAST(current_schema() AS regnamespace) AND NOT tgisinternal
               UNION SELECT pg_get_constraintdef(oid) FROM pg_constraint
               WHERE connamespace = CAST(current_schema() AS regnamespace)
               UNION SELECT pg_get_functiondef(oid) FROM pg_proc
               WHERE pronamespace = CAST(current_schema() AS regnamespace)
               UNION SELECT viewname || definition FROM pg_views WHERE schemaname = current_schema() ORDER BY 1"""
        ).fetchall()

    before = installed()
    (name,) = schemas.server.execute("SELECT current_schema()").fetchone() or ("",)
    with schemas.server.transaction():
        schemas.server.execute(postgres_definitions.REMOVAL.encode())
        assert 0 < len(installed()) < len(before) - 100
        for statement in postgres_definitions.statements(name, BUSINESS):
            schemas.server.execute(statement.encode())
    assert installed() == before


@budget(150)
@given(told=strategies.lists(statement() | strategies.sampled_from(SCHEMES), min_size=1, max_size=12))
def test_what_is_written_is_journalled_byte_for_byte_and_moves_the_same_clocks(schemas: Twins, told: list[str]) -> None:
    with operating(schemas) as twins:
        assert not any(map(twins.do, PEOPLE.split(";")))
        for each in chain.from_iterable(each.split("; ") for each in told):
            twins.do(each)
        assert twins.rows(CHANGES)[0][:5] == (1, 1, "cadre", 2, "I")
        assert twins.rows(CLOCKS) == twins.rows("SELECT * FROM clock_now ORDER BY enterprise_id")
        for table in VALUES:
            twins.rows(f"SELECT * FROM {table} ORDER BY id")
        assert (
            sealed(twins)
            == twins.file.execute(f"SELECT {SqliteConnection.change_bytes} FROM change ORDER BY seq").fetchall()
        )


def sealed(twins: Twins) -> list[tuple[bytes]]:
    return twins.server.execute(
        f"SELECT {postgres_seal_bytes.CHANGE_BYTES} FROM change ORDER BY seq".encode()
    ).fetchall()


@pytest.mark.parametrize("actor", WORDS)
def test_an_operation_is_sealed_byte_for_byte(schemas: Twins, actor: str) -> None:
    with operating(schemas) as twins:
        assert not twins.do(f"UPDATE operation SET hash = 'h', actor = {literal(actor)}")
        assert not twins.do(
            f"{OPERATION.replace('(1,', '(22,').replace('id,', 'undoes, id,').replace('(22', '(1, 22')}"
        )
        query = "SELECT {} FROM operation ORDER BY id"
        found = twins.file.execute(query.format(SqliteConnection.header_bytes)).fetchall()
        assert twins.server.execute(query.format(postgres_seal_bytes.HEADER_BYTES).encode()).fetchall() == found
        assert found[0][0].endswith(b"1:\0")
