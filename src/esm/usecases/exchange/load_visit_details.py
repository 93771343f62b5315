"""Taking in what belongs to visits: who went along, promises, visits of others, and days without or with work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esm.errors import say
from esm.sheets.exchange import history_columns as sheet
from esm.sheets.exchange.column_spec import SheetSpec
from esm.storage.database.connection import Writing
from esm.storage.database.iso_dates import iso
from esm.storage.exchange import tables as stored
from esm.usecases.exchange import keyed_rows
from esm.usecases.exchange.roster import Row
from esm.usecases.exchange.tally import Keys, Tally

Rows = Mapping[str, Sequence[Row]]
Visits = Mapping[tuple[int, str, str, int], int]


def take(writing: Writing, told: Rows, keys: Keys) -> dict[str, Tally]:
    """Store the sheets of this kind, after the visits they speak of."""
    visits = stored.entry_ids(writing) if told.get("companions") or told.get("promises") else {}
    tallies = {
        spec.key: keyed_rows.take(writing, spec, told.get(spec.key, ()), keys)
        for spec in (sheet.HOLIDAYS, sheet.BLACKOUTS, sheet.OUTSIDE_VISITS)
    }
    tallies["promises"] = _of_visits(writing, sheet.PROMISES, told, keys, visits)
    tallies["companions"] = _of_visits(writing, sheet.COMPANIONS, told, keys, visits)
    return tallies


def _of_visits(writing: Writing, spec: SheetSpec, told: Rows, keys: Keys, visits: Visits) -> Tally:
    """Store rows that each belong to a visit; one whose visit or cadre is unknown is refused."""
    faults, good = Tally(), []
    for row in told.get(spec.key, ()):
        along = row.values.get("companion")
        if _visit_of(row.values, keys, visits) is None:
            faults.refuse(row, "visited_on", say("no visit of that day by this cadre is on record"))
        elif along is not None and along not in keys.cadres:
            faults.refuse(row, "companion", say("no cadre has this staff number; add it to the sheet of cadres"))
        elif spec is sheet.COMPANIONS and (along is None) == (row.values.get("department") is None):
            faults.refuse(row, "companion", say("either a cadre or a department went along, in a row of its own"))
        else:
            good.append(row)

    def extra(values: Mapping[str, Any], _links: Mapping[str, int]) -> Mapping[str, Any]:
        found: dict[str, Any] = {"visit_id": _visit_of(values, keys, visits)}
        if spec is sheet.COMPANIONS:
            found["cadre_id"] = keys.cadres.get(values.get("companion", ""))
        return found

    tally = keyed_rows.take(writing, spec, good, keys, extra)
    tally.problems += faults.problems
    return tally


def _visit_of(values: Mapping[str, Any], keys: Keys, visits: Visits) -> int | None:
    on = values["visited_on"]
    day = on if isinstance(on, str) else iso(on)
    entry = values.get("cancelled_entry", 0)
    return visits.get((keys.enterprises.get(values["uscc"], 0), values["visited_by"], day, entry))
