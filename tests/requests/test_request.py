"""The state table of requests, every cell of it, and the rules of the single moves (docs/rules.md, Requests)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.request_case import CALENDAR, DAY, MONDAY, event, moved, opened

from esm.domain.requests import escalation, progress, transition_rules
from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import ACTIONS, OPEN, TRANSITIONS, RequestState, Transition, TransitionKind
from esm.domain.values.settings import Settings
from esm.errors import RuleRefused

# Written down from docs/rules.md, Requests, cell by cell, and not taken from the code: rows are states, columns moves.
EXPECTED = """
_          accept   reject   dispatch   dispute  answer   support extend close  confirm   reopen   withdraw  elevate
received   accepted rejected -          -        -        -       -      -      -         -        withdrawn stays
accepted   -        -        dispatched -        -        -       stays  closed -         -        withdrawn stays
dispatched -        -        stays      disputed answered stays   stays  -      -         -        withdrawn stays
disputed   -        -        dispatched -        -        -       stays  -      -         -        withdrawn stays
answered   -        -        dispatched -        stays    stays   stays  closed -         -        withdrawn stays
closed     -        -        -          -        -        -       -      -      confirmed accepted -         -
confirmed  -        -        -          -        -        -       -      -      -         accepted -         -
rejected   -        -        -          -        -        -       -      -      -         -        -         -
withdrawn  -        -        -          -        -        -       -      -      -         -        -         -
"""
(_, *HEADER), *LINES = [line.split() for line in EXPECTED.strip().splitlines()]
CELLS = [
    (state, kind, state if following == "stays" else following)
    for state, *line in LINES
    for kind, following in zip(HEADER, line, strict=True)
]
WAYS: dict[str, tuple[str, ...]] = {
    "received": (),
    "accepted": ("accept",),
    "dispatched": ("accept", "dispatch"),
    "disputed": ("accept", "dispatch", "dispute"),
    "answered": ("accept", "dispatch", "answer"),
    "closed": ("accept", "close"),
    "confirmed": ("accept", "close", "confirm"),
    "rejected": ("reject",),
    "withdrawn": ("withdraw",),
}


def in_state(state: str) -> RequestProgress:
    return moved(*(event(kind) for kind in WAYS[state]))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RuleRefused) as caught:
        act()
    assert caught.value.hint is not None
    return f"{caught.value.message} {caught.value.hint}"


def test_the_table_names_every_state_and_every_move() -> None:
    assert sorted(line[0] for line in LINES) == sorted(RequestState) == sorted(WAYS)
    assert sorted(HEADER) == sorted(TransitionKind)


@pytest.mark.parametrize(("state", "kind", "following"), CELLS)
def test_a_move_leads_where_the_table_says_or_is_refused_with_those_allowed(
    state: str, kind: str, following: str
) -> None:
    current = in_state(state)
    current = replace(current, supporting=("税务局",), department="财政局")
    if following != "-":
        assert TRANSITIONS[state][kind] == following
        if kind == "dispatch":
            transition_rules.require_allowed(current, event(kind, department="住建局"), MONDAY)
        elif kind != "dispute" or not current.was_disputed:
            transition_rules.require_allowed(current, event(kind), MONDAY)
        assert progress.with_transition(current, event(kind)).state == following
    else:
        said = refused(lambda: transition_rules.require_allowed(current, event(kind), MONDAY))
        assert all(str(ACTIONS[allowed]) in said for allowed in TRANSITIONS[state] if allowed != "support")


def test_the_open_states_are_those_that_can_be_withdrawn() -> None:
    assert {state for state in RequestState if "withdraw" in TRANSITIONS[state]} == set(OPEN)


@pytest.mark.parametrize(
    ("current", "wrong", "says"),
    [
        ("received", event("reject", basis=None), "legal basis"),
        ("received", event("reject", note=None), "reason"),
        ("received", event("accept", MONDAY - DAY), "last action"),
        ("received", event("accept", MONDAY + DAY), "future"),
        ("accepted", event("dispatch", supporting=("财政局",)), "cannot be both"),
        ("accepted", event("close", outcome=None), "outcome"),
        ("accepted", event("close", outcome="withdrawn"), "esm request withdraw"),
        ("accepted", event("close", outcome="explained"), "legal basis"),
        ("accepted", event("close", outcome="shelved"), "reason"),
        ("accepted", event("extend", until_on=MONDAY), "not after"),
        ("accepted", event("extend", until_on=date(2026, 11, 18)), "not after"),
        ("accepted", event("extend", until_on=date(2062, 11, 18)), "more than a year"),
        ("accepted", event("extend", until_on=None), "not after"),
        ("accepted", event("extend", note=None), "reason"),
        ("accepted", event("elevate", reason="by_hand"), "reason"),
        ("dispatched", event("dispatch"), "already"),
        ("dispatched", event("dispute", note=None), "reason"),
        ("dispatched", event("answer", department="住建局"), "财政局, 税务局"),
        ("dispatched", event("support", department="住建局"), "财政局, 税务局"),
        ("closed", event("reopen", note=None), "not satisfied with"),
    ],
)
def test_a_move_that_lacks_what_it_needs_is_refused(current: str, wrong: Transition, says: str) -> None:
    assert says in refused(lambda: transition_rules.require_allowed(in_state(current), wrong, MONDAY))


@pytest.mark.parametrize(("until", "is_past"), [(13, False), (12, True)])
def test_an_extension_entered_later_may_end_today_but_not_before(until: int, is_past: bool) -> None:
    today = MONDAY + 4 * DAY  # the 13th; the request is due on the 10th until it is accepted
    asked = event("extend", until_on=date(2026, 11, until))
    current = replace(moved(event("accept"), as_of=today), close_days=1)
    if is_past:
        assert "already passed" in refused(lambda: transition_rules.require_allowed(current, asked, today))
    else:
        transition_rules.require_allowed(current, asked, today)


def test_a_request_is_extended_once() -> None:
    extended = moved(event("accept"), event("extend"))
    assert extended.due_on == MONDAY + 30 * DAY
    assert "once" in refused(lambda: transition_rules.require_allowed(extended, event("extend"), MONDAY))


@pytest.mark.parametrize(
    ("asked_on", "is_in_time"),
    [(date(2026, 11, 17), True), (date(2026, 11, 18), False), (date(2026, 11, 19), False)],
)
def test_an_extension_is_asked_a_working_day_before_the_deadline(asked_on: date, is_in_time: bool) -> None:
    current = moved(event("accept"), as_of=date(2026, 11, 20))  # due on Wednesday 18 November
    assert (transition_rules.rule_fault(current, event("extend", asked_on)) is None) == is_in_time


def test_the_weekend_before_a_monday_is_too_late_for_an_extension() -> None:
    current = replace(moved(event("accept")), extended_until=date(2026, 11, 23))
    asked = [transition_rules.rule_fault(current, event("extend", date(2026, 11, day))) is None for day in (20, 21, 22)]
    assert asked == [True, False, False]


@pytest.mark.parametrize(("on", "is_in_time"), [(MONDAY, True), (MONDAY + DAY, True), (MONDAY + 2 * DAY, False)])
def test_a_dispatch_is_disputed_within_one_working_day(on: date, is_in_time: bool) -> None:
    current = moved(event("accept"), event("dispatch"), as_of=MONDAY + 5 * DAY)
    assert (transition_rules.rule_fault(current, event("dispute", on)) is None) == is_in_time


@pytest.mark.parametrize("between", [event("elevate", MONDAY + 2 * DAY), event("support", MONDAY + 2 * DAY)])
def test_no_other_move_opens_the_time_for_a_dispute_again(between: Transition) -> None:
    """The working day runs from the dispatch: what others do with the request meanwhile gives no new one."""
    current = moved(event("accept"), event("dispatch"), between, as_of=MONDAY + 3 * DAY)
    assert "until 2026-11-10" in refused(
        lambda: transition_rules.require_allowed(current, event("dispute", MONDAY + 3 * DAY), MONDAY + 3 * DAY)
    )
    assert "dispute" not in transition_rules.possible_commands(current, MONDAY + 2 * DAY)


def test_a_new_dispatch_has_a_working_day_of_its_own() -> None:
    again = event("dispatch", MONDAY + 2 * DAY, department="住建局")
    current = moved(event("accept"), event("dispatch"), again, as_of=MONDAY + 9 * DAY)
    in_time = [transition_rules.rule_fault(current, event("dispute", MONDAY + n * DAY)) is None for n in (2, 3, 4)]
    assert in_time == [True, True, False]


def test_a_dispute_that_was_decided_is_the_last() -> None:
    decided = moved(event("accept"), event("dispatch"), event("dispute"), event("dispatch"))
    assert "a second dispute is not allowed" in refused(
        lambda: transition_rules.require_allowed(decided, event("dispute"), MONDAY)
    )


def test_the_same_department_gets_it_again_only_by_the_decision_of_a_dispute() -> None:
    disputed = moved(event("accept"), event("dispatch"), event("dispute"))
    assert transition_rules.rule_fault(disputed, event("dispatch")) is None


def test_a_reopened_request_begins_a_round_of_its_own() -> None:
    later = MONDAY + 7 * DAY
    again = moved(event("accept"), event("dispatch"), event("answer"), event("close"), event("reopen", later))
    assert (again.state, again.close_by, again.dispatches, again.reopened) == ("accepted", date(2026, 11, 25), 0, 1)
    assert (again.outcome, again.is_satisfied, again.was_late) == (None, False, False)


def test_a_late_close_counts_late_even_when_extended() -> None:
    due = date(2026, 11, 18)
    extended = moved(event("accept"), event("extend"), as_of=due + 5 * DAY)
    assert not extended.is_late
    assert progress.with_transition(extended, event("close", due + 5 * DAY)).was_late
    assert not progress.with_transition(extended, event("close", due)).was_late


def test_a_round_closed_late_stays_late_however_fast_the_next_one_is() -> None:
    late = MONDAY + 20 * DAY
    closes = (event("close", late), event("reopen", late), event("close", late))
    assert moved(event("accept"), *closes).was_late


def test_on_its_deadline_a_request_is_not_late_and_the_day_after_it_is() -> None:
    late = [opened(as_of=MONDAY + n * DAY).is_late for n in (0, 1, 2)]
    assert late == [False, False, True]  # accept within one working day


def test_a_hard_case_has_the_longer_deadline() -> None:
    assert moved(event("accept", days=15)).close_by == date(2026, 11, 30)


def test_supporting_departments_answer_within_three_working_days() -> None:
    current = moved(event("accept"), event("dispatch"))
    assert (current.support_by, current.unsupported) == (date(2026, 11, 12), ("税务局",))
    assert progress.with_transition(current, event("support")).unsupported == ()
    days = [moved(event("accept"), event("dispatch"), as_of=date(2026, 11, day)).late_support for day in (12, 13)]
    assert days == [(), ("税务局",)]


def climbs(current: RequestProgress) -> tuple[str, ...]:
    return escalation.reasons_to_escalate(current, Settings())


ALONE = event("dispatch", supporting=())


def test_two_dispatches_without_closing_lift_a_request() -> None:
    once = moved(event("accept"), ALONE)
    twice = progress.with_transition(once, event("dispatch", department="住建局", supporting=()))
    assert (climbs(once), climbs(twice)) == ((), ("dispatches",))
    assert climbs(progress.with_transition(twice, event("dispatch", supporting=()))) == ("dispatches", "dispatches")


def test_two_departments_lift_a_request() -> None:
    assert climbs(moved(event("accept"), event("dispatch"))) == ("departments",)


@pytest.mark.parametrize(("days", "rungs"), [(4, 0), (5, 1), (9, 1), (10, 2), (15, 3), (40, 3)])
def test_every_five_working_days_over_the_deadline_lift_a_request(days: int, rungs: int) -> None:
    as_of = CALENDAR.workday_after(date(2026, 11, 18), days)
    assert climbs(moved(event("accept"), ALONE, as_of=as_of)) == ("overdue",) * rungs


def test_an_elevation_on_record_is_not_proposed_again() -> None:
    current = moved(event("accept"), event("dispatch"), event("elevate", reason="departments"))
    assert (current.level, current.is_stuck, climbs(current)) == (1, True, ())


def test_the_ladder_ends_at_the_joint_meeting() -> None:
    top = moved(event("accept"), *(event("elevate") for _ in range(escalation.HIGHEST_LEVEL)))
    assert climbs(progress.with_transition(top, event("dispatch"))) == ()
    assert "highest level" in refused(lambda: transition_rules.require_allowed(top, event("elevate"), MONDAY))


def test_a_closed_request_is_neither_stuck_nor_lifted() -> None:
    closed = moved(event("accept"), event("elevate"), event("close"), as_of=MONDAY + 60 * DAY)
    assert (closed.is_stuck, closed.is_late, climbs(closed)) == (False, False, ())


def test_what_is_known_of_a_day_are_the_moves_up_to_it() -> None:
    events = (event("accept"), event("dispatch", MONDAY + DAY), event("answer", MONDAY + 2 * DAY))
    request = opened().request
    found = [progress.replay(request, events, CALENDAR, MONDAY + n * DAY) for n in (-1, 0, 1, 2)]
    assert [each and each.state for each in found] == [None, "accepted", "dispatched", "answered"]


@given(st.lists(st.tuples(st.sampled_from(TransitionKind), st.integers(0, 6)), max_size=12))
def test_any_day_shows_the_request_as_it_stood_when_that_day_ended(tries: list[tuple[str, int]]) -> None:
    """Whatever is tried, in whatever order: what is let in can be followed, and later moves change no earlier day."""
    current = opened(as_of=MONDAY + 90 * DAY)
    made: list[Transition] = []
    stood: dict[date, str] = {}
    for kind, gap in tries:
        on = current.last_on + gap * DAY
        tried = event(kind, on, **({"until_on": current.due_on + 10 * DAY} if kind == "extend" else {}))
        try:
            transition_rules.require_allowed(current, tried, current.as_of)
        except RuleRefused:
            continue
        current, made = progress.with_transition(current, tried), [*made, tried]
        assert current.level <= escalation.HIGHEST_LEVEL
        stood[on] = current.state
    for on, state in stood.items():
        found = progress.replay(current.request, made, CALENDAR, on)
        assert found is not None
        assert found.state == state
    assert progress.replay(current.request, made, CALENDAR, current.as_of) == current


def test_an_extension_that_ends_on_a_day_off_ends_with_the_next_working_day() -> None:
    saturday = date(2026, 12, 19)
    extended = moved(event("accept"), event("extend", until_on=saturday))
    assert (extended.due_on, replace(extended, as_of=date(2026, 12, 21)).is_late) == (date(2026, 12, 21), False)


def test_a_new_round_may_be_disputed_again() -> None:
    again = moved(
        event("accept"), event("dispatch"), event("dispute"), event("dispatch"), event("answer"), event("close"),
        event("reopen"), event("dispatch"),
    )  # fmt: skip
    assert transition_rules.rule_fault(again, event("dispute")) is None


def test_who_withdraws_or_is_rejected_waits_no_longer() -> None:
    ended = [moved(event(kind, MONDAY + 2 * DAY), as_of=MONDAY + 90 * DAY) for kind in ("withdraw", "reject")]
    assert [each.days_waited for each in ended] == [2, 2]


def test_an_enterprise_waits_until_the_close_and_not_until_it_says_how_content_it_is() -> None:
    closed = (event("accept"), event("close", MONDAY + 4 * DAY))
    confirmed = moved(*closed, event("confirm", MONDAY + 30 * DAY), as_of=MONDAY + 90 * DAY)
    assert confirmed.days_waited == moved(*closed, as_of=MONDAY + 90 * DAY).days_waited == 4


def test_an_open_request_waits_on_and_a_reopened_one_waits_again_since_its_receipt() -> None:
    back = (event("accept"), event("close", MONDAY + 4 * DAY), event("reopen", MONDAY + 6 * DAY))
    assert moved(event("accept"), as_of=MONDAY + 3 * DAY).days_waited == 3
    assert moved(*back, as_of=MONDAY + 9 * DAY).days_waited == 9


@pytest.mark.parametrize("state", RequestState)
def test_what_is_possible_now_is_not_refused_and_everything_else_is(state: str) -> None:
    """Two weeks later a dispatch can be disputed no more, and the deadline, not yet extended, has passed."""
    for on in (MONDAY, MONDAY + 14 * DAY):
        current = replace(in_state(state), as_of=on, department="财政局", supporting=("税务局",))
        for kind in TransitionKind:
            until = {"until_on": on + 30 * DAY} if kind == "extend" else {}
            tried = event(kind, on, **({"department": "住建局"} if kind == "dispatch" else until))
            is_refused = transition_rules.state_fault(current, tried) or transition_rules.rule_fault(current, tried)
            told = "answer" if kind == "support" else kind
            assert (is_refused is None) == (told in transition_rules.possible_commands(current, on)), (kind, on)
