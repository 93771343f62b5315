"""Recalling how far the policies have come with one enterprise: what to explain, and the money that arrived."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.policies import gaps as policy_gaps
from esm.domain.policies import relief as policy_relief
from esm.domain.policies.gaps import GapKind
from esm.domain.visits.open_items import BriefLine, BriefSection, OpenItem, OpenItemKind
from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.policies import progress
from esm.usecases.policies import policy_queries

MOST_POLICIES, MOST_PAYMENTS = 8, 5
A_YEAR = timedelta(days=365)


def policies_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the policies that the enterprise was not told of, or has not applied for, most money first."""
    entries = tuple(
        BriefLine(gap.standing.policy.until_on, None, _gap_words(gap)) for gap in _policy_gaps(reading, uscc, today)
    )
    title = say("Policies to brief on or to apply for, with their last day")
    return BriefSection(
        "policies", title, entries, say("The enterprise has been briefed on every policy for it and has applied.")
    )


def payments_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the money that reached the enterprise within a year, the latest first."""
    entries = tuple(BriefLine(each.done_on, None, _payment_words(each)) for each in _payments(reading, uscc, today))
    return BriefSection("money", say("Payments received"), entries, say("No payment has been received within a year."))


def open_items(reading: Reading, uscc: str, on: date) -> list[OpenItem]:
    """Return what a successor takes over: policies to explain or to apply for, and what was paid."""
    gaps = [
        OpenItem(OpenItemKind.POLICY, _gap_words(gap), gap.standing.policy.until_on)
        for gap in _policy_gaps(reading, uscc, on)
    ]
    return [*gaps, *(OpenItem(OpenItemKind.MONEY, _arrival_words(each)) for each in _payments(reading, uscc, on))]


def _policy_gaps(reading: Reading, uscc: str, today: date) -> list[policy_gaps.PolicyGap]:
    within = settings.load(reading, today).policy_expiring_days
    found = policy_gaps.gaps(
        policy_queries.standings_of_enterprise(reading, uscc, today), on=today, expiring_days=within
    )
    return found[:MOST_POLICIES]


def _payments(reading: Reading, uscc: str, today: date) -> list[policy_relief.Relief]:
    return progress.reliefs(reading, today, since=today - A_YEAR, uscc=uscc)[::-1][:MOST_PAYMENTS]


def _gap_words(gap: policy_gaps.PolicyGap) -> Message:
    policy = gap.standing.policy
    words = {"code": policy.code, "title": policy.title, "worth": "–" if policy.worth is None else policy.worth}
    if gap.kind == GapKind.NEVER_EXPLAINED:
        return say("{code} {title}: not yet briefed; worth {worth} yuan", **words)
    return say("{code} {title}: briefed, not applied; worth {worth} yuan", **words)


def _arrival_words(relief: policy_relief.Relief) -> Message:
    return say("{paid}, received on {on}", paid=_payment_words(relief), on=relief.done_on)


def _payment_words(relief: policy_relief.Relief) -> Message:
    return say("{code} {title}: {amount} yuan", code=relief.policy, title=relief.title, amount=relief.amount)
