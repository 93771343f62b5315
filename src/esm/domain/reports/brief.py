"""One page to read before going to an enterprise."""

from __future__ import annotations

from dataclasses import dataclass

from esm.domain.register.enterprises import Enterprise
from esm.domain.schedule.due_list import DueVisit
from esm.domain.visits.open_items import BriefSection
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class Brief:
    """Who they are, who serves them, how the clock stands, the sections, and what one could ask."""

    enterprise: Enterprise
    cadre: str | None
    due: DueVisit | None
    sections: tuple[BriefSection, ...]
    questions: tuple[Message, ...]
