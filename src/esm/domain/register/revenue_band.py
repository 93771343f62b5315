"""Revenue as a band: which side of every line it lies on, and never the figure itself.

What enterprises report to the statistics is their business secret (统计法); a band is enough for whoever watches
the lines, because every line that ever held is the edge of a band.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from esm.domain.register import above_scale_thresholds

ABOVE_THE_LINES = (5_000, 10_000, 40_000, 100_000)


@dataclass(frozen=True, slots=True)
class RevenueBand:
    """Revenue from `low` to below `high`, in 10 000 yuan a year; None: without a bound."""

    low: int | None
    high: int | None


def band_of(revenue: Decimal) -> RevenueBand:
    """Return the band in which a revenue (10 000 yuan a year) lies; exactly on a line is above it."""
    number = bisect_right(edges(), revenue)
    bounds = (None, *edges(), None)
    return RevenueBand(bounds[number], bounds[number + 1])


@cache
def edges() -> tuple[int, ...]:
    """Return where a band ends and the next begins, from low to high."""
    lines = {each.line for each in above_scale_thresholds.all_thresholds() if each.line is not None}
    return tuple(sorted(lines.union(ABOVE_THE_LINES)))
