"""When an enterprise is in scope: what the roster says, day by day, and what it may not rewrite."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.district import code

from esm.domain.register.enterprise_record import Enterprise
from esm.domain.register.scope_status import Scope, ScopeBasis, basis, stretches_after
from esm.storage.database.connection import Writing
from esm.storage.register import enterprises, scope_stretches

TODAY = date(2026, 11, 23)
JANUARY, MARCH, MAY, JULY, DECEMBER = (date(2026, month, 1) for month in (1, 3, 5, 7, 12))
PAST = Scope(JANUARY, MARCH, ScopeBasis.REGISTER)
RUNNING = Scope(JANUARY, None, ScopeBasis.REGISTER)


def told(
    *before: Scope,
    why: ScopeBasis | None = ScopeBasis.REGISTER,
    enrolled_on: date | None = None,
    exited_on: date | None = None,
    exited_before: date | None = None,
    news: bool = False,
) -> tuple[Scope, ...]:
    """Return the stretches after the roster said this today; `news` when it is `enrolled_on` that changed."""
    return stretches_after(
        before, why, enrolled_on=enrolled_on, exited_on=exited_on, exited_before=exited_before, today=TODAY,
        entry_is_news=news,
    )  # fmt: skip


def running(start_on: date, why: ScopeBasis = ScopeBasis.REGISTER) -> Scope:
    return Scope(start_on, None, why)


def test_a_blank_enrolment_enrols_today() -> None:
    assert told(news=True) == (running(TODAY),)


def test_an_entry_in_mid_year_is_taken_as_told() -> None:
    assert told(enrolled_on=MAY, news=True) == (running(MAY),)


def test_an_entry_in_the_future_begins_then() -> None:
    assert told(enrolled_on=DECEMBER, news=True) == (running(DECEMBER),)


def test_an_enterprise_that_came_and_went_is_kept_as_history() -> None:
    assert told(enrolled_on=JANUARY, exited_on=MARCH, news=True) == (PAST,)


def test_an_exit_before_the_entry_holds_no_day() -> None:
    assert told(enrolled_on=MAY, exited_on=MARCH, news=True) == ()


@pytest.mark.parametrize("corrected", [date(2026, 2, 1), MAY, DECEMBER])
@pytest.mark.parametrize("why", ["register", None])
def test_an_exit_corrected_ends_the_same_stretch_on_the_other_day(corrected: date, why: ScopeBasis | None) -> None:
    end = min(corrected, TODAY) if why is None else corrected
    found = told(PAST, why=why, enrolled_on=JANUARY, exited_on=corrected, exited_before=MARCH)
    assert found == (Scope(JANUARY, end, ScopeBasis.REGISTER),)


def test_a_new_entry_after_the_exit_is_no_correction_of_it() -> None:
    found = told(PAST, enrolled_on=MAY, exited_on=JULY, exited_before=MARCH, news=True)
    assert found == (PAST, Scope(MAY, JULY, ScopeBasis.REGISTER))


def test_an_exit_told_of_one_that_turned_below_scale_before_changes_nothing() -> None:
    assert told(PAST, why=None, enrolled_on=JANUARY, exited_on=MAY) == (PAST,)


def test_what_is_not_above_scale_is_not_in_scope() -> None:
    assert told(why=None, enrolled_on=MAY, news=True) == ()


@pytest.mark.parametrize("exited_on", [JULY, TODAY, DECEMBER])
def test_an_exit_ends_the_stretch_on_its_day(exited_on: date) -> None:
    assert told(RUNNING, enrolled_on=JANUARY, exited_on=exited_on) == (Scope(JANUARY, exited_on, ScopeBasis.REGISTER),)


def test_an_exit_that_lies_ahead_can_be_moved_or_taken_back() -> None:
    leaving = Scope(JANUARY, DECEMBER, ScopeBasis.REGISTER)
    assert told(leaving, enrolled_on=JANUARY, exited_on=TODAY) == (Scope(JANUARY, TODAY, ScopeBasis.REGISTER),)
    assert told(leaving, enrolled_on=JANUARY) == (RUNNING,)


@pytest.mark.parametrize("entered_on", [MARCH, MAY])
def test_a_reentry_starts_a_second_stretch(entered_on: date) -> None:
    assert told(PAST, enrolled_on=entered_on, news=True) == (PAST, running(entered_on))


def test_a_second_stretch_can_end_too() -> None:
    assert told(PAST, running(MAY), enrolled_on=MAY, exited_on=JULY) == (PAST, Scope(MAY, JULY, ScopeBasis.REGISTER))


def test_a_blank_import_again_never_enrols_again() -> None:
    assert told(PAST, enrolled_on=JANUARY, exited_on=MARCH) == (PAST,)
    assert told(RUNNING, enrolled_on=JANUARY) == (RUNNING,)
    assert told(running(MAY), enrolled_on=None) == (running(MAY),)


@pytest.mark.parametrize("start_on", [JANUARY, JULY])
def test_correcting_the_enrolment_moves_the_start_either_way(start_on: date) -> None:
    assert told(running(MAY), enrolled_on=start_on, news=True) == (running(start_on),)


def test_the_enrolment_of_one_that_has_left_can_be_corrected() -> None:
    later = date(2026, 2, 1)
    assert told(PAST, enrolled_on=later, exited_on=MARCH, news=True) == (Scope(later, MARCH, ScopeBasis.REGISTER),)


def test_a_correction_never_reaches_into_the_stretch_before() -> None:
    inside = date(2026, 2, 1)
    assert told(PAST, running(JULY), enrolled_on=inside, news=True) == (PAST, running(JULY))
    assert told(PAST, running(JULY), enrolled_on=MARCH, news=True) == (PAST, running(MARCH))


def test_turning_below_scale_ends_the_stretch_today() -> None:
    assert told(RUNNING, why=None, enrolled_on=JANUARY) == (Scope(JANUARY, TODAY, ScopeBasis.REGISTER),)


def test_turning_below_scale_on_the_day_of_entry_leaves_nothing() -> None:
    assert told(running(TODAY), why=None, enrolled_on=TODAY) == ()


def test_turning_below_scale_leaves_an_earlier_exit_alone() -> None:
    assert told(PAST, why=None, enrolled_on=JANUARY, exited_on=MARCH) == (PAST,)


def test_turning_above_scale_enters_today_and_never_in_the_past() -> None:
    assert told(PAST, enrolled_on=JANUARY) == (PAST, running(TODAY))
    assert told(enrolled_on=JANUARY) == (running(TODAY),)


def test_turning_above_scale_with_a_new_enrolment_enters_on_that_day() -> None:
    assert told(PAST, enrolled_on=MAY, news=True) == (PAST, running(MAY))


def test_the_register_takes_over_from_the_threshold_without_a_new_stretch() -> None:
    assert told(running(JANUARY, ScopeBasis.PREDICTED), enrolled_on=JANUARY) == (RUNNING,)


@given(
    words=st.lists(
        st.tuples(
            st.sampled_from([*ScopeBasis, None]),
            st.sampled_from([None, JANUARY, MARCH, MAY]),
            st.sampled_from([None, MARCH, JULY, DECEMBER]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_whatever_the_rosters_say_stretches_stay_in_order_and_apart(
    words: list[tuple[ScopeBasis | None, date | None, date | None, bool]],
) -> None:
    known: tuple[Scope, ...] = ()
    for why, enrolled_on, exited_on, news in words:
        known = told(*known, why=why, enrolled_on=enrolled_on, exited_on=exited_on, news=news)
    ends = [stretch.end_on or date.max for stretch in known]
    assert all(stretch.start_on < end for stretch, end in zip(known, ends, strict=True))
    assert all(end <= after.start_on for end, after in zip(ends, known[1:], strict=False))


@pytest.mark.parametrize(
    ("above_scale", "revenue", "expected"),
    [
        (True, "1", "register"),
        (False, "9999", None),
        (None, "2000", "predicted"),
        (None, "1999.99", None),
        (None, None, None),
    ],
)
def test_the_register_decides_and_the_threshold_predicts(
    above_scale: bool | None, revenue: str | None, expected: str | None
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    told = Enterprise(
        uscc=code(1), name="江畔一号有限公司", industry_code="C3983", above_scale=above_scale, revenue=amount
    )
    assert basis(told, TODAY) == expected


def enrol(writing: Writing, **values: Any) -> None:
    words: dict[str, Any] = {"uscc": code(1), "name": "江畔一号有限公司", "above_scale": True} | values
    enterprises.add(writing, [Enterprise(**words)], JANUARY)


def edit(writing: Writing, on: date, **values: Any) -> None:
    enterprises.edit(writing, enterprises.load(writing, [code(1)])[code(1)], values, on)


def stretches(writing: Writing) -> list[tuple[date, date | None]]:
    return [(stretch.start_on, stretch.end_on) for stretch in scope_stretches.of_enterprise(writing, 1)]


def enrolled_on(writing: Writing) -> date | None:
    return enterprises.load(writing)[code(1)].enterprise.enrolled_on


def test_an_enterprise_without_an_enrolment_remembers_the_day_of_its_entry(writing: Writing) -> None:
    enrol(writing)
    assert (enrolled_on(writing), stretches(writing)) == (JANUARY, [(JANUARY, None)])


def test_an_enterprise_below_scale_has_no_day_of_entry_until_it_enters(writing: Writing) -> None:
    enrol(writing, above_scale=False)
    assert (enrolled_on(writing), stretches(writing)) == (None, [])
    edit(writing, MAY, above_scale=True)
    assert (enrolled_on(writing), stretches(writing)) == (MAY, [(MAY, None)])


def test_an_exit_and_a_reentry_are_two_stretches_on_record(writing: Writing) -> None:
    enrol(writing)
    edit(writing, MARCH, exited_on=MARCH)
    edit(writing, JULY, enrolled_on=MAY)
    assert stretches(writing) == [(JANUARY, MARCH), (MAY, None)]
    assert enterprises.load(writing)[code(1)].enterprise.exited_on is None


@pytest.mark.parametrize("corrected", [MAY, DECEMBER])
def test_a_corrected_exit_moves_the_end_of_the_stretch_on_record(writing: Writing, corrected: date) -> None:
    enrol(writing)
    edit(writing, MARCH, exited_on=MARCH)
    edit(writing, TODAY, exited_on=corrected)
    assert stretches(writing) == [(JANUARY, corrected)]


def test_a_flip_there_and_back_leaves_out_the_days_between(writing: Writing) -> None:
    enrol(writing)
    edit(writing, MARCH, above_scale=False)
    edit(writing, MAY, above_scale=True)
    assert stretches(writing) == [(JANUARY, MARCH), (MAY, None)]


def test_revenue_over_the_line_enters_when_the_register_is_silent(writing: Writing) -> None:
    enrol(writing, above_scale=None, industry_code="C3983", revenue=Decimal(1999))
    edit(writing, MAY, revenue=Decimal(2000))
    assert stretches(writing) == [(MAY, None)]
    assert [stretch.basis for stretch in scope_stretches.of_enterprise(writing, 1)] == ["predicted"]


def test_other_words_of_the_roster_leave_the_scope_alone(writing: Writing) -> None:
    enrol(writing)
    edit(writing, MAY, name="江畔新名有限公司", tier="A", subdistrict="城东", contact_name="虚构甲")
    assert stretches(writing) == [(JANUARY, None)]
