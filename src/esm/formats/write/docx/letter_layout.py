"""The template of a letter of supervision as esm has it: the matter, the tables, the answer with lines to sign."""

from __future__ import annotations

from gettext import gettext as _

from esm.formats.write.docx.layout import CENTER, HEAD, RIGHT, TITLE, Look, Paper
from esm.sheets.sheet.sheet import Report

_WIDTHS = {
    "overdue": (46, 26, 20, 24, 14, 24),
    "requests": (12, 40, 46, 22, 22, 14),
    "unserved": (80, 50, 26),
}  # shares of the width


def letter_template(report: Report) -> bytes:
    """Return the template of a letter with the tables of this report, in the language in use."""
    page = Paper("{{ title }}")
    page.line("{{ title }}", Look(26, TITLE, CENTER, is_bold=True, is_red=True))
    number = _("{year} No. {number}").format(year="{{ fact.year }}", number="{{ fact.number }}")
    page.rule(page.line(number, Look(page.size, align=CENTER), space=4))
    page.line(_("{department}:").format(department="{{ fact.department }}"), space=8)
    page.paragraphs("section.body.paragraphs")
    for sheet in report.sheets:
        if sheet.columns:
            page.tag(f"{{%p if table.{sheet.key}.rows %}}")
            title = page.line(f"{{{{ table.{sheet.key}.title }}}}", Look(12, HEAD, CENTER), space=8)
            title.paragraph_format.keep_with_next = True
            page.listing(sheet, _WIDTHS[sheet.key], name=f"table.{sheet.key}")
            page.tag("{%p endif %}")
    page.remarks()
    page.tag("{%p if fact.issuing_office %}")
    page.line("{{ fact.issuing_office }}", Look(page.size, align=RIGHT), space=12)
    page.tag("{%p endif %}")
    page.line("{{ fact.issued }}", Look(page.size, align=RIGHT), space=4)
    page.form(
        _("Reply of the department"),
        (_("Action taken"), _("Matters outstanding, and completion dates")),
        (_("Prepared by"), _("Head of the department"), _("Telephone"), _("Date")),
    )
    return page.content()
