"""`esm bulletin`: the bulletin of a month, a period or a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.delivery import WordOutput, WriteTemplateOption, save_template
from esm.cli.shell.options import Output, option
from esm.domain.reports.bulletin import BulletinSpan, blank_bulletin, month_span, period_span, year_span
from esm.errors import UsageRefused, say
from esm.formats import HEADED
from esm.sheets.reports.bulletin.report import bulletin_report
from esm.sheets.sheet.sheet import Report
from esm.usecases.reports import bulletin as bulletins

if TYPE_CHECKING:
    from datetime import date

    from esm.sheets.sheet.sheet import Document


@dataclass(frozen=True, slots=True)
class BulletinOutput(WordOutput):
    """The requested output of a bulletin: a Word document, too, made from a template."""

    def content(self, shown: Document, made_on: date) -> bytes:
        """Return the content of the file: the template filled, or the format written."""
        if self.kind != "docx" or not isinstance(shown, Report):
            return Output.content(self, _without_office(shown) if self.kind in HEADED else shown, made_on)
        from esm.formats.write.docx import documents  # noqa: PLC0415 - only for Word documents

        (document,) = documents.bulletins([shown], self.template)
        return document


def _without_office(shown: Document) -> Document:
    """Return the bulletin without the fact of who issues it, which stands in the heading."""
    if not isinstance(shown, Report):
        return shown
    return replace(
        shown, facts=tuple(replace(fact, table=fact.table and fact.key != "issuing_office") for fact in shown.facts)
    )


@query("esm bulletin --month 2026-10 -o bulletin.docx", "esm bulletin --period 2026-11", output=BulletinOutput)
def bulletin(
    desk: Context,
    *,
    month: Annotated[str | None, option("YYYY-MM", _("The month."))] = None,
    period: Annotated[str | None, option("YYYY-MM", _("The two-month period, given by either of its months."))] = None,
    year: Annotated[str | None, option("YYYY", _("The year."))] = None,
    as_of: Annotated[
        str | None,
        option("DATE", _("Report as of this date; by default today, or the last day of a past period."), "--as-of"),
    ] = None,
    issue: Annotated[int | None, option("N", _("Number of the bulletin."), min=1)] = None,
    write_template: WriteTemplateOption = None,
) -> None:
    """Write the bulletin of a month, a two-month period or a year."""
    if write_template is not None:
        if (month, period, year) != (None, None, None):
            raise UsageRefused(say("--write-template only writes the template."), say("Omit the other options."))
        from esm.formats.write.docx.bulletin_layout import bulletin_template  # noqa: PLC0415 - only for Word documents

        save_template(desk, write_template, bulletin_template(bulletin_report(blank_bulletin(desk.today))))
        return
    span = _span(month, period, year)
    with desk.busy(say("Counting")), desk.reading() as reading:
        found = bulletins.bulletin(reading, desk.day(as_of), span, desk.today)
    desk.show(bulletin_report(found, issue))


def _span(month: str | None, period: str | None, year: str | None) -> BulletinSpan:
    """Return the span that exactly one of the options gives."""
    given = [(text, read) for text, read in ((month, month_span), (period, period_span), (year, year_span)) if text]
    if len(given) != 1:
        raise UsageRefused(
            say("A bulletin is of a month, a period or a year."),
            say("Give one of --month YYYY-MM, --period YYYY-MM and --year YYYY."),
        )
    ((text, read),) = given
    return read(text)
