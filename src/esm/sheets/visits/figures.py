"""What was done in visits, as a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from operator import attrgetter

from esm.domain.visits.figures import VisitFigures
from esm.sheets.sheet.bars import count_bars
from esm.sheets.sheet.day_words import period_in_words
from esm.sheets.sheet.sheet import Chart, Column, Fact, Report, Sheet, facts
from esm.sheets.sheet.usual_columns import Groups, group_sheet, name_or


def visit_figures_report(figures: VisitFigures) -> Report:
    """Return how many contacts a period or a month had; `contacts` is the sum of the four counts that follow it."""
    span, total = figures.period, figures.total
    told_period = period_in_words(span, is_so_far=span.is_open(figures.as_of))
    known = name_or(_("(not stated)"))
    by_cadre = _breakdown_sheet(
        "by_cadre", (_("By cadre"), _("Cadre")), figures.by_cadre, lambda number: figures.cadres[str(number)]
    )
    numbered = (Column("key", _("Staff no.")), Column("cadre", _("Cadre")))  # two may have one name
    return Report(
        _("Visits and contacts"),
        (
            Fact("as_of", _("As of"), figures.as_of),
            Fact("period", _("Period"), None if span.is_month else span.name, table=False),
            Fact("month", _("Month"), span.name if span.is_month else None, table=False),
            Fact("told_period", _("Month") if span.is_month else _("Two-month period"), told_period, data=False),
            *facts(_counts(), total),
            Fact("minuted", _("Visits with minutes"), total.minutes_share, data=False),
            Fact("with_minutes", _("Visits with minutes"), total.with_minutes, table=False),
        ),
        (
            _month_sheet(figures.by_month),
            replace(
                _breakdown_sheet("by_department", (_("By department"), _("Department")), figures.by_department, known),
                short=0,
            ),
            _breakdown_sheet("by_subdistrict", (_("By subdistrict"), _("Subdistrict")), figures.by_subdistrict, known),
            replace(by_cadre, columns=(*numbered, *by_cadre.columns[2:]), table=False),
        ),
        (
            _("An enterprise visited by several cadres, or in several months, is in each row and once in the total."),
            _("Joint visits are visits made by several people together, including those who went along."),
        ),
    )


def _counts() -> tuple[Column, ...]:
    return (
        Column("contacts", _("Contacts")), Column("visits", _("Visits made")),
        Column("joint", _("Further visitors, same day")), Column("remote", _("Not on site")),
        Column("not_met", _("Nobody met")), Column("enterprises", _("Enterprises visited")),
        Column("joint_visits", _("Joint visits")),
    )  # fmt: skip


_RARE = {"joint", "joint_visits"}  # people see them where there are any
_MINOR = _RARE | {"remote", "not_met"}


def _month_sheet(months: Groups) -> Sheet:
    """Return the months with a bar of their visits."""
    drawn = count_bars("visits_bar", attrgetter("visits"), [counts for _month, counts in months])
    titles, known = (_("By month (12 months)"), _("Month")), name_or(_("(not stated)"))
    found = _breakdown_sheet("by_month", titles, months, known, drawn)
    return replace(found, chart=Chart(True, "label", ("visits", "remote")))


def _breakdown_sheet(
    key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str], drawn: Column | None = None
) -> Sheet:
    contacts, visits, *others = (
        replace(
            column,
            table=column.key not in _RARE or any(column.getter(counts) for _key, counts in groups),
            needs_room=column.key in _MINOR,
        )
        for column in _counts()
    )
    columns = (
        contacts,
        visits,
        *([drawn] if drawn else ()),
        *others,
        Column("minuted", _("With minutes"), "minutes_share", data=False, of=("with_minutes", "visits")),
        Column("with_minutes", _("With minutes"), table=False),
    )
    return replace(group_sheet(key, titles, groups, label, columns), empty=_("No contact is on record."))
