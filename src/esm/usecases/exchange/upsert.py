"""Rows that a key tells apart: what is new is added, what is on record is corrected.

A blank cell keeps what is stored; no row is ever taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from esm.domain.register.enterprise_record import Changes
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.intervals import FOREVER, first_overlap, is_unbroken
from esm.errors import Message, say
from esm.storage.database.connection import AT_ONCE, Reading, Writing
from esm.storage.database.row_values import day, value_meant
from esm.storage.exchange import tables
from esm.storage.exchange.value_conversion import TO_STORED, to_stored
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Keys, Tally, with_known_keys

Key = tuple[Any, ...]
References = Mapping[str, tuple[str, Mapping[str, int]]]
Fault = tuple[str, Message]  # the key of the column, and what is wrong there


@dataclass(frozen=True, slots=True)
class Incoming:
    """The sheets of a roster on their way in, with the ids behind the keys that their rows name."""

    writing: Writing
    rows: Mapping[str, Sequence[RosterRow]]
    keys: Keys
    today: date


class Record:
    """A row on record with its id and the values of its sheet's columns, as the tables keep them."""

    __slots__ = ("_places", "_row")

    def __init__(self, row: tuple[Any, ...], places: Mapping[str, int]) -> None:
        self._row, self._places = row, places

    def __getitem__(self, key: str) -> Any:
        """Return the id or the value of a column."""
        return self._row[self._places[key]]


class IncomingRow(NamedTuple):
    """A row of a file with its values as the table keeps them; `stored` is what is on record under its key.

    `references` are the columns that name other things, each with the ids of those, by the reference.
    """

    row: RosterRow
    key: Key
    values: Mapping[str, Any]
    references: References
    stored: Record | None = None

    @property
    def ids(self) -> dict[str, int | None]:
        """Return the ids of what the references name."""
        return {link: known.get(self.values.get(key, "")) for link, (key, known) in self.references.items()}


def _overlap(_entry: IncomingRow, start_on: date, _other: Record | None) -> Message:
    return say("overlaps the one that started on {start}", start=start_on)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a sheet asks beyond plain rows by key.

    `fault` looks at a row by itself, `fault_on_record` at one whose enterprise and cadre are known. `overlap` says that
    an entry overlaps the interval that began on a day, which is on record or also in the file. `additions` are further
    columns of a new row. `correct` changes a row on record; `finish` returns notes on the new rows and their
    ids.
    """

    fault: Callable[[RosterRow], Fault | None] | None = None
    fault_on_record: Callable[[IncomingRow], Fault | None] | None = None
    overlap: Callable[[IncomingRow, date, Record | None], Message] = _overlap
    additions: Callable[[IncomingRow], Mapping[str, Any]] = lambda _entry: {}
    correct: Callable[[int, dict[str, Any]], None] | None = None
    finish: Callable[[Sequence[int], Sequence[IncomingRow]], Iterable[Message]] = lambda _ids, _new: ()


PLAIN = Rules()


def upsert(incoming: Incoming, spec: SheetSpec, rules: Rules = PLAIN, rows: Sequence[RosterRow] | None = None) -> Tally:
    """Store the rows of a sheet, or only `rows` of it; return what became of them."""
    writing, tally = incoming.writing, Tally()
    rows = incoming.rows[spec.key] if rows is None else rows
    if not rows:
        return tally
    entries = _sound_entries(_OnRecord(writing, spec), rows, incoming.keys, rules, tally)
    correct = rules.correct or (lambda row_id, news: tables.change(writing, spec, row_id, news))
    corrected = spec.corrected
    new = []
    for entry in entries:
        if entry.stored is None:
            new.append(entry)
        else:
            tally.update(entry.row, _correct(entry, entry.stored, corrected, correct))
    tally.added = len(new)
    tally.notes += rules.finish(_add(writing, spec, new, rules), new)
    return tally


def _sound_entries(
    known: _OnRecord, rows: Sequence[RosterRow], keys: Keys, rules: Rules, tally: Tally
) -> list[IncomingRow]:
    """Return the entries that can be stored, those on record first; refuse the others."""
    spec = known.spec
    if rules.fault is not None:
        rows = [row for row in rows if not tally.refuses(row, rules.fault(row))]
    entries = list(_entries(spec, with_known_keys(rows, keys, tally), keys, known))
    if rules.fault_on_record is not None:
        entries = [entry for entry in entries if not tally.refuses(entry.row, rules.fault_on_record(entry))]
    # An end that the file tells of what is on record makes room for what follows.
    entries.sort(key=lambda entry: entry.stored is None)
    if {"start_on", "end_on"} <= {*spec.keys} and "start_on" in spec.unique:
        return _Intervals(spec, known, rules, tally).without_faults(entries)
    return entries


class _OnRecord:
    """The rows of a sheet on record by their keys."""

    def __init__(self, reading: Reading, spec: SheetSpec) -> None:
        self.spec = spec
        self._places = {key: place for place, key in enumerate(("id", *spec.keys))}
        unique = [self._places[key] for key in spec.unique]
        self._rows = {
            tuple([row[place] for place in unique]): row for row in tables.rows(reading, spec, is_sorted=False)
        }

    def find(self, key: Key) -> Record | None:
        """Return the row under a key, with its id."""
        row = self._rows.get(key)
        return None if row is None else Record(row, self._places)

    def column(self, name: str) -> Iterator[tuple[Key, Any]]:
        """Yield the key of each row with its value of a column."""
        place = self._places[name]
        return ((key, row[place]) for key, row in self._rows.items())


def _references(spec: SheetSpec, keys: Keys) -> References:
    """Return the columns that name rows of other tables, each with the ids of these, by the reference."""
    one_step = [column for column in spec.columns if len(column.links) == 1]
    return {column.links[0]: (column.key, keys.ids(tables.target(column.links[0]))) for column in one_step}


def _entries(spec: SheetSpec, rows: Iterable[RosterRow], keys: Keys, known: _OnRecord) -> Iterator[IncomingRow]:
    converted = [(column.key, TO_STORED[column.kind]) for column in spec.columns if column.kind in TO_STORED]
    blank = {column.key: to_stored(column.kind, column.blank) for column in spec.columns if column.key in spec.unique}
    references = _references(spec, keys)
    for row in rows:
        values = {**blank, **row.values}
        for key, convert in converted:
            if key in row.values:
                values[key] = convert(values[key])
        unique = tuple([values[name] for name in spec.unique])
        yield IncomingRow(row, unique, values, references, known.find(unique))


def _correct(
    entry: IncomingRow, stored: Record, columns: Iterable[ColumnSpec], correct: Callable[[int, dict[str, Any]], None]
) -> Changes:
    """Change what differs in a row on record; return it."""
    changes: Changes = {}
    news: dict[str, Any] = {}
    for column in columns:
        value = value_meant(entry.values.get(column.key), stored[column.key])
        if value is not None and value != stored[column.key]:
            changes[column.key] = stored[column.key], value
            link = column.links[0] if column.links else None
            news[link or column.name] = entry.ids[link] if link else value
    if news:
        correct(stored["id"], news)
    return changes


def _add(writing: Writing, spec: SheetSpec, new: Sequence[IncomingRow], rules: Rules) -> list[int]:
    """Store new rows, some at once: a million need not stand in memory twice."""
    own = [(each.name, each.key, to_stored(each.kind, each.blank)) for each in spec.columns if each.is_own]
    ids = []
    for start in range(0, len(new), AT_ONCE):
        rows = [
            {
                **{name: entry.values.get(key, blank) for name, key, blank in own},
                **entry.ids,
                **rules.additions(entry),
            }
            for entry in new[start : start + AT_ONCE]
        ]
        ids += tables.add(writing, spec, rows)
    return ids


class _Intervals:
    """The intervals of each thing, those of the file among those on record."""

    def __init__(self, spec: SheetSpec, known: _OnRecord, rules: Rules, tally: Tally) -> None:
        self.spec, self.known, self.rules, self.tally = spec, known, rules, tally
        self.place = spec.unique.index("start_on")
        self.held: dict[Key, dict[date, date]] = defaultdict(dict)
        for key, end_on in known.column("end_on"):
            self.held[self._owner(key)][day(key[self.place])] = day(end_on) or FOREVER

    def without_faults(self, entries: Iterable[IncomingRow]) -> list[IncomingRow]:
        """Refuse the entries whose days another interval of the same thing has; return the others."""
        kept = [entry for entry in entries if not self.tally.refuses(entry.row, self._fault(entry))]
        if not self.spec.is_unbroken:
            return kept
        broken = {owner for entry in kept if not is_unbroken(self.held[owner := self._owner(entry.key)])}
        reason = say("the periods must follow each other without a gap, and the last has no end")
        return [
            entry
            for entry in kept
            if not self.tally.refuses(entry.row, ("start_on", reason) if self._owner(entry.key) in broken else None)
        ]

    def _fault(self, entry: IncomingRow) -> Fault | None:
        """Return what is wrong with the days of an entry; one in order is held from now on."""
        own = self.held[self._owner(entry.key)]
        start_on = day(entry.values["start_on"])
        end_on = entry.row.values.get("end_on") or own.get(start_on, FOREVER)
        if end_on <= start_on:
            return "end_on", say("the end {end} is not after the start {start}", end=end_on, start=start_on)
        other = first_overlap(own, start_on, end_on)
        if other is None:
            own[start_on] = end_on
            return None
        key = (*entry.key[: self.place], other.isoformat(), *entry.key[self.place + 1 :])
        return ("end_on" if entry.stored else "start_on"), self.rules.overlap(entry, other, self.known.find(key))

    def _owner(self, key: Key) -> Key:
        return key[: self.place] + key[self.place + 1 :]
