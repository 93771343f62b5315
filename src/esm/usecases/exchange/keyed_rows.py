"""Taking in rows that a key tells apart: what is new is added, what is on record is corrected.

A blank cell keeps what is stored; no row is ever taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esm.domain.values.industry import full_code
from esm.errors import say
from esm.sheets.exchange.column_spec import SheetSpec
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.iso_dates import BEGINNING, iso
from esm.storage.exchange import tables
from esm.usecases.exchange.roster import Row
from esm.usecases.exchange.tally import Keys, Tally, resolved

FOREVER = "9999-12-31"
AS_STORED: Mapping[str, Callable[[Any], Any]] = {"date": iso, "yes_no": int, "industry": full_code,
    "prefixes": lambda codes: ",".join(map(full_code, codes)), "tiers": ",".join, "sizes": ",".join}  # fmt: skip
KEY_WHERE_BLANK: Mapping[str, object] = {"start_on": BEGINNING, "number": 1, "cancelled_entry": 0}
WHERE_BLANK: Mapping[str, object] = {
    "channel": "on_site", "outcome": "met", "confirmed": 0, "provisional": 0, "kind": "other",
    "retired": 0, "above_scale": 0, "newly_entered": 0, "unasked": 0,
}  # fmt: skip
UNBROKEN = frozenset({"postings", "profiles"})  # every thing has exactly one record on every day

Key = tuple[object, ...]
Known = dict[Key, tuple[int, dict[str, Any]]]
Extra = Callable[[Mapping[str, Any], Mapping[str, int]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the file with its values as the table keeps them; `links` are the ids of what it speaks of."""

    row: Row
    key: Key
    values: Mapping[str, Any]
    links: Mapping[str, int]


def take(writing: Writing, spec: SheetSpec, rows: Sequence[Row], keys: Keys, extra: Extra | None = None) -> Tally:
    """Store the rows of a sheet that is in `storage.exchange.tables`; `extra` adds columns to what is new."""
    tally = Tally()
    if not rows:
        return tally
    known = _known(writing, spec)
    entries = [
        _entry(spec, row, {"enterprise_id": enterprise_id, "cadre_id": cadre_id})
        for row, enterprise_id, cadre_id in resolved(rows, keys, tally)
    ]
    # What is on record goes first: an end that the file tells makes room for what follows.
    entries.sort(key=lambda entry: entry.key not in known)
    if "end_on" in {column.key for column in spec.columns}:
        entries = _without_clashes(spec, entries, known, tally)
    new = []
    for entry in entries:
        if entry.key in known:
            tally.update(entry.row, _corrected(writing, spec, entry, *known[entry.key]))
        else:
            new.append(_addition(spec, entry, extra))
    tables.add(writing, spec.key, new)
    tally.added = len(new)
    return tally


def _known(reading: Reading, spec: SheetSpec) -> Known:
    names = [column.key for column in spec.columns]
    found: Known = {}
    for row_id, *values in tables.rows(reading, spec.key, names, spec.unique):
        stored = dict(zip(names, values, strict=True))
        found[tuple(stored[name] for name in spec.unique)] = row_id, stored
    return found


def _entry(spec: SheetSpec, row: Row, ids: Mapping[str, int]) -> _Entry:
    ledger = tables.LEDGERS[spec.key]
    values = {}
    for column in spec.columns:
        if column.key in row.values:
            values[column.key] = AS_STORED.get(column.kind, lambda value: value)(row.values[column.key])
        elif column.key in spec.unique:
            values[column.key] = KEY_WHERE_BLANK[column.key]
    links = {link.column: ids[link.column] for link in ledger.links.values()}
    return _Entry(row, tuple(values[name] for name in spec.unique), values, links)


def _without_clashes(spec: SheetSpec, entries: Sequence[_Entry], known: Known, tally: Tally) -> list[_Entry]:
    """Refuse the rows whose days another stretch of the same thing has; return the others."""
    place = spec.unique.index("start_on") if "start_on" in spec.unique else None
    if place is None:
        return list(entries)
    stretches: dict[Key, dict[str, str]] = {}
    for key, (_, stored) in known.items():
        stretches.setdefault(_owner(key, place), {})[stored["start_on"]] = stored["end_on"] or FOREVER
    kept: dict[Key, list[_Entry]] = {}
    for entry in entries:
        own = stretches.setdefault(_owner(entry.key, place), {})
        start_on = entry.values["start_on"]
        end_on = entry.values.get("end_on") or own.get(start_on, FOREVER)
        other = next(
            (start for start, end in own.items() if start != start_on and start < end_on and start_on < end), None
        )
        if end_on <= start_on:
            tally.refuse(
                entry.row, "end_on", say("the end {end} is not after the start {start}", end=end_on, start=start_on)
            )
        elif other is not None:
            where = "end_on" if entry.key in known else "start_on"
            tally.refuse(entry.row, where, say("overlaps the one that began on {start}", start=other))
        else:
            own[start_on] = end_on
            kept.setdefault(_owner(entry.key, place), []).append(entry)
    if spec.key in UNBROKEN:
        for owner in [owner for owner in kept if not is_unbroken(stretches[owner])]:
            for entry in kept.pop(owner):
                reason = say("the records of one must follow each other without a gap, and the last has no end")
                tally.refuse(entry.row, "start_on", reason)
    return [entry for own_entries in kept.values() for entry in own_entries]


def _owner(key: Key, place: int) -> Key:
    return key[:place] + key[place + 1 :]


def is_unbroken(stretches: Mapping[str, str]) -> bool:
    """Return whether stretches, each first day with its end, follow each other without a gap and never end."""
    starts = sorted(stretches)
    return [stretches[start] for start in starts] == [*starts[1:], FOREVER]


def _corrected(
    writing: Writing, spec: SheetSpec, entry: _Entry, row_id: int, stored: Mapping[str, Any]
) -> dict[str, tuple[object, object]]:
    own = tables.LEDGERS[spec.key].columns
    changes = {
        name: (stored[name], value)
        for name, value in entry.values.items()
        if name in own and name not in spec.unique and value != stored[name]
    }
    if changes:
        tables.change(writing, spec.key, row_id, {name: value for name, (_, value) in changes.items()})
    return changes


def _addition(spec: SheetSpec, entry: _Entry, extra: Extra | None) -> dict[str, Any]:
    own = tables.LEDGERS[spec.key].columns
    values = {name: entry.values.get(name, WHERE_BLANK.get(name)) for name in own} | dict(entry.links)
    return values if extra is None else {**values, **extra(entry.values, entry.links)}
