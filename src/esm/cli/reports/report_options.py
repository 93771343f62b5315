"""The options of `esm report`: of which days, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated, Any

from esm.cli.shell.context import Context
from esm.cli.shell.options import flag, option
from esm.domain.values import intervals
from esm.errors import RuleRefused, UsageRefused, say

if TYPE_CHECKING:
    from esm.domain.reports.bulletin import BulletinSpan
    from esm.domain.reports.coverage import CoverageGroup

_MOST_GROUPS = 2
_MOST_PERIODS, _MOST_MONTHS = 600, 1200  # a century


def _beginning_of_group(incomplete: str) -> list[tuple[str, str]]:
    from esm.cli.shell.completion.fixed_words import code_of  # noqa: PLC0415 - only where Tab is pressed
    from esm.domain.reports.coverage import CoverageGroup  # noqa: PLC0415 - likewise

    return code_of(CoverageGroup)(incomplete)


@dataclass(frozen=True, slots=True)
class AskedSpan:
    """Of which day, period or month a report is."""

    as_of: Annotated[
        str | None,
        option("DATE", _("Report as of this date; by default today, or the last day of a past period."), "--as-of"),
    ] = None
    period: Annotated[str | None, option("YYYY-MM", _("The two-month period, given by either of its months."))] = None
    month: Annotated[str | None, option("YYYY-MM", _("One month, for visits and requests."))] = None
    periods: Annotated[
        int | None, option("N", _("How many periods the trend shows; by default 12."), min=1, max=_MOST_PERIODS)
    ] = None

    @property
    def given(self) -> dict[str, Any]:
        """Return the options that only some reports have, as far as they are given."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "as_of"}
        return {name: value for name, value in values.items() if value is not None}

    def day(self, desk: Context) -> date:
        """Return the day of the figures. Raises UsageRefused for a period and a month at once."""
        span = intervals.span_asked_for(self.period, self.month)
        if self.as_of is not None or span is None:
            return desk.day(self.as_of)
        return span.day_of_figures(desk.today)


@dataclass(frozen=True, slots=True)
class Asked(AskedSpan):
    """The same, with what only the reports of one district have."""

    months: Annotated[
        int | None,
        option("N", _("The trend of visits and requests by so many months."), min=1, max=_MOST_MONTHS),
    ] = None
    against: Annotated[
        str | None, option("YYYY-MM|DATE", _("Show the change against this earlier period, month or date."))
    ] = None

    def day_before(self, desk: Context, day: date) -> date:
        """Return the day of the figures to compare with. Raises RuleRefused for one that is not before `day`."""
        first = intervals.first_of_month(self.against or "")
        found = desk.day(self.against) if first is None else self._span_of(first).day_of_figures(desk.today)
        if found >= day:
            raise RuleRefused(
                say("The figures of {against} are of {found}, which is not before {day}.",
                    against=self.against, found=found, day=day),
                say("Compare with an earlier period or date."),
            )  # fmt: skip
        return found

    def span_before(self, on: date) -> dict[str, str]:
        """Return the option that the report to compare with takes, where this one has a period or a month."""
        option = "month" if self.month else "period"
        return {option: self._span_of(on).name} if self.month or self.period else {}

    def span(self, day: date, is_of_a_period: bool) -> BulletinSpan:
        """Return what the figures are of: the month or the period, else the year of the day."""
        from esm.domain.reports.bulletin import YEAR, BulletinSpan  # noqa: PLC0415 - only for what says them in words

        if self.month or self.period or is_of_a_period:
            found = intervals.span_asked_for(self.period, self.month) or intervals.period_of(day)
            return BulletinSpan(found.start_on, 1 if found.is_month else intervals.MONTHS)
        return BulletinSpan(date(day.year, 1, 1), YEAR)

    def is_further_on(self, day: date, before: date) -> bool:
        """Return whether a period that is not over is compared with one that is."""
        return self._span_of(day).is_open(day) and not self._span_of(before).is_open(before)

    def _span_of(self, on: date) -> intervals.Period:
        return intervals.month_of(on) if self.month else intervals.period_of(on)


@dataclass(frozen=True, slots=True)
class Selected:
    """How much of a report is shown."""

    by: Annotated[
        str | None,
        option(
            "GROUP[,GROUP]",
            _("Break down by subdistrict, industry, tier, department or cadre, or by two of them."),
            autocompletion=_beginning_of_group,
        ),
    ] = None
    full: Annotated[bool, flag("--full", _("Show every breakdown and every row on the screen, too."))] = False

    @property
    def given(self) -> dict[str, Any]:
        """Return the options that are given."""
        groups = self.groups
        return {**({"by": groups} if groups else {}), **({"full": True} if self.full else {})}

    @property
    def groups(self) -> tuple[CoverageGroup, ...]:
        """Return the groups that are asked for. Raises UsageRefused for unknown ones, more than two, or one twice."""
        if self.by is None:
            return ()
        from esm.domain.reports.coverage import CoverageGroup  # noqa: PLC0415 - only for this option

        found = []
        for text in filter(None, self.by.replace("，", ",").replace("、", ",").split(",")):
            group = CoverageGroup.parse(text)
            if group is None:
                raise UsageRefused(
                    say("“{text}” is not a group of the report.", text=text.strip()),
                    say("Use one of {choices}.", choices=CoverageGroup.choices()),
                )
            found.append(group)
        if not 0 < len(set(found)) == len(found) <= _MOST_GROUPS:
            raise UsageRefused(
                say("--by accepts one group, or two different ones."), say("For example --by subdistrict,tier.")
            )
        return tuple(found)

    def is_whole(self, desk: Context) -> bool:
        """Return whether people see all of a report: in files always, on the screen where they ask for it."""
        return self.full or desk.output.target is not None or desk.output.kind != "table"
