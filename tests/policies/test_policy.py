"""Who a policy is for, how large an enterprise is, and what the funnel counts."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.policies import funnel, gaps, policy, relief
from esm.domain.policies.funnel import PolicyStanding
from esm.domain.policies.policy import Policy, PolicyAnswer, PolicyCandidate, PolicyProgress, ReliefKind
from esm.domain.policies.relief import Relief
from esm.domain.register.size import size_of
from esm.domain.values.money import NO_MONEY, Money, money_sum
from esm.domain.values.ratio import Ratio

TODAY = date(2026, 11, 23)
FIRM = PolicyCandidate(
    uscc="X", enterprise="江畔一号有限公司", subdistrict="城东街道", industry_code="C3983", tier="B", size="small",
    is_above_scale=True, entered_on=date(2026, 1, 1),
)  # fmt: skip
R = Policy(code="R", title="稳岗补贴")


def eligible(measure: Policy, firm: PolicyCandidate = FIRM) -> bool | None:
    return policy.is_eligible(measure, firm, on=TODAY, new_months=12)


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ({}, True),
        ({"industries": ("C39",)}, True),
        ({"industries": ("C",)}, True),
        ({"industries": ("C40", "I")}, False),
        ({"tiers": ("A", "B")}, True),
        ({"tiers": ("A",)}, False),
        ({"sizes": ("micro", "small")}, True),
        ({"sizes": ("large",)}, False),
        ({"above_scale": True}, True),
        ({"newly_entered": True}, True),
        ({"industries": ("C",), "tiers": ("A",)}, False),
    ],
)
def test_a_policy_is_for_those_who_meet_all_its_rules(rule: dict[str, object], answer: bool) -> None:
    assert eligible(replace(R, **rule)) is answer  # type: ignore[arg-type]


def test_what_cannot_be_decided_is_neither_yes_nor_no() -> None:
    unknown = replace(FIRM, industry_code=None, size=None)
    assert eligible(replace(R, industries=("C",)), unknown) is None
    assert eligible(replace(R, sizes=("small",)), unknown) is None
    assert eligible(replace(R, sizes=("small",), tiers=("A",)), unknown) is False


@pytest.mark.parametrize(
    ("entered_on", "is_new"),
    [
        (date(2025, 11, 23), False),
        (date(2025, 11, 24), True),
        (TODAY, True),
        (date(2026, 11, 24), False),
        (None, False),
    ],
)
def test_newly_entered_means_within_twelve_months(entered_on: date | None, is_new: bool) -> None:
    assert eligible(replace(R, newly_entered=True), replace(FIRM, entered_on=entered_on)) is is_new


def test_a_policy_is_in_force_on_its_first_and_its_last_day() -> None:
    measure = replace(R, start_on=TODAY, until_on=TODAY + timedelta(days=1))
    assert [measure.is_in_force(TODAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [False, True, True, False]


@pytest.mark.parametrize(("days", "is_expiring"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_policy_expires_when_its_last_day_is_at_most_thirty_days_away(days: int, is_expiring: bool) -> None:
    assert replace(R, until_on=TODAY + timedelta(days=days)).expires_within(30, TODAY) is is_expiring


# The lower limits of the Measures of 2017; each line is one enterprise that just reaches or just misses them.
@pytest.mark.parametrize(
    ("code", "employees", "revenue", "expected"),
    [
        ("C3983", 1000, 40_000, "large"), ("C3983", 999, 40_000, "medium"), ("C3983", 1000, 39_999, "medium"),
        ("C3983", 300, 2_000, "medium"), ("C3983", 20, 300, "small"), ("C3983", 19, 300, "micro"),
        ("E4710", 0, 80_000, "large"), ("E4710", None, 5_999, "small"), ("F5111", 200, 40_000, "large"),
        ("F5111", 4, 40_000, "micro"), ("F5211", 50, 500, "medium"), ("G5430", 300, 3_000, "medium"),
        ("G5930", 99, 30_000, "small"), ("H6110", 10, 100, "small"), ("I6511", 99, 1_000, "small"),
        ("I6311", 100, 1_000, "medium"), ("K7010", None, 200_000, "large"), ("K7020", 300, 1_000, "medium"),
        ("L7211", 300, None, "large"), ("M7310", 9, None, "micro"), ("A0111", None, 500, "medium"),
    ],
)  # fmt: skip
def test_the_size_follows_the_published_limits(
    code: str, employees: int | None, revenue: int | None, expected: str
) -> None:
    assert size_of(code, employees, None if revenue is None else Decimal(revenue)) == expected


@pytest.mark.parametrize(
    ("code", "employees", "revenue"), [(None, 50, 500), ("C3983", 50, None), ("C3983", None, 5_000), ("X", 1, 1)]
)
def test_a_size_that_hangs_on_a_missing_figure_is_unknown(
    code: str | None, employees: int | None, revenue: int | None
) -> None:
    assert size_of(code, employees, None if revenue is None else Decimal(revenue)) is None


def test_one_missed_limit_decides_even_when_the_other_figure_is_missing() -> None:
    assert size_of("C3983", 5, None) == "micro"


def stands(
    progress: PolicyProgress,
    *,
    is_eligible: bool | None = True,
    staff_no: str | None = "1001",
    worth: Money | None = None,
    uscc: str = "X",
    until_on: date | None = None,
) -> PolicyStanding:
    return PolicyStanding(
        policy=replace(R, worth=worth, until_on=until_on), uscc=uscc, enterprise="江畔一号有限公司", subdistrict=None,
        section="C", is_eligible=is_eligible, progress=progress, staff_no=staff_no,
    )  # fmt: skip


TOLD = PolicyProgress(explained_on=TODAY)
APPLIED = replace(TOLD, answer=PolicyAnswer.APPLIED, answered_on=TODAY, applied_on=TODAY)
PAID = PolicyProgress(received_on=TODAY, amount=Money(10_007))


PAID_AS_APPLIED = replace(APPLIED, received_on=TODAY, amount=Money(20))
SELF_MADE = PolicyProgress(answer=PolicyAnswer.APPLIED, answered_on=TODAY, applied_on=TODAY)


def test_the_funnel_counts_what_happened_and_nobody_as_told_who_was_not() -> None:
    every = (PolicyProgress(), TOLD, APPLIED, SELF_MADE, PAID_AS_APPLIED, PAID)
    found = funnel.funnel([stands(progress) for progress in every])
    assert (found.explained_share, found.applied_share, found.received_share) == (Ratio(3, 6), Ratio(3, 6), Ratio(2, 6))
    assert (found.unasked, found.amount) == (1, Money(10_027))


def test_one_that_applied_and_then_declined_counts_as_both() -> None:
    found = funnel.funnel([stands(replace(APPLIED, answer=PolicyAnswer.DECLINED))])
    assert (found.explained, found.applied, found.declined, found.unasked) == (1, 1, 1, 0)


def test_where_the_office_pays_unasked_nobody_is_waited_for_to_apply() -> None:
    unasked = [
        replace(each, policy=replace(each.policy, unasked=True)) for each in (stands(PolicyProgress()), stands(TOLD))
    ]
    assert [gap.kind for gap in gaps.gaps(unasked, on=TODAY, expiring_days=30)] == ["never_explained"]


def test_no_policy_is_for_an_enterprise_that_has_left_but_its_money_is_seen() -> None:
    assert eligible(R, replace(FIRM, is_there=False)) is False
    found = funnel.funnel([stands(PAID, is_eligible=False)])
    assert (found.eligible, found.outside, found.amount) == (0, 1, Money(10_007))


@pytest.mark.parametrize(("code", "answer"), [("C39", None), ("C398", None), ("C", None), ("C40", False)])
def test_an_industry_code_that_is_coarser_than_the_rule_decides_nothing(code: str, answer: bool | None) -> None:
    assert eligible(replace(R, industries=("C3983",)), replace(FIRM, industry_code=code)) is answer


def test_those_who_declined_stay_and_those_to_whom_it_does_not_apply_leave() -> None:
    declined, other = replace(TOLD, answer=PolicyAnswer.DECLINED), PolicyProgress(answer=PolicyAnswer.NOT_APPLICABLE)
    found = funnel.funnel(
        [stands(declined), stands(other), stands(TOLD, is_eligible=None), stands(PAID, is_eligible=False)]
    )
    assert (found.eligible, found.declined, found.not_applicable, found.undecided, found.outside) == (1, 1, 1, 1, 1)
    assert found.explained_share == Ratio(1, 1)


def test_gaps_come_by_cadre_and_most_money_first() -> None:
    found = gaps.gaps(
        [
            stands(TOLD, staff_no=None, worth=Money(900)),
            stands(PolicyProgress(), staff_no="1002", worth=Money(5)),
            stands(TOLD, worth=Money(10), uscc="Y"),
            stands(PolicyProgress(), worth=Money(20)),
            stands(PolicyProgress(), worth=None, uscc="Z"),
            stands(PolicyProgress(), worth=Money(1), uscc="ZZ"),
            stands(APPLIED),
            stands(PAID),
            stands(PolicyProgress(), is_eligible=None),
            stands(PolicyProgress(), until_on=TODAY - timedelta(days=1)),
        ],
        on=TODAY,
        expiring_days=30,
    )
    assert [(gap.standing.staff_no, gap.standing.policy.worth, gap.kind) for gap in found] == [
        ("1001", Money(20), "never_explained"),
        ("1001", Money(10), "not_applied"),
        ("1001", Money(1), "never_explained"),
        ("1001", None, "never_explained"),
        ("1002", Money(5), "never_explained"),
        (None, Money(900), "not_applied"),
    ]


def test_a_funnel_of_nobody_counts_nobody() -> None:
    *counts, money = astuple(funnel.funnel([]))
    assert (set(counts), money) == ({0}, astuple(NO_MONEY))


def test_loans_are_summed_apart_from_relief() -> None:
    paid = [
        Relief(
            policy="R", title="", uscc=uscc, kind=kind, done_on=TODAY, amount=Money(fen), section=None, subdistrict=None
        )
        for uscc, kind, fen in (("X", "subsidy", 1), ("X", "tax_cut", 2), ("Y", "fee_cut", 4), ("Z", "loan", 8))
    ]
    assert relief.relief_sum(paid) == relief.ReliefSum(cases=4, enterprises=3, amount=Money(7), loans=Money(8))


@budget(100)
@given(st.lists(st.tuples(st.sampled_from(["X", "Y"]), st.sampled_from(ReliefKind), st.integers(1, 10**12))))
def test_the_sums_of_all_groups_are_the_sum_of_all_payments(payments: list[tuple[str, ReliefKind, int]]) -> None:
    paid = [
        Relief(
            policy="R", title="", uscc=uscc, kind=kind, done_on=TODAY, amount=Money(fen), section=None, subdistrict=None
        )
        for uscc, kind, fen in payments
    ]
    total = relief.relief_sum(paid)
    assert total.amount.fen + total.loans.fen == sum(fen for _uscc, _kind, fen in payments)
    groups = [relief.relief_sum(each for each in paid if each.uscc == uscc) for uscc in ("X", "Y")]
    assert money_sum(group.amount for group in groups) == total.amount
    assert money_sum(group.loans for group in groups) == total.loans
    standings = [stands(PolicyProgress(received_on=TODAY, amount=group.amount)) for group in groups]
    assert funnel.funnel(standings).amount == total.amount
