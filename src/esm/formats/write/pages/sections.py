"""Writes a report as one self-contained page whose figures lead to the rows behind them.

Nothing is loaded from anywhere: style and script stand in the file, and the policy of the page admits only these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from esm.formats.write.cell_text import head_word, word
from esm.formats.write.pages.column_kind import column_kind
from esm.formats.write.pages.line_chart import line_chart
from esm.formats.write.pages.packed_rows import packed_rows
from esm.formats.write.pages.template_loader import asset, content_hash, language, template
from esm.sheets.sheet.page import MARKS, Figures, HeatMap, LineChart, Page, Part, Table, Verdicts
from esm.sheets.sheet.sheet import Cell, Fact, Ratio, Sheet

_ANSWERS = {
    True: {"kind": "kept", "sign": "✓ "}, False: {"kind": "broken", "sign": "✗ "}, None: {"kind": "open", "sign": ""},
}  # fmt: skip
_HEATS = (500, 700, 850, 950, 1000)  # tenths of a percent from which on the colour is the next one


def text(shown: Page) -> str:
    """Return the page; all names are escaped."""
    style, script = asset("sections.css"), asset("sections.js")
    content = _Content({sheet.key: sheet for sheet in shown.sheets}, {fact.key: fact for fact in shown.facts})
    words = {
        "count": _("Rows: {count}, shown: {shown}"),
        "more": _("Show more"),
        "close": _("Close"),
        "filter": _("Filter:"),
        "rows": _("Rows"),
        "colon": _(": "),
        "old": _("This browser is too old to show the rows; the figures above are complete."),
    }
    return template("sections.html.jinja").render(
        lang=language(),
        title=word(shown.title),
        heads=[(word(content.facts[key].label), head_word(content.facts[key].value)) for key in shown.heads],
        colon=_(": "),
        sections=[
            {"key": each.key, "title": word(each.title), "parts": [content.part(part) for part in each.parts]}
            for each in shown.sections
        ],
        notes=[word(note) for note in (*shown.notes, shown.foot) if note],
        words=words,
        marks=MARKS,
        names=" ".join(listing.sheet for listing in shown.listings),
        listings=packed_rows(content.sheets, shown.listings),
        style=style,
        script=script,
        style_hash=content_hash(style),
        script_hash=content_hash(script),
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """The sheets and the facts of the page, and how its parts are made of them."""

    sheets: Mapping[str, Sheet]
    facts: Mapping[str, Fact]

    def labelled(self, key: str) -> tuple[str, str]:
        """Return a fact with its label."""
        return word(self.facts[key].label), word(self.facts[key].value)

    def part(self, part: Part) -> dict[str, Any]:
        """Return what the template shows of a part, with its kind."""
        kind, make = _PARTS[type(part)]
        return {"kind": kind, **make(self, part)}

    def verdicts(self, part: Verdicts) -> dict[str, Any]:
        return {"verdicts": [
            {**_ANSWERS[each.is_kept], "label": word(each.label), "answer": word(each.answer),
             "ratio": word(each.ratio), "text": word(each.text), "link": each.link}
            for each in part.verdicts
        ]}  # fmt: skip

    def figures(self, part: Figures) -> dict[str, Any]:
        found = []
        for key, link in part.links.items():
            label, value = self.labelled(key)
            found.append({"key": key, "label": label, "text": value, "link": link if self.facts[key].value else ""})
        return {"figures": found}

    def table(self, part: Table) -> dict[str, Any]:
        sheet = self.sheets[part.sheet]
        places = _places(sheet, part.columns)
        kinds = {place: column_kind(sheet, place) for place in places}
        most = {place: _largest(sheet, place) for place in places if sheet.columns[place].key in part.bars}
        rows = [
            [
                {
                    "key": sheet.columns[place].key,
                    "text": word(row[place]),
                    "kind": f"{kinds[place]} barred" if place in most else kinds[place],
                    "sort": _sortable(row[place]),
                    "bar": _bar(row[place], most[place]) if place in most else None,
                    "link": _link(part.links, sheet.columns[place].key, number, row[place]),
                }
                for place in places
            ]
            for number, row in enumerate(sheet.rows[: part.limit if part.rest else None])
        ]
        is_cut = part.limit is not None and len(sheet.rows) > part.limit
        rest = {"link": part.rest, "text": _("Show all {count}").format(count=len(sheet.rows))} if is_cut else None
        return {
            "key": sheet.key, "title": word(sheet.title), "empty": word(sheet.empty) or "–", "rows": rows, "rest": rest,
            "limit": part.limit,
            "columns": [{"label": word(sheet.columns[place].label), "kind": kinds[place]} for place in places],
            "notes": [word(note) for note in sheet.notes],
        }  # fmt: skip

    def heat(self, part: HeatMap) -> dict[str, Any]:
        sheet = self.sheets[part.sheet]
        down, across = _place(sheet, part.down), _place(sheet, part.across)
        shares = _ratios(sheet, part.value)
        rows: dict[str, list[dict[str, Any]]] = {}
        for number, row in enumerate(sheet.rows):
            ratio = shares[number] or Ratio(0, 0)
            rows.setdefault(word(row[down]), []).append(
                {"row": number, "heat": None if row[across] == part.open else _heat(ratio), "share": _percent(ratio),
                 "counts": f"{ratio.part}/{ratio.whole}", "link": part.links[number]}
            )  # fmt: skip
        return {
            "key": sheet.key, "title": word(sheet.title), "text": word(part.text), "empty": word(sheet.empty) or "–",
            "down": word(sheet.columns[down].label),
            "across": list(dict.fromkeys(word(row[across]) for row in sheet.rows)), "open": part.open,
            "open_text": part.open_text,
            "rows": [{"label": label, "cells": cells} for label, cells in rows.items()],
        }  # fmt: skip

    def lines(self, part: LineChart) -> dict[str, Any]:
        sheet = self.sheets[part.sheet]
        labels = [word(row[_place(sheet, part.across)]) for row in sheet.rows]
        series = []
        for key in part.series:
            ratios = _ratios(sheet, key)
            known = [
                None if key in part.full and label == part.open else ratio
                for label, ratio in zip(labels, ratios, strict=True)
            ]
            series.append((word(sheet.columns[_place(sheet, key)].label), known))
        return {"title": word(part.title), "text": word(part.text), **line_chart(labels, series)}


_PARTS: dict[type, tuple[str, Callable[[_Content, Any], dict[str, Any]]]] = {
    Verdicts: ("verdicts", _Content.verdicts),
    Figures: ("figures", _Content.figures),
    Table: ("table", _Content.table),
    HeatMap: ("heat", _Content.heat),
    LineChart: ("lines", _Content.lines),
}


def _place(sheet: Sheet, key: str) -> int:
    return next(place for place, column in enumerate(sheet.columns) if column.key == key)


def _places(sheet: Sheet, keys: Sequence[str]) -> list[int]:
    if keys:
        return [_place(sheet, key) for key in keys]
    return [place for place, column in enumerate(sheet.columns) if column.table]


def _ratios(sheet: Sheet, key: str) -> list[Ratio | None]:
    cells = [row[_place(sheet, key)] for row in sheet.rows]
    return [cell if isinstance(cell, Ratio) else None for cell in cells]


def _sortable(cell: Cell) -> str | None:
    """Return what a cell is sorted by where that is not its text."""
    if isinstance(cell, Ratio):
        return "" if cell.tenths is None else str(Decimal(cell.part) / cell.whole)
    return None


def _link(links: Mapping[str, Sequence[str | None]], key: str, number: int, cell: Cell) -> str | None:
    """Return where a cell leads; an empty one and a zero lead nowhere."""
    return links[key][number] if key in links and cell not in (None, 0) else None


def _largest(sheet: Sheet, place: int) -> int:
    return max((cell for row in sheet.rows if isinstance(cell := row[place], int)), default=0)


def _bar(cell: Cell, most: int) -> float:
    return round(100 * cell / most, 1) if isinstance(cell, int) and most else 0.0


def _heat(ratio: Ratio) -> int | None:
    tenths = ratio.tenths
    return None if tenths is None else sum(tenths >= first for first in _HEATS)


def _percent(ratio: Ratio) -> str:
    tenths = ratio.tenths
    return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}%"
