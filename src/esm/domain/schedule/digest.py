"""What one cadre is reminded of: the visits due, what is planned and promised, and the news to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.register.cadres import Cadre
from esm.domain.schedule.due_list import DueVisit
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.visits.records import PromiseRecord

if TYPE_CHECKING:
    from esm.domain.requests.records import RequestRecord


@dataclass(frozen=True, slots=True)
class Digest:
    """The reminder of one cadre on a day; a cadre with nothing to do has none."""

    cadre: Cadre
    as_of: date
    visits: tuple[DueVisit, ...]
    plans: tuple[PlanRecord, ...]
    promises: tuple[PromiseRecord, ...]
    news: tuple[RequestRecord, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether the cadre has nothing to do."""
        return not (self.visits or self.plans or self.promises or self.news)
