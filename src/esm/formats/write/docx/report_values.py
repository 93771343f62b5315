"""What a template can name of a report: its title, notes, facts, sections and tables, all as text for people."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from esm.formats.write.cell_text import visible, word
from esm.sheets.sheet.sheet import Report, Sheet

HANDOVER_TABLES = ("takeovers", "minutes", "matters", "signatures")


def report_values(report: Report) -> Mapping[str, object]:
    """Return the values by name: `title`, `notes`, `fact.KEY`, and of each sheet `section.KEY` or `table.KEY`."""
    return {
        "title": visible(report.title),
        "notes": [visible(note) for note in report.notes],
        "fact": {fact.key: word(fact.value) for fact in report.facts},
        "section": {sheet.key: _section(sheet) for sheet in report.sheets if not sheet.columns},
        "table": {sheet.key: _table(sheet) for sheet in report.sheets if sheet.columns},
    }


def handover_values(report: Report) -> Mapping[str, object]:
    """Return the values of a handover: those of every report, and of each of `successors` who it is and its tables."""
    pages = groupby((sheet for sheet in report.sheets if sheet.page), key=lambda sheet: sheet.page)
    return {
        **report_values(report),
        "successors": [{"who": visible(who), **_parts(list(sheets))} for who, sheets in pages],
    }


def _parts(sheets: list[Sheet]) -> dict[str, object]:
    """Return the tables of one successor: `takeovers`, `minutes`, `matters` and `signatures`, empty ones too."""
    found = {"takeovers" if sheet is sheets[0] else sheet.key: _table(sheet) for sheet in sheets}
    return {key: found.get(key, {"title": "", "rows": []}) for key in HANDOVER_TABLES}


def _section(sheet: Sheet) -> dict[str, object]:
    return {"title": visible(sheet.title), "paragraphs": [visible(note) for note in sheet.notes]}


def _table(sheet: Sheet) -> dict[str, object]:
    keys = [column.key for column in sheet.columns]
    rows = [dict(zip(keys, map(word, row), strict=True)) for row in sheet.rows]
    return {"title": visible(sheet.title), "rows": rows, "empty": visible(sheet.empty), "count": len(rows)}
