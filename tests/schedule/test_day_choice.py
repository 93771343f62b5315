"""Which day for which visit: the exact choice behind the plan."""

from __future__ import annotations

import random
from itertools import product

import numpy
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.conftest import budget

from esm.domain.schedule import day_choice, exact_day_search, hungarian_method
from esm.domain.schedule.exact_day_search import UndatedVisit

Key = tuple[int, int, tuple[int, ...]]
VISITS = st.lists(
    st.builds(
        UndatedVisit,
        st.sampled_from(["east", "west", None]),
        st.dictionaries(st.integers(1, 6), st.integers(0, 4), min_size=1).map(lambda costs: costs | {99: 50}),
    ),
    min_size=1,
    max_size=4,
)


def key_of(visits: list[UndatedVisit], days: tuple[int, ...], trips: set[tuple[int, str | None]]) -> Key:
    cost = sum(visit.costs[day] for visit, day in zip(visits, days, strict=True))
    return cost, len({(day, visit.place) for visit, day in zip(visits, days, strict=True)} - trips), days


def fits(days: tuple[int, ...], room: dict[int, int]) -> bool:
    return all(days.count(day) <= room[day] for day in days)


@given(VISITS, st.integers(1, 3), st.sets(st.tuples(st.integers(1, 6), st.sampled_from(["east", "west", None]))))
@budget(300)
def test_the_days_are_the_best_of_all_that_fit(
    visits: list[UndatedVisit], each: int, trips: set[tuple[int, str | None]]
) -> None:
    room = {day: each + day % 2 for day in range(1, 7)} | {99: 9}
    answers = (days for days in product(*(visit.costs for visit in visits)) if fits(days, room))
    best = min(key_of(visits, days, trips) for days in answers)
    assert key_of(visits, day_choice.choose_days(visits, room, trips), trips) == best


def crowd(seed: int, size: int, places: int) -> tuple[list[UndatedVisit], dict[int, int]]:
    """Return visits whose ideal days lie close together, and two seats a day."""
    source = random.Random(seed)  # noqa: S311
    ideals = [source.randint(8, 12) for _ in range(size)]
    visits = [UndatedVisit(f"p{source.randrange(places)}", {d: abs(d - ideal) for d in range(30)}) for ideal in ideals]
    return visits, dict.fromkeys(range(30), 2)


def least_cost(visits: list[UndatedVisit], room: dict[int, int]) -> int:
    seats = [day for day in sorted(room) for _ in range(room[day])]
    costs = numpy.array([[visit.costs.get(day, 10**6) for day in seats] for visit in visits])
    rows, columns = linear_sum_assignment(costs)
    return int(costs[rows, columns].sum())


@given(st.integers(0, 10**6), st.integers(9, 30), st.integers(1, 8))
@budget(25)
def test_the_cost_of_a_crowd_is_least(seed: int, size: int, places: int) -> None:
    visits, room = crowd(seed, size, places)
    days = day_choice.choose_days(visits, room, set())
    assert fits(days, room)
    assert key_of(visits, days, set())[0] == least_cost(visits, room)


@given(st.integers(0, 10**6), st.integers(9, 12), st.integers(1, 3))
@budget(25)
def test_looking_at_cheapest_days_only_loses_nothing(seed: int, size: int, places: int) -> None:
    visits, room = crowd(seed, size, places)
    near = [UndatedVisit(visit.place, {d: c for d, c in visit.costs.items() if c <= 5}) for visit in visits]
    thorough = exact_day_search.search_days(exact_day_search.Task(tuple(near), room, set()), 10**9)
    assert thorough is not None
    found = day_choice.choose_days(visits, room, set())
    assert key_of(visits, found, set()) == key_of(visits, thorough, set())


def test_twelve_alike_but_for_the_place_share_six_trips() -> None:
    visits = [UndatedVisit("east" if index % 2 else "west", {d: abs(d - 10) for d in range(30)}) for index in range(12)]
    days = day_choice.choose_days(visits, dict.fromkeys(range(30), 2), set())
    assert days == (7, 8, 7, 8, 9, 10, 9, 10, 11, 12, 11, 12)
    assert key_of(visits, days, set())[:2] == (2 * (0 + 1 + 1 + 2 + 2 + 3), 6)


@given(st.integers(0, 10**6))
@budget(8)
def test_beyond_the_search_no_exchange_of_two_visits_helps(seed: int) -> None:
    visits, room = crowd(seed, 26, 13)
    days = day_choice.choose_days(visits, room, set())
    found = key_of(visits, days, set())
    for first, second in product(range(26), repeat=2):
        swapped = list(days)
        swapped[first], swapped[second] = days[second], days[first]
        assert key_of(visits, tuple(swapped), set()) >= found


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(0, 12))
@budget(100)
def test_the_prices_prove_that_the_seats_are_cheapest(seed: int, rows: int, spare: int) -> None:
    source = random.Random(seed)  # noqa: S311
    costs = [[source.randint(0, 20) for _ in range(rows + spare)] for _ in range(rows)]
    taken, row_price, seat_price = hungarian_method.cheapest_assignment(costs)
    assert len(set(taken)) == rows
    assert all(
        costs[r][c] >= row_price[r] + seat_price[c] and seat_price[c] <= 0
        for r in range(rows)
        for c in range(rows + spare)
    )
    assert sum(costs[r][c] for r, c in enumerate(taken)) == sum(row_price) + sum(seat_price)
