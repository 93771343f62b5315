"""The fewest changes that keep the promise, against trying out every set of changes on small districts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.reports.forecast.cheapest_moves import cheapest_moves
from esm.domain.reports.forecast.circumstances import Circumstances, LongAbsence, Places, Seat, WantedVisit
from esm.domain.reports.forecast.deputy_opportunities import LongAbsences
from esm.domain.reports.forecast.remedies import Remedies, RemedyKind, fewest_remedies
from esm.domain.reports.forecast.seating import Seating, SeatPlan
from esm.domain.schedule.visit_series import FixedPlan, Service, VisitNeed
from esm.domain.schedule.visitors import Availability, Deputyship, Substitution
from esm.domain.values.workdays import WorkCalendar

FIRST = date(2026, 12, 28)  # a Monday
CALENDAR = WorkCalendar(frozenset(), frozenset(), date(2027, 12, 31))
DAY = timedelta(days=1)
MOST_PER_DAY = 3
Interval = tuple[date, date]


@st.composite
def districts(draw: st.DrawFn) -> Circumstances:
    """Return at most five enterprises and three cadres in a window of at most three days."""
    until = FIRST + draw(st.integers(0, 2)) * DAY
    staff = [f"10{number}" for number in range(draw(st.integers(1, 3)))]
    ends = st.sampled_from([date.max, FIRST + DAY])
    days = st.integers(0, 3).map(lambda number: FIRST + number * DAY)
    posts = {who: (date.min, draw(st.sampled_from([date.max, FIRST + DAY]))) for who in staff}
    needs = []
    for number in range(draw(st.integers(1, 5))):
        cadre = draw(st.sampled_from([None, *staff]))
        needs.append(
            VisitNeed(
                f"E{number}", "C", None,
                () if cadre is None else (Service(cadre, FIRST, min(draw(ends), posts[cadre][1])),),
                FIRST - 3 * DAY, date(2026, 10, 25), date(2026, 10, 25), 2,
                blackouts=tuple((on, on + DAY) for on in draw(st.sets(days, max_size=2))),
            )
        )  # fmt: skip
    usccs = [need.uscc for need in needs]
    away = draw(st.lists(st.sampled_from(staff), unique=True, max_size=2))
    absences = {who: [(FIRST - 9 * DAY, draw(days) + DAY)] for who in away}
    named = {who: draw(st.sampled_from([None, *(one for one in staff if one != who)])) for who in away}
    pairs = st.tuples(st.sampled_from(staff), st.sampled_from(usccs))
    deputyships = {pair: [Deputyship(draw(st.sampled_from(staff)))] for pair in draw(st.sets(pairs, max_size=2))}
    availability = Availability(
        absences,
        {who: [Substitution(*absences[who][0], named[who])] for who in away},
        posts,
        frozenset(draw(st.sets(pairs, max_size=3))),
        deputyships,
    )
    fixed = [
        FixedPlan(uscc, FIRST, draw(days)) for uscc in draw(st.lists(st.sampled_from(usccs), unique=True, max_size=1))
    ]
    return Circumstances(
        today=FIRST, until=until, calendar=CALENDAR, needs=needs, availability=availability, confirmed=fixed,
        places={who: Places(draw(st.integers(0, 2)), draw(st.integers(0, 3))) for who in staff},
        visits_per_day=draw(st.integers(1, 2)), most_per_day=MOST_PER_DAY,
    )  # fmt: skip


def in_post(known: Circumstances, who: str, on: date) -> bool:
    start, end = known.availability.in_post[who]
    return start <= on < end and not any(a <= on < b for a, b in known.availability.absences.get(who, ()))


def quiet(need: VisitNeed, on: date) -> bool:
    return any(start <= on < end for start, end in need.blackouts)


def goer(known: Circumstances, need: VisitNeed, on: date, deputies: Mapping[LongAbsence, str | None]) -> str | None:
    """Return who goes to an enterprise on a day, spelled out from docs/rules.md, Planning visits."""
    who = next((each.staff_no for each in need.services if each.start_on <= on < each.end_on), None)
    if who is None or not any(start <= on < end for start, end in known.availability.absences.get(who, ())):
        return who
    for each in known.availability.substitutions[who]:
        if each.start_on <= on < each.end_on:
            named = deputies.get(LongAbsence(who, each.start_on, each.end_on), each.deputy)
            line = [named, *(one.staff_no for one in known.availability.deputyships.get((who, need.uscc), ()))]
            for other in line:
                barred = other is None or (other, need.uscc) in known.availability.recusals
                if not barred and in_post(known, str(other), on):
                    return other
    return None


def window(known: Circumstances) -> list[date]:
    return [FIRST + number * DAY for number in range((known.until - FIRST).days + 1)]


def most_kept(known: Circumstances, per_day: int, choices: list[list[tuple[date, str]]]) -> int:
    """Return how many find a seat, by trying out every seat of everybody."""
    room = {(on, who): per_day for on in window(known) for who in known.places}
    for plan in known.confirmed:
        need = next(each for each in known.needs if each.uscc == plan.uscc)
        who = next((e.staff_no for e in need.services if e.start_on <= plan.planned_on < e.end_on), None)
        if who is not None:
            room[plan.planned_on, goer(known, need, plan.planned_on, {}) or who] = (
                room.get((plan.planned_on, goer(known, need, plan.planned_on, {}) or who), per_day) - 1
            )

    def best(number: int) -> int:
        if number == len(choices):
            return 0
        found = best(number + 1)
        for seat in choices[number]:
            if room[seat] > 0 and found < len(choices) - number:
                room[seat] -= 1
                found = max(found, 1 + best(number + 1))
                room[seat] += 1
        return found

    return best(0)


def wanting(known: Circumstances) -> list[VisitNeed]:
    agreed = {
        plan.uscc
        for plan in known.confirmed
        for need in known.needs
        if need.uscc == plan.uscc and FIRST <= plan.planned_on <= known.until
        and any(each.start_on <= plan.planned_on < each.end_on for each in need.services)
    }  # fmt: skip
    return [need for need in known.needs if need.uscc not in agreed]


def kept(known: Circumstances, extra: int, deputies: Mapping[LongAbsence, str | None], moves: Mapping[str, str]) -> int:
    """Return how many of those who want a visit are kept with these changes."""
    choices = []
    for need in wanting(known):
        days = [on for on in window(known) if not quiet(need, on)]
        to = moves.get(need.uscc)
        if to is None:
            seats = [(on, who) for on in days if (who := goer(known, need, on, deputies)) is not None]
        else:
            seats = [(on, to) for on in days if in_post(known, to, on)]
        choices.append(seats)
    return most_kept(known, known.visits_per_day + extra, choices)


def change_sets(known: Circumstances) -> Iterator[tuple[int, int, dict[LongAbsence, str | None], dict[str, str]]]:
    absences = [
        LongAbsence(who, each.start_on, each.end_on)
        for who, both in known.availability.substitutions.items()
        for each in both
        if each.end_on > FIRST
    ]
    staff, needs = list(known.places), wanting(known)
    for extra in range(MOST_PER_DAY - known.visits_per_day + 1):
        for named in product([None, *staff], repeat=len(absences)):
            deputies: dict[LongAbsence, str | None] = {
                absence: who for absence, who in zip(absences, named, strict=True) if who is not None
            }
            if any(absence.staff_no == who for absence, who in deputies.items()):
                continue
            for hosts in product([None, *staff], repeat=len(needs)):
                moves = {need.uscc: who for need, who in zip(needs, hosts, strict=True) if who is not None}
                if not any((who, uscc) in known.availability.recusals for uscc, who in moves.items()):
                    yield extra + len(deputies) + len(moves), extra, deputies, moves


def fewest_by_trying(known: Circumstances) -> tuple[int, int]:
    """Return how many can be kept at the most, and with how few changes."""
    most, fewest = -1, 0
    for count, extra, deputies, moves in sorted(change_sets(known), key=lambda each: each[0]):
        found = kept(known, extra, deputies, moves)
        if found > most:
            most, fewest = found, count
        if most == len(wanting(known)):
            break
    return most, fewest


def kept_with(known: Circumstances, found: Remedies) -> int:
    """Return how many are kept when the remedies are carried out."""
    extra = sum(each.kind == RemedyKind.VISITS_PER_DAY for each in found.changes)
    deputies: dict[LongAbsence, str | None] = {
        LongAbsence(each.from_no or "", each.start_on or date.min, each.end_on or date.max): each.staff_no
        for each in found.changes
        if each.kind == RemedyKind.DEPUTY
    }
    moves = {each.uscc: each.staff_no for each in found.changes if each.uscc and each.staff_no}
    assert not any((who, uscc) in known.availability.recusals for uscc, who in moves.items())
    return kept(known, extra, deputies, moves)


@budget(100)
@given(districts())
def test_the_remedies_are_the_fewest_of_all_sets_of_changes(known: Circumstances) -> None:
    found = fewest_remedies(known)
    most, fewest = fewest_by_trying(known)
    assert (len(wanting(known)) - len(found.beyond_help), len(found.changes)) == (most, fewest)
    assert kept_with(known, found) == most
    assert found.is_least


@budget(30)
@given(districts(), st.integers(0, 400))
def test_a_search_that_is_cut_short_claims_no_more_than_it_has_found(known: Circumstances, effort: int) -> None:
    found = fewest_remedies(known, effort)
    assert kept_with(known, found) >= len(wanting(known)) - len(found.beyond_help)
    if found.is_least:
        most, fewest = fewest_by_trying(known)
        assert (len(wanting(known)) - len(found.beyond_help), len(found.changes)) == (most, fewest)


@budget(40)
@given(districts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(known: Circumstances, chance: Random) -> None:
    needs, staff = list(known.needs), list(known.places.items())
    chance.shuffle(needs)
    chance.shuffle(staff)
    assert fewest_remedies(known) == fewest_remedies(replace(known, needs=needs, places=dict(staff)))


def test_moves_beyond_a_capacity_raise_it_one_by_one() -> None:
    known = district(3, places=Places(1, 2), per_day=3)
    assert [(each.kind, each.staff_no, each.value) for each in fewest_remedies(known).changes] == [
        ("move", "100", None), ("capacity", "100", 3), ("capacity", "100", 4),
    ]  # fmt: skip


def test_one_more_visit_a_day_for_all_goes_before_many_moves() -> None:
    known = district(3, serving="100", per_day=1)
    assert fewest_remedies(known).changes[0].kind == "visits_per_day"
    assert len(fewest_remedies(known).changes) == 2


def test_a_deputy_is_one_change_for_all_enterprises_of_who_is_away() -> None:
    known = district(3, serving="101", per_day=3, away="101")
    (deputy,) = fewest_remedies(known).changes
    assert (deputy.kind, deputy.staff_no, deputy.from_no) == ("deputy", "100", "101")


def test_nobody_helps_where_every_day_is_blocked() -> None:
    known = district(2, serving="100", blackouts=((FIRST, FIRST + DAY),))
    found = fewest_remedies(known)
    assert (found.changes, found.beyond_help, found.missing) == ((), ("E0", "E1"), ("E0", "E1"))


def test_another_deputy_takes_the_days_of_the_first_away() -> None:
    two_days = replace(district(5, serving="101", per_day=2, away="101"), until=FIRST + DAY)
    whole, first_day = (date.min, date.max), (date.min, FIRST + DAY)
    known = with_cadres(two_days, {"100": first_day, "101": whole, "102": whole}, deputy="100")
    changes = fewest_remedies(known).changes
    assert {(each.kind, each.staff_no) for each in changes} == {("deputy", "102"), ("move", "100")}
    assert len(changes) == fewest_by_trying(known)[1]


def test_who_has_moved_makes_room_for_whom_only_that_cadre_may_visit() -> None:
    whole = (date.min, date.max)
    known = with_cadres(district(2, per_day=1), {"100": whole, "102": whole}, recusals={("102", "E1")})
    changes = fewest_remedies(known).changes
    assert {(each.kind, each.uscc, each.staff_no) for each in changes} == {("move", "E0", "102"), ("move", "E1", "100")}


def test_a_wanted_visit_is_on_a_day_after_which_it_still_counts() -> None:
    (wanted,) = replace(district(1, serving="100"), until=date(2027, 4, 1)).wanted_visits()
    assert [date.fromordinal(each) for each in (wanted.days[0], wanted.days[-1])] == [
        date(2027, 2, 1),
        date(2027, 4, 1),
    ]
    assert {day for day, _who in wanted.home} == set(wanted.days)


@pytest.mark.parametrize(
    ("recused", "moved", "left"),
    [((), {"E0": (1, "100")}, []), (("100",), {"E0": (1, "101")}, []), (("100", "101"), {}, ["E0"])],
)
def test_whoever_finds_a_seat_with_another_cadre_moves_to_it(
    recused: tuple[str, ...], moved: dict[str, Seat], left: list[str]
) -> None:
    wanted = WantedVisit("E0", None, (), (1,), frozenset(recused))
    assert cheapest_moves([wanted], {(1, "100"): 1, (1, "101"): 1}) == (moved, left)


def test_hosts_have_room_in_their_capacity_then_few_guests() -> None:
    places = {"100": Places(0, 1), "101": Places(0, 5), "102": Places(0, 0)}
    seating = Seating(SeatPlan((1,), 2, {}, places, {who: {1} for who in places}))
    wanted = [WantedVisit(f"E{number}", None, (), (1,)) for number in range(7)]
    assert [each.uscc for each in seating.seat_elsewhere(wanted)] == ["E6"]
    assert [who for _day, who in seating.moved.values()] == ["100", "101", "101", "102", "100", "102"]


@pytest.mark.parametrize(
    ("start", "end", "is_concerned"), [(0, 9, True), (8, 20, True), (9, 20, False), (-5, 1, True), (-5, 0, False)]
)
def test_an_absence_concerns_whom_the_cadre_serves_on_one_of_its_days(
    start: int, end: int, *, is_concerned: bool
) -> None:
    known = replace(district(1, serving="101", away="101"), until=FIRST + 20 * DAY)
    services = (Service("101", FIRST + start * DAY, FIRST + end * DAY),)
    known = replace(known, needs=[replace(need, services=services) for need in known.needs])
    there = {who: known.days_there(who, known.workdays()) for who in known.places}
    away = LongAbsences(known, SeatPlan(known.workdays(), 2, {}, known.places, there), known.wanted_visits())
    assert away.candidates == {absence: ["100"] for absence in known.long_absences()}
    assert [bool(served) for served in away.served.values()] == [is_concerned]


def with_cadres(
    known: Circumstances, in_post: dict[str, Interval], *, deputy: str | None = None,
    recusals: Set[tuple[str, str]] = frozenset(),
) -> Circumstances:  # fmt: skip
    """Return the same district with these cadres, the deputy of who is away, and recusals."""
    own = known.availability
    away = {who: [replace(each, deputy=deputy) for each in both] for who, both in own.substitutions.items()}
    return replace(
        known, places=dict.fromkeys(in_post, Places(0, 9)),
        availability=replace(own, in_post=in_post, substitutions=away, recusals=frozenset(recusals)),
    )  # fmt: skip


def district(
    count: int, *, serving: str | None = None, places: Places | None = None, per_day: int = 2, away: str | None = None,
    blackouts: tuple[Interval, ...] = (),
) -> Circumstances:  # fmt: skip
    """Return so many overdue enterprises and one day; cadre 101 is there only where serving or away."""
    staff = sorted({"100", *([serving] if serving else [])})
    services = () if serving is None else (Service(serving, FIRST, date.max),)
    absences = {} if away is None else {away: [(FIRST, FIRST + 9 * DAY)]}
    return Circumstances(
        today=FIRST, until=FIRST, calendar=CALENDAR,
        needs=[VisitNeed(f"E{number}", "C", None, services, FIRST - DAY, FIRST, None, 2, blackouts=blackouts)
               for number in range(count)],
        availability=Availability(absences, {who: [Substitution(*both[0])] for who, both in absences.items()},
                                  dict.fromkeys(staff, (date.min, date.max))),
        confirmed=[], places=dict.fromkeys(staff, places or Places(0, 9)), visits_per_day=per_day, most_per_day=9,
    )  # fmt: skip
