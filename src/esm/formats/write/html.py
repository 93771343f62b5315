"""Writes one self-contained HTML page for screen and print, without scripts or external resources."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from esm.formats.write.cell_text import NUMBERS, for_people, head_word, holds_only, sheets_for_people, word
from esm.sheets.sheet.sheet import Document, Report, Sheet

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = {"yes": "en"}  # of gettext's words, the language of the page


def text(shown: Document) -> str:
    """Return the page; all names are escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    report = shown if isinstance(shown, Report) else Report(shown.title, (), (shown,))
    facts = [(word(fact.label), head_word(fact.value)) for fact in report.facts if fact.table]
    return environment.get_template("page.html.jinja").render(
        lang=LANGUAGES.get(_("yes"), "zh-CN"),
        title=word(report.title),
        facts=facts,
        sheets=[_sheet_values(sheet) for sheet in sheets_for_people(report)],
        notes=[word(note) for note in report.notes],
    )


def _sheet_values(sheet: Sheet) -> dict[str, object]:
    told = for_people(sheet)
    numeric = [holds_only(told, number, NUMBERS) for number in range(len(told.columns))]
    return {
        "title": word(told.title),
        "labels": [word(column.label) for column in told.columns],
        "numeric": numeric,
        "rows": [[word(cell) for cell in row] for row in told.rows],
        "notes": [word(note) for note in told.notes],
        "empty": word(told.empty),
    }
