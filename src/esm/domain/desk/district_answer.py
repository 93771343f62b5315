"""Several districts side by side (docs/rules.md, City)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from esm.domain.desk.history import Operation
from esm.errors import Message

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class DistrictAnswer(Generic[Answer]):
    """What a district answered, or the `trouble` why it could not; `place` is where it is, as a user reads it."""

    district: str
    place: str
    answer: Answer | None = None
    trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class DistrictState:
    """How far a district is: its schema; the rest is None where this version cannot read that."""

    revision: str
    head: str | None = None
    in_scope: int | None = None
    last_operation: Operation | None = None

    @property
    def is_readable(self) -> bool:
        """Return whether the schema is that of this version."""
        return self.head is not None


@dataclass(frozen=True, slots=True)
class DistrictUpgrade:
    """The schema of a district before an upgrade and after it; `backup` is the copy made before, if any."""

    before: str
    after: str
    backup: str | None


def answered(asked: Sequence[DistrictAnswer[Answer]]) -> Iterator[tuple[str, Answer]]:
    """Yield the districts that answered, with their answers."""
    return ((each.district, each.answer) for each in asked if each.answer is not None)


def troubled(asked: Sequence[DistrictAnswer[Answer]]) -> list[DistrictAnswer[Answer]]:
    """Return the districts with a trouble."""
    return [each for each in asked if each.trouble is not None]
