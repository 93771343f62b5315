"""What people see of a report on a screen: one page of it, which says what it leaves out (docs/cli.md, Output)."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from esm.errors import Listed, say
from esm.sheets.sheet.message_translation import sentences, tell
from esm.sheets.sheet.sheet import Report, Sheet

_LINES = 50


def excerpt(report: Report, hint: str = "") -> Report:
    """Return a report without its details, the notes below its tables, and the codes of enterprises beside their names.

    What is left out, and `hint`, stand below.
    """
    details = [fact for fact in report.facts if fact.table and fact.is_detail]
    left_out = [sheet for sheet in report.sheets if sheet.table and sheet.short == 0]
    names = [*([tell(say("{count:figure|figures}", count=len(details)))] if details else ()),
             *([_("credit codes")] if any(map(_has_codes, report.sheets)) else ()),
             *(sheet.title for sheet in left_out)]  # fmt: skip
    note = sentences((
        *([tell(say("Left out here: {names}.", names=Listed(names)))] if names else ()),
        *filter(None, (hint,)),
        _("Everything: --full."),
    ))  # fmt: skip
    return replace(
        report,
        facts=tuple(replace(fact, table=False) if fact in details else fact for fact in report.facts),
        sheets=tuple(replace(_bare(sheet), table=sheet.table and sheet.short != 0) for sheet in report.sheets),
        notes=(*report.notes, note),
        lines=_LINES,
    )


def _has_codes(sheet: Sheet) -> bool:
    shown = {column.key for column in sheet.columns if column.table}
    return sheet.table and sheet.short != 0 and {"uscc", "enterprise"} <= shown


def _bare(sheet: Sheet) -> Sheet:
    has_codes = _has_codes(sheet)
    columns = (replace(each, table=each.table and not (has_codes and each.key == "uscc")) for each in sheet.columns)
    return replace(sheet, columns=tuple(columns), notes=())
