"""The briefs of a cadre's week: for people one after the other, for machines their lines in one listing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _

from esm.domain.reports.week import CadreWeek
from esm.sheets.reports.brief import brief_report
from esm.sheets.reports.week import made_by_notes, week_facts
from esm.sheets.sheet.message_translation import as_text, day_text, tell
from esm.sheets.sheet.sheet import Column, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import facts_for_machines, facts_for_people


def week_briefs_report(week: CadreWeek, *, with_phones: bool = False) -> Report:
    """Return the pages in the order of the visits; telephone numbers are masked unless asked for."""
    pages = [brief_report(each.brief, with_phones=with_phones) for each in week.visits]
    people = [sheet for page in pages for sheet in _page(page)]
    title = _("Briefs for the week {first} to {last}: {cadre}").format(
        first=day_text(week.start_on), last=day_text(week.last_day), cadre=f"{week.cadre.name} {week.cadre.staff_no}"
    )
    notes = made_by_notes(week)
    if not pages:
        notes = (_("No visit is due or planned this week."), *notes)
    known = facts_for_machines("briefs", _("Enterprises"), [page.facts for page in pages])
    return Report(title, week_facts(week), (*people, known, _lines(week), _questions(week)), notes)


def _page(page: Report) -> Iterator[Sheet]:
    """Yield one brief as people read it: what is known of the enterprise, then each section that says something."""
    name = next(str(fact.value) for fact in page.facts if fact.key == "enterprise")
    yield facts_for_people(name, page.facts)
    for sheet in page.sheets:
        if sheet.rows:
            title = _("{enterprise}: {section}").format(enterprise=name, section=sheet.title)
            yield replace(sheet, title=title, data=False)


def _lines(week: CadreWeek) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), lambda row: row[0].brief.enterprise.uscc),
        Column("enterprise", _("Enterprise"), lambda row: row[0].brief.enterprise.name),
        Column("section", _("Section"), lambda row: row[1].key),
        Column("on", _("Date"), lambda row: row[2].on),
        Column("who", _("People"), lambda row: row[2].who),
        Column("what", _("Details"), lambda row: as_text(row[2].what)),
        Column("late", _("Overdue"), lambda row: row[2].is_late),
    )
    rows = [
        (visit, section, line) for visit in week.visits for section in visit.brief.sections for line in section.lines
    ]
    return Sheet("lines", _("What is known"), columns, cells(columns, rows), table=False)


def _questions(week: CadreWeek) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), lambda row: row[0].brief.enterprise.uscc),
        Column("enterprise", _("Enterprise"), lambda row: row[0].brief.enterprise.name),
        Column("question", _("Question"), lambda row: tell(row[1])),
    )
    rows = [(visit, question) for visit in week.visits for question in visit.brief.questions]
    return Sheet("questions", _("Suggested questions"), columns, cells(columns, rows), table=False)
