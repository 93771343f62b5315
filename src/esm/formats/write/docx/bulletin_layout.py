"""The template of a bulletin as esm has it: the head in red, the sections, the tables."""

from __future__ import annotations

from gettext import gettext as _

from esm.formats.write.cell_text import with_columns
from esm.formats.write.docx.layout import CENTER, HEAD, TITLE, Look, Paper
from esm.sheets.sheet.sheet import Report, Sheet

_FIRST, _WORDS, _CHANGE, _NUMBER = 28, 26, 21, 18  # shares of the width


def bulletin_template(report: Report) -> bytes:
    """Return the template of a bulletin with the sections and tables of this report, in the language in use."""
    page = Paper("{{ title }}")
    page.line(_("Enterprise Service Bulletin"), Look(32, TITLE, CENTER, is_bold=True, is_red=True))
    page.tag("{%p if fact.issue %}")
    page.line(_("Issue {number}").format(number="{{ fact.issue }}"), Look(page.size, align=CENTER))
    page.tag("{%p endif %}")
    office = "{% if fact.issuing_office %}{{ fact.issuing_office }}　　{% endif %}"
    page.rule(page.line(f"{office}{{{{ fact.issued }}}}", Look(page.size, align=CENTER), space=6))
    page.line("{{ title }}", Look(20, TITLE, CENTER, is_bold=True), space=14)
    for sheet in report.sheets:
        if sheet.columns:
            _table(page, sheet)
        else:
            page.heading(f"{{{{ section.{sheet.key}.title }}}}")
            page.paragraphs(f"section.{sheet.key}.paragraphs")
    page.remarks()
    return page.content()


def _table(page: Paper, sheet: Sheet) -> None:
    name = f"table.{sheet.key}"
    page.tag(f"{{%p if {name}.rows %}}")
    title = page.line(f"{{{{ {name}.title }}}}", Look(12, HEAD, CENTER, is_bold=not page.is_chinese), space=8)
    title.paragraph_format.keep_with_next = True
    columns = with_columns(sheet, [column.table for column in sheet.columns]).columns
    page.listing(sheet, [_FIRST, *(_width(column.key) for column in columns[1:])], name=name)
    page.line("", Look(6))
    page.tag("{%p endif %}")


def _width(key: str) -> int:
    return _CHANGE if key.endswith("change") else _WORDS if key.startswith("told") else _NUMBER
