"""The figures of the districts of a city, a row for each, the worst first, and their sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from esm.domain.desk.city_figures import broken_promises, sum_of_coverages, sum_of_request_figures, sum_of_trends
from esm.domain.desk.district_answer import DistrictAnswer, answered, troubled
from esm.domain.reports.coverage import Coverage, worst_first
from esm.domain.reports.trend import Trend
from esm.domain.requests.figures import RequestFigures
from esm.domain.values.intervals import Period
from esm.sheets.reports.coverage import coverage_report, shares_and_counters, total_note
from esm.sheets.reports.request_and_policy_figures import breakdown_sheets, overdue_first, request_figures_report
from esm.sheets.reports.trend import days_note, period_columns
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Chart, Column, Fact, Ratio, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import group_sheet, of_part

_SIDE_BY_SIDE = 3  # periods beside a district, on paper and on a wide screen
_ALWAYS_SHOWN = 2
_KEY = "by_district"


def city_coverage_report(asked: Sequence[DistrictAnswer[Coverage]]) -> Report:
    """Return the coverage of the city; the keys of its sum are those of `esm report coverage --format json`."""
    found = dict(answered(asked))
    if not found:
        return _report(_("Coverage of the city"), asked)
    city = coverage_report(sum_of_coverages(list(found.values())))
    groups = [(name, coverage.total) for name, coverage in found.items()]
    rows = group_sheet(_KEY, _titles(), groups, str, shares_and_counters())
    order = worst_first([((name,), total) for name, total in groups])
    notes = total_note(sum_of_coverages(list(found.values())).total)
    sheet = replace(rows, order=order, notes=notes, chart=Chart(False, "label", ("visits",)))
    return _report(_("Coverage of the city"), asked, city.facts, [sheet], city.notes)


def city_requests_report(asked: Sequence[DistrictAnswer[RequestFigures]]) -> Report:
    """Return the figures of requests; the keys of their sum are those of `esm report requests --format json`."""
    found = dict(answered(asked))
    if not found:
        return _report(_("Requests of the city"), asked)
    city = request_figures_report(sum_of_request_figures(list(found.values())))
    groups = [(name, figures.total) for name, figures in found.items()]
    sheets = overdue_first(groups, breakdown_sheets(_KEY, _titles(), groups, str))
    facts = [replace(fact, table=fact.table and fact.value is not None) for fact in city.facts]
    notes = [*city.notes]
    if len(found) > 1:
        notes.append(_("A median of several districts does not follow from theirs, so the sum has none."))
    return _report(_("Requests of the city"), asked, facts, list(sheets), notes)


def city_trend_report(asked: Sequence[DistrictAnswer[Trend]]) -> Report:
    """Return the periods of the city; their keys are those of `esm report trend --format json`, and `districts`."""
    found = dict(answered(asked))
    periods = sum_of_trends(list(found.values()))
    if not periods:
        return _report(_("Trend of the city"), asked)
    drawn = {"visits_bar"}  # there is no room for it beside the number of districts
    shown = [column for column in period_columns() if column.key not in drawn]
    columns = (*of_part(lambda each: each.figures, shown), Column("districts", _("Districts")))
    notes = [days_note(periods[-1].figures)]
    if any(each.districts < len(found) for each in periods):
        notes.append(_("A period counts only the districts whose records reach so far back."))
    if any(each.figures.served is None for each in periods):
        notes.append(_("Who was served is not known of a period in which a district had no pairing on record yet."))
    trend = Sheet(
        "trend", _("Trend by period"), columns, cells(columns, periods), tuple(notes),
        chart=Chart(True, "told_period", ("visits", "service")),
    )  # fmt: skip
    last = [each.figures.period for each in periods[-_SIDE_BY_SIDE:]]
    facts = (Fact("as_of", _("As of"), periods[-1].figures.as_of),)
    return _report(_("Trend of the city"), asked, facts, [trend, _side_by_side(found, last), _district_periods(found)])


def _side_by_side(found: dict[str, Trend], periods: Sequence[Period]) -> Sheet:
    """Return the share visited of each district, the latest periods side by side, for people."""

    def share_in(period: Period) -> Callable[[tuple[str, Trend]], Ratio | None]:
        return lambda group: next((row.visits for row in group[1].rows if row.period == period), None)

    columns = (
        Column("label", _("District"), lambda group: group[0]),
        *(
            Column(period.name, period.name, share_in(period), needs_room=number < len(periods) - _ALWAYS_SHOWN)
            for number, period in enumerate(periods)
        ),
        Column("overdue", _("Overdue"), lambda group: group[1].rows[-1].overdue if group[1].rows else None),
    )
    groups = sorted(found.items(), key=lambda group: broken_promises(group[1]), reverse=True)
    title = _("Share visited by district")
    return Sheet("told_by_district", title, columns, cells(columns, groups), data=False)


def _district_periods(found: dict[str, Trend]) -> Sheet:
    """Return a row for each period of each district, for machines."""
    rows = [(name, row) for name, trend in found.items() for row in trend.rows]
    columns = (
        Column("key", _("District"), lambda row: row[0]),
        *of_part(lambda row: row[1], period_columns()),
    )
    return Sheet(_KEY, _("By district"), columns, cells(columns, rows), table=False)


def _report(
    title: str,
    asked: Sequence[DistrictAnswer[Any]],
    facts: Sequence[Fact] = (),
    sheets: Sequence[Sheet] = (),
    notes: Sequence[str] = (),
) -> Report:
    """Return a report that says first how many of the districts its sums hold, and at the end which it misses."""
    missing = troubled(asked)
    columns = (
        Column("district", _("District")),
        Column("problem", _("Problem"), lambda each: tell(each.trouble)),
    )
    not_counted = Sheet("not_counted", _("Not counted"), columns, cells(columns, missing), table=bool(missing))
    return Report(title, (*_counted_facts(asked), *facts), (*sheets, not_counted), (*notes, *_missing_notes(asked)))


def _counted_facts(asked: Sequence[DistrictAnswer[Any]]) -> Iterator[Fact]:
    counted = len(list(answered(asked)))
    told = _("{count} of {whole}").format(count=counted, whole=len(asked))
    yield Fact("districts", _("Districts"), len(asked), table=False)
    yield Fact("districts_counted", _("Districts counted"), counted, table=False)
    yield Fact("told_districts", _("Districts counted"), told, data=False)


def _missing_notes(asked: Sequence[DistrictAnswer[Any]]) -> Iterator[str]:
    if missing := troubled(asked):
        yield _("The sums lack {names}.").format(names=_(", ").join(each.district for each in missing))


def _titles() -> tuple[str, str]:
    return _("By district"), _("District")
