"""PostgreSQL: a district is a schema of a database on a server (docs/decisions/0046).

Everything runs inside a transaction that begins with `SET LOCAL`, so that a pooler which lends a connection for one
transaction can stand between; a command has no second one open meanwhile. Parameters are put in by the client, so no
statement is prepared on the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import errors, pq, sql

from esm.errors import StorageRefused, say
from esm.storage.database.engines import postgres_seal_bytes, postgres_session
from esm.storage.database.engines.engine import (
    UNJOURNALLED,
    Connection,
    Cursor,
    Orphan,
    Parameters,
    Record,
)
from esm.storage.database.engines.postgres_values import adapted, for_server, listed, register_loaders
from esm.storage.database.phrases import spelled_out
from esm.storage.database.place import ServerPlace

READ_COMMITTED = "BEGIN ISOLATION LEVEL READ COMMITTED"
READ_ONLY = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
NO_SCHEMA = (errors.UndefinedTable, errors.InvalidSchemaName)
_GIVEN_UP = {pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR}
_OPEN = {pq.TransactionStatus.ACTIVE, *_GIVEN_UP}


# The lock comes before the snapshot, so that whoever waited for an upgrade sees what it made. Also whether rows are
# hidden from the login: it is not the owner, and nobody granted it all rows.
_REVISION = """
LOCK TABLE {schema}.alembic_version IN ACCESS SHARE MODE;
SELECT version_num, row_security_active('{schema}.enterprise') AND NOT EXISTS (
  SELECT 1 FROM pg_policy
  WHERE polrelid = CAST('{schema}.enterprise' AS regclass) AND polname = CAST('esm_app_' || current_user AS name))
FROM {schema}.alembic_version"""


class PostgresConnection(Connection):
    """A connection to a server, with one district's schema in sight."""

    sqlalchemy_url = "postgresql+psycopg://"
    refusals = (errors.IntegrityError, errors.RaiseException)
    header_bytes = postgres_seal_bytes.HEADER_BYTES
    change_bytes = postgres_seal_bytes.CHANGE_BYTES

    def __init__(self, raw: psycopg.Connection[Any], place: ServerPlace) -> None:
        self.raw, self.place, self.schema = raw, place, place.schema
        self._types: dict[str, dict[str, str]] = {}
        register_loaders(raw)

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run a statement with named (`:name`) or numbered (`?`) parameters."""
        answer: Cursor = self.raw.execute(for_server(spelled_out(sql, "postgresql")), adapted(parameters))
        return answer

    def close(self) -> None:
        """Close the connection; what is not committed is rolled back.

        The server is told so: a pooler throws a connection away that is given up in the middle of a transaction.
        """
        with suppress(psycopg.Error):
            if self.raw.info.transaction_status in _GIVEN_UP:
                self.raw.execute("ROLLBACK")
        self.raw.close()

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open; none is on a connection that was lost."""
        return self.raw.info.transaction_status in _OPEN

    def lock(self) -> None:
        """Let no other writer into the district until the transaction ends."""
        self.raw.execute(f"SELECT {self.quoted_schema}.esm_lock_district()".encode())

    def exclude_others(self) -> None:
        """Let nobody else read or write the district until the transaction ends; the first thing that is done in it."""
        name = f"{self.quoted_schema}.alembic_version"
        if self.raw.execute("SELECT to_regclass(%s)", [name]).fetchone() != (None,):
            self.raw.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE".encode())

    def commit(self, operation_id: int) -> None:
        """Commit; raises StorageRefused where it is not known whether the server did, or its standby."""
        postgres_session.commit(self.raw, operation_id)

    def revision(self) -> str | None:
        """Return the schema revision, None where the schema is missing or not esm's.

        Raises StorageRefused for a login that sees only some of the rows: its answers would be wrong.
        """
        try:
            asked = self.raw.execute(_REVISION.format(schema=self.quoted_schema).encode())
        except NO_SCHEMA:
            return None
        asked.nextset()
        found = asked.fetchone()
        if found is not None and found[1]:
            raise StorageRefused(
                say("This login does not see the whole district."), say("Ask its owner for `esm db grant app LOGIN`.")
            )
        return None if found is None else str(found[0])

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, in their order."""
        return list(self._column_types(table))

    def journalled_tables(self) -> list[str]:
        """Return the business tables by name; a table without an id is not one."""
        rows = self.raw.execute(
            """SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'id'
               WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' ORDER BY relname COLLATE "C" """,
            [self.quoted_schema],
        )
        return [name for (name,) in rows if name not in UNJOURNALLED]

    def row_as_json(self, table: str) -> str:
        """Return SQL for a row of a table as the text that the journal writes of it."""
        return f"CAST(row_to_json({table}) AS text)"

    def listed(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> tuple[str, Sequence[Any]]:
        """Return a query that gives rows of a table's columns, called column1, column2 …, and its parameters."""
        types = self._column_types(table)
        return listed([types[column] for column in columns], rows)

    def copy_in(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> None:
        """Store rows of another database in a table without triggers."""
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self.raw.cursor() as cursor, cursor.copy(statement.encode()) as taking:
            for row in rows:
                taking.write_row(row)

    def install_definitions(self) -> None:
        """Replace all functions, views and triggers by those of this version, and the clocks by what they say."""
        from esm.storage.database.schema import postgres_definitions  # noqa: PLC0415 - only to make or to migrate

        self.raw.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks put off takes no triggers
        self.remove_definitions()
        for statement in postgres_definitions.statements(self.schema, self.journalled_tables()):
            self.raw.execute(statement.encode())

    def remove_definitions(self) -> None:
        """Take all functions, views and triggers away."""
        from esm.storage.database.schema import postgres_definitions  # noqa: PLC0415 - only to make or to migrate

        self.raw.execute(postgres_definitions.REMOVAL.encode())

    def strange_definitions(self) -> list[str]:
        """Return the names of tables, indexes, views, functions and triggers missing, altered or not esm's."""
        from esm.storage.database.engines.postgres_catalogue import strange_parts  # noqa: PLC0415 - only this check

        return strange_parts(self)

    def damages(self) -> list[str]:
        """Return which indexes and constraints the server itself does not hold to be valid."""
        rows = self.raw.execute(
            """SELECT 'index ' || relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
               WHERE relnamespace = to_regnamespace(%(schema)s) AND NOT (indisvalid AND indisready)
               UNION ALL
               SELECT 'constraint ' || conname FROM pg_constraint
               WHERE connamespace = to_regnamespace(%(schema)s) AND NOT convalidated
               ORDER BY 1""",
            {"schema": self.quoted_schema},
        )
        return [text for (text,) in rows]

    def orphans(self) -> list[Orphan]:
        """Return every row that points to nothing."""
        references = self.raw.execute(
            """SELECT child.relname, attname, parent.relname
               FROM pg_constraint JOIN pg_class AS child ON child.oid = conrelid
               JOIN pg_class AS parent ON parent.oid = confrelid
               JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
               WHERE contype = 'f' AND connamespace = to_regnamespace(%s) ORDER BY 1, 2""",
            [self.quoted_schema],
        ).fetchall()
        return [orphan for child, column, parent in references for orphan in self._orphans_of(child, column, parent)]

    def defer_references(self) -> None:
        """Check references only when the transaction ends."""
        self.raw.execute("SET CONSTRAINTS ALL DEFERRED")

    def _orphans_of(self, child: str, column: str, parent: str) -> Iterator[Orphan]:
        key = "id" if "id" in self.columns(child) else self.columns(child)[0]
        rows = self.execute(
            f"""SELECT child.{key} FROM {child} AS child LEFT JOIN {parent} AS parent ON parent.id = child.{column}
                WHERE child.{column} IS NOT NULL AND parent.id IS NULL ORDER BY 1"""
        )
        return (Orphan(child, row_id, parent) for (row_id,) in rows)

    def see_schema(self) -> None:
        """Let names without a schema mean the tables of this district until the transaction ends."""
        self.raw.execute(f"SET LOCAL search_path TO {self.quoted_schema}".encode())

    @property
    def quoted_schema(self) -> str:
        """Return the schema as SQL writes its name."""
        return sql.Identifier(self.schema).as_string(self.raw)

    def _column_types(self, table: str) -> dict[str, str]:
        if table not in self._types:
            rows = self.raw.execute(
                """SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
                   WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum""",
                [f"{self.quoted_schema}.{table}"],
            )
            self._types[table] = dict(rows.fetchall())
        return self._types[table]


def begin_reading(place: ServerPlace, patience: float) -> PostgresConnection:
    """Open a transaction that sees one state of the district and writes nothing; a standby will do."""
    return connect(place, patience, READ_ONLY)


def connect(place: ServerPlace, patience: float, begin: str) -> PostgresConnection:
    """Return a connection in a transaction that `begin` begins, with the district's schema in sight."""
    raw = psycopg.connect(
        autocommit=True, cursor_factory=psycopg.ClientCursor, prepare_threshold=None,
        **postgres_session.parameters(place.address),
    )  # fmt: skip
    connection = PostgresConnection(raw, place)
    try:
        raw.execute(
            f"""{begin};
                SET LOCAL search_path TO {connection.quoted_schema};
                SET LOCAL lock_timeout TO {int(patience * 1000)};
                SET LOCAL jit TO off"""
        )
    except BaseException:
        raw.close()
        raise
    return connection
