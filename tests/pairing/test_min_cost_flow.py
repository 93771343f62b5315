"""Cheapest flows on bare integers, their single units, and the first of equally good choices."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.pairing.flow.min_cost_flow import Graph, Routes, TieBreak, cheapest_flow
from esm.errors import RuleRefused


def diamond(*, dear: int = 5, width: int = 2) -> Graph:
    """Return 0 → 1 for nothing and 0 → 2 at a price, both on to the sink 3."""
    graph = Graph()
    for _ in range(4):
        graph.node()
    for tail, head, capacity, price in [(0, 1, 1, 0), (0, 2, width, dear), (1, 3, 9, 1), (2, 3, 9, 1)]:
        graph.arc(tail, head, capacity=capacity, price=price)
    return graph


def test_a_flow_takes_the_cheap_way_as_far_as_it_is_wide() -> None:
    assert cheapest_flow(diamond(), {0: 3}, sink=3) == [1, 2, 1, 2]


def test_negative_prices_are_welcome() -> None:
    assert cheapest_flow(diamond(dear=-5), {0: 2}, sink=3) == [0, 2, 0, 2]


@pytest.mark.parametrize("dear", [2**58, -(2**58), 2**70])
def test_prices_that_cannot_be_added_exactly_are_refused(dear: int) -> None:
    with pytest.raises(RuleRefused, match="too large"):
        cheapest_flow(diamond(dear=dear), {0: 2}, sink=3)


def test_more_supply_than_the_arcs_can_carry_is_an_error() -> None:
    with pytest.raises(ArithmeticError):
        cheapest_flow(diamond(), {0: 4}, sink=3)


def test_units_are_sent_by_the_arcs_added_first() -> None:
    graph = Graph()
    for _ in range(5):
        graph.node()
    for tail, head in [(4, 3), (3, 0), (3, 1), (4, 2)]:
        graph.arc(tail, head, capacity=9)
    routes = Routes(graph, [3, 2, 1, 1], last_stop=2)
    assert [routes.send(4) for _ in range(4)] == [0, 0, 1, 2]


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[list[int | None]], list[list[int]]]:
    """Draw costs of some rows for a few columns and rising prices of places; the last column takes all."""
    random = draw(st.randoms(use_true_random=True))
    rows, columns = random.randint(1, 5), random.randint(1, 3)
    costs: list[list[int | None]] = [
        [random.choice((None, 0, 0, 1, 1, 2, 3)) for _ in range(columns)] + [random.choice((3, 4, 90))]
        for _ in range(rows)
    ]
    load = random.choice((0, 0, 1, 2))
    steps = [[load * (unit + taken) for unit in range(random.randint(0, 3))] for taken in range(columns)]
    return costs, [*steps, [0] * rows]


def cost(choice: tuple[int, ...], costs: list[list[int | None]], steps: list[list[int]]) -> int | None:
    """Return what a choice costs, None if it is forbidden or too many want a column."""
    total = 0
    for row, column in enumerate(choice):
        price = costs[row][column]
        if price is None:
            return None
        total += price
    for column, prices in enumerate(steps):
        if choice.count(column) > len(prices):
            return None
        total += sum(prices[: choice.count(column)])
    return total


@given(questions(), st.data())
@budget(300)
def test_from_any_optimum_the_tie_goes_to_the_first_choice_in_order(
    question: tuple[list[list[int | None]], list[list[int]]], data: st.DataObject
) -> None:
    costs, steps = question
    priced = {choice: cost(choice, costs, steps) for choice in product(range(len(steps)), repeat=len(costs))}
    least = min(total for total in priced.values() if total is not None)
    optima = [choice for choice, total in priced.items() if total == least]
    assert tuple(TieBreak(data.draw(st.sampled_from(optima)), costs, steps).first()) == min(optima)


def test_a_choice_that_is_not_cheapest_is_refused() -> None:
    with pytest.raises(ValueError, match="cheapest"):
        TieBreak([1], [[0, 1]], [[0], [0]])


def test_a_forbidden_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="forbidden"):
        TieBreak([0], [[None, 1]], [[0], [0]])
