"""Writes one self-contained HTML page for screen and print, without scripts or external resources."""

from __future__ import annotations

from esm.formats.write.cell_text import NUMBERS, for_people, head_word, holds_only, sheets_for_people, word
from esm.formats.write.pages.template import language, template
from esm.sheets.sheet.page import Page
from esm.sheets.sheet.sheet import Document, Report, Sheet


def text(shown: Document) -> str:
    """Return the page; all names are escaped."""
    if isinstance(shown, Page):
        from esm.formats.write.pages import sections  # noqa: PLC0415 - few reports are pages

        return sections.text(shown)
    report = shown if isinstance(shown, Report) else Report(shown.title, (), (shown,))
    facts = [(word(fact.label), head_word(fact.value)) for fact in report.facts if fact.table]
    return template("page.html.jinja").render(
        lang=language(),
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
