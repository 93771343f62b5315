"""A share that keeps its numerator and denominator, because no percentage is shown without them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`; 0 of 0 has no percentage (docs/rules.md, Percentages)."""

    part: int
    whole: int

    @property
    def tenths(self) -> int | None:
        """Return the share in tenths of a percent, rounded half up, or None for 0 of 0."""
        return None if self.whole == 0 else (2000 * self.part + self.whole) // (2 * self.whole)

    @property
    def share(self) -> str:
        """Return the percentage with one decimal, `12.3%`, or `–` for 0 of 0."""
        tenths = self.tenths
        return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}%"

    def __str__(self) -> str:
        """Return `part/whole (12.3%)`, or `0/0 (–)`."""
        return f"{self.part}/{self.whole} ({self.share})"
