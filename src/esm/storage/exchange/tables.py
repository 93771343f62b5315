"""The rows of a sheet as the tables keep them: what an export writes and an import finds again by its keys.

The statements derive from the columns that `domain.exchange.sheet_catalogue` lists; values are as SQLite keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.engines.engine import Record

# Tables that are read through a view, which says what holds of them today, or has what other tables say of them.
VIEWS = {"cadre": "cadre_today", "enterprise": "enterprise_today", "pairing": "pairing_with_deputies"}
# Sheets that show only some rows of their table.
CONDITIONS = {"visits": "own.cancelled_on IS NULL", "cancelled_visits": "own.cancelled_on IS NOT NULL"}
# References that are not called after the table they point to.
_TARGETS = {"deputy_id": "cadre"}
# Every visit with which cancelled one of its enterprise, cadre and day it is, counted from 1; 0 for one that stands.
_VISIT_ENTRY = """(SELECT visit.*, CASE WHEN cancelled_on IS NULL THEN 0 ELSE row_number() OVER (
             PARTITION BY enterprise_id, cadre_id, done_on, cancelled_on IS NULL ORDER BY id) END AS cancelled_entry
             FROM visit)"""


def rows(
    reading: Reading, spec: SheetSpec, keys: Sequence[str] | None = None, *, is_sorted: bool = True
) -> list[Record]:
    """Return the rows of a sheet, each with its id and the values under `keys` or all, sorted by its keys or not.

    A column that counts gives the rows that are alike in all other columns of `unique` numbers from 1.
    """
    return reading.rows(_query(spec, keys, is_sorted=is_sorted))


def each(reading: Reading, spec: SheetSpec) -> Iterator[Record]:
    """Return the same rows, sorted, one by one as they are asked for: only while the transaction is open."""
    return reading.each(_query(spec, None, is_sorted=True))


def has_rows(reading: Reading, spec: SheetSpec) -> bool:
    """Return whether a sheet has any row."""
    return reading.row(f"SELECT 1 FROM {_source(spec)} LIMIT 1") is not None


def _query(spec: SheetSpec, keys: Sequence[str] | None, *, is_sorted: bool) -> str:
    columns = {column.key: column for column in spec.columns}
    unique = [columns[key] for key in spec.unique]
    alike = ", ".join(_value(column, "") for column in unique if column.path)
    number = f"row_number() OVER (PARTITION BY {alike} ORDER BY own.id)"
    values = ", ".join(_value(columns[key], number) for key in keys or columns)
    joins = _joins([*map(columns.__getitem__, keys or columns), *unique])
    return f"""SELECT own.id, {values} FROM {_source(spec, joins)}
               {f"ORDER BY {alike}, own.id" if is_sorted else ""}"""


def _source(spec: SheetSpec, joins: str = "") -> str:
    return f"{VIEWS.get(spec.table, spec.table)} AS own {joins} WHERE {CONDITIONS.get(spec.key, 'TRUE')}"


def target(link: str) -> str:
    """Return the table that a reference points to."""
    return _TARGETS.get(link, link.removesuffix("_id"))


def add(writing: Writing, spec: SheetSpec, new: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store new rows, given as the columns of the table; return their ids."""
    return writing.insert(spec.table, new)


def change(writing: Writing, spec: SheetSpec, row_id: int, values: Mapping[str, Any]) -> None:
    """Change a stored row, given the columns of the table that differ."""
    writing.change(spec.table, row_id, values)


def visit_ids(reading: Reading) -> dict[tuple[int, str, str], int]:
    """Return the id of every visit by enterprise's id, staff number and day; the one that stands goes first."""
    rows = reading.rows(
        """SELECT enterprise_id, staff_no, done_on, visit.id FROM visit JOIN cadre ON cadre.id = cadre_id
           ORDER BY cancelled_on IS NULL, visit.id"""
    )
    return {(enterprise_id, staff_no, done_on): key for enterprise_id, staff_no, done_on, key in rows}


def entry_ids(reading: Reading) -> dict[tuple[int, str, str, int], int]:
    """Return the id of every visit by enterprise's id, staff number, day and which cancelled one of that day it is.

    The last is 0 for the visit that stands.
    """
    rows = reading.rows(
        f"""SELECT enterprise_id, staff_no, done_on, cancelled_entry, visit.id
            FROM {_VISIT_ENTRY} AS visit JOIN cadre ON cadre.id = cadre_id"""
    )
    return {(enterprise_id, staff_no, done_on, entry): key for enterprise_id, staff_no, done_on, entry, key in rows}


def _value(column: ColumnSpec, number: str) -> str:
    value = f"{_alias(column.links)}.{column.name}"
    return number if not column.path else f"{value} IS NOT NULL" if column.is_presence else value


def _joins(columns: Sequence[ColumnSpec]) -> str:
    """Return the joins of all tables to which the references of the columns lead, each once."""
    found: dict[tuple[str, ...], str] = {}
    for column in columns:
        for depth, link in enumerate(column.links, start=1):
            chain = column.links[:depth]
            needs_entry = chain == column.links and column.name == "cancelled_entry"
            table = _VISIT_ENTRY if needs_entry else target(link)
            if needs_entry or chain not in found:
                alias, before = _alias(chain), _alias(chain[:-1])
                found[chain] = f"LEFT JOIN {table} AS {alias} ON {alias}.id = {before}.{link}"
    return " ".join(found.values())


def _alias(links: Sequence[str]) -> str:
    return "_".join(("own", *links))
