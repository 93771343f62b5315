"""The tables as PostgreSQL makes them, of the declarations that SQLite's are made of (docs/decisions/0046).

Days and times stay ISO text, sorted by their letters, and numbers have 64 bits, so that the journal writes the same
bytes on both engines. No column counts by itself: ids follow each other under the lock of the one who writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Column, Dialect, ForeignKeyConstraint, Integer, MetaData, Table, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from esm.storage.database.schema import tables

# Which texts name a day that exists, and which day. Checks and exclusions stand on them, so they come first.
_FUNCTIONS = (
    """CREATE FUNCTION esm_is_day(told text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
       RETURN CASE WHEN told ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND substr(told, 1, 4) <> '0000'
                   THEN substr(told, 9) <= '28'
                        OR CAST(substr(told, 9) AS integer) <= date_part('day', interval '1 month -1 day' + make_date(
                             CAST(substr(told, 1, 4) AS integer), CAST(substr(told, 6, 2) AS integer), 1))
                   WHEN told IS NOT NULL THEN FALSE END""",
    """CREATE FUNCTION esm_day(told text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
       RETURN make_date(CAST(substr(told, 1, 4) AS integer), CAST(substr(told, 6, 2) AS integer),
                        CAST(substr(told, 9) AS integer))""",
)
_NOT_NEEDED = ("winding",)  # it tells SQLite's triggers which of them writes


def statements(revision: str) -> Iterator[str]:
    """Yield what makes the tables of this version, empty, in the first schema of the search path.

    Whoever may make a schema in the database may install the extension, too, which serves all districts.
    """
    yield "CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public"  # equal owners beside overlapping days
    yield from _FUNCTIONS
    yield """CREATE TABLE alembic_version (
               version_num text COLLATE "C" NOT NULL, CONSTRAINT pk_alembic_version PRIMARY KEY (version_num))"""
    yield f"INSERT INTO alembic_version VALUES ('{revision}')"
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in _metadata().sorted_tables:
        yield from created(table, dialect)


def created(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield what makes a table and its indexes."""
    yield str(CreateTable(table).compile(dialect=dialect))
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield str(CreateIndex(index).compile(dialect=dialect))


def _metadata() -> MetaData:
    """Return the declared tables in PostgreSQL's types."""
    metadata = MetaData(naming_convention=tables.metadata.naming_convention)
    for declared in tables.metadata.sorted_tables:
        if declared.name not in _NOT_NEEDED:
            translate(declared.to_metadata(metadata))
    return metadata


def translate(table: Table) -> None:
    """Give a declared table the types and the rules that PostgreSQL's have."""
    for column in table.columns:
        column.autoincrement = False
        column.type = _type_of(column)
    for index in table.indexes:
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            constraint.deferrable, constraint.initially = True, "IMMEDIATE"


def _type_of(column: Column[object]) -> BigInteger | Text:
    return BigInteger() if isinstance(column.type, Integer) else Text(collation="C")
