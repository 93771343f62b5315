"""The pairing on a computer without OR-Tools: our own solver finds the same flow, so every answer is the same."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import rosters
from hypothesis import given
from hypothesis import strategies as st
from tests import pairing_oracle
from tests.conftest import Esm, Ran, budget
from tests.pairing_oracle import District, best_of_matrix, given_by, score

from esm.domain.pairing.assignment import SMALL, best_proposal
from esm.domain.pairing.flow.cost_scaling import Arc, cheapest_flow_by_scaling
from esm.domain.pairing.flow.min_cost_flow import Graph, cheapest_flow, has_fast_solver
from esm.domain.pairing.proposal import Proposal
from esm.domain.pairing.situation import Situation

LIBRARY = ("ortools", "ortools.graph.python.min_cost_flow")
Leave = Callable[[], None]


@pytest.fixture
def leave_library(monkeypatch: pytest.MonkeyPatch) -> Leave:
    """Return what makes OR-Tools impossible to import."""

    def leave() -> None:
        for name in LIBRARY:
            monkeypatch.setitem(sys.modules, name, None)
        assert not has_fast_solver()

    return leave


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Arc], dict[int, int]]:
    """Draw arcs and supplies for the sink 0; not every network can carry them."""
    random = draw(st.randoms(use_true_random=True))
    nodes = random.randint(2, random.choice((4, 12, 40)))
    dearest = random.choice((0, 2, 60, 10**6))
    arcs = []
    for _ in range(random.randint(1, 3 * nodes)):
        head, tail = sorted(random.sample(range(nodes), 2))
        cheapest = random.choice((0, 0, 0, -dearest))
        arcs.append((tail, head, random.randint(0, random.choice((1, 3, 20))), random.randint(cheapest, dearest)))
    supplies = {node: random.randint(0, 3) for node in random.sample(range(1, nodes), random.randint(1, nodes - 1))}
    arcs += [(node, 0, 9, 3 * dearest) for node in supplies if random.random() < 0.8]
    return arcs, supplies


def flow_or_none(find: Callable[[], list[int]]) -> list[int] | None:
    try:
        return find()
    except ArithmeticError:
        return None


@given(networks())
@budget(400)
def test_both_solvers_send_the_same_units_over_every_arc(network: tuple[list[Arc], dict[int, int]]) -> None:
    arcs, supplies = network
    graph = Graph(1 + max([max(tail, head) for tail, head, _, _ in arcs] + list(supplies)), arcs)
    balance = {**supplies, 0: -sum(supplies.values())}
    ours = flow_or_none(lambda: cheapest_flow_by_scaling(arcs, balance))
    assert ours == flow_or_none(lambda: cheapest_flow(graph, supplies, sink=0))


def test_it_takes_the_cheap_way_as_far_as_it_is_wide() -> None:
    arcs = [(0, 1, 1, 0), (0, 2, 2, 5), (1, 3, 9, 1), (2, 3, 9, 1)]
    assert cheapest_flow_by_scaling(arcs, {0: 3, 3: -3}) == [1, 2, 1, 2]


def test_nothing_to_send_is_no_flow() -> None:
    assert cheapest_flow_by_scaling([(1, 0, 5, 2)], {0: 0}) == [0]
    assert cheapest_flow_by_scaling([], {0: 0}) == []


@pytest.mark.parametrize(
    ("arcs", "supplies"),
    [([(1, 0, 2, 1)], {1: 3, 0: -3}), ([(1, 2, 9, 1), (2, 1, 9, 0), (1, 0, 1, 4)], {1: 2, 0: -2}), ([], {1: 1, 0: -1})],
)
def test_what_no_arc_can_carry_is_an_error_and_ends(arcs: list[Arc], supplies: dict[int, int]) -> None:
    with pytest.raises(ArithmeticError, match="cannot carry"):
        cheapest_flow_by_scaling(arcs, supplies)


@given(pairing_oracle.districts(most=12))
@budget(60)
def test_without_the_library_a_pairing_is_the_same_and_best(question: District) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fast = question.proposal(small=0)
        for name in LIBRARY:
            patch.setitem(sys.modules, name, None)
        plain = question.proposal(small=0)
    assert plain == fast
    assert score(question, given_by(plain)) == best_of_matrix(question)


def paired(kind: str, *, enterprises: int, cadres: int, capacity: int) -> Proposal:
    """Pair a drawn district that is too large for the tie to be proved."""
    drawn = rosters.District(kind, enterprises)
    offers = tuple(replace(offer, capacity=capacity) for offer in drawn.offers[:cadres])
    assert len(drawn.demands) * len(offers) > SMALL
    return best_proposal(
        Situation(
            demands=tuple(drawn.demands), offers=offers, recusals=drawn.recusals, holdings=(), settings=drawn.rules
        )
    )


@pytest.mark.parametrize("kind", ["default", "crowded"])
def test_a_large_district_is_paired_alike(kind: str, leave_library: Leave) -> None:
    fast = paired(kind, enterprises=900, cadres=120, capacity=7)
    leave_library()
    assert paired(kind, enterprises=900, cadres=120, capacity=7) == fast


def test_every_command_that_pairs_answers_alike(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, leave_library: Leave
) -> None:
    def answers() -> list[Ran]:
        copy = shutil.copy(districts["en"], tmp_path / "district.db")
        lines = (
            ["assign", "--what-if", "cadres+20", "--what-if", "capacity=2 weight_load=3", "--format", "json"],
            ["forecast", "--format", "json"],
            ["handover", "JP001", "--dry-run", "--format", "json"],
            ["assign", "--capacity", "2", "--format", "json"],
        )
        return [esm(*words, db=copy) for words in lines]

    fast = answers()
    leave_library()
    assert answers() == fast
    assert [ran.code for ran in fast] == [0, 0, 1, 0]
