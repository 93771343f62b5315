"""Every table as the rows of a sheet: what an export writes and an import finds again by its keys.

A sheet of `sheets.exchange.roster_columns.BOOK` has one `Ledger` here under the same key. Its columns are those of
the table by their own names; a reference stands as the key of what it points to. Values are as SQLite keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esm.storage.database.connection import Reading, Record, Writing
from esm.storage.exchange.request_tables import MATTERS
from esm.storage.exchange.table_spec import Ledger, Link

_FIRM = Link("enterprise_id", "enterprise", "uscc")
_CADRE = Link("cadre_id", "cadre", "staff_no")
_BOTH = {"uscc": _FIRM, "staff_no": _CADRE}
_PLAN = """(SELECT plan.*, visit.done_on AS visited_on, visitor.staff_no AS visited_by FROM plan
            LEFT JOIN visit ON visit.id = plan.visit_id LEFT JOIN cadre AS visitor ON visitor.id = visit.cadre_id)"""
_ENTRY = """(SELECT visit.*, CASE WHEN cancelled_on IS NULL THEN 0 ELSE row_number() OVER (
             PARTITION BY enterprise_id, cadre_id, done_on, cancelled_on IS NULL ORDER BY id) END AS cancelled_entry
             FROM visit)"""
_COMPANION = f"""(SELECT companion.*, uscc, done_on AS visited_on, visitor.staff_no AS visited_by, cancelled_entry,
                        along.staff_no AS companion FROM companion
                 JOIN {_ENTRY} AS visit ON visit.id = visit_id
                 JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre AS visitor ON visitor.id = visit.cadre_id
                 LEFT JOIN cadre AS along ON along.id = companion.cadre_id)"""
_PROMISE = f"""(SELECT promise.*, done_on AS visited_on, staff_no AS visited_by, cancelled_entry FROM promise
               JOIN {_ENTRY} AS visit ON visit.id = visit_id JOIN cadre ON cadre.id = cadre_id)"""
_ABSENCE = """(SELECT absence.*, deputy.staff_no AS deputy FROM absence
               LEFT JOIN cadre AS deputy ON deputy.id = absence.deputy_id)"""
_VISIT = ("done_on", "channel", "outcome", "minutes", "met_with", "business", "satisfaction", "recorded_on")
_SPAN = ("start_on", "end_on")

LEDGERS: Mapping[str, Ledger] = {
    "settings": Ledger("setting", ("key", "value"), {}),
    "cadres": Ledger(
        "cadre",
        ("staff_no", "name", "department", "title", "rank", "subdistrict", "expertise", "phone", "capacity",
         "active_from", "left_on", "email"),
        {},
        "cadre_today",
    ),
    "postings": Ledger("posting", ("department", *_SPAN), {"staff_no": _CADRE}),
    "enterprises": Ledger(
        "enterprise",
        ("uscc", "name", "industry_code", "subdistrict", "address", "revenue", "employees", "qualified", "tier",
         "above_scale", "enrolled_on", "exited_on", "contact_name", "contact_title", "contact_phone", "verified_on"),
        {},
        "enterprise_today",
    ),
    "profiles": Ledger("profile", ("tier", "subdistrict", "industry_code", *_SPAN), {"uscc": _FIRM}),
    "scopes": Ledger("scope", ("basis", *_SPAN), {"uscc": _FIRM}),
    "pauses": Ledger("pause", ("reason", *_SPAN), {"uscc": _FIRM}),
    "blackouts": Ledger("blackout", ("reason", *_SPAN), {"uscc": _FIRM}),
    "holidays": Ledger("holiday", ("falls_on", "worked", "name", "notice", "source"), {}),
    "companions": Ledger("companion", ("department",), {}, _COMPANION, told=("visit_id", "cadre_id")),
    "promises": Ledger("promise", ("words", "due_on", "kept_on"), {"uscc": _FIRM}, _PROMISE, told=("visit_id",)),
    "outside_visits": Ledger(
        "outside_visit", ("department", "done_on", "minutes", "recorded_on", "cancelled_on", "cancel_reason"),
        {"uscc": _FIRM},
    ),
    "pairings": Ledger("pairing", (*_SPAN, "pinned", "why"), _BOTH),
    "recusals": Ledger("recusal", ("reason", "kind"), _BOTH),
    "absences": Ledger(
        "absence", (*_SPAN, "reason"), {"staff_no": _CADRE}, _ABSENCE, told=("deputy_id",)
    ),
    "visits": Ledger("visit", _VISIT, _BOTH, where="cancelled_on IS NULL"),
    "cancelled_visits": Ledger(
        "visit", (*_VISIT, "cancelled_on", "cancel_reason"), _BOTH, where="cancelled_on IS NOT NULL"
    ),
    "plans": Ledger(
        "plan", ("planned_on", "due_on", "confirmed", "provisional", "made_on"), _BOTH, _PLAN,
        told=("visit_id",),
    ),
    **MATTERS,
}  # fmt: skip


def rows(reading: Reading, sheet: str, keys: Sequence[str], unique: Sequence[str]) -> list[Record]:
    """Return the rows of a sheet, each with its id and the values under `keys`, in the order of `unique`.

    The key `number` counts the rows that are alike in all other columns of `unique`, from 1.
    """
    ledger = LEDGERS[sheet]
    joins = " ".join(f"JOIN {link.table} ON {link.table}.id = own.{link.column}" for link in ledger.links.values())
    twins = ", ".join(_place(ledger, key) for key in unique if key != "number")
    number = f"row_number() OVER (PARTITION BY {twins} ORDER BY own.id)"
    chosen = ", ".join(number if key == "number" else _place(ledger, key) for key in keys)
    return reading.rows(
        f"""SELECT own.id, {chosen} FROM {ledger.source or ledger.table} AS own {joins}
            WHERE {ledger.where} ORDER BY {twins}, own.id"""
    )


def add(writing: Writing, sheet: str, new: Sequence[Mapping[str, Any]]) -> None:
    """Store new rows, given as the columns of the table."""
    writing.insert(LEDGERS[sheet].table, new)


def change(writing: Writing, sheet: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Change a stored row, given the columns of the table that differ."""
    writing.change(LEDGERS[sheet].table, row_id, values)


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
            FROM {_ENTRY} AS visit JOIN cadre ON cadre.id = cadre_id"""
    )
    return {(enterprise_id, staff_no, done_on, entry): key for enterprise_id, staff_no, done_on, entry, key in rows}


def _place(ledger: Ledger, key: str) -> str:
    link = ledger.links.get(key)
    return f"own.{key}" if link is None else f"{link.table}.{link.key}"
