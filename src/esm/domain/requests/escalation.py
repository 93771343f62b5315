"""The escalation of requests that cannot get done (办不成事): its levels, and the rules that escalate a request."""

from __future__ import annotations

from dataclasses import dataclass

from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import EscalationReason
from esm.domain.values.codes import Code
from esm.domain.values.settings import Settings
from esm.errors import say


class EscalationLevel(Code):
    """The rungs, from the lowest up; a request begins below them."""

    DEPARTMENT_HEAD = "department_head", say("department head"), "部门负责人"
    DISTRICT_LEADER = "district_leader", say("district leader"), "分管区领导"
    JOINT_MEETING = "joint_meeting", say("joint meeting"), "专题会议"


LEVELS = tuple(EscalationLevel)
HIGHEST_LEVEL = len(LEVELS)


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """Escalates a request by a level when a measure reaches `first`, and again with each further `step` (0: once)."""

    reason: EscalationReason
    first: int
    step: int

    def levels(self, measure: int) -> int:
        """Return by how many levels the measure escalates in all."""
        if measure < self.first:
            return 0
        return 1 + ((measure - self.first) // self.step if self.step else 0)


def rules(settings: Settings) -> tuple[EscalationRule, ...]:
    """Return the rules in force (docs/rules.md, Requests)."""
    return (
        EscalationRule(EscalationReason.DISPATCHES, settings.stuck_dispatches, 1),
        EscalationRule(EscalationReason.DEPARTMENTS, settings.stuck_departments, 0),
        EscalationRule(EscalationReason.OVERDUE, settings.stuck_overdue_days, settings.stuck_overdue_days),
    )


def reasons_to_escalate(progress: RequestProgress, settings: Settings) -> tuple[EscalationReason, ...]:
    """Return the reasons, one a level, for which an open request should be escalated and has not yet."""
    if not progress.is_open:
        return ()
    measures = {
        EscalationReason.DISPATCHES: progress.dispatches,
        EscalationReason.DEPARTMENTS: len(progress.departments),
        EscalationReason.OVERDUE: max(0, progress.days_late) if progress.is_late else 0,
    }
    found = [
        rule.reason
        for rule in rules(settings)
        for _ in range(rule.levels(measures[rule.reason]) - progress.escalation_reasons.count(rule.reason))
    ]
    return tuple(found[: HIGHEST_LEVEL - progress.level])
