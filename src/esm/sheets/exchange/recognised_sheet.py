"""What a header row was understood to be: the sheet, its columns, and those in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.raw_text import fold

LEFT_OUT = "-"
_OF_NO_WEIGHT = {"序号", "no", "备注"}  # columns of every sheet, whatever it is


class Ground(StrEnum):
    """Why a column is taken for what it is."""

    HEADER = "header"
    NEIGHBOUR = "neighbour"
    VALUES = "values"
    PERSON = "person"
    MAP = "map"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a person says that a column is, as `--map` calls it, and where: on the command line or in a file."""

    field: str
    ground: Ground


NO_MAPPING: Mapping[str, Assigned] = {}


@dataclass(frozen=True, slots=True)
class Heading:
    """A known column at a position of a header row; `unit`: what a bare amount counts (10 000 yuan), if it says so."""

    column: ColumnSpec
    position: int
    header: str
    unit: Decimal | None = None
    ground: Ground = Ground.HEADER


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is not to be imported: somebody says so, or it is of another person than the one who serves."""

    position: int
    header: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column that may be two things: `readings` are what `--map` takes for each."""

    position: int
    header: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A header row that was understood: the columns found, those found again, those in doubt and headers not known."""

    spec: SheetSpec
    is_named: bool
    headings: tuple[Heading, ...]
    repeated: tuple[Heading, ...]
    unknown: tuple[tuple[int, str], ...]
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    rivals: tuple[Heading, ...] = ()  # name persons of whom any may be meant

    @property
    def positions(self) -> frozenset[int]:
        """Return where the columns stand that were understood or are in doubt, or that somebody leaves out."""
        known = [each.position for each in (*self.headings, *self.repeated)]
        doubtful = [each.position for each in self.doubts]
        return frozenset((*known, *doubtful, *(each.position for each in self.left_out)))

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the columns found."""
        return frozenset(heading.column.key for heading in self.headings)

    @property
    def missing(self) -> tuple[ColumnSpec, ...]:
        """Return the required columns that are not there, and none that stands in for them by name."""
        return tuple(column for column in self.spec.columns if column.is_required and not self._is_told(column.key))

    def tells_who(self, heading: Heading) -> bool:
        """Return whether a column tells whom a row means, by code, by number or by name."""
        names = {self.spec.stand_in(column.key) for column in self.spec.columns if column.is_required}
        return heading.column.is_required or heading.column.key in names

    @property
    def is_of_esm(self) -> bool:
        """Return whether an export wrote the sheet: it has a column that no clerk fills in, or the keys for headers."""
        return any(heading.column.is_kept or heading.header == heading.column.key for heading in self.headings)

    @property
    def by_name(self) -> tuple[ColumnSpec, ...]:
        """Return the required columns that are not there, where another one tells who is meant by name."""
        required = (column for column in self.spec.columns if column.is_required and column.key not in self.keys)
        return tuple(column for column in required if self.spec.stand_in(column.key) in self.keys)

    def _is_told(self, key: str) -> bool:
        by_name = self.spec.stand_in(key)
        is_by_name = any("." in known for known in self.keys)  # an office's own sheet, not a list of codes
        return bool({key, by_name} & self.keys) or (by_name is None and is_by_name and key in self.spec.supposed)

    @property
    def order(self) -> tuple[bool, bool, int, int, int]:
        """Return what compares two readings of one sheet; the better one is larger."""
        own = sum(heading.column.is_required for heading in self.headings)
        return self.is_named, not self.missing, self._weight, own, -len(self.unknown)

    @property
    def _weight(self) -> int:
        """Return how many columns were found by which a sheet may be known: 备注 is of every sheet."""
        return sum(fold(heading.header) not in _OF_NO_WEIGHT for heading in self.headings)

    @property
    def is_likely(self) -> bool:
        """Return whether the sheet is what its name or its headers say."""
        found = self._weight + len(self.doubts)
        is_most = found > sum(fold(header) not in _OF_NO_WEIGHT for _, header in self.unknown)
        is_whole = not self.missing and (found >= 3 or is_most or len(self.by_name) != 1)
        return self.is_named or (found >= 2 and is_whole) or (found >= 3 and is_most)
