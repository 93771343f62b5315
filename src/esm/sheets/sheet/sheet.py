"""What every listing is before it has a format: a title, columns and plain cells.

`Column.key` is the contract of JSON and CSV and never changes with the language; `label` is for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from esm.domain.values.money import Money as Money  # formats write these and know no domain
from esm.domain.values.ratio import Ratio as Ratio


@dataclass(frozen=True, slots=True)
class Term:
    """A coded value: `code` for machines, None where they read null, `label` for people, in their language."""

    code: str | None
    label: str


class Bar(str):
    """A share drawn in block characters; where there are charts or colours it is left out."""

    __slots__ = ()


Figure = int | Decimal | Money | Ratio


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure for people, with the change against an earlier one; None where there is nothing to compare."""

    value: Figure
    change: int | Decimal | None

    @property
    def change_text(self) -> str:
        """Return the signed change, such as `+6.2`, and `±0` for none."""
        if self.change is None:
            return ""
        return f"{self.change:+,}" if self.change else "±0"


Cell = Compared | str | int | bool | Decimal | Money | date | Ratio | Term | tuple[str | Term, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `table` shows it in tables and Markdown, `data` in JSON and CSV; xlsx shows all.

    One that `needs_room` is left out on a terminal on which the columns would not fit side by side.
    `cell` tells where a record has the value: a path of attributes, by default the key, or a function of the record.
    A column `by_hand` is left empty for a pen: wide and with tall rows on paper. A column of shares names in `of` the
    columns that count their parts and their wholes, which stand beside it in a workbook.
    """

    key: str
    label: str
    cell: str | Callable[[Any], Cell] = field(default="", compare=False)
    table: bool = True
    data: bool = True
    by_hand: bool = False
    of: tuple[str, ...] = ()
    needs_room: bool = False

    @property
    def getter(self) -> Callable[[Any], Cell]:
        """Return the function that takes the value from a record."""
        return attrgetter(self.cell or self.key) if isinstance(self.cell, str) else self.cell


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of a listing in a workbook: bars or a line over the column `label`, of the columns `values`.

    Those `aside` are of another size, and drawn along an axis of their own.
    """

    is_line: bool
    label: str
    values: tuple[str, ...]
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A listing; each row has one cell a column. `empty` is said when there is no row, `total` how many rows
    there are when only some stand here.

    Inside a report, a sheet with `table` False is left out of tables and Markdown (too long to
    read), one with `data` False out of JSON, CSV and xlsx (an excerpt of another one); but excerpts with the
    same `page` are one worksheet of that name, to print and hand out. On a screen that does not show the whole report
    it has at most `short` rows; with 0 it is left out. A dense one keeps its names on one line there, and
    columns that need room go instead. `order` are the numbers of the rows as people read them, where that is another
    order than that of JSON and CSV. `heading` are the lines under the title of a file that goes out: what it is of, and
    who issues it. A form, which is filled in and read back, has neither these nor a title in its workbook.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    notes: tuple[str, ...] = ()
    empty: str = ""
    table: bool = True
    data: bool = True
    page: str = ""
    total: int | None = None
    order: tuple[int, ...] = ()
    chart: Chart | None = None
    heading: tuple[str, ...] = ()
    is_form: bool = False
    short: int | None = None
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value at the head of a report; `table` and `data` as in `Column`.

    A detail is left out on a screen that does not show the whole report.
    """

    key: str
    label: str
    value: Cell
    table: bool = True
    data: bool = True
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Facts and the listings under them. As JSON: one object, each listing an array under its key.

    On a screen it is at most so many `lines`: rows, and columns that need room, are left out and named. `words` are the
    sentences that say the figures and how they moved, above them in a workbook.
    """

    title: str
    facts: tuple[Fact, ...]
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    lines: int | None = None
    words: tuple[str, ...] = ()


Document = Sheet | Report
NOTHING = (None, (), 0)  # what people need not read: nothing, none and no


def cells(columns: Iterable[Column], records: Sequence[Any]) -> list[tuple[Cell, ...]]:
    """Return a row for each record, with a cell for each column."""
    return list(zip(*(map(column.getter, records) for column in columns), strict=True))


def facts(
    columns: Iterable[Column],
    record: Any,
    is_shown: Callable[[Column, Cell], bool] = lambda column, _cell: column.table,
) -> tuple[Fact, ...]:
    """Return a fact for each column of one record; `is_shown` decides which of them people see."""
    known = [(column, column.getter(record)) for column in columns]
    return tuple(Fact(column.key, column.label, cell, is_shown(column, cell), column.data) for column, cell in known)
