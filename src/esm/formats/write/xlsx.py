"""Writes an Excel workbook as an office sends it on: one worksheet per listing, with dates and numbers as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook

from esm.errors import UsageRefused, say
from esm.formats.write import worksheet as parts
from esm.formats.write.cell_text import for_people, sheets_for_machines, visible, word
from esm.formats.write.laid_column import CHANGE, LaidColumn, has_pen, laid_columns
from esm.formats.write.workbook_styles import Styles
from esm.sheets.sheet.alarms import is_alarming
from esm.sheets.sheet.sheet import Cell, Column, Compared, Document, Fact, Money, Ratio, Report, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_MOST_ROWS, _AROUND = 1_048_576, 50


def content(shown: Document, made_on: date | None = None) -> bytes:
    """Return the workbook, made on a day. UsageRefused if a listing has more rows than a worksheet can hold."""
    buffer = BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
    workbook.set_properties(parts.properties(shown.title, made_on))
    _Book(workbook, shown).write()
    workbook.close()
    return buffer.getvalue()


class _Book:
    """A workbook while it is written."""

    def __init__(self, workbook: Workbook, shown: Document) -> None:
        self.workbook, self.shown, self.styles = workbook, shown, Styles(workbook)
        self.names: list[str] = []
        self.footer = (shown.heading[-1] if shown.heading else shown.title, shown.title if shown.heading else "")

    def write(self) -> None:
        """Write all worksheets; a listing without rows is only a line of the summary."""
        if isinstance(self.shown, Sheet):
            _require_room([self.shown])
            self._write_sheet(self.shown, self.shown.title)
            return
        sheets = sheets_for_machines(self.shown)
        _require_room(sheets)
        filled, pages = [sheet for sheet in sheets if sheet.rows], _pages(self.shown)
        if len(sheets) == 1 and any(column.by_hand for column in sheets[0].columns):
            self._write_sheet(_with_all(self.shown, sheets[0]), self.shown.title)
            return
        notes = [
            *self.shown.notes,
            *(f"{sheet.title}: {sheet.empty}" for sheet in sheets if not sheet.rows and sheet.empty),
        ]
        if self.shown.facts or self.shown.words or notes or not (filled or pages):
            self._write_summary(self.shown, notes)
        for page, group in pages:
            self._write_page(page, group)
        for sheet in filled:
            self._write_sheet(sheet, f"{self.shown.title} · {sheet.title}")

    def _write_summary(self, report: Report, notes: Sequence[str]) -> None:
        worksheet = self.workbook.add_worksheet(self._name(_("summary"), "summary"))
        facts = _with_changes(_without_repeats(report.facts))
        columns = laid_columns(_fact_sheet(facts))
        top = parts.write_title(worksheet, report.title, report.heading, len(columns), self.styles)
        if report.words:
            top = parts.write_notes(worksheet, top + 1, report.words, columns, self.styles) + 1
        if facts:
            end = parts.write_table(worksheet, top, columns, self.styles)
            for row, fact in enumerate(facts, start=top + 1):
                if is_alarming(fact.key, _plain(fact.value)):
                    rule = {"type": "cell", "criteria": ">", "value": 0, "format": self.styles.alarm}
                    worksheet.conditional_format(row, 1, row, 1, rule)
            top = end
        parts.set_widths(worksheet, columns)
        end = parts.write_notes(worksheet, top + 1, notes, columns, self.styles)
        parts.set_up_print(worksheet, columns, end, self.footer)

    def _write_sheet(self, sheet: Sheet, title: str) -> None:
        worksheet = self.workbook.add_worksheet(self._name(sheet.title, sheet.key))
        columns = laid_columns(sheet)
        span = sum(each.is_printed for each in columns)
        heading = self.shown.heading if sheet is self.shown else (*self.shown.heading, *sheet.heading)
        top = 0 if sheet.is_form else parts.write_title(worksheet, title, heading, span, self.styles)
        end = parts.write_table(worksheet, top, columns, self.styles)
        parts.set_widths(worksheet, columns)
        worksheet.freeze_panes(top + 1, 0)
        worksheet.repeat_rows(top)
        worksheet.autofilter(top, 0, max(end - 1, top), len(columns) - 1)
        end = parts.write_notes(worksheet, end + 1, _told(sheet), columns, self.styles)
        end = parts.write_chart(self.workbook, worksheet, (top + 1, end + 1), sheet, columns)
        parts.set_up_print(worksheet, columns, end, self.footer, is_wide=has_pen(columns))

    def _write_page(self, page: str, group: Sequence[Sheet]) -> None:
        """Write several listings below one another, each under its title."""
        worksheet = self.workbook.add_worksheet(self._name(page, "page"))
        laid = [laid_columns(part) for part in group]
        widest = [max(wide) for wide in _by_place([[each.width for each in columns] for columns in laid])]
        top = parts.write_title(worksheet, self.shown.title, (page, *self.shown.heading), len(widest), self.styles)
        for part, columns in zip(group, laid, strict=True):
            worksheet.write_string(top + 1, 0, visible(part.title), self.styles.part)
            fitted = [replace(each, width=wide) for each, wide in zip(columns, widest, strict=False)]
            top = parts.write_table(worksheet, top + 2, fitted, self.styles) if part.rows else top + 2
        whole = [LaidColumn(Column("", ""), "", (), wide, is_printed=True) for wide in widest]
        parts.set_widths(worksheet, whole)
        parts.set_up_print(worksheet, whole, top, self.footer, is_wide=True)

    def _name(self, title: str, otherwise: str) -> str:
        self.names.append(free_name(title, self.names, otherwise))
        return self.names[-1]


def _by_place(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return what several rows have in each place, those that are shorter left out."""
    return [[row[place] for row in rows if place < len(row)] for place in range(max(map(len, rows)))]


def _told(sheet: Sheet) -> tuple[str, ...]:
    """Return the notes of a listing, after what is said where it has no row."""
    return sheet.notes if sheet.rows or not sheet.empty else (sheet.empty, *sheet.notes)


def _with_all(report: Report, sheet: Sheet) -> Sheet:
    """Return the only listing of a report with the facts and notes of the report, as one sheet to hand on."""
    facts = "   ".join(
        f"{fact.label}: {word(fact.value)}" for fact in report.facts if fact.table and fact.key != "as_of"
    )
    return replace(sheet, heading=(facts,) if facts else (), notes=(*sheet.notes, *report.notes))


def _without_repeats(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts without those that say again what people read, and those that only machines can name."""
    best: dict[str, Fact] = {}
    for fact in facts:
        if fact.label not in best or fact.table:
            best[fact.label] = fact
    again = {fact.key.removeprefix("told_") for fact in facts if fact.key.startswith("told_")}
    again |= {f"{fact.key}_change" for fact in facts if isinstance(fact.value, Compared)}
    return [fact for fact in facts if best[fact.label] is fact
            and (fact.table or (fact.label != fact.key and fact.key not in again))]  # fmt: skip


def _with_changes(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with those that tell their changes laid beside them."""
    changes = {fact.key: fact.value for fact in facts if isinstance(fact.value, int | Decimal | None)}
    found, told = [], set()
    for fact in facts:
        key, value = f"{fact.key}_change", _plain(fact.value)
        if key in changes and isinstance(value, int | Decimal | Money | Ratio):
            told.add(key)
            found.append(replace(fact, value=Compared(value, changes[key])))
        else:
            found.append(fact)
    return [fact for fact in found if fact.key not in told]


def _fact_sheet(facts: Sequence[Fact]) -> Sheet:
    """Return the facts as a table: what, the value, and of a share its part and its whole."""
    columns = [Column("what", _("Figure")), Column("value", _("Value"))]
    rows: list[tuple[Cell, ...]] = [(fact.label, _plain(fact.value)) for fact in facts]
    shares = [value if isinstance(value := _plain(fact.value), Ratio) else None for fact in facts]
    if any(shares):
        columns += [Column("part", _("Part")), Column("whole", _("Whole"))]
        rows = [
            (*row, share.part, share.whole) if share else (*row, None, None)
            for row, share in zip(rows, shares, strict=True)
        ]
    if any(isinstance(fact.value, Compared) for fact in facts):
        columns.append(Column(CHANGE, _("Change")))
        rows = [
            (*row, fact.value if isinstance(fact.value, Compared) else None)
            for row, fact in zip(rows, facts, strict=True)
        ]
    return Sheet("summary", _("summary"), tuple(columns), rows)


def _plain(value: Cell) -> Cell:
    """Return a figure without its change."""
    return value.value if isinstance(value, Compared) else value


def _pages(report: Report) -> list[tuple[str, list[Sheet]]]:
    """Return the excerpts that share a page, by the name of the page."""
    excerpts = [sheet for sheet in report.sheets if sheet.page]
    return [
        (page, [for_people(part) for part in group]) for page, group in groupby(excerpts, key=lambda part: part.page)
    ]


def _require_room(sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        if len(sheet.rows) + len(sheet.notes) + _AROUND > _MOST_ROWS:
            raise UsageRefused(
                say(
                    "{title}: an Excel worksheet cannot hold {count:row|rows}.",
                    title=sheet.title,
                    count=len(sheet.rows),
                ),
                say("Write a .csv file instead."),
            )


def free_name(title: str, taken: Sequence[str], otherwise: str) -> str:
    r"""Return a valid worksheet name: at most 31 UTF-16 units, none of []:*?/\, unique regardless of case."""
    wanted = re.sub(r"[\[\]:*?/\\]", " ", visible(title)).strip(" '") or otherwise
    used = {name.casefold() for name in taken} | {"history"}
    name, number = _cut(wanted, 31), 1
    while name.casefold() in used:
        number += 1
        name = f"{_cut(wanted, 26)} {number}"
    return name


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip(" '")
