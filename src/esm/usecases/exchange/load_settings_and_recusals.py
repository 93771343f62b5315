"""Taking in settings and recusals: a row without days tells what holds from today on, as a command would.

A row with a day is one of the record over time, as an export writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.domain.pairing.records import RecusalKind
from esm.domain.register.enterprise_record import Changes
from esm.domain.values import settings as domain
from esm.domain.values.column_spec import SheetSpec
from esm.errors import Listed, Message, say
from esm.storage.database import settings
from esm.storage.pairing import deputies, recusals
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally, with_known_keys
from esm.usecases.exchange.upsert import Fault, Incoming, upsert

Rows = list[RosterRow]
MOST_NAMED = 5


def upsert_settings(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store settings; a key or a value that esm does not know is refused, and days of one that has none."""
    writing, today, refused = incoming.writing, incoming.today, Tally()
    rows = [row for row in incoming.rows[spec.key] if not refused.refuses(row, _setting_fault(row))]
    dated, others = _parted([row._replace(values={**row.values, "value": _text(row)}) for row in rows])
    tally = upsert(incoming, spec, rows=dated)
    tally.problems += refused.problems
    for row in others:
        key, value = row.values["key"], row.values["value"]
        held = settings.stored_texts(writing, today).get(key)
        since = settings.first_day(writing, domain.all_settings()[key], today)
        if not settings.store(writing, key, value, since):
            tally.unchanged += 1
        elif held is None:
            tally.added += 1
        else:
            tally.update(row, {"value": (held[0], value)})
    return tally


def upsert_recusals(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store recusals; who is a deputy there is none any more."""
    writing, keys, today = incoming.writing, incoming.keys, incoming.today
    dated, others = _parted(incoming.rows[spec.key])
    tally = upsert(incoming, spec, rows=dated)
    known = recusals.recusals_by_key(writing, today) if others else {}
    for row in with_known_keys(others, keys, tally):
        pair = keys.cadres[row.values["staff_no"]], keys.enterprises[row.values["uscc"]]
        stored = known.get(pair)
        told = {name: row.values[name] for name in ("reason", "kind") if name in row.values}
        if stored is None or stored.start_on > today:
            told = {"kind": RecusalKind.OTHER, **told}
            tally.added += 1
        else:
            changes: Changes = {
                name: (old, value) for name, value in told.items() if (old := getattr(stored, name)) != value
            }
            told = {name: value for name, (_, value) in changes.items()}
            tally.update(row, changes)
        if told:
            recusals.enter(writing, *pair, told, today, stored)
    tally.notes += _deputies_ended(incoming) if tally.added else []
    return tally


def _deputies_ended(incoming: Incoming) -> list[Message]:
    ended = deputies.end_barred(incoming.writing, incoming.today)
    if not ended:
        return []
    names = Listed.first((f"{one.cadre} – {one.enterprise}" for one in ended), MOST_NAMED)
    return [say("No longer deputies, because they are recused: {names}", names=names)]


def _parted(rows: Sequence[RosterRow]) -> tuple[Rows, Rows]:
    """Return the rows that tell a day, and the others."""
    dated = [row for row in rows if not row.values.keys().isdisjoint(("start_on", "end_on"))]
    return dated, [row for row in rows if row.values.keys().isdisjoint(("start_on", "end_on"))]


def _text(row: RosterRow) -> str | Message:
    return domain.text_to_store(row.values["key"], row.values["value"])


def _setting_fault(row: RosterRow) -> Fault | None:
    text = _text(row)
    if isinstance(text, Message):
        return "value", text
    told = [name for name in ("start_on", "end_on") if row.values.get(name, date.min) != date.min]
    if told and not domain.all_settings()[row.values["key"]].is_dated:
        return told[0], say("this setting holds for all days: leave the day blank")
    return None
