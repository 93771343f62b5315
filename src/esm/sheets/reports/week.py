"""One cadre's week: a listing and what to bring for a screen, a card a visit for a phone."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from esm.domain.register.cadres import Cadre
from esm.domain.reports.week import CadreWeek, FormChoices, WeekVisit
from esm.domain.values import phones
from esm.domain.visits.open_items import BriefLine, BriefSection
from esm.errors import say
from esm.sheets.register.enterprises import masked_phone
from esm.sheets.reports.brief import brief_report
from esm.sheets.reports.week_form import opening_lines, visit_form
from esm.sheets.schedule.due_list import days_in_words
from esm.sheets.sheet.cards import Card, CardPage
from esm.sheets.sheet.day_words import weekday_in_words
from esm.sheets.sheet.message_translation import as_text, day_text, tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import optional

_KINDS = {"promises": say("promise"), "requests": say("request"), "news": say("result"), "policies": say("policy")}


def week_report(week: CadreWeek, choices: FormChoices | None = None) -> CardPage:
    """Return the week; the keys are the contract of `esm week --format json`. With choices its page has forms."""
    title = _("Visits of the week {first} to {last}: {cadre}").format(
        first=day_text(week.start_on), last=day_text(week.last_day), cadre=f"{week.cadre.name} {week.cadre.staff_no}"
    )
    return CardPage(
        title,
        week_facts(week),
        (_visit_listing(week), _matter_listing(week)),
        made_by_notes(week),
        cards=tuple(_card(each, week.cadre) for each in week.visits),
        empty=_("No visit is due or planned this week."),
        form=None if choices is None else visit_form(choices, week.start_on),
    )


def week_facts(week: CadreWeek) -> tuple[Fact, ...]:
    """Return whose week it is, of which days, as of which day."""
    return (
        Fact("staff_no", _("Staff no."), week.cadre.staff_no, table=False),
        Fact("cadre", _("Cadre"), week.cadre.name, table=False),
        Fact("today", _("As of"), week.today),
        Fact("start_on", _("From"), week.start_on, table=False),
        Fact("last_day", _("Until (inclusive)"), week.last_day, table=False),
    )


def made_by_notes(week: CadreWeek) -> tuple[str, ...]:
    """Return who makes how many visits of the cadre."""
    return tuple(
        tell(say("{count:visit is|visits are} made by {deputy}.", count=count, deputy=deputy))
        for deputy, count in week.made_by
    )


def _visit_listing(week: CadreWeek) -> Sheet:
    columns = (
        Column("planned_on", _("Planned")),
        Column("weekday", _("Day"), _weekday, data=False),
        Column(
            "starts_at", _("Agreed time"), optional("plan.starts_at"),
            table=any(each.plan and each.plan.starts_at for each in week.visits),
        ),
        Column("confirmed", _("Agreed"), lambda each: each.plan is not None and each.plan.is_confirmed, table=False),
        Column("uscc", _("Credit code"), "brief.enterprise.uscc", table=False),
        Column("enterprise", _("Enterprise"), "brief.enterprise.name"),
        Column("tier", _("Tier"), "brief.enterprise.tier", table=False),
        Column("subdistrict", _("Subdistrict"), "brief.enterprise.subdistrict", table=False),
        Column("address", _("Address"), "brief.enterprise.address", needs_room=True),
        Column("contact", _("Contact"), _contact, needs_room=True),
        Column("due_on", _("Due"), optional("brief.due.row.due_on")),
        Column("days_overdue", _("Days overdue"), optional("brief.due.days_overdue"), table=False),
        Column("told_days", _("Days"), _days, data=False),
        Column("cadre", _("Cadre"), "brief.cadre", table=any(_is_of_another(week, each) for each in week.visits)),
    )  # fmt: skip
    return Sheet(
        "visits", _("Visits"), columns, cells(columns, week.visits), (), _("No visit is due or planned this week.")
    )


def _matter_listing(week: CadreWeek) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), lambda row: row[0].brief.enterprise.uscc, table=False),
        Column("enterprise", _("Enterprise"), lambda row: row[0].brief.enterprise.name),
        Column("kind", _("Kind"), lambda row: Term(row[1].key, tell(_KINDS[row[1].key]))),
        Column("on", _("Date"), lambda row: row[2].on),
        Column("who", _("People"), lambda row: row[2].who, table=False),
        Column("what", _("Details"), lambda row: as_text(row[2].what)),
        Column("late", _("Overdue"), lambda row: row[2].is_late, table=False),
    )
    rows = [(visit, section, line) for visit in week.visits for section, line in visit.matters]
    empty = _("There is nothing to bring.")
    return Sheet("matters", _("What to bring and to tell"), columns, cells(columns, rows), (), empty)


def _is_of_another(week: CadreWeek, visit: WeekVisit) -> bool:
    """Return whether the cadre goes for somebody else who serves the enterprise."""
    return visit.brief.cadre != week.cadre.name


def _weekday(visit: WeekVisit) -> Cell:
    return None if visit.planned_on is None else weekday_in_words(visit.planned_on)


def _days(visit: WeekVisit) -> Cell:
    return None if visit.brief.due is None else days_in_words(visit.brief.due)


def _contact(visit: WeekVisit) -> Cell:
    known = visit.brief.enterprise
    phone = masked_phone(known.contact_phone)
    return " ".join(filter(None, (known.contact_name, known.contact_title, phone))) or None


def _card(visit: WeekVisit, cadre: Cadre) -> Card:
    """Return a visit as a card: when, where, how late, and all of the brief that says something."""
    return Card(
        key=visit.brief.enterprise.uscc,
        title=visit.brief.enterprise.name,
        head=_when(visit),
        facts=tuple((fact.label, fact.value) for fact in brief_report(visit.brief).facts if fact.table and fact.value),
        parts=tuple(_parts(visit)),
        is_bad=visit.brief.due is not None and visit.brief.due.days_overdue > 0,
        opening=opening_lines(visit.brief.enterprise, cadre),
    )


def _when(visit: WeekVisit) -> str:
    if visit.planned_on is None:
        return _("no day yet")
    at, agreed = None, None
    if visit.plan is not None:
        at, agreed = visit.plan.starts_at, _("agreed") if visit.plan.is_confirmed else None
    return " ".join(filter(None, (weekday_in_words(visit.planned_on), day_text(visit.planned_on), at, agreed)))


def _parts(visit: WeekVisit) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in visit.brief.sections:
        if section.lines:
            yield tell(section.title), tuple(_line(section, line) for line in section.lines)
    if visit.brief.questions:
        yield _("Suggested questions"), tuple(map(tell, visit.brief.questions))


def _line(section: BriefSection, line: BriefLine) -> str:
    late = _("overdue") if line.is_late else None
    day = None if line.on is None else day_text(line.on)
    who = line.who if section.key != "policies" else None
    return phones.mask_within(" ".join(filter(None, (day, late, who, as_text(line.what)))))
