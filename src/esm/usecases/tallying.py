"""Counting what becomes of imported rows, and finding whom they speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from esm.errors import Message, Problem, say
from esm.usecases.rostering import Row


@dataclass(slots=True)
class Tally:
    """What became of the rows of one sheet."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, row: Row, key: str, reason: Message) -> None:
        """Note that a row cannot be taken, because of the cell under `key`."""
        self.refused += 1
        value = row.values.get(key)
        self.problems.append(
            Problem(row.file, row.sheet, row.cells.get(key, str(row.number)), str(value or ""), reason)
        )

    def count(self, has_changed: object) -> None:
        """Count a row that was on record already."""
        if has_changed:
            self.updated += 1
        else:
            self.unchanged += 1


@dataclass(frozen=True, slots=True)
class Keys:
    """The ids behind the codes and staff numbers, new rows included, and what the register was told."""

    enterprises: Mapping[str, int]
    cadres: Mapping[str, int]


def resolved(rows: Sequence[Row], keys: Keys, tally: Tally) -> list[tuple[Row, int, int]]:
    """Return the rows whose enterprise and cadre are known, with their ids (0 for a column the sheet has not)."""
    found = []
    for row in rows:
        ids = [
            _identify(row, key, known, sentence, tally)
            for key, known, sentence in (
                ("uscc", keys.enterprises, _unknown_enterprise),
                ("staff_no", keys.cadres, _unknown_cadre),
            )
        ]
        if None not in ids:
            found.append((row, ids[0] or 0, ids[1] or 0))
    return found


def _identify(
    row: Row, key: str, known: Mapping[str, int], sentence: Callable[[str], Message], tally: Tally
) -> int | None:
    value = row.values.get(key)
    if value is None:
        return 0
    if value not in known:
        close = get_close_matches(value, known, n=1, cutoff=0.7)
        tally.refuse(row, key, sentence(close[0] if close else ""))
        return None
    return known[value]


def _unknown_enterprise(close: str) -> Message:
    if close:
        return say("no enterprise has this code; did you mean {close}?", close=close)
    return say("no enterprise has this code; add it to the sheet of enterprises")


def _unknown_cadre(close: str) -> Message:
    if close:
        return say("no cadre has this staff number; did you mean {close}?", close=close)
    return say("no cadre has this staff number; add it to the sheet of cadres")


def overlap(taken: Sequence[tuple[date, date]], start_on: date, end_on: date) -> date | None:
    """Return the first day of an interval that shares a day with [start_on, end_on), if there is one."""
    return next((start for start, end in taken if start < end_on and start_on < end), None)
