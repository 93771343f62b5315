"""Policies in favour of enterprises (惠企政策): who is eligible, and how far each enterprise has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from esm.domain.values.codes import Code
from esm.domain.values.money import NO_MONEY, Money
from esm.errors import say


class PolicyAnswer(Code):
    """What an enterprise did about a policy."""

    APPLIED = "applied", say("applied"), "已申报", "申报"
    DECLINED = "declined", say("declined"), "放弃"
    NOT_APPLICABLE = "not_applicable", say("does not apply"), "不适用"


class PolicyStage(Code):
    """How far an enterprise has come with a policy; the last two leave the funnel."""

    ELIGIBLE = "eligible", say("not yet briefed"), "未宣讲"
    EXPLAINED = "explained", say("briefed"), "已宣讲"
    APPLIED = PolicyAnswer.APPLIED
    RECEIVED = "received", say("paid"), "已享受"
    DECLINED = PolicyAnswer.DECLINED
    NOT_APPLICABLE = PolicyAnswer.NOT_APPLICABLE


class ReliefKind(Code):
    """What kind of money arrived."""

    TAX_CUT = "tax_cut", say("tax reduction"), "减税"
    FEE_CUT = "fee_cut", say("fee reduction"), "降费", "减费"
    SUBSIDY = "subsidy", say("subsidy"), "补贴", "补助 奖补"
    LOAN = "loan", say("loan"), "贷款"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A measure. `until_on` is its last day; `worth` what it typically brings one enterprise.

    An empty `industries`, `tiers` or `sizes` means all. `unasked`: the office pays without an application (免申即享).
    `audience` is for whom it is in the words of its list, `office` who answers for it.
    """

    code: str
    title: str
    source: str | None = None
    gives: str | None = None
    worth: Money | None = None
    start_on: date | None = None
    until_on: date | None = None
    industries: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    above_scale: bool = False
    newly_entered: bool = False
    unasked: bool = False
    audience: str | None = None
    office: str | None = None

    def is_in_force(self, on: date) -> bool:
        """Return whether the policy holds on this day, its last day included."""
        return (self.start_on is None or self.start_on <= on) and (self.until_on is None or on <= self.until_on)

    def expires_within(self, days: int, on: date) -> bool:
        """Return whether its last day is at most so many days away."""
        return self.until_on is not None and 0 <= (self.until_on - on).days <= days


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that arrived; `again`: more than once on that day, and this is another one."""

    kind: ReliefKind
    amount: Money
    done_on: date
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCandidate:
    """What decides whether an enterprise is eligible on a day; None where nobody knows.

    One that is not on the register that day, not yet or no more, is not there, and no policy is for it.
    """

    uscc: str
    enterprise: str
    subdistrict: str | None
    industry_code: str | None
    tier: str
    size: str | None
    is_above_scale: bool
    entered_on: date | None
    is_there: bool = True


def is_eligible(policy: Policy, candidate: PolicyCandidate, *, on: date, new_months: int) -> bool | None:
    """Return whether the policy is for this enterprise, None when that cannot be decided for want of a field.

    `newly entered` means: for the first time in scope within `new_months` months up to `on`.
    """
    answers = (
        candidate.is_there,
        _covers(policy.industries, candidate.industry_code),
        not policy.tiers or candidate.tier in policy.tiers,
        _includes(policy.sizes, candidate.size),
        not policy.above_scale or candidate.is_above_scale,
        not policy.newly_entered or _is_new(candidate.entered_on, on, new_months),
    )
    if False in answers:
        return False
    return None if None in answers else True


def _covers(prefixes: tuple[str, ...], code: str | None) -> bool | None:
    if not prefixes:
        return True
    if code is not None and code.startswith(prefixes):
        return True
    # A code that is coarser than a prefix may lie inside it.
    return None if code is None or any(prefix.startswith(code) for prefix in prefixes) else False


def _includes(sizes: tuple[str, ...], size: str | None) -> bool | None:
    if not sizes:
        return True
    return None if size is None else size in sizes


def _is_new(entered_on: date | None, on: date, months: int) -> bool:
    return entered_on is not None and on - relativedelta(months=months) < entered_on <= on


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyProgress:
    """How far one enterprise has come with one policy on a day; days are those of the last of each.

    `amount` is the relief, `loans` what is to be paid back. `applied_on` stays when it declined later.
    """

    explained_on: date | None = None
    answer: PolicyAnswer | None = None
    answered_on: date | None = None
    received_on: date | None = None
    amount: Money = NO_MONEY
    loans: Money = NO_MONEY
    applied_on: date | None = None

    @property
    def stage(self) -> PolicyStage:
        """Return how far it has come: money that arrived outweighs what was said before."""
        if self.received_on is not None:
            return PolicyStage.RECEIVED
        if self.answer is not None:
            return PolicyStage(self.answer)
        return PolicyStage.ELIGIBLE if self.explained_on is None else PolicyStage.EXPLAINED


NO_PROGRESS = PolicyProgress()
