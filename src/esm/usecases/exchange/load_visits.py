"""Taking in visits and plans, and what belongs to visits: who went along, and promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from esm.domain.pairing.columns import PAIRINGS
from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.intervals import FOREVER
from esm.domain.visits.columns import COMPANIONS
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.errors import Message, say
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso
from esm.storage.exchange import tables
from esm.storage.exchange.value_conversion import BETWEEN_NUMBERS
from esm.storage.schedule import plans
from esm.storage.visits import used_plans, visits
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Keys, Tally
from esm.usecases.exchange.upsert import Fault, Incoming, IncomingRow, Rules, upsert

_SUPPOSED = (
    ("channel", Channel.ON_SITE, say("counted as visits on site, which reset the visit clock")),
    ("outcome", VisitOutcome.MET, say("counted as visits at which somebody was met, which reset the visit clock")),
)


def upsert_visits(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store visits; the key is enterprise, cadre and day, and a cancelled one is not brought back."""
    writing, rows, today = incoming.writing, incoming.rows[spec.key], incoming.today
    cancelled = visits.cancelled_keys(writing) if rows else frozenset()
    left = [row for row in rows if _key(row) not in cancelled] if cancelled else rows

    def in_future(entry: IncomingRow) -> Fault | None:
        return ("done_on", say("is in the future")) if entry.row.values["done_on"] > today else None

    fresh: list[RosterRow] = []

    def finish(ids: Sequence[int], new: Sequence[IncomingRow]) -> Iterator[Message]:
        fresh.extend(entry.row for entry in new)
        if ids:
            used_plans.use_up_plans(writing, ids[0])
        stray = _unpaired(writing, new)
        if stray:
            yield say("Visits by a cadre not paired with the enterprise on that date; they count: {count}", count=stray)

    rules = Rules(
        fault_on_record=in_future,
        additions=lambda entry: {"recorded_on": entry.values.get("recorded_on", iso(today))},
        correct=lambda row_id, news: visits.change(writing, row_id, news),
        finish=finish,
    )
    tally = upsert(incoming, spec, rules, left)
    for key, value, consequence in _SUPPOSED:
        tally.suppose((row for row in fresh if key not in row.values), key, value, consequence)
    tally.unchanged += len(rows) - len(left)
    return tally


def _key(row: RosterRow) -> tuple[str, str, str]:
    return row.values["uscc"], row.values["staff_no"], iso(row.values["done_on"])


def _unpaired(reading: Reading, new: Sequence[IncomingRow]) -> int:
    """Return how many new visits are by a cadre who neither serves the enterprise nor is deputy there on that day."""
    paired: dict[tuple[str, str], list[tuple[str, str]]] = {}
    columns = ("uscc", "staff_no", "deputy", "start_on", "end_on")
    for _id, uscc, staff_no, others, start_on, end_on in (
        tables.rows(reading, PAIRINGS, columns, is_sorted=False) if new else ()
    ):
        for number in (staff_no, *(others.split(BETWEEN_NUMBERS) if others else ())):
            paired.setdefault((uscc, number), []).append((start_on, end_on or iso(FOREVER)))
    return sum(
        not any(start <= done_on < end for start, end in paired.get((uscc, staff_no), ()))
        for uscc, staff_no, done_on in (entry.key for entry in new)
    )


def upsert_plans(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store planned visits, each with the visit that used it up."""
    numbers = _plan_numbers(incoming, spec)
    made = tables.visit_ids(incoming.writing) if incoming.rows[spec.key] else {}

    def visit(entry: IncomingRow) -> dict[str, Any]:
        values = entry.values
        key = entry.ids["enterprise_id"] or 0, values.get("visited_by", ""), values.get("visited_on", "")
        return {"id": next(numbers), "visit_id": made.get(key)}

    return upsert(incoming, spec, Rules(additions=visit))


def upsert_called_off(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store planned visits that were called off; each gets a number of its own, which no calendar knows yet."""
    numbers = _plan_numbers(incoming, spec)
    return upsert(incoming, spec, Rules(additions=lambda _entry: {"plan_id": next(numbers)}))


def _plan_numbers(incoming: Incoming, spec: SheetSpec) -> Iterator[int]:
    return count(plans.next_number(incoming.writing) if incoming.rows[spec.key] else 1)


def upsert_details(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store rows that each belong to a visit; one whose visit or cadre is unknown is refused."""
    keys = incoming.keys
    entries = tables.entry_ids(incoming.writing) if incoming.rows[spec.key] else {}

    def visit_id(row: RosterRow) -> int | None:
        said = row.values
        enterprise_id = keys.enterprises.get(said["uscc"], 0)
        return entries.get((enterprise_id, said["visited_by"], iso(said["visited_on"]), said.get("cancelled_entry", 0)))

    def fault(row: RosterRow) -> Fault | None:
        if visit_id(row) is None:
            return "visited_on", say("no visit by this cadre on that date is on record")
        return _companion_fault(row.values, keys) if spec is COMPANIONS else None

    return upsert(incoming, spec, Rules(fault, additions=lambda entry: {"visit_id": visit_id(entry.row)}))


def _companion_fault(values: Mapping[str, Any], keys: Keys) -> Fault | None:
    along = values.get("companion")
    if along is not None and along not in keys.cadres:
        return "companion", say("no cadre has this staff number; add it to the sheet of cadres")
    if (along is None) == (values.get("department") is None):
        return "companion", say("give either an accompanying cadre or department, each in its own row")
    return None
