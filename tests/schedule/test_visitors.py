"""Who can go on which day: the cadre, else the first deputy who is there, else nobody."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from esm.domain.schedule.visit_series import Interval, Service, VisitNeed
from esm.domain.schedule.visitors import Availability, Deputyship, Substitution

FIRST = date(2026, 12, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(30)]
FIRM = "91330205MA2AAAA01X"

spans = st.tuples(st.integers(0, 29), st.integers(1, 20)).map(
    lambda drawn: (DAYS[drawn[0]], DAYS[drawn[0]] + timedelta(days=drawn[1]))
)
deputies = st.sampled_from(["B", "C", "D"])


def need(*services: Service) -> VisitNeed:
    return VisitNeed(FIRM, "C", None, services, FIRST, FIRST, None, 2)


def is_in(days: Interval, on: date) -> bool:
    return days[0] <= on < days[1]


@given(
    away=st.lists(spans, max_size=2),
    named=st.none() | deputies,
    absences=st.dictionaries(deputies, st.lists(spans, max_size=2)),
    posts=st.dictionaries(deputies, spans),
    barred=st.sets(deputies, max_size=1),
    others=st.lists(st.tuples(deputies, spans), max_size=4),
)
def test_every_day_has_one_visitor_the_first_who_is_there(
    away: list[Interval], named: str | None, absences: dict[str, list[Interval]], posts: dict[str, Interval],
    barred: set[str], others: list[tuple[str, Interval]],
) -> None:  # fmt: skip
    """Two absences of a cadre never overlap on record, so one that would is left out."""
    long = [one for number, one in enumerate(sorted(away)) if not number or sorted(away)[0][1] <= one[0]]
    available = Availability(
        {**absences, "A": long},
        {"A": [Substitution(*one, named) for one in long]},
        posts,
        frozenset((who, FIRM) for who in barred),
        {("A", FIRM): [Deputyship(who, *days) for who, days in others]},
    )

    def can_go(who: str, on: date) -> bool:
        is_there = not any(is_in(days, on) for days in absences.get(who, ()))
        return who not in barred and is_there and is_in(posts.get(who, (date.min, date.max)), on)

    def expected(on: date) -> str | None:
        if not any(is_in(days, on) for days in long):
            return "A"
        candidates = [named] if named else []
        candidates += [who for who, days in others if is_in(days, on)]
        return next((who for who in candidates if can_go(who, on)), None)

    stretches = available.stretches(need(Service("A", DAYS[0], DAYS[-1])))
    for on in DAYS[:-1]:
        found = [who for start, stop, who in stretches if start <= on.toordinal() < stop]
        assert found == [who for who in [expected(on)] if who is not None]
        assert available.visitor_on("A", FIRM, on) == expected(on)


def test_a_short_absence_has_no_deputy() -> None:
    """Only absences that are long enough are substitutions."""
    days = (DAYS[3], DAYS[5])
    available = Availability({"A": [days]}, deputyships={("A", FIRM): [Deputyship("B")]})
    assert available.visitor_on("A", FIRM, DAYS[3]) is None
    assert [who for *_days, who in available.stretches(need(Service("A", DAYS[0], DAYS[9])))] == ["A", "A"]


def test_who_may_go_instead_of_whom() -> None:
    available = Availability(
        substitutions={"A": [Substitution(DAYS[0], DAYS[9], "B"), Substitution(DAYS[10], DAYS[19])]},
        deputyships={("A", FIRM): [Deputyship("C")]},
    )
    assert set(available.links()) == {("A", "B"), ("A", "C")}
