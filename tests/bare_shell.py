"""A database as any other program opens it: bare SQL, on a file or on a server, and rules that refuse."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql

from esm.storage.database.connection import REVISION
from esm.storage.database.engines.engine import UNJOURNALLED
from esm.storage.database.schema import postgres_definitions, postgres_tables, tables

REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)
TABLES = [name for name in tables.metadata.tables if name != "winding"]  # that one is of SQLite's triggers
BUSINESS = [name for name in TABLES if name not in UNJOURNALLED]


class ServerShell:
    """A connection to a server that goes on where a statement was refused, as one to a file does."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def execute(self, statement: str, parameters: Mapping[str, object] | Sequence[object] = ()) -> Any:
        """Run a statement with named or numbered parameters; it stands inside the transaction of the test."""
        told = re.sub(r"(?<=[ (]):(\w+)", r"%(\1)s", statement).replace("?", "%s")
        with self.connection.transaction():
            return self.connection.execute(told.encode(), parameters or None)


Shell = sqlite3.Connection | ServerShell


def make_schema(connection: psycopg.Connection, name: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Make a schema of this version with these rows; the search path leads to it."""
    quoted = sql.Identifier(name)
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(quoted))
    connection.execute(sql.SQL("SET search_path = {}").format(quoted))
    with connection.transaction(), connection.cursor() as cursor:
        for statement in postgres_tables.statements(REVISION):
            cursor.execute(statement.encode())
        for table in tables.metadata.sorted_tables:
            for row in rows.get(table.name, ()):
                cursor.execute(f"INSERT INTO {table.name} VALUES ({', '.join(['%s'] * len(row))})".encode(), row)
        for statement in postgres_definitions.statements(name, BUSINESS):
            cursor.execute(statement.encode())


def content(shell: Shell) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, the journal's and the derived ones too."""
    return {name: shell.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in TABLES}


def columns(shell: Shell, table: str) -> list[str]:
    """Return the names of a table's columns."""
    return [column[0] for column in shell.execute(f"SELECT * FROM {table} LIMIT 0").description]


def insert(shell: Shell, table: str, row: Mapping[str, object]) -> None:
    """Add a row, behind those that are there."""
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    shell.execute(
        f"INSERT INTO {table} (id, {names}) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM {table}), {marks})", row
    )


def begin(shell: Shell) -> None:
    """Begin a transaction on a file, as there is one on the server, and an operation in it."""
    if isinstance(shell, sqlite3.Connection):
        shell.execute("BEGIN")
    open_operation(shell)


def open_operation(shell: Shell) -> None:
    """Begin an operation of the journal."""
    insert(shell, "operation", {"at": "2026-11-23T01:00:00+00:00", "today": "2026-11-23", "actor": "somebody",
                                "host": "shell", "command": "[]", "revision": "0001", "previous_hash": ""})  # fmt: skip
