"""Five commands, one truth: whatever the district and the day, they name the same unserved and the same overdue."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from tests import district, district_oracle
from tests.conftest import budget
from tests.district import District

from esm.domain.values.settings import Settings
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.storage.schedule import planning_inputs
from esm.usecases.pairing import assignment
from esm.usecases.reports import brief, check, coverage, overview
from esm.usecases.schedule import due_list, plan
from esm.usecases.visits import burden

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


def never_visited(writing: Writing, on: date) -> Named:
    """Return who is in scope without a counted visit on record, as each of six commands has it."""
    listed = due_list.due_visits(writing, on, within=district_oracle.AHEAD).visits
    named = {visit.row.uscc for visit in listed if visit.row.last_visit_on is None}
    total = coverage.coverage(writing, on).total
    page = overview.overview(writing, on)
    assert total.never_visited == page.total.never_visited == len(named)
    assert burden.burden(writing, on).never_visited_count == len(named)
    late = {each.uscc for each in check.findings(writing, on) if each.kind == "never_visited" and each.days is not None}
    assert total.never_visited_overdue == len(late)
    dues = {uscc: each.due for uscc, each in brief.briefs(writing, {visit.row.uscc for visit in listed}, on).items()}
    return {
        "brief": {uscc for uscc, due in dues.items() if due is not None and due.row.last_visit_on is None},
        "burden": {row.uscc for row in burden.burden(writing, on).rows if row.is_never_visited},
        "check": found(writing, on, "never_visited"),
        "due": named,
        "overview": {
            each.uscc for each in page.enterprises if each.visit is not None and each.visit.row.last_visit_on is None
        },
    }


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


@budget(25)
@given(told=district.districts(), on=district.days)
def test_all_commands_mean_the_same_by_never_visited(writing: Writing, told: District, on: date) -> None:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    named = never_visited(writing, on)
    writing.connection.execute("ROLLBACK TO drawn")
    assert is_one(named), named
