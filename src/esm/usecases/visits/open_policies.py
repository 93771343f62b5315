"""Recalling how far the policies have come with one enterprise: what to explain, and the money that arrived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from esm.domain.policies import gaps as policy_gaps
from esm.domain.policies import relief as policy_relief
from esm.domain.policies.funnel import PolicyStanding
from esm.domain.policies.gaps import GapKind
from esm.domain.visits.open_items import BriefLine, BriefSection, OpenItem, OpenItemKind
from esm.errors import Listed, Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.policies import progress
from esm.usecases.policies import policy_queries

MOST_POLICIES, MOST_PAYMENTS, MOST_ASKED = 8, 5, 2
A_YEAR = timedelta(days=365)


def policies_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the policies that the enterprise was not told of, or has not applied for, most money first."""
    standings = policy_queries.standings_of_enterprise(reading, uscc, today)
    gaps = _gaps(reading, standings, today)
    entries = tuple(BriefLine(gap.standing.policy.until_on, None, _gap_words(gap)) for gap in gaps[:MOST_POLICIES])
    title = say("Policies to brief on or to apply for, with their last day")
    done = say("The enterprise has been briefed on every policy for it and has applied.")
    none = say("No policy in force is known to be for this enterprise.")
    return BriefSection("policies", title, entries, done if any(each.is_eligible for each in standings) else none)


def questions(reading: Reading, uscc: str, today: date) -> Iterator[Message]:
    """Yield what to ask about the policies that it is eligible for and was never told of, the expiring ones first."""
    found = [gap for gap in _policy_gaps(reading, uscc, today) if gap.kind == GapKind.NEVER_EXPLAINED]
    first = sorted(found, key=lambda gap: not gap.is_expiring)[:MOST_ASKED]
    policies = Listed(f"{gap.standing.policy.code} {gap.standing.policy.title}" for gap in first)
    if len(found) > MOST_ASKED:
        yield say("Eligible for {count} policies and not briefed on them, first {policies}. Which will it apply for?",
                  count=len(found), policies=policies)  # fmt: skip
    elif found:
        yield say("Eligible for {policies} and not briefed. Will it apply?", policies=policies)


def payments_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the money that reached the enterprise within a year, the latest first."""
    entries = tuple(BriefLine(each.done_on, None, _payment_words(each)) for each in _payments(reading, uscc, today))
    return BriefSection("money", say("Payments received"), entries, say("No payment within a year is on record."))


def open_items(reading: Reading, uscc: str, on: date) -> list[OpenItem]:
    """Return what a successor takes over: policies to explain or to apply for, and what was paid."""
    gaps = [
        OpenItem(OpenItemKind.POLICY, _gap_words(gap), gap.standing.policy.until_on)
        for gap in _policy_gaps(reading, uscc, on)[:MOST_POLICIES]
    ]
    return [*gaps, *(OpenItem(OpenItemKind.MONEY, _arrival_words(each)) for each in _payments(reading, uscc, on))]


def _policy_gaps(reading: Reading, uscc: str, today: date) -> list[policy_gaps.PolicyGap]:
    return _gaps(reading, policy_queries.standings_of_enterprise(reading, uscc, today), today)


def _gaps(reading: Reading, standings: Iterable[PolicyStanding], today: date) -> list[policy_gaps.PolicyGap]:
    within = settings.load(reading, today).policy_expiring_days
    return policy_gaps.gaps(standings, on=today, expiring_days=within)


def _payments(reading: Reading, uscc: str, today: date) -> list[policy_relief.Relief]:
    return progress.reliefs(reading, today, since=today - A_YEAR, uscc=uscc)[::-1][:MOST_PAYMENTS]


def _gap_words(gap: policy_gaps.PolicyGap) -> Message:
    policy = gap.standing.policy
    words = {"code": policy.code, "title": policy.title, "worth": "–" if policy.worth is None else policy.worth}
    if gap.kind == GapKind.NEVER_EXPLAINED:
        return say("{code} {title}: not yet briefed; worth {worth}", **words)
    return say("{code} {title}: briefed, not applied; worth {worth}", **words)


def _arrival_words(relief: policy_relief.Relief) -> Message:
    return say("{paid}, received on {on}", paid=_payment_words(relief), on=relief.done_on)


def _payment_words(relief: policy_relief.Relief) -> Message:
    return say("{code} {title}: {amount}", code=relief.policy, title=relief.title, amount=relief.amount)
