"""The money that arrived through policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from esm.domain.values.money import Money, money_sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """Money that reached an enterprise through a policy on a day, with the groups to sum it by."""

    policy: str
    title: str
    uscc: str
    kind: str
    done_on: date
    amount: Money
    section: str | None
    subdistrict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefSum:
    """Money and whom it reached; loans are to be paid back and stand apart from `amount`."""

    cases: int
    enterprises: int
    amount: Money
    loans: Money


def relief_sum(reliefs: Iterable[Relief]) -> ReliefSum:
    """Return the sum of some relief."""
    found = list(reliefs)
    return ReliefSum(
        cases=len(found),
        enterprises=len({relief.uscc for relief in found}),
        amount=money_sum(relief.amount for relief in found if relief.kind != "loan"),
        loans=money_sum(relief.amount for relief in found if relief.kind == "loan"),
    )
