"""What a pairing says of itself, and blanks and bounds that its solver must not mistake (docs/rules.md, Pairing)."""

from __future__ import annotations

import pytest

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.explanation import CapacityRaise, explain
from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.pairing.proposal import Holding, Proposal
from esm.domain.pairing.situation import Situation
from esm.domain.values.settings import Settings
from esm.errors import RuleRefused

E1, E2, E3 = (Demand(f"E{number}", "C", "X", None) for number in (1, 2, 3))


def offer(staff_no: str, subdistrict: str | None = "X", *, rank: int = 1, trade: str = "", capacity: int = 1) -> Offer:
    return Offer(staff_no, rank, subdistrict, (trade,) if trade else (), capacity)


def question(
    demands: tuple[Demand, ...], *offers: Offer, recusals: tuple[tuple[str, str], ...] = (), held: str = "",
    pinned: str = "", settings: Settings | None = None,
) -> Situation:  # fmt: skip
    """`held` and `pinned` name pairings of today, `E1-S1 E2-S2`."""
    holdings = [
        Holding(uscc, staff_no, pinned=words == pinned)
        for words in (held, pinned)
        for uscc, staff_no in (pair.split("-") for pair in words.split())
    ]
    return Situation(
        demands=demands, offers=offers, recusals=frozenset(recusals), holdings=tuple(holdings),
        settings=settings or Settings(),
    )  # fmt: skip


def given(proposal: Proposal) -> dict[str, str]:
    return {pair.uscc: pair.staff_no for pair in proposal.pairs}


def test_who_would_cost_less_and_is_full_is_named_and_who_costs_more_is_not() -> None:
    found = best_proposal(question((E1, E2), offer("S1"), offer("S2", "Y"), offer("S3", "Z", capacity=2)))
    assert given(found) == {"E1": "S1", "E2": "S2"}
    assert [[(each.staff_no, each.reason) for each in pair.skipped] for pair in found.pairs] == [[], [("S1", "full")]]


def test_only_a_cadre_who_is_no_more_in_post_has_left() -> None:
    moved = best_proposal(question((E1,), offer("S1"), offer("S2"), recusals=(("S1", "E1"),), held="E1-S1"))
    followed = best_proposal(question((E1,), offer("S2"), held="E1-S1"))
    assert [pair.skipped for pair in moved.pairs] == [()]
    assert [(each.staff_no, each.reason) for each in followed.pairs[0].skipped] == [("S1", "left")]


@pytest.mark.parametrize(
    ("recusals", "reason"),
    [((), "no_cadre_left"), ((("S2", "E1"),), "no_cadre_left"), ((("S1", "E1"), ("S2", "E1")), "all_recused")],
)
def test_only_those_with_a_capacity_count_for_why_nobody_serves(
    recusals: tuple[tuple[str, str], ...], reason: str
) -> None:
    important = Demand("E2", "A", "X", None)
    found = best_proposal(question((E1, important), offer("S1"), offer("S2", capacity=0), recusals=recusals))
    assert [(left.uscc, left.reason) for left in found.unserved] == [("E1", reason)]


@pytest.mark.parametrize("small", [0, 100_000])
def test_a_cadre_without_subdistrict_is_at_home_everywhere(small: int) -> None:
    assert given(best_proposal(question((E1,), offer("S1", "Y"), offer("S2", None)), small=small)) == {"E1": "S2"}


@pytest.mark.parametrize("blank", [None, ""])
def test_an_enterprise_without_subdistrict_leaves_the_place_aside(blank: str | None) -> None:
    nowhere = Demand("E1", "C", blank, "C3983")
    offers = offer("S1", None, trade="A"), offer("S2", "Y", trade="C39")
    assert given(best_proposal(question((nowhere,), *offers), small=0)) == {"E1": "S2"}


def test_keeping_goes_before_any_penalty_however_dear_a_rank_is() -> None:
    dear = Settings().with_values({"weight_rank": 10_000, "weight_subdistrict": 0, "weight_expertise": 0})
    large = Demand("E1", "A", None, None), Demand("E2", "A", None, None)
    offers = offer("S1"), offer("S2", rank=4), offer("S3", rank=4)
    found = best_proposal(question(large, *offers, held="E1-S1 E2-S1", settings=dear), small=0)
    assert [str(pair.change) for pair in found.pairs].count("kept") == 1


def test_who_is_full_or_recused_is_told_as_an_alternative_and_only_the_full_could_make_room() -> None:
    important = Demand("E1", "A", "X", None), Demand("E2", "A", "X", None)
    told = explain(question((*important, E3), offer("S1"), offer("S2"), recusals=(("S1", "E3"),)), "E3")
    assert [(each.staff_no, each.reason) for each in told.alternatives] == [("S1", "recused"), ("S2", "full")]
    assert told.room == CapacityRaise("S2", 2)


def test_pins_beyond_a_capacity_are_refused_whoever_else_stays() -> None:
    asked = question((E1, E2, E3), offer("S1"), offer("S2", capacity=3), held="E3-S1", pinned="E1-S1 E2-S1")
    with pytest.raises(RuleRefused):
        best_proposal(asked.restricted_to({"E1", "E2"}))


def test_what_stays_beside_pins_takes_no_place_of_theirs() -> None:
    asked = question((E1, E2), offer("S1"), held="E2-S1", pinned="E1-S1")
    assert given(best_proposal(asked.without_moves())) == {"E1": "S1", "E2": "S1"}
