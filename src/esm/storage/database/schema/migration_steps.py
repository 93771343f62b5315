"""What a migration does on both engines, of the declarations that the tables are made of (CONTRIBUTING.md).

A step that both read alike is text in `op.execute`; one whose words differ is given in the words of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alembic import op
from sqlalchemy import Column, Dialect, ForeignKey, Integer, MetaData, Table
from sqlalchemy.schema import CreateColumn, SchemaItem

from esm.storage.database.schema import fields, postgres_tables


def add_table(name: str, *parts: Any) -> None:
    """Make a table of rows with an id; its `parts` are fields, constraints and indexes, as a table declares them."""
    dialect = op.get_bind().dialect
    for statement in postgres_tables.created(_table(name, parts, dialect), dialect):
        _execute(statement)


def add_columns(table: str, *parts: Any) -> None:
    """Add columns behind those of a table, declared as fields. Raises ValueError for one that refers to a table."""
    dialect = op.get_bind().dialect
    for column in _table(table, parts, dialect).columns:
        if column.foreign_keys:
            raise ValueError(f"Rebuild {table}: SQLite adds no column that refers to a table as it is declared.")
        if column.name != "id":
            _execute(f"ALTER TABLE {table} ADD COLUMN {CreateColumn(column).compile(dialect=dialect)}")


def rebuild_on_file(name: str, *parts: Any) -> None:
    """Make a table of a file anew, with the rows of the old one; a server changes a rule in place."""
    if _is_server(op.get_bind().dialect):
        return
    _execute(f"CREATE TEMPORARY TABLE old_{name} AS SELECT * FROM {name}")
    _execute(f"DROP TABLE {name}")
    add_table(name, *parts)
    found = op.get_bind().exec_driver_sql(f"SELECT name FROM pragma_table_info('old_{name}')").scalars()
    columns = ", ".join(found)
    _execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM old_{name}")
    _execute(f"DROP TABLE old_{name}")


def run(*, on_file: Iterable[str] = (), on_server: Iterable[str] = ()) -> None:
    """Run statements that SQLite and PostgreSQL want in words of their own."""
    for statement in on_server if _is_server(op.get_bind().dialect) else on_file:
        _execute(statement)


def _execute(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)


def _is_server(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _table(name: str, parts: Iterable[Any], dialect: Dialect) -> Table:
    metadata = MetaData(naming_convention=fields.metadata.naming_convention)
    items: list[SchemaItem] = [getattr(part, "sa_column", part) for part in parts]
    for column in items:
        for key in column.foreign_keys if isinstance(column, Column) else ():
            _name_target(key, name, metadata)
    made: Table = Table(name, metadata, Column("id", Integer, primary_key=True), *items, sqlite_strict=True)
    if _is_server(dialect):
        postgres_tables.translate(made)
    return made


def _name_target(key: ForeignKey, table: str, metadata: MetaData) -> None:
    """Let SQLAlchemy know the table to which a column refers."""
    target = key.target_fullname.partition(".")[0]
    if target != table and target not in metadata.tables:
        Table(target, metadata, Column("id", Integer, primary_key=True))
