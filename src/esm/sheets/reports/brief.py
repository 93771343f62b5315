"""The page to read before a visit, as a report."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from esm.domain.reports.dossier import Brief
from esm.domain.values import phones
from esm.domain.values.industry import section as industry_section
from esm.domain.visits.open_items import BriefSection
from esm.sheets.register.enterprises import masked_phone, revenue_band
from esm.sheets.schedule.due_list import days_in_words
from esm.sheets.sheet import code_words
from esm.sheets.sheet.message_translation import as_text, tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells


def brief_report(brief: Brief, *, with_phones: bool = False) -> Report:
    """Return the page; telephone numbers are masked unless asked for, revenue is a band."""
    return Report(
        _("Brief: {enterprise}").format(enterprise=brief.enterprise.name),
        _facts(brief, with_phones=with_phones),
        (*(_section_sheet(each) for each in brief.sections), _question_sheet(brief)),
    )


def _facts(brief: Brief, *, with_phones: bool) -> tuple[Fact, ...]:
    known, due = brief.enterprise, brief.due
    phone = known.contact_phone if with_phones else masked_phone(known.contact_phone)
    contact = " ".join(filter(None, (known.contact_name, known.contact_title, phone))) or None
    industry = None if known.industry_code is None else industry_section(known.industry_code)
    told = None if industry is None else f"{known.industry_code} {code_words.section(industry)}"
    return (
        Fact("uscc", _("Credit code"), known.uscc),
        Fact("enterprise", _("Enterprise"), known.name, table=False),
        Fact("tier", _("Tier"), known.tier),
        Fact("industry", _("Industry"), told),
        Fact("subdistrict", _("Subdistrict"), known.subdistrict),
        Fact("address", _("Address"), known.address),
        Fact("revenue", _("Annual revenue (10 000 yuan)"), revenue_band(known.revenue)),
        Fact("employees", _("Employees"), known.employees),
        Fact("contact", _("Contact"), contact),
        Fact("cadre", _("Cadre"), brief.cadre),
        Fact("deputies", _("Deputies"), tuple(one.name for one in brief.deputies), table=bool(brief.deputies)),
        Fact("last_visit_on", _("Last visit"), None if due is None else due.row.last_visit_on),
        Fact("never_visited", _("Never visited"), None if due is None else due.row.last_visit_on is None, table=False),
        Fact("due_on", _("Due"), None if due is None else due.row.due_on),
        Fact("days", _("Days"), None if due is None else days_in_words(due), data=False),
        Fact("days_overdue", _("Days overdue"), None if due is None else due.days_overdue, table=False),
        Fact("planned_on", _("Planned"), None if due is None else due.row.planned_on),
    )


def _section_sheet(section: BriefSection) -> Sheet:
    columns = (
        Column("on", _("Date")),
        Column("who", _("People")),
        Column("what", _("Details"), lambda line: as_text(line.what)),
        Column("late", _("Overdue"), "is_late", table=any(line.is_late for line in section.lines)),
    )
    return Sheet(section.key, tell(section.title), columns, cells(columns, section.lines), (), tell(section.empty))


def _question_sheet(brief: Brief) -> Sheet:
    columns = (Column("question", _("Question"), tell),)
    empty = "" if brief.nothing_open is None else tell(brief.nothing_open)
    return Sheet("questions", _("Suggested questions"), columns, cells(columns, brief.questions), (), empty)


def brief_lines(brief: Brief) -> Iterator[str]:
    """Yield the brief as plain text, for a calendar's note; no telephone number is in it."""
    report = brief_report(brief)
    contact = " ".join(filter(None, (brief.enterprise.contact_name, brief.enterprise.contact_title)))
    if contact:
        yield _("{label}: {words}").format(label=_("Contact"), words=contact)
    for sheet in report.sheets:
        if sheet.rows:
            yield ""
            yield sheet.title
            for row in sheet.rows:
                told = " ".join(_word(cell) for cell in row if cell not in {None, False, True})
                yield f"· {phones.mask_within(told)}"


def _word(cell: Cell) -> str:
    return cell.label if isinstance(cell, Term) else str(cell)
