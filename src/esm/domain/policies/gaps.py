"""Gaps in the funnel: enterprises that a policy is for and that have not got it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from esm.domain.policies.funnel import PolicyStanding
from esm.domain.policies.policy import PolicyStage
from esm.domain.values.codes import Code
from esm.domain.values.grouping import none_last
from esm.domain.values.money import NO_MONEY
from esm.errors import say


class GapKind(Code):
    """What is missing first."""

    NEVER_EXPLAINED = "never_explained", say("eligible, not briefed"), "符合条件未宣讲"
    NOT_APPLIED = "not_applied", say("briefed, not applied"), "已宣讲未申报"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyGap:
    """An enterprise that a policy is for and that has not got it."""

    kind: GapKind
    standing: PolicyStanding
    is_expiring: bool
    days_left: int | None

    @property
    def order(self) -> tuple[bool, str, int, str, str]:
        """Return what sorts gaps: by cadre, most money first."""
        standing = self.standing
        worth = standing.policy.worth or NO_MONEY
        return *none_last(standing.staff_no), -worth.fen, standing.policy.code, standing.uscc


def gaps(standings: Iterable[PolicyStanding], *, on: date, expiring_days: int) -> list[PolicyGap]:
    """Return the gaps of eligible enterprises in policies in force, by cadre and most money first."""
    found = [
        PolicyGap(
            kind=kind,
            standing=standing,
            is_expiring=standing.policy.expires_within(expiring_days, on),
            days_left=None if standing.policy.until_on is None else (standing.policy.until_on - on).days,
        )
        for standing in standings
        if standing.is_eligible and standing.policy.is_in_force(on) and (kind := _missing_step(standing)) is not None
    ]
    return sorted(found, key=lambda gap: gap.order)


def _missing_step(standing: PolicyStanding) -> GapKind | None:
    """Return what an enterprise lacks; where the office pays unasked, nobody is waited for to apply."""
    stage = standing.progress.stage
    if stage == PolicyStage.EXPLAINED and standing.policy.unasked:
        return None
    return {PolicyStage.ELIGIBLE: GapKind.NEVER_EXPLAINED, PolicyStage.EXPLAINED: GapKind.NOT_APPLIED}.get(stage)
