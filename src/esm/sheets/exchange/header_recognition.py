"""Understands a header row: which sheet of the roster it heads, and which column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from esm.domain.exchange.sheet_catalogue import BOOK, ROSTER_SHEETS, SHEETS
from esm.domain.values import nearest_spellings
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.grouping import grouped
from esm.domain.values.money import UNITS as MONEY_UNITS
from esm.domain.values.raw_text import fold, half_width

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}|<[^<>]*>")
_CONTACT = "联系人"
# Over a name or a telephone: not those of the contact; over an amount: not the annual one.
_OTHERS = re.compile("负责人|代表人|法人|经办|填表|统计|财务|会计|20[0-9]{2}|[上本]年|[月季]|累计")
_YEAR = re.compile(r"\(?(?:20[0-9]{2}年?|上一?年)度?\)?")
_OF_A_YEAR = 2  # readings that go before it: the whole header, its second line
_ONE = Decimal(1)
_REMEMBERED = 65_536  # headers: each is compared with every sheet
_ENGLISH_UNITS = {
    **dict.fromkeys(("yuan", "cny", "rmb"), MONEY_UNITS["元"]),
    **dict.fromkeys(("10000yuan", "10000cny", "10000rmb"), _ONE),
    **dict.fromkeys(("millionyuan", "millioncny", "millionrmb"), Decimal(100)),
    **dict.fromkeys(("100millionyuan", "100millioncny", "100millionrmb"), MONEY_UNITS["亿元"]),
}
_UNITS: Mapping[str, Decimal] = {
    **{start + unit: size for unit, size in MONEY_UNITS.items() for start in ("", "单位", "人民币", "单位人民币")},
    **_ENGLISH_UNITS,
}

# What heads a column; of several readings of it the first that a sheet knows is meant.
Header = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A known column at a position of a header row; `unit`: what a bare amount counts (10 000 yuan), if it says so."""

    column: ColumnSpec
    position: int
    header: str
    unit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A header row that was understood: the columns found, those found again, and headers not known."""

    spec: SheetSpec
    is_named: bool
    headings: tuple[Heading, ...]
    repeated: tuple[Heading, ...]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> tuple[ColumnSpec, ...]:
        """Return the required columns that are not there."""
        found = {heading.column.key for heading in self.headings}
        return tuple(column for column in self.spec.columns if column.is_required and column.key not in found)

    @property
    def order(self) -> tuple[bool, bool, int, int]:
        """Return what compares two readings of one sheet; the better one is larger."""
        return self.is_named, not self.missing, len(self.headings), -len(self.unknown)

    @property
    def is_likely(self) -> bool:
        """Return whether the sheet is what its name or its headers say."""
        found = len(self.headings)
        return self.is_named or (found >= 2 and not self.missing) or (found >= 3 and found > len(self.unknown))


def recognise(name: str, headers: Sequence[Header]) -> Recognised | None:
    """Return the sheet that `name` or else `headers` stand for, with its columns; None for no known sheet."""
    matched = [_matched(spec, name, headers) for spec in BOOK if spec in ROSTER_SHEETS or _is_name_of(spec, name)]
    likely = [found for found in matched if found.is_likely]
    return max(likely, key=lambda found: found.order, default=None)


def join_headers(upper: Sequence[str], lower: Sequence[str]) -> list[Header]:
    """Return the headers that two lines make together: 联系人 over 电话 is 联系人电话, or else 电话."""
    width = max(len(upper), len(lower))
    pairs = zip([*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))], strict=True)
    return [_join_pair(above, below) for above, below in pairs]


def _join_pair(above: str, below: str) -> Header:
    if not below or above == below:
        return above
    if _CONTACT in above:
        return _CONTACT + below, below
    return above + below if _OTHERS.search(above) else (above + below, below)


def is_known(header: str) -> bool:
    """Return whether a header names a column of some sheet."""
    names = (fold(header), _fold_outside_brackets(header))
    return any(name and name in _index(spec.key) for spec in ROSTER_SHEETS for name in names)


def header_meant(header: str) -> str | None:
    """Return the header that was meant where an encoding went wrong, or None: 濮撳悕 is 姓名."""
    for wrong, right in (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")):
        try:
            meant = header.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if meant != header and is_known(meant):
            return meant
    return None


def nearest_sheets(headers: Sequence[str]) -> list[Recognised]:
    """Return the sheets that headers too few for any of them may stand for, the nearest only."""
    near = [found for found in (_matched(spec, "", headers) for spec in ROSTER_SHEETS) if found.missing]
    near = [found for found in near if any(heading.column.is_required for heading in found.headings)]
    best = max(map(_nearness, near), default=None)
    return [found for found in near if _nearness(found) == best]


def _nearness(found: Recognised) -> tuple[int, int]:
    return len(found.headings), -len(found.missing)


def nearest_header(column: ColumnSpec, headers: Iterable[str]) -> str | None:
    """Return the header that looks most like a name of `column`, or None."""
    folded = {fold(header): header for header in headers}
    for name in column.names:
        close = nearest_spellings.nearest(fold(name), list(folded), share=0.6)
        if close:
            return folded[close[0]]
    return None


def _matched(spec: SheetSpec, name: str, headers: Sequence[Header]) -> Recognised:
    """Return what the headers mean on a sheet: a whole one goes before a second line, both before a year's amount.

    The amounts of several years are all left out, for which one is meant is not said.
    """
    texts = [(header,) if isinstance(header, str) else header for header in headers]
    readings = {position: each for position, each in enumerate(texts) if any(map(_folded, each))}
    meanings = [_meaning(spec, position, each) for position, each in readings.items()]
    known = [(rank, heading) for rank, heading in meanings if heading is not None]
    found, repeated = _chosen(known)
    understood = {each.position for each in (*found, *repeated)}
    unknown = [each[0] for position, each in readings.items() if position not in understood]
    return Recognised(spec, _is_name_of(spec, name), tuple(found), tuple(repeated), tuple(unknown))


def _chosen(meanings: Iterable[tuple[int, Heading]]) -> tuple[list[Heading], list[Heading]]:
    """Return the first of the best headings of each column, by position, and those that say the same again."""
    found: list[Heading] = []
    repeated: list[Heading] = []
    for ranked in grouped(meanings, lambda meaning: meaning[1].column.key).values():
        best = min(rank for rank, _ in ranked)
        first, *others = (heading for rank, heading in ranked if rank == best)
        if best < _OF_A_YEAR or not others:
            found.append(first)
            repeated += others
    return sorted(found, key=lambda heading: heading.position), repeated


def _meaning(spec: SheetSpec, position: int, readings: Sequence[str]) -> tuple[int, Heading | None]:
    """Return what a header means and which of its readings says so, the better one being smaller."""
    for rank, reading in enumerate(readings):
        heading = _heading(spec, position, reading)
        if heading is not None:
            return rank, heading
    whole = half_width(readings[0])
    heading = _heading(spec, position, _YEAR.sub("", whole)) if _YEAR.search(whole) else None
    is_amount = heading is not None and heading.column.kind == "money"
    return _OF_A_YEAR, heading if is_amount else None


def _is_name_of(spec: SheetSpec, name: str) -> bool:
    return fold(name) in {fold(known) for known in (spec.key, spec.label, spec.chinese, *spec.names.split())}


def _heading(spec: SheetSpec, position: int, header: str) -> Heading | None:
    """Return the column that a header names, what it has in brackets apart; an amount keeps its unit."""
    index = _index(spec.key)
    column, unit = index.get(_folded(header), (None, None))
    if column is None:
        column, unit = index.get(_fold_outside_brackets(header), (None, None))
        if column is not None and column.kind in {"money", "yuan"}:
            return None
    return None if column is None else Heading(column, position, header, unit)


@lru_cache(maxsize=_REMEMBERED)
def _folded(header: str) -> str:
    return fold(header)


@lru_cache(maxsize=_REMEMBERED)
def _fold_outside_brackets(header: str) -> str:
    return fold(_BRACKETED.sub("", half_width(header)))


@cache
def _index(key: str) -> Mapping[str, tuple[ColumnSpec, Decimal | None]]:
    """Return every folded header of a sheet with its column and the unit of its amounts."""
    spec = SHEETS[key]
    index: dict[str, tuple[ColumnSpec, Decimal | None]] = {
        fold(name): (column, None) for column in spec.columns for name in column.names
    }
    for column in spec.columns:
        if column.kind in {"money", "yuan"}:
            bare = [fold(name) for name in (column.key, *column.aliases)]
            index.update({name + fold(unit): (column, size) for name in bare for unit, size in _UNITS.items()})
    return index
