"""Counting what becomes of imported rows, and finding whom they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from esm.domain.exchange.import_summary import Assumption, FieldChange
from esm.domain.register.enterprise_record import Changes
from esm.domain.values import nearest_spellings
from esm.errors import Message, Problem, say
from esm.usecases.exchange.roster.roster_rows import RosterRow

# All codes of a district begin alike: only those that differ in a character or two are near.
LIKE_CODE, LIKE_NUMBER = 0.85, 0.7
# Each search reads all keys; more unknown ones than this are no slips of the pen.
MOST_SEARCHES = 20


@dataclass(slots=True)
class Tally:
    """What became of the rows of one sheet."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=list)
    nearest: dict[str, str] = field(default_factory=dict)

    def refuse(self, row: RosterRow, key: str, reason: Message) -> None:
        """Note that a row cannot be taken, because of the cell under `key`."""
        self.problems.append(row.problem(key, reason))

    def refuses(self, row: RosterRow, *faults: tuple[str, Message] | None) -> bool:
        """Return whether there is a fault in a row, and note all."""
        found = [fault for fault in faults if fault is not None]
        for fault in found:
            self.refuse(row, *fault)
        return bool(found)

    def suppose(self, rows: Iterable[RosterRow], key: str, value: object, consequence: Message) -> None:
        """Note, for each sheet, that rows get a value which nothing in them tells, and what follows from it."""
        for (file, sheet), count in Counter((row.file, row.sheet) for row in rows).items():
            self.assumed.append(Assumption(file, sheet, key, value, count, consequence))

    def update(self, row: RosterRow, changes: Changes) -> None:
        """Count a row that was on record already, and note what it changed there."""
        if not changes:
            self.unchanged += 1
            return
        self.updated += 1
        key = " ".join(str(row.values[name]) for name in ("uscc", "staff_no", "key") if name in row.values)
        self.changes += [FieldChange(row.kind, key, field, old, new) for field, (old, new) in changes.items()]


@dataclass(frozen=True, slots=True)
class Keys:
    """The ids behind the keys, new rows included; `named` are those that the files have rows for."""

    enterprises: Mapping[str, int]
    cadres: Mapping[str, int]
    named: Mapping[str, Collection[str]] = field(default_factory=dict)
    policies: Mapping[str, int] = field(default_factory=dict)

    def ids(self, table: str) -> Mapping[str, int]:
        """Return the ids of a table's rows by what people call them; none of a table that has no such key."""
        tables = {"enterprise": self.enterprises, "cadre": self.cadres, "policy": self.policies}
        return tables.get(table, {})

    def is_at_fault(self, kind: str, key: str) -> bool:
        """Return whether the files have a row for a key that is not on record: then that row has a fault."""
        return key in self.named.get(kind, ())


def with_known_keys(rows: Iterable[RosterRow], keys: Keys, tally: Tally) -> Iterator[RosterRow]:
    """Yield the rows whose enterprise and cadre are known, as far as they name them; refuse the others."""
    for row in rows:
        uscc, staff_no = row.values.get("uscc"), row.values.get("staff_no")
        is_known = True
        if uscc is not None and uscc not in keys.enterprises:
            is_known = False
            tally.refuse(row, "uscc", _unknown_enterprise(uscc, keys, tally))
        if staff_no is not None and staff_no not in keys.cadres:
            is_known = False
            tally.refuse(row, "staff_no", _unknown_cadre(staff_no, keys, tally))
        if is_known:
            yield row


def _most_like(value: str, known: Collection[str], tally: Tally, likeness: float) -> str:
    """Return the key on record that is most like an unknown one, or an empty text."""
    if value not in tally.nearest:
        is_searched = len(tally.nearest) < MOST_SEARCHES
        close = nearest_spellings.nearest(value, list(known), share=likeness) if is_searched else []
        tally.nearest[value] = close[0] if close else ""
    return tally.nearest[value]


def _unknown_enterprise(uscc: str, keys: Keys, tally: Tally) -> Message:
    if keys.is_at_fault("enterprises", uscc):
        return say("the row of this enterprise has an error: correct it first")
    close = _most_like(uscc, keys.enterprises, tally, LIKE_CODE)
    if close:
        return say("no enterprise has this code; did you mean {close}?", close=close)
    return say("no enterprise has this code; add it to the sheet of enterprises")


def _unknown_cadre(staff_no: str, keys: Keys, tally: Tally) -> Message:
    if keys.is_at_fault("cadres", staff_no):
        return say("the row of this cadre has an error: correct it first")
    close = _most_like(staff_no, keys.cadres, tally, LIKE_NUMBER)
    if close:
        return say("no cadre has this staff number; did you mean {close}?", close=close)
    return say("no cadre has this staff number; add it to the sheet of cadres")
