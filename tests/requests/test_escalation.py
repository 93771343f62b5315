"""By how many levels a measure escalates a request (docs/rules.md, Requests)."""

from __future__ import annotations

import pytest
from tests.request_case import event, moved

from esm.domain.requests.escalation import EscalationRule, reasons_to_escalate, rules
from esm.domain.requests.states import EscalationReason
from esm.domain.values.settings import Settings


@pytest.mark.parametrize(
    ("step", "levels"), [(0, [0, 0, 1, 1, 1, 1]), (1, [0, 0, 1, 2, 3, 4]), (2, [0, 0, 1, 1, 2, 2])]
)
def test_a_rule_escalates_at_its_first_measure_and_with_each_full_step_after_it(step: int, levels: list[int]) -> None:
    rule = EscalationRule(EscalationReason.DISPATCHES, first=2, step=step)
    assert [rule.levels(measure) for measure in range(6)] == levels


def test_the_rules_in_force_are_those_of_the_settings() -> None:
    told = {rule.reason: (rule.first, rule.step) for rule in rules(Settings(stuck_overdue_days=5))}
    assert told == {
        EscalationReason.DISPATCHES: (2, 1), EscalationReason.DEPARTMENTS: (2, 0), EscalationReason.OVERDUE: (5, 5),
    }  # fmt: skip


def test_many_departments_escalate_once_however_many_they_are() -> None:
    many = event("dispatch", department="财政局", supporting=("税务局", "住建局", "人社局"))
    assert reasons_to_escalate(moved(event("accept"), many), Settings()) == (EscalationReason.DEPARTMENTS,)
