"""The money that arrived through policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """Money that reached an enterprise through a policy on a day, in yuan, with the groups to sum it by."""

    policy: str
    title: str
    uscc: str
    kind: str
    done_on: date
    amount: int
    section: str | None
    subdistrict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefSum:
    """Money in yuan and whom it reached; loans are to be paid back and stand apart from `amount`."""

    cases: int
    enterprises: int
    amount: int
    loans: int


def relief_sum(reliefs: Iterable[Relief]) -> ReliefSum:
    """Return the sum of some relief."""
    found = list(reliefs)
    return ReliefSum(
        cases=len(found),
        enterprises=len({relief.uscc for relief in found}),
        amount=sum(relief.amount for relief in found if relief.kind != "loan"),
        loans=sum(relief.amount for relief in found if relief.kind == "loan"),
    )
