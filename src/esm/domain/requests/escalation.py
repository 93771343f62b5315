"""The ladder of requests that cannot get done (办不成事): its rungs, and the rules that lift a request."""

from __future__ import annotations

from dataclasses import dataclass

from esm.domain.requests.progress import RequestProgress
from esm.domain.values.settings import Settings

LEVELS = ("", "department_head", "district_leader", "joint_meeting")
HIGHEST_LEVEL = len(LEVELS) - 1


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """Lifts a request by a rung when a measure reaches `first`, and again with each further `step` (0: once)."""

    reason: str
    first: int
    step: int

    def levels(self, measure: int) -> int:
        """Return by how many rungs the measure lifts in all."""
        if measure < self.first:
            return 0
        return 1 + ((measure - self.first) // self.step if self.step else 0)


def rules(settings: Settings) -> tuple[EscalationRule, ...]:
    """Return the rules in force (docs/rules.md, Requests)."""
    return (
        EscalationRule("dispatches", settings.stuck_dispatches, 1),
        EscalationRule("departments", settings.stuck_departments, 0),
        EscalationRule("overdue", settings.stuck_overdue_days, settings.stuck_overdue_days),
    )


def reasons_to_escalate(case: RequestProgress, settings: Settings) -> tuple[str, ...]:
    """Return the reasons, one a rung, for which an open request should climb and has not yet."""
    if not case.is_open:
        return ()
    measures = {
        "dispatches": case.dispatches,
        "departments": len(case.departments),
        "overdue": max(0, case.days_late) if case.is_late else 0,
    }
    found = [
        rule.reason
        for rule in rules(settings)
        for _ in range(rule.levels(measures[rule.reason]) - case.escalations.count(rule.reason))
    ]
    return tuple(found[: HIGHEST_LEVEL - case.level])
