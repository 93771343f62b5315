"""The rows of a roster and the sheets that hold them, good and faulty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from esm.domain.exchange.import_summary import Assumption, Question
from esm.errors import Message, Problem, say
from esm.sheets.exchange.recognised_sheet import Heading, Recognised


class RosterRow(NamedTuple):
    """One row of a roster: `values` holds the columns whose cells are not blank, and no others.

    `kind` is the key of its sheet in `domain.exchange.sheet_catalogue`.
    """

    kind: str
    file: str
    sheet: str
    number: int
    values: Mapping[str, Any]
    letters: Mapping[str, str]

    @property
    def cells(self) -> Mapping[str, str]:
        """Return where the cell of each column of the sheet stands: `{"uscc": "B7"}`."""
        return {key: f"{letters}{self.number}" for key, letters in self.letters.items()}

    def problem(self, key: str, reason: Message) -> Problem:
        """Return the fault of the cell under `key`, of its enterprise too, with its value as it was understood."""
        of_enterprise = f"enterprise.{key}"
        key = of_enterprise if key not in self.letters and of_enterprise in self.letters else key
        value = self.values.get(key)
        cell = f"{self.letters.get(key, '')}{self.number}"
        parts = value if isinstance(value, tuple) else (value,)
        shown = "、".join(str(part) for part in parts if part is not None)
        return Problem(self.file, self.sheet, cell, shown, reason)


class Unresolved(Exception):
    """Who or what a row means cannot be told: the column and why; `question` is the kind of what has to be decided."""

    def __init__(self, key: str, reason: Message, *, question: str = "") -> None:
        super().__init__(key, reason)
        self.key, self.reason, self.question = key, reason, question


class Unnamed(Unresolved):
    """Nobody has the name that stands for `missing`, a code or a number, or one like it."""

    def __init__(self, key: str, reason: Message, *, missing: str) -> None:
        super().__init__(key, reason)
        self.missing = missing


@dataclass(slots=True)
class SheetRows:
    """What one sheet holds: the rows without a fault, and those with one, in `refused`."""

    found: Recognised
    file: str
    sheet: str
    rows: list[RosterRow] = field(default_factory=list)
    refused: list[RosterRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    assumed: list[Assumption] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unnamed: dict[str, Problem] = field(default_factory=dict)  # what is wrong if nobody is found by name, by column
    unstated: tuple[Heading, ...] = ()
    titles: tuple[str, ...] = ()  # what stands above the header
    sections: list[tuple[int, str]] = field(default_factory=list)  # rows that head those below, with their texts
    has_example: bool = False
    has_rows: bool = False  # also where they all tell of something else

    @property
    def is_bare(self) -> bool:
        """Return whether there is a header and nothing else, not even an example."""
        return not (self.rows or self.refused or self.problems or self.has_example or self.has_rows)


def retold(row: RosterRow, kind: str, values: Mapping[str, Any], prefix: str) -> RosterRow:
    """Return a row of another kind with the cells of this one."""
    letters = {
        key.removeprefix(prefix): at for key, at in row.letters.items() if key.startswith(prefix) or key in values
    }
    return row._replace(kind=kind, values={k: v for k, v in values.items() if v is not None}, letters=letters)


def merged_rows(rows: Iterable[RosterRow], key: str) -> tuple[list[RosterRow], list[Problem]]:
    """Return one row for each key, with what all its rows say, and the faults of those that contradict another."""
    found: dict[str, RosterRow] = {}
    problems: list[Problem] = []
    for row in rows:
        earlier = found.setdefault(row.values[key], row)
        if earlier is row:
            continue
        for name, value in row.values.items():
            if earlier.values.get(name, value) != value:
                reason = say(
                    "row {row} has {other} for the same one", row=earlier.number, other=str(earlier.values[name])
                )
                problems.append(row.problem(name, reason))
        found[row.values[key]] = earlier._replace(values={**row.values, **earlier.values})
    return list(found.values()), problems
