"""Making the schema of a district on a server, and taking it away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from psycopg import sql

from esm.errors import StorageRefused, say
from esm.storage.database.engines import postgres, postgres_session
from esm.storage.database.engines.postgres import PostgresConnection
from esm.storage.database.place import ServerPlace, taken

OLDEST = 15_00_00


@contextmanager
def changing(place: ServerPlace, patience: float) -> Iterator[PostgresConnection]:
    """Open a transaction on the server, the schema there or not; committed when the block ends without an error.

    Raises StorageRefused where it is not known whether the server did, or its standby.
    """
    with closing(postgres.connect(place, patience, postgres.READ_COMMITTED)) as connection:
        yield connection
        postgres_session.commit(connection.raw)


def districts(address: str, patience: float) -> list[str]:
    """Return the names of the schemas that are districts of esm, also of those that this login may not read.

    One that a restore put aside is none.
    """
    with closing(postgres.connect(ServerPlace(address, "pg_catalog"), patience, postgres.READ_ONLY)) as connection:
        rows = connection.raw.execute(
            """SELECT nspname FROM pg_namespace AS schema
               WHERE nspname !~ '_before_restore_[0-9]{4}(_[0-9]{2}){2}t[0-9]{2}(_[0-9]{2}){2}$' AND 4 = (
                 SELECT count(*) FROM pg_class WHERE relnamespace = schema.oid AND relkind = 'r'
                   AND relname IN ('alembic_version', 'operation', 'change', 'enterprise'))
               ORDER BY nspname COLLATE "C" """
        )
        return [name for (name,) in rows]


def is_missing(place: ServerPlace, patience: float) -> bool:
    """Return whether the schema is not there, or empty: esm may make a district in it."""
    with closing(postgres.connect(place, patience, postgres.READ_ONLY)) as connection:
        return not holds_anything(connection)


def holds_anything(connection: PostgresConnection) -> bool:
    """Return whether anything stands in the schema, esm's or not."""
    found = connection.raw.execute(
        """SELECT EXISTS (SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                          WHERE nspname = %s)""",
        [connection.schema],
    )
    return bool((found.fetchone() or (0,))[0])


def create(place: ServerPlace, patience: float) -> bool:
    """Make a district in a schema that is missing or empty; return whether the empty schema was there.

    Raises RuleRefused where anything stands in it.
    """
    with changing(place, patience) as connection:
        was_there = _exists(connection)
        if holds_anything(connection):
            raise taken(place)
        make_tables(connection)
        connection.install_definitions()
        return was_there


@contextmanager
def new_tables(place: ServerPlace, patience: float) -> Iterator[PostgresConnection]:
    """Open a transaction on new tables without triggers, which stay if the block ends without an error."""
    with changing(place, patience) as connection:
        if holds_anything(connection):
            raise taken(place, is_copy=True)
        make_tables(connection)
        yield connection


def put_aside(connection: PostgresConnection, name: str) -> None:
    """Let the district that is there stand under another name, which must be free."""
    rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    connection.raw.execute(rename.format(sql.Identifier(connection.schema), sql.Identifier(name)))
    aside = PostgresConnection(connection.raw, replace(connection.place, schema=name))
    aside.see_schema()
    aside.install_definitions()  # they name their schema
    connection.see_schema()


def make_tables(connection: PostgresConnection) -> None:
    """Make the tables of this version, empty and without triggers, and the schema where it is missing."""
    from esm.storage.database.connection import REVISION  # noqa: PLC0415 - they import each other's users
    from esm.storage.database.schema import postgres_tables  # noqa: PLC0415 - only to make a schema

    _require_able(connection)
    if not _exists(connection):
        connection.raw.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(connection.schema)))
    for statement in postgres_tables.statements(REVISION):
        connection.raw.execute(statement.encode())


def drop(place: ServerPlace, patience: float, *, leave_empty: bool) -> None:
    """Take a district away in which nobody has written yet; `leave_empty` leaves the empty schema it was made in."""
    with changing(place, patience) as connection:
        connection.exclude_others()
        if connection.raw.execute("SELECT EXISTS (SELECT 1 FROM operation)").fetchone() == (True,):
            return
        name = sql.Identifier(place.schema)
        connection.raw.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
        if leave_empty:
            connection.raw.execute(sql.SQL("CREATE SCHEMA {}").format(name))


def _require_able(connection: PostgresConnection) -> None:
    """Refuse a server before 15, whose views show all rows, and an encoding that would change the bytes of a seal."""
    version, encoding = connection.raw.info.server_version, connection.raw.info.parameter_status("server_encoding")
    if version < OLDEST:
        raise StorageRefused(
            say("The server is PostgreSQL {version}; esm needs 15 or later.", version=version // 10_000),
            say("Nothing was changed; use a newer server."),
        )
    if encoding != "UTF8":
        raise StorageRefused(
            say("The database on the server keeps texts as {encoding}; esm needs UTF8.", encoding=encoding),
            say("Make one for esm: createdb --encoding UTF8 --template template0 NAME."),
        )


def _exists(connection: PostgresConnection) -> bool:
    found = connection.raw.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [connection.schema])
    return found.fetchone() is not None
