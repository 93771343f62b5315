"""What one cadre is reminded of: the visits due, what is planned and promised, and the news to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.register.cadres import Cadre
from esm.domain.schedule.due_list import DueState, DueVisit
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.values.intervals import sunday_of
from esm.domain.visits.records import PromiseRecord

if TYPE_CHECKING:
    from esm.domain.requests.records import RequestRecord


@dataclass(frozen=True, slots=True)
class Digest:
    """The reminder of one cadre on a day; a cadre with nothing to do has none.

    `until` is the last day on which a visit of it may fall due, None when all that fall due are in it.
    """

    cadre: Cadre
    as_of: date
    visits: tuple[DueVisit, ...]
    plans: tuple[PlanRecord, ...]
    promises: tuple[PromiseRecord, ...]
    news: tuple[RequestRecord, ...] = ()
    until: date | None = None

    @property
    def overdue(self) -> tuple[DueVisit, ...]:
        """Return the visits that are overdue."""
        return tuple(visit for visit in self.visits if visit.state == DueState.OVERDUE)

    @property
    def to_come(self) -> tuple[DueVisit, ...]:
        """Return the visits that fall due from this day on, pauses apart."""
        return tuple(visit for visit in self.visits if visit.state not in {DueState.OVERDUE, DueState.PAUSED})

    @property
    def last_day_counted(self) -> date:
        """Return the Sunday of this week, or the last day of the reminder where that comes first."""
        sunday = sunday_of(self.as_of)
        return sunday if self.until is None else min(sunday, self.until)

    @property
    def due_this_week(self) -> int:
        """Return how many visits fall due from this day to `last_day_counted`."""
        return sum(visit.row.due_on <= self.last_day_counted for visit in self.to_come)

    @property
    def is_empty(self) -> bool:
        """Return whether the cadre has nothing to do."""
        return not (self.visits or self.plans or self.promises or self.news)
