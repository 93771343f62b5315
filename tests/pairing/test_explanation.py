"""Explanations and scenarios against judges who try everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.conftest import budget
from tests.pairing_oracle import District, best_by_loads, districts

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.explanation import Explanation, RecruitNeed, explain
from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.pairing.proposal import Holding
from esm.domain.pairing.situation import Situation
from esm.domain.pairing.what_if import full_service, outcome
from esm.domain.values.settings import Settings


def one_of(question: District, data: st.DataObject) -> str:
    """Draw an enterprise of the district."""
    usccs = sorted(demand.uscc for demand in question.demands)
    assume(usccs)
    return data.draw(st.sampled_from(usccs))


def unserved(question: District) -> list[str]:
    served = best_by_loads(question)[1]
    return sorted(demand.uscc for demand in question.demands if demand.uscc not in served)


def joined_by(question: District, offer: Offer, count: int) -> District:
    more = tuple(replace(offer, staff_no=f"+{number}") for number in range(count))
    return replace(question, offers=(*question.offers, *more))


@given(districts(most=5, fewest=2), st.data())
@budget(150)
def test_what_another_cadre_would_cost_is_the_difference_of_two_optima(question: District, data: st.DataObject) -> None:
    uscc = one_of(question, data)
    told = explain(question.situation(), uscc)
    best, given_cadres = best_by_loads(question)
    assert (told.pair and told.pair.staff_no) == given_cadres.get(uscc)
    for other in told.alternatives:
        key = (other.staff_no, uscc)
        assert (other.reason == "recused") == (key in question.recusals)
        if other.loss is not None:
            forced, _ = best_by_loads(question, fixed={uscc: other.staff_no})
            worse = [b - a for a, b in zip(best, forced, strict=True)]
            assert (*other.loss.served, other.loss.kept, other.loss.penalty) == tuple(worse)


@given(districts(most=6, fewest=2))
@budget(150)
def test_so_many_more_cadres_serve_it_and_one_less_does_not(question: District) -> None:
    for uscc in unserved(question)[:2]:
        recruits = explain(question.situation(), uscc).recruits
        assert recruits is not None
        expertise = (recruits.expertise,) if recruits.expertise else ()
        offer = Offer("+", recruits.rank, recruits.subdistrict, expertise, 1)
        assert uscc in best_by_loads(joined_by(question, offer, recruits.count))[1]
        if recruits.is_least:
            assert uscc not in best_by_loads(joined_by(question, offer, recruits.count - 1))[1]


@given(districts(most=5, fewest=2))
@budget(150)
def test_one_place_more_for_the_cadre_who_is_named_serves_it(question: District) -> None:
    for uscc in unserved(question)[:2]:
        room = explain(question.situation(), uscc).room
        if room is not None:
            wider = question.situation().with_capacity(staff_no=room.staff_no, capacity=room.capacity).offers
            assert uscc in best_by_loads(replace(question, offers=wider))[1]


@given(districts(most=5), st.integers(0, 2))
@budget(100)
def test_the_least_that_serves_all_is_the_first_that_does(question: District, default: int) -> None:
    blank = {offer.staff_no for offer in question.offers if offer.staff_no[-1] in "024"}
    pins = Counter(question.pins().values())

    def having(capacity: int) -> District:
        offers = (replace(one, capacity=capacity) if one.staff_no in blank else one for one in question.offers)
        return replace(question, offers=tuple(offers))

    def leaves_some(asked: District) -> bool:
        if any(pins[one.staff_no] > one.capacity for one in asked.offers):
            return True  # the pins contradict: nothing can be assigned
        return len(best_by_loads(asked)[1]) < len(asked.demands)

    found = full_service(lambda capacity: having(capacity).situation(), default)
    tried = range(len(question.demands) + 1)
    assert found.capacity == next((number for number in tried if not leaves_some(having(number))), None)
    recruit = Offer("+", None, None, (), default)
    cadres = [number for number in tried if not leaves_some(joined_by(having(default), recruit, number))]
    assert found.cadres == next(iter(cadres), None)


def test_higher_tiers_that_nobody_serves_come_first_for_new_cadres() -> None:
    demands = (Demand("E1", "A", "X", None), Demand("E2", "B", "X", None), Demand("E3", "C", "X", "C3983"))
    told = explain(Situation(demands=demands, offers=(), recusals=frozenset(), holdings=(), settings=Settings()), "E3")
    assert told.recruits == RecruitNeed(3, 2, "C39", "X", 1, is_least=True)
    assert told.room is None


def explained(uscc: str, holdings: tuple[Holding, ...], *, capacity: int = 2) -> Explanation:
    demands = tuple(Demand(f"E{number}", "C", None, None) for number in (1, 2, 3))
    offers = (Offer("S1", None, None, (), capacity),)
    return explain(
        Situation(
            demands=demands, offers=offers, recusals=frozenset(), holdings=holdings, settings=Settings()
        ), uscc,
    )  # fmt: skip


def test_who_is_served_is_told_the_place_in_the_cadres_load_and_who_is_not_has_none() -> None:
    found = [explained(uscc, ()) for uscc in ("E1", "E2", "E3")]
    assert [(each.nth, each.load) for each in found] == [(1, 2), (2, 2), (0, 0)]
    assert [each.unserved is None for each in found] == [True, True, False]
    assert (found[0].places, found[0].in_scope, found[0].barred) == (2, 3, 0)


def test_a_pin_is_the_enterprises_own_and_nobody_elses() -> None:
    holdings = (Holding("E1", "S1", pinned=True), Holding("E2", "S1", pinned=False))
    assert [explained(uscc, holdings).is_pinned for uscc in ("E1", "E2")] == [True, False]


def test_the_outcome_of_today_is_what_stands_whatever_speaks_against_it() -> None:
    situation = Situation(
        demands=(Demand("E1", "C", "X", None), Demand("E2", "C", None, None)),
        offers=(Offer("S1", None, "Y", (), 1),),
        recusals=frozenset({("S1", "E1")}),
        holdings=(Holding("E1", "S1", pinned=False),),
        settings=Settings(),
    )
    today = outcome("today", situation, best_proposal(situation.with_todays_pairings_alone()))
    assert (today.served, today.unserved, today.penalty, today.places) == (1, (0, 0, 1), 4, 1)
