"""The coverage report: first the answer, then every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.reports.coverage import (
    NO_DEPARTMENT,
    Coverage,
    CoverageCounters,
    CoverageGroup,
    CrossBreakdown,
    worst_first,
)
from esm.sheets.reports.coverage_verdict import answers
from esm.sheets.sheet.code_words import section
from esm.sheets.sheet.day_words import period_in_words
from esm.sheets.sheet.message_translation import day_text, ratio_text, tell
from esm.sheets.sheet.report_excerpt import excerpt
from esm.sheets.sheet.sheet import NOTHING, Chart, Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import group_sheet, name_or, of_part

_SHORT = 10  # unserved enterprises on a screen
_DAY_FACTS = ("unserved", "overdue", "paused_on", "never_visited", "never_visited_overdue", "told_gap")
_PERIOD_FACTS = ("new_in_period", "left_in_period", "paused")
_SHOWN_COLUMNS = {"overdue", "told_gap"}


def coverage_report(coverage: Coverage, by: tuple[CoverageGroup, ...] = ()) -> Report:
    """Return the report; its keys are the contract of `esm report coverage --format json`.

    A screen has of the breakdowns the one by the groups that are asked for alone, by default that by subdistrict and
    the first of the unserved.
    """
    sheets = _breakdowns(coverage)
    if coverage.cross is not None:
        sheets.append(_cross_sheet(coverage.cross))
    asked = "by_" + "_and_".join(by or (CoverageGroup.SUBDISTRICT,))
    shown = [sheet if sheet.key == asked else replace(sheet, short=0) for sheet in sheets]
    unserved = replace(_unserved_sheet(coverage), short=0 if by else _SHORT)
    return Report(_("Coverage"), tuple(_facts(coverage)), (*shown, unserved), tuple(_notes(coverage)))


def coverage_excerpt(report: Report) -> Report:
    """Return the part of the report that a screen has."""
    return excerpt(report, _("Other groups: --by GROUP or --by GROUP,GROUP."))


def _facts(coverage: Coverage) -> Iterator[Fact]:
    """Yield what people read, the period first and then the day, and beside it what machines read."""
    total, period = coverage.total, coverage.period.name
    told_period = period_in_words(coverage.period, is_so_far=coverage.is_open)
    counted = {fact.key: fact for fact in facts(_counters(), total)}
    shown = {key: replace(fact, table=True, data=False) for key, fact in counted.items() if fact.value not in NOTHING}
    yield from answers(coverage.total, is_open=coverage.is_open)
    yield Fact("as_of", _("As of"), coverage.as_of, table=False)
    yield Fact("period", _("Period"), period, table=False)
    yield Fact("told_period", _("Two-month period"), told_period, data=False)
    yield Fact("visits", _("Visited, of those due"), total.visits, data=False)
    yield from (shown[key] for key in _PERIOD_FACTS if key in shown)
    yield Fact("told_day", _("As of"), coverage.as_of, data=False)
    yield Fact("service", _("Enterprises served"), total.service, data=False)
    yield Fact("punctuality", _("On time by the visit clock"), total.punctuality, data=False)
    yield from (shown[key] for key in _DAY_FACTS if key in shown)
    yield from (replace(fact, table=False) for fact in counted.values() if fact.data)


def _notes(coverage: Coverage) -> Iterator[str]:
    if not coverage.is_of_the_period:
        yield _(
            "Of the period {period}: visited, new, exited and paused, not due; everything else is as of {day}."
        ).format(period=period_in_words(coverage.period), day=day_text(coverage.as_of))


def _counters() -> tuple[Column, ...]:
    return (
        Column("in_scope", _("In scope")), Column("served", _("Served")), Column("unserved", _("Unserved")),
        Column("due_in_period", _("Due in period")), Column("visited_of_due", _("Due and visited")),
        Column("visited_in_period", _("Visited in period")), Column("new_in_period", _("New, not yet due")),
        Column("left_in_period", _("Exited in period")), Column("paused", _("Paused, not due")),
        Column("paused_on", _("Paused")), Column("on_time_rolling", _("On time")), Column("overdue", _("Overdue")),
        Column("never_visited", _("Never visited")),
        Column("never_visited_overdue", _("Never visited, overdue")),
        Column("longest_gap_days", _("Longest gap (days)"), table=False),
        Column("gap_since_records_began", _("Gap since records began"), "is_gap_since_records_began", table=False),
        Column("told_gap", _("Longest gap (days)"), _told_gap, data=False),
    )  # fmt: skip


def _told_gap(counters: CoverageCounters) -> int | str | None:
    days = counters.longest_gap_days
    return _("{days} (since records began)").format(days=days) if counters.is_gap_since_records_began else days


def shares_and_counters() -> tuple[Column, ...]:
    """Return the columns of a breakdown; a gap that began before the records is at least so long."""
    counters = [replace(column, table=column.key in _SHOWN_COLUMNS) for column in _counters()]
    return (
        Column("service", _("Share served"), data=False, of=("served", "in_scope"), needs_room=True),
        Column("visits", _("Share visited"), data=False, of=("visited_of_due", "due_in_period")),
        *counters[:-1],
        replace(counters[-1], cell=_least_gap, needs_room=True),
    )


def _least_gap(counters: CoverageCounters) -> int | str | None:
    days = counters.longest_gap_days
    return f"≥{days}" if counters.is_gap_since_records_began else days


def _breakdowns(coverage: Coverage) -> list[Sheet]:
    return [
        _breakdown_sheet(coverage, f"by_{group}", titles, rows, label)
        for group, titles, rows, label in (
            ("subdistrict", (_("By subdistrict"), _("Subdistrict")), coverage.by_subdistrict, _known),
            ("industry", (_("By industry"), _("Industry section")), coverage.by_industry, section),
            ("tier", (_("By tier"), _("Tier")), coverage.by_tier, _known),
            ("department", (_("By department"), _("Department")), coverage.by_department, department_label),
        )
    ]


def _breakdown_sheet(
    coverage: Coverage,
    key: str,
    titles: tuple[str, str],
    groups: Sequence[tuple[str | None, CoverageCounters]],
    label: Callable[[str | None], str],
) -> Sheet:
    found = group_sheet(key, titles, groups, label, shares_and_counters())
    order = worst_first([((name,), counters) for name, counters in groups])
    notes = total_note(coverage.total) if len(groups) > 1 else ()
    return replace(found, order=order, notes=notes, chart=Chart(False, "label", ("visits",)))


def _cross_sheet(cross: CrossBreakdown) -> Sheet:
    """Return a row for each pair of groups that has somebody, or for each cadre."""
    titles = {
        CoverageGroup.SUBDISTRICT: (_("Subdistrict"), _known),
        CoverageGroup.INDUSTRY: (_("Industry section"), section),
        CoverageGroup.TIER: (_("Tier"), _known),
        CoverageGroup.DEPARTMENT: (_("Department"), department_label),
        CoverageGroup.CADRE: (_("Cadre"), lambda number: _cadre_label(cross, number)),
    }
    named = [
        column for place, group in enumerate(cross.groups) for column in _key_columns(cross, place, *titles[group])
    ]
    columns = (*named, *of_part(lambda row: row[1], shares_and_counters()))
    title = _("By {groups}").format(groups=_(", ").join(tell(group.label) for group in cross.groups))
    found = Sheet(f"by_{'_and_'.join(cross.groups)}", title, columns, cells(columns, cross.rows))
    return replace(found, order=worst_first(cross.rows))


def _key_columns(
    cross: CrossBreakdown, place: int, title: str, label: Callable[[str | None], str]
) -> tuple[Column, Column]:
    """Return a group for machines, `key` where it is the only one, and for people."""
    key = cross.groups[place] if len(cross.groups) > 1 else "key"
    return (
        Column(str(key), title, lambda row: row[0][place], table=False),
        Column(f"told_{key}", title, lambda row: label(row[0][place]), data=False),
    )


def _cadre_label(cross: CrossBreakdown, number: str | None) -> str:
    return _("(unserved)") if number is None else f"{cross.cadres.get(number, '')} {number}".strip()


def _known(name: str | None) -> str:
    return name_or(_("(not stated)"))(name)


def department_label(name: str | None) -> str:
    """Return what labels a group of a department: also those served without one, and the unserved."""
    return _("(no department)") if name == NO_DEPARTMENT else name_or(_("(unserved)"))(name)


def total_note(total: CoverageCounters) -> tuple[str, ...]:
    """Return the note of a breakdown with what it adds up to."""
    note = _("Total: served {service}, visited {visits}, overdue {overdue}.")
    return (note.format(service=ratio_text(total.service), visits=ratio_text(total.visits), overdue=total.overdue),)


def _unserved_sheet(coverage: Coverage) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")), Column("enterprise", _("Enterprise")),
        Column("tier", _("Tier")),
        Column("subdistrict", _("Subdistrict")), Column("staff_no", _("Departed cadre"), table=False),
    )  # fmt: skip
    rows = cells(columns, coverage.unserved_enterprises)
    empty = _("Every enterprise is served.") if coverage.total.in_scope else _("No enterprise is in scope.")
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), empty)
