"""What an import did, in numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.register.similar_names import NameQuestions
from esm.errors import Message, Problem


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field on record that an import changed; `sheet` and `key` tell where."""

    sheet: str
    key: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A cadre in post or an enterprise on the register that is on record and no longer in the file."""

    sheet: str
    key: str
    name: str
    has_exited: bool = False


@dataclass(frozen=True, slots=True)
class Assumption:
    """What an import supposes because nothing tells it: `rows` of a sheet get `value`, and what follows from it."""

    file: str
    sheet: str
    field: str
    value: object
    rows: int
    consequence: Message


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody has to decide or to look at: `kind` is of the contract, `words` ask."""

    kind: str
    file: str
    sheet: str
    cell: str
    value: str
    words: Message


@dataclass(frozen=True, slots=True)
class UnderstoodColumn:
    """A column of a file: what it is taken for, as `--map` calls it, and on what ground; None: it is not imported."""

    file: str
    sheet: str
    kind: str
    column: str
    header: str
    field: str | None
    ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenVisit:
    """A visit told in a text from a phone, with the line where the text begins and its check code.

    `is_new` says that it was recorded now; else it was on record already, under the same number. `due_on` is the due
    date that follows.
    """

    file: str
    line: int
    code: str
    visit_id: int
    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    done_on: date
    is_new: bool = False
    due_on: date | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did: rows added, updated and unchanged by sheet, and every fault that it found.

    `names` are those that may be one and the same; None when nothing was taken in.
    `is_refused` says that nothing was, because `assumed` must not be; `taken` are the visits of texts from phones.
    """

    files: tuple[str, ...]
    counts: Mapping[str, tuple[int, int, int]]
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
    changes: tuple[FieldChange, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    names: NameQuestions | None = None
    understood: tuple[UnderstoodColumn, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    questions: tuple[Question, ...] = ()
    is_refused: bool = False
    taken: tuple[TakenVisit, ...] = ()
