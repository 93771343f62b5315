"""The template of a handover as esm has it: for each successor one sheet, with lines to sign for all three."""

from __future__ import annotations

from gettext import gettext as _

from docx.shared import Mm

from esm.formats.write.docx.layout import CENTER, HEAD, TITLE, Look, Paper
from esm.sheets.sheet.sheet import Report, Sheet

_WIDTHS = {
    "takeovers": {"enterprise": 42, "contact": 26, "contact_phone": 26, "tier": 10, "deputies": 20},
    "minutes": {"enterprise": 36, "minutes": 84},
    "matters": {"enterprise": 36, "text": 74},
    "signatures": {"part": 30, "name": 36, "signature": 60, "on": 34},
}  # shares of the width
_WIDTH = 22  # of another column
_TO_SIGN = Mm(12)


def handover_template(report: Report) -> bytes:
    """Return the template of a handover with the columns of this report, in the language in use."""
    page = Paper("{{ title }}")
    page.tag("{%p for each in successors %}")
    title = page.line(_("Handover sheet"), Look(22, TITLE, CENTER, is_bold=True))
    title.paragraph_format.page_break_before = True
    page.paragraph(
        _("Handed over by {cadre}, taken over by {who}, from {day} on.").format(
            cadre="{{ fact.staff_no }} {{ fact.cadre }}", who="{{ each.who }}", day="{{ fact.told_on }}"
        )
    )
    for key, sheet in _sheets(report).items():
        page.tag(f"{{%p if each.{key}.rows %}}")
        heading = page.line(f"{{{{ each.{key}.title }}}}", Look(12, HEAD, CENTER), space=10)
        heading.paragraph_format.keep_with_next = True
        widths = [_WIDTHS[key].get(column.key, _WIDTH) for column in sheet.columns if column.table]
        table = page.listing(sheet, widths, name=f"each.{key}")
        if key == "signatures":
            table.rows[2].height = _TO_SIGN
        page.tag("{%p endif %}")
    page.tag("{%p endfor %}")
    page.remarks()
    return page.content()


def _sheets(report: Report) -> dict[str, Sheet]:
    """Return a listing of each kind, with as many columns as any successor has."""
    own = [sheet for sheet in report.sheets if sheet.page]
    takeovers = [sheet for sheet in own if sheet.key.startswith("to_")]
    whole = {sheet.key: sheet for sheet in report.sheets if sheet.data}
    return {
        "takeovers": max(takeovers, key=lambda sheet: sum(column.table for column in sheet.columns)),
        "minutes": whole["minutes"],
        "matters": whole["matters"],
        "signatures": next(sheet for sheet in own if sheet.key == "signatures"),
    }
