"""What follows from the moves of a request: whose it is, how long it took, and whether its moves can be followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.request_case import DAY, MONDAY, event, moved, opened

from esm.domain.requests import states
from esm.domain.requests.records import RequestRecord
from esm.domain.requests.states import Transition

TO_TAX = event("dispatch", department="税务局", supporting=("财政局",))
TO_HOUSING = event("dispatch", MONDAY + DAY, department="住建局", supporting=())


def test_the_department_that_had_it_last_is_responsible_also_after_the_close_and_in_a_new_round() -> None:
    closed = (event("accept"), TO_TAX, TO_HOUSING, event("answer", MONDAY + DAY, department="住建局"),
              event("close", MONDAY + 2 * DAY))  # fmt: skip
    again = moved(*closed, event("reopen", MONDAY + 3 * DAY))
    assert (moved(*closed).responsible, again.responsible, again.department) == ("住建局", "住建局", None)
    assert (moved(event("accept"), TO_TAX).responsible, moved(event("accept")).responsible) == ("税务局", None)


def test_it_needs_the_responsible_department_first_then_those_that_support_each_once() -> None:
    assert moved(event("accept"), TO_TAX).departments == ("税务局", "财政局")
    doubled = replace(moved(event("accept"), TO_TAX), supporting=("税务局", "财政局"))
    assert doubled.departments == ("税务局", "财政局")
    assert moved(event("accept")).departments == ()


def test_supporting_departments_answer_within_three_working_days_of_the_dispatch() -> None:
    assert moved(event("accept"), TO_TAX).support_by == MONDAY + 3 * DAY
    assert moved(event("accept"), TO_HOUSING).support_by is None
    assert moved(event("accept")).support_by is None


@pytest.mark.parametrize(
    ("moves", "holder"),
    [
        ((), None),
        ((TO_TAX,), "税务局"),
        ((TO_TAX, event("dispute")), "税务局"),
        ((TO_TAX, event("answer", department="税务局")), "税务局"),
        ((TO_TAX, event("answer", department="税务局"), event("close")), None),
        ((TO_TAX, event("withdraw")), None),
    ],
)
def test_a_department_has_it_from_the_dispatch_until_the_close(
    moves: tuple[Transition, ...], holder: str | None
) -> None:
    record = RequestRecord(
        id=7, progress=moved(event("accept"), *moves), enterprise="江畔一号", cadre=None, class_name=None,
        subdistrict=None, section=None,
    )  # fmt: skip
    assert record.holder == holder


def test_the_most_urgent_comes_first_then_what_came_first() -> None:
    def record(number: int, received_on: date) -> RequestRecord:
        return RequestRecord(
            id=number, progress=opened(received_on, MONDAY + 30 * DAY), enterprise="江畔一号", cadre=None,
            class_name=None, subdistrict=None, section=None,
        )  # fmt: skip

    late, saturday, sunday, early = (
        record(2, MONDAY), record(4, MONDAY + 5 * DAY), record(3, MONDAY + 6 * DAY), record(1, MONDAY + 7 * DAY),
    )  # fmt: skip
    ordered = sorted([early, sunday, saturday, late], key=lambda each: each.order)
    assert [each.id for each in ordered] == [2, 4, 3, 1]  # both of the weekend run until Monday


def test_the_working_days_taken_run_from_the_receipt_to_the_last_close() -> None:
    closed = moved(event("accept"), event("close", MONDAY + 7 * DAY), as_of=MONDAY + 40 * DAY)
    assert (closed.days_taken, moved(event("accept")).days_taken) == (5, None)
    again = moved(
        event("accept"), event("close", MONDAY), event("reopen", MONDAY + DAY), event("close", MONDAY + 4 * DAY)
    )
    assert again.days_taken == 4
    assert moved(event("accept"), event("close", MONDAY), event("reopen", MONDAY)).days_taken is None


def test_only_what_stands_on_the_ladder_is_stuck() -> None:
    assert not moved(event("accept")).is_stuck
    assert moved(event("accept"), event("elevate")).is_stuck


@pytest.mark.parametrize(
    ("moves", "place"),
    [
        ((), None),
        ((event("accept"), event("close")), None),
        ((event("accept"), event("accept")), 1),
        ((event("close"),), 0),
        ((event("accept", MONDAY + DAY), event("close", MONDAY + DAY)), None),
        ((event("accept", MONDAY + DAY), event("close", MONDAY)), 1),
        ((event("accept"), event("close"), event("confirm"), event("dispatch")), 3),
    ],
)
def test_the_first_move_that_those_before_it_do_not_allow_is_found(
    moves: tuple[Transition, ...], place: int | None
) -> None:
    assert states.first_impossible(moves) == place
