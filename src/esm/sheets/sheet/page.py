"""A report that is also a page to read from top to bottom: sections whose figures lead to the rows behind them.

What stands on the page is named by the keys of the report's facts and sheets, so that every figure is written once.
A link is a fragment: `#SHEET?CONDITIONS` shows the rows of a sheet that meet all conditions, joined by `&`:
`COLUMN=TEXT` (the cell as people read it), `COLUMN~PLACE.MASK.VALUE` (of the marks in that column, one letter of
`MARKS` a place, those under the mask), `COLUMN@PLACE=TEXT` (what the column was then) and `COLUMN+PLACE` (the mark at
that place is a count and not 0; the counts are shown beside the rows, with their sum).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from esm.sheets.sheet.sheet import Ratio, Report

MARKS = "abcdefghijklmnopqrstuvwxyzABCDEF"  # of 0 to 31; of digits some would look like a phone number


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question: yes, no, or None where there was nothing to look at, with the numbers."""

    label: str
    answer: str
    is_kept: bool | None
    ratio: Ratio
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Answers side by side."""

    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Some facts of the report, each with its link."""

    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of the report: `links` has, by column, a link a row; `bars` are columns that are drawn as bars too.

    `columns` are those that stand on the page, by default those for people. The rows after `limit` appear when asked
    for, or are behind the link `rest`.
    """

    sheet: str
    columns: tuple[str, ...] = ()
    links: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    bars: tuple[str, ...] = ()
    limit: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A sheet with a row a pair, as a table of `down` against `across` that is coloured by the share `value`.

    The column `open` is not over yet and has no colour; `open_text` says so.
    """

    sheet: str
    down: str
    across: str
    value: str
    links: Sequence[str | None]
    text: str
    open: str = ""
    open_text: str = ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """Shares of a sheet against a column of it, as lines; `text` says in words what is seen.

    A line of `full` leaves out the row `open`, which is not over yet.
    """

    sheet: str
    across: str
    series: tuple[str, ...]
    title: str
    text: str
    full: tuple[str, ...] = ()
    open: str = ""


Part = Verdicts | Figures | Table | HeatMap | LineChart


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the page."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet that holds rows behind the figures: its columns for people, and the `hidden` ones that links ask for.

    `past` names, for a column, the one with its texts at every place where they were not always the same; `counts`
    are the labels of the hidden columns whose marks are counts.
    """

    sheet: str
    hidden: tuple[str, ...] = ()
    past: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page(Report):
    """A report with the sections of its page and the rows behind the figures.

    `heads` are facts under the title, `foot` is a sentence that is true of the page alone.
    """

    heads: tuple[str, ...] = ()
    foot: str = ""
    sections: tuple[Section, ...] = ()
    listings: tuple[Listing, ...] = ()


def link(sheet: str, *conditions: str) -> str:
    """Return the link to the rows of a sheet that meet the conditions."""
    return f"#{sheet}?{'&'.join(conditions)}"


def having(column: str, text: str, place: int | None = None) -> str:
    """Return the condition that a column has this text, or had it at a place."""
    return f"{column}{'' if place is None else f'@{place}'}={quote(text, safe='')}"


def marked(column: str, place: int, mask: int, value: int) -> str:
    """Return the condition that of the marks at a place those under the mask are these."""
    return f"{column}~{place}.{mask}.{value}"


def counted(column: str, place: int) -> str:
    """Return the condition that the count at a place of the marks is not 0."""
    return f"{column}+{place}"


def marks_text(marks: Sequence[int]) -> str:
    """Return marks as the text of a cell, one character each."""
    return "".join(MARKS[mark] for mark in marks)
