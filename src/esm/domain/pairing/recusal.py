"""A recusal: a cadre must not serve an enterprise, for a reason of one of four kinds."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("relative", "own_interest", "former_employer", "other")


@dataclass(frozen=True, slots=True)
class Recusal:
    """One recusal with the names that people know."""

    staff_no: str
    uscc: str
    kind: str
    reason: str
    cadre: str
    enterprise: str
