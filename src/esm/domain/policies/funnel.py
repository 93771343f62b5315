"""How far policies have come: where each enterprise stands, and the funnel of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from esm.domain.policies.policy import Policy, PolicyProgress
from esm.domain.values.money import Money
from esm.domain.values.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStanding:
    """One policy and one enterprise on a day. `is_eligible` None: a field that decides it is missing."""

    policy: Policy
    uscc: str
    enterprise: str
    subdistrict: str | None
    section: str | None
    is_eligible: bool | None
    progress: PolicyProgress
    staff_no: str | None = None
    cadre: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Counts of eligible enterprises, each of what happened, and the money.

    Nobody counts as told who was not: one that applied without a briefing is only in `applied`, one whom the
    money reached without an application in `received` and, beside it, in `unasked`. Those to whom it does not
    apply after all leave the funnel and stand beside it; those who declined stay.
    """

    eligible: int
    explained: int
    applied: int
    received: int
    unasked: int
    declined: int
    not_applicable: int
    undecided: int
    outside: int
    amount: Money

    @property
    def explained_share(self) -> Ratio:
        """Return the share of the eligible to whom the policy was explained."""
        return Ratio(self.explained, self.eligible)

    @property
    def applied_share(self) -> Ratio:
        """Return the share of the eligible who applied."""
        return Ratio(self.applied, self.eligible)

    @property
    def received_share(self) -> Ratio:
        """Return the share of the eligible who got money."""
        return Ratio(self.received, self.eligible)


COUNTS = tuple(field.name for field in fields(Funnel) if field.name != "amount")


def funnel(standings: Iterable[PolicyStanding]) -> Funnel:
    """Return the funnel of these standings."""
    counts = dict.fromkeys(COUNTS, 0)
    fen = 0
    for standing in standings:
        fen += standing.progress.amount.fen
        for key in counts_for(standing):
            counts[key] += 1
    return Funnel(**counts, amount=Money(fen))


def counts_for(standing: PolicyStanding) -> tuple[str, ...]:
    """Return which counts a standing adds to."""
    progress = standing.progress
    if standing.is_eligible is None:
        return ("undecided",)
    if standing.is_eligible is False:
        return ("outside",) if progress.stage in ("explained", "applied", "received") else ()
    if progress.stage == "not_applicable":
        return ("not_applicable",)
    happened = {
        "eligible": True,
        "explained": progress.explained_on is not None,
        "applied": progress.applied_on is not None,
        "received": progress.stage == "received",
        "unasked": progress.stage == "received" and progress.applied_on is None,
        "declined": progress.stage == "declined",
    }
    return tuple(key for key, did in happened.items() if did)
