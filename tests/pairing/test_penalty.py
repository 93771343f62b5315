"""What one pair costs by itself, and who the cheapest cadres are."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.conftest import budget
from tests.pairing_oracle import District, districts, price

from esm.domain.pairing.penalty import (
    CheapestOffers,
    Demand,
    Offer,
    Penalty,
    penalty,
    penalty_matrix,
    prefixes,
)
from esm.domain.values.industry import full_code
from esm.domain.values.settings import Settings, Weights

SHOES = Demand("E1", "A", "Dongpo", "C1952")


def cadre(rank: int | None = 4, subdistrict: str | None = "Dongpo", expertise: tuple[str, ...] = ("C19",)) -> Offer:
    return Offer("S1", rank, subdistrict, expertise, 1)


@pytest.mark.parametrize(
    ("code", "full"),
    [
        ("01", "A01"), ("05", "A05"), ("0610", "B0610"), ("1210", "B1210"), ("13", "C13"), ("3983", "C3983"),
        ("4390", "C4390"), ("44", "D44"), ("46", "D46"), ("47", "E47"), ("50", "E50"), ("5211", "F5211"),
        ("53", "G53"), ("60", "G60"), ("61", "H61"), ("62", "H62"), ("63", "I63"), ("65", "I65"), ("66", "J66"),
        ("69", "J69"), ("70", "K70"), ("71", "L71"), ("72", "L72"), ("73", "M73"), ("75", "M75"), ("76", "N76"),
        ("79", "N79"), ("80", "O80"), ("82", "O82"), ("83", "P83"), ("84", "Q84"), ("85", "Q85"), ("86", "R86"),
        ("90", "R90"), ("91", "S91"), ("96", "S96"), ("97", "T97"),
    ],
)  # fmt: skip
def test_the_letter_of_a_code_follows_from_its_division(code: str, full: str) -> None:
    assert full_code(code) == full


@pytest.mark.parametrize("code", ["C3983", "C", "98", "00", "3", "", "X9"])
def test_a_code_with_its_letter_or_without_a_division_stays_as_it_is(code: str) -> None:
    assert full_code(code) == code


def test_a_pair_that_fits_in_everything_costs_nothing() -> None:
    assert penalty(SHOES, cadre(), Settings()) == Penalty(0, 0, 0, 0)


def test_every_reason_has_its_own_price() -> None:
    stranger = cadre(rank=2, subdistrict="Xihe", expertise=("F", "C2"))
    assert penalty(SHOES, stranger, Settings()) == Penalty(subdistrict=4, expertise=3, rank=4, load=0)
    assert penalty(SHOES, stranger, Settings()).total == 11


def test_weights_and_wanted_ranks_are_settings() -> None:
    dear = Settings(weights=Weights(subdistrict=10, expertise=20, rank=30), wanted_rank_a=3)
    assert penalty(SHOES, cadre(2, "Xihe", ("F",)), dear) == Penalty(10, 20, 30, 0)


@pytest.mark.parametrize("offer", [cadre(subdistrict=None), cadre(expertise=()), cadre(expertise=("",)), cadre(rank=5)])
def test_a_cadre_without_preference_or_above_the_wanted_rank_adds_nothing(offer: Offer) -> None:
    assert penalty(SHOES, offer, Settings()).total == 0


@pytest.mark.parametrize("demand", [Demand("E1", "A", None, "C1952"), Demand("E1", "A", "Dongpo", None)])
def test_a_gap_in_the_data_of_an_enterprise_adds_nothing(demand: Demand) -> None:
    assert penalty(demand, cadre(), Settings()).total == 0


def test_a_cadre_without_rank_counts_as_rank_1() -> None:
    assert penalty(SHOES, cadre(rank=None), Settings()).rank == 6


@pytest.mark.parametrize("tier_and_price", [("A", 6), ("B", 4), ("C", 0)])
def test_the_wanted_rank_depends_on_the_tier(tier_and_price: tuple[str, int]) -> None:
    tier, expected = tier_and_price
    assert penalty(Demand("E1", tier, None, None), cadre(rank=1), Settings()).rank == expected


@pytest.mark.parametrize("expertise", ["C1952", "C195", "C19", "C", "1952", "19"])
def test_expertise_is_a_prefix_of_the_code_with_or_without_the_letter(expertise: str) -> None:
    for code in ("C1952", "1952"):
        assert penalty(Demand("E1", "C", None, code), cadre(expertise=(expertise,)), Settings()).total == 0


@pytest.mark.parametrize("expertise", ["C1953", "C19520", "1", "A", "20"])
def test_other_prefixes_do_not_cover_the_code(expertise: str) -> None:
    assert penalty(SHOES, cadre(expertise=(expertise,)), Settings()).expertise == 3


def test_prefixes_inside_another_are_left_out() -> None:
    assert prefixes(cadre(expertise=("C3983", "F52", "C", "52", "39"))) == ("C", "F52")
    assert prefixes(cadre(expertise=())) == ("",)


@given(districts(most=12))
@budget(100)
def test_favourites_are_the_cheapest_below_a_price(district: District) -> None:
    favourites = CheapestOffers(district.offers, district.settings, 3)
    for demand in district.demands:
        costs = sorted((price(demand, offer, district.settings), offer.staff_no) for offer in district.offers)
        for limit in (1, 5, 100):
            assert favourites.below(demand, limit) == [pair for pair in costs if pair[0] < limit][:3]


@given(districts(most=12))
@budget(100)
def test_all_pairs_priced_at_once_cost_what_each_costs(district: District) -> None:
    each = [[price(demand, offer, district.settings) for offer in district.offers] for demand in district.demands]
    assert penalty_matrix(district.demands, district.offers, district.settings) == each
    assert each == [
        [penalty(demand, offer, district.settings).total for offer in district.offers] for demand in district.demands
    ]
