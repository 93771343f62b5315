"""One cadre's week: where to go, when, and what to bring (docs/rules.md, The desk)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.register.cadres import Cadre
from esm.domain.reports.dossier import Brief
from esm.domain.requests.class_tree import RequestClass
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.visits.open_items import BriefLine, BriefSection

READ_FIRST = frozenset({"promises", "requests", "news", "policies"})  # what to bring or to tell, of all in a brief


@dataclass(frozen=True, slots=True)
class WeekVisit:
    """An enterprise to visit in a week: planned in it, due by the end of it, or overdue; `plan` is that of the week."""

    brief: Brief
    plan: PlanRecord | None

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """Return what puts the planned ones first, by day and time, then the others by due date."""
        uscc, due = self.brief.enterprise.uscc, self.brief.due
        if self.plan is not None:
            return False, self.plan.planned_on, self.plan.starts_at or "", uscc
        return True, date.max if due is None else due.row.due_on, "", uscc

    @property
    def planned_on(self) -> date | None:
        """Return the day in the week, or the next one on which the enterprise is to be visited."""
        if self.plan is not None:
            return self.plan.planned_on
        return None if self.brief.due is None else self.brief.due.row.planned_on

    @property
    def matters(self) -> tuple[tuple[BriefSection, BriefLine], ...]:
        """Return what to bring or to tell, each with the section that it stands in."""
        wanted = (section for section in self.brief.sections if section.key in READ_FIRST)
        return tuple((section, line) for section in wanted for line in section.lines)


@dataclass(frozen=True, slots=True)
class CadreWeek:
    """The week of one cadre, from Monday to Sunday, as on a day; `made_by` counts visits by the deputy who goes."""

    cadre: Cadre
    today: date
    start_on: date
    last_day: date
    visits: tuple[WeekVisit, ...]
    made_by: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the form on a phone can choose from: classes of requests, and policies in force with their titles.

    `district` is the mark of the database, by which a text from the phone is known to belong to it.
    """

    district: str
    classes: tuple[RequestClass, ...]
    policies: tuple[tuple[str, str], ...]
