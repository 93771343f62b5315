"""What was done in visits: how many contacts there were, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from esm.domain.values.intervals import Period
from esm.domain.values.ratio import Ratio

TREND = relativedelta(months=11)  # before the month of a day: with it, a year


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """The contacts of some days that were not cancelled; `contacts` is the sum of the four below it.

    `visits` are days on which an enterprise was met on site. Several visitors on one day count once in a total and
    once in the row of each of them; those beyond the first of a row are `joint`. `remote` contacts were no visits,
    `not_met` found nobody. `enterprises` were visited at least once; of `with_minutes` of the visits somebody wrote
    minutes. `joint_visits` are the visits on which somebody of the row and others went, whether they are on record as
    visitors or as having gone along; they are counted beside the rest, so one who only went along has no other count.
    """

    contacts: int = 0
    visits: int = 0
    joint: int = 0
    remote: int = 0
    not_met: int = 0
    enterprises: int = 0
    with_minutes: int = 0
    joint_visits: int = 0

    @property
    def minutes_share(self) -> Ratio:
        """Return the share of the visits that have minutes."""
        return Ratio(self.with_minutes, self.visits)


Breakdown = tuple[tuple[str | None, VisitCounts], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """The visits of a period up to a day, and of the twelve months that end with it; `cadres` names them by number."""

    as_of: date
    period: Period
    total: VisitCounts
    by_month: Breakdown
    by_department: Breakdown
    by_subdistrict: Breakdown
    by_cadre: Breakdown
    cadres: Mapping[str, str]


def trend_start_on(day: date) -> date:
    """Return the first day of the twelve months that end with the month of `day`."""
    first: date = day.replace(day=1) - TREND
    return first
