"""Taking in who serves whom: no two pairings of an enterprise share a day, and none stands on a recusal by choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.intervals import FOREVER
from esm.errors import Message, say
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import day
from esm.storage.pairing import recusals
from esm.storage.register import cadres
from esm.usecases.exchange.load_deputies import IncomingDeputies
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Fault, Incoming, IncomingRow, Record, Rules, upsert

MOST_NAMED = 5


def upsert_pairings(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store pairings; the key is the enterprise and the first day, and no two may share a day."""
    recused = recusals.recusals_by_key(incoming.writing)

    def pinned_although_recused(entry: IncomingRow) -> Fault | None:
        stored_end_on = day(entry.stored["end_on"]) if entry.stored else None
        end_on = entry.row.values.get("end_on") or stored_end_on or FOREVER
        if not _is_pinned(entry.row.values, entry.stored) or end_on <= incoming.today:
            return None
        if (entry.ids["cadre_id"], entry.ids["enterprise_id"]) not in recused:
            return None
        return "staff_no", say("is pinned, but the cadre is recused")

    def overlap(entry: IncomingRow, start_on: date, other: Record | None) -> Message:
        if other is None or not other["pinned"] or not _is_pinned(entry.row.values, entry.stored):
            return say("overlaps the pairing that started on {start}", start=start_on)
        return say(
            "is pinned, but overlaps the pinned pairing that started on {start}: an enterprise can "
            "be pinned to one cadre only; end that pairing first",
            start=start_on,
        )

    incoming_deputies = IncomingDeputies(incoming, recused.keys())

    def finish(ids: Sequence[int], new: Sequence[IncomingRow]) -> list[Message]:
        incoming_deputies.add(ids, new)
        return _out_of_post(incoming.writing, new)

    rules = Rules(
        fault_on_record=lambda entry: pinned_although_recused(entry) or incoming_deputies.fault(entry),
        overlap=overlap,
        correct=incoming_deputies.correct,
        finish=finish,
    )
    tally = upsert(incoming, spec, rules)
    tally.notes += incoming_deputies.notes()
    return tally


def _is_pinned(values: Mapping[str, Any], stored: Record | None) -> bool:
    return bool(values.get("pinned", stored is not None and stored["pinned"]))


def _out_of_post(writing: Writing, new: Sequence[IncomingRow]) -> list[Message]:
    """Return the note that cadres had left the post when a pairing begins: the enterprises are unserved."""
    left = cadres.leavers(writing) if new else {}
    found = {}
    for entry in new:
        leaver = left.get(entry.ids["cadre_id"] or 0)
        if leaver is not None and leaver.left_on <= entry.row.values["start_on"]:
            found[leaver.staff_no] = leaver.name
    if not found:
        return []
    names = ", ".join(f"{staff_no} {name}" for staff_no, name in sorted(found.items())[:MOST_NAMED])
    return [
        say(
            "Paired with cadres who had left, so that the enterprises are unserved: {names}",
            names=names + (" …" if len(found) > MOST_NAMED else ""),
        )
    ]
