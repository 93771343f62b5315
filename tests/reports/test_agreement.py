"""Five commands, one truth: whatever the district and the day, they name the same unserved and the same overdue."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from tests import district, district_oracle
from tests.district import District

from esm.domain.values.settings import Settings
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.storage.schedule import planning_inputs
from esm.usecases.pairing import assignment
from esm.usecases.reports import check, coverage
from esm.usecases.schedule import due_list, plan

Named = dict[str, set[str]]


def found(writing: Writing, on: date, kind: str) -> set[str]:
    return {each.uscc or "" for each in check.findings(writing, on) if each.kind == kind}


def unserved(writing: Writing, on: date) -> Named:
    report = coverage.coverage(writing, on)
    needs = plan.plan_anew(writing, on, on).facts.needs
    named = {row.uscc for row in report.unserved_enterprises}
    by_department = {key: counters.unserved for key, counters in report.by_department if counters.unserved}
    assert by_department == ({None: len(named)} if named else {})
    return {
        "check": found(writing, on, "unserved"),
        "due": {
            visit.row.uscc
            for visit in due_list.due_visits(writing, on, within=district_oracle.AHEAD).visits
            if visit.row.staff_no is None
        },
        "report": named,
        "schedule": {uscc for uscc, need in needs.items() if not need.served_by(on)},
    }


def overdue(writing: Writing, on: date) -> Named:
    rules = Settings()
    listed = due_list.due_visits(writing, on, within=district_oracle.AHEAD).visits
    paused = {visit.row.uscc for visit in listed if visit.state == "paused"}
    late = {need.uscc for need in planning_inputs.visit_needs(writing, on, rules.cadence_months) if need.due_on < on}
    planned = {visit.uscc for visit in plan.plan_anew(writing, on, on).visits if visit.due_on < on}
    assert planned == late
    named = {visit.row.uscc for visit in listed if visit.state == "overdue"}
    assert coverage.coverage(writing, on).total.overdue == len(named)
    return {"check": found(writing, on, "overdue"), "due": named, "schedule": planned - paused}


def is_one(named: Named) -> bool:
    return len({frozenset(each) for each in named.values()}) == 1


@given(told=district.districts(), on=district.days)
def test_all_commands_name_the_same_enterprises(writing: Writing, told: District, on: date) -> None:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    before, late = unserved(writing, on), overdue(writing, on)
    in_scope = coverage.coverage(writing, on).total.in_scope
    after: Named = {}
    pairs = in_scope
    if pairings.first_pairing_after(writing, on) is None:  # otherwise assigning on that day is refused
        assigned = assignment.propose(writing, on)
        assignment.apply(writing, assigned, on)
        after = {**unserved(writing, on), "assign": {demand.uscc for demand in assigned.proposal.unserved}}
        pairs = len(assigned.proposal.pairs) + len(after["assign"])
    writing.connection.execute("ROLLBACK TO drawn")
    assert is_one(before), before
    assert is_one(late), late
    assert is_one(after) or not after, after
    assert pairs == in_scope
