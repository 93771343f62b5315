"""What an import did, in numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
class ImportSummary:
    """What an import did: rows added, updated and unchanged by sheet, and every fault that it found.

    `questions` are what somebody should look at; None when nothing was taken in.
    """

    files: tuple[str, ...]
    counts: Mapping[str, tuple[int, int, int]]
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
    changes: tuple[FieldChange, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    questions: NameQuestions | None = None
