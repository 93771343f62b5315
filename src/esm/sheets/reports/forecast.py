"""The forecast: first the sentence that answers, then where not, who has no day left, and what keeps the promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from gettext import gettext as _
from operator import attrgetter

from esm.domain.reports.forecast.outcome import Forecast, ProspectCount
from esm.domain.reports.forecast.remedies import Remedy, RemedyKind
from esm.domain.values.intervals import last_day
from esm.errors import Message, say
from esm.sheets.reports.coverage import department_label
from esm.sheets.schedule.plan import provisional_note
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.selection import total_line
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, enterprise_columns, group_sheet, name_or

SHOWN = 4


def forecast_report(forecast: Forecast) -> Report:
    """Return the forecast; its keys are the contract of `esm forecast --format json`.

    Tables show the first rows of each list; the other formats hold every one.
    """
    total = forecast.total
    facts = (
        Fact("on", _("Forecast made on"), forecast.on),
        Fact("until", _("Forecast for"), forecast.until, table=False),
        Fact("in_scope", _("In scope"), total.in_scope, table=False),
        Fact("with_plan.overdue", _("Overdue if every plan is kept"), total.overdue_with_plan, table=False),
        Fact("at_pace.overdue", _("Overdue at the present pace"), total.overdue_at_pace, table=False),
        Fact("planned_until", _("Planned until"), forecast.planned_until),
        Fact("will_hold", _("The promise will hold"), forecast.will_hold, table=False),
        Fact("provisional", _("On provisional working days"), forecast.is_provisional, table=False),
        Fact("lapsed", _("Plans whose day has passed"), forecast.lapsed, table=forecast.lapsed > 0),
        Fact("fewest", _("Proven to be the fewest changes"), forecast.remedies.is_least, table=False),
    )
    return Report(tell(_answer(forecast)), facts, tuple(_sheets(forecast)), tuple(map(tell, _notes(forecast))))


def _answer(forecast: Forecast) -> Message:
    """Return the sentence that answers."""
    total = forecast.total
    named = {"until": forecast.until, "pace": total.overdue_at_pace, "in_scope": total.in_scope}
    if not total.in_scope:
        return say("No enterprise is in scope on {until}: there is nothing to forecast.", until=forecast.until)
    if total.overdue_with_plan is None:
        return say(
            "No visits are planned yet; at the present pace {pace} of "
            "{in_scope:enterprise|enterprises} will be overdue on {until}.",
            **named,
        )
    if total.overdue_with_plan and forecast.is_beyond_plan:
        return say(
            "Visits are planned up to {planned} only: without more of them {count} of "
            "{in_scope:enterprise|enterprises} will be overdue on {until}, {pace} at the "
            "present pace.",
            planned=forecast.planned_until, count=total.overdue_with_plan, **named,
        )  # fmt: skip
    if total.overdue_with_plan:
        return say(
            "The promise will not hold on {until}: {count} of {in_scope:enterprise|enterprises} "
            "will be overdue even if every plan is kept, {pace} at the present pace.",
            count=total.overdue_with_plan, **named,
        )  # fmt: skip
    if total.overdue_at_pace:
        return say(
            "The promise will hold on {until} if every plan is kept; at the present pace {pace} "
            "of {in_scope:enterprise|enterprises} will be overdue.",
            **named,
        )
    return say(
        "The promise will hold on {until}, with the plan and at the present pace, for "
        "{in_scope:enterprise|enterprises}.",
        **named,
    )


def _notes(forecast: Forecast) -> Iterator[Message]:
    remedies, total = forecast.remedies, forecast.total
    if total.overdue_with_plan and not remedies.missing:
        yield say("Every visit needed still finds a free working day: planning again is enough.")
    if remedies.changes:
        yield say("Changes: {count}. The plan follows them.", count=len(remedies.changes))
    if not remedies.is_least:
        yield say("The search was stopped: fewer changes may be enough.")
    if remedies.beyond_help:
        count = len(remedies.beyond_help)
        yield (
            say(
                "No change keeps the promise for {count:enterprise|enterprises}: no cadre can visit in time.",
                count=count,
            )
            if remedies.is_least
            else say("No change was found that keeps the promise for {count:enterprise|enterprises}.", count=count)
        )
    if forecast.is_provisional:
        yield Message(provisional_note())


def _sheets(forecast: Forecast) -> Iterator[Sheet]:
    known = name_or(_("(not stated)"))
    yield from _with_excerpt(_remedy_sheet(forecast))
    yield from _with_excerpt(_short_sheet(forecast))
    yield from _with_excerpt(
        _group_sheet("by_subdistrict", (_("Overdue by subdistrict"), _("Subdistrict")), forecast, "subdistrict", known)
    )
    yield from _with_excerpt(
        _group_sheet(
            "by_department",
            (_("Overdue by department"), _("Department")),
            forecast,
            "named_department",
            department_label,
        )
    )
    yield from _with_excerpt(_overdue_sheet(forecast))
    yield _beyond_help_sheet(forecast)


def _with_excerpt(sheet: Sheet) -> Iterator[Sheet]:
    """Yield the whole listing, and where it is long, for people its first rows in its place."""
    if len(sheet.rows) <= SHOWN:
        yield sheet
        return
    yield replace(sheet, table=False)
    first = replace(sheet, key=f"first_{sheet.key}", rows=sheet.rows[:SHOWN], total=len(sheet.rows), data=False)
    yield replace(first, notes=(tell(total_line(first, 0)),))


def _remedy_sheet(forecast: Forecast) -> Sheet:
    firms, people = forecast.enterprises, forecast.cadres
    columns = (
        Column("change", _("Kind"), coded("kind"), table=False),
        Column("told_change", _("What to change"), lambda each: tell(_told(each, forecast)), data=False),
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise"), lambda each: firms.get(each.uscc), table=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), lambda each: people.get(each.staff_no), table=False),
        Column("from_no", _("Previous staff no."), table=False),
        Column("from_cadre", _("Previous cadre"), lambda each: people.get(each.from_no), table=False),
        Column("start_on", _("From"), table=False),
        Column("end_on", _("Until (exclusive)"), table=False),
        Column("value", _("New value"), table=False),
    )
    rows = cells(columns, forecast.remedies.changes)
    title = _("Fewest changes needed")
    fine = _("No change is needed: every visit finds a free working day.")
    none = _("No change was found.") if forecast.remedies.beyond_help else fine
    return Sheet("remedies", title, columns, rows, (), _empty(forecast, none))


def _empty(forecast: Forecast, fine: str) -> str:
    """Return what is said of nothing: that all is well, unless nothing was looked at."""
    return fine if forecast.total.in_scope else _("No enterprise is in scope.")


def _told(remedy: Remedy, forecast: Forecast) -> Message:
    """Return a change as a sentence."""
    cadre, before = forecast.cadres.get(remedy.staff_no or ""), forecast.cadres.get(remedy.from_no or "")
    if remedy.kind == RemedyKind.VISITS_PER_DAY:
        return say("each cadre may make {value:visit|visits} a day", value=remedy.value)
    if remedy.kind == RemedyKind.DEPUTY:
        first, last = remedy.start_on, last_day(remedy.end_on)
        return say("{cadre} stands in for {before}, absent from {first} to {last}",
                   cadre=cadre, before=before, first=first, last=last)  # fmt: skip
    named = {"cadre": cadre, "enterprise": forecast.enterprises[remedy.uscc or ""], "value": remedy.value}
    if remedy.kind == RemedyKind.MOVE:
        if before is None:
            return say("{cadre} takes on {enterprise}, which is unserved", **named)
        return say("{cadre} takes over {enterprise} from {before}", before=before, **named)
    if before is None:
        return say("{cadre} takes on {enterprise}, which is unserved; capacity {value}", **named)
    return say("{cadre} takes over {enterprise} from {before}; capacity {value}", before=before, **named)


def _short_sheet(forecast: Forecast) -> Sheet:
    columns = (
        Column("key", _("Staff no."), "staff_no", table=False),
        Column("cadre", _("Cadre")),
        Column("department", _("Department")),
        Column("wanted", _("Visits needed")),
        Column("missing", _("Without a free day")),
    )
    rows, fine = cells(columns, forecast.short), _("Every cadre has a free working day.")
    if not forecast.has_cadres:
        fine = _("No cadre is in post.")
    return Sheet("short", _("No free working day left"), columns, rows, (), _empty(forecast, fine))


def _group_sheet(
    key: str, titles: tuple[str, str], forecast: Forecast, name: str, label: Callable[[str | None], str]
) -> Sheet:
    groups: list[tuple[str | None, ProspectCount]] = forecast.by(attrgetter(name))
    columns = (
        Column("in_scope", _("In scope")),
        Column("overdue_with_plan", _("With plan")),
        Column("overdue_at_pace", _("At pace")),
    )
    return group_sheet(key, titles, groups, label, columns)


def _overdue_sheet(forecast: Forecast) -> Sheet:
    columns = (
        *enterprise_columns(),
        Column("tier", _("Tier"), table=False),
        Column("subdistrict", _("Subdistrict"), table=False),
        Column("department", _("Department"), table=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), lambda each: each.cadre or _("(unserved)"), data=False),
        Column("due_on", _("Due")),
        Column("planned_on", _("Planned"), table=False),
        Column("overdue_with_plan", _("With plan"), "is_overdue_with_plan"),
        Column("overdue_at_pace", _("At pace"), "is_overdue_at_pace", table=False),
    )
    rows = cells(columns, forecast.overdue())
    return Sheet(
        "enterprises",
        _("Who will be overdue"),
        columns,
        rows,
        (),
        _empty(forecast, _("No enterprise will be overdue.")),
    )


def _beyond_help_sheet(forecast: Forecast) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), lambda uscc: uscc),
        Column("enterprise", _("Enterprise"), lambda uscc: forecast.enterprises[uscc]),
    )
    usccs = forecast.remedies.beyond_help
    return Sheet("beyond_help", _("Overdue whatever is changed"), columns, cells(columns, usccs), table=bool(usccs))
