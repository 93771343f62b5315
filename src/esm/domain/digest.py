"""What one cadre is reminded of: the visits due, what is planned, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.due import DueVisit
from esm.domain.record import PlanRecord, PromiseRecord
from esm.domain.roster import Cadre


@dataclass(frozen=True, slots=True)
class Digest:
    """The reminder of one cadre on a day; a cadre with nothing to do has none."""

    cadre: Cadre
    as_of: date
    visits: tuple[DueVisit, ...]
    plans: tuple[PlanRecord, ...]
    promises: tuple[PromiseRecord, ...]
