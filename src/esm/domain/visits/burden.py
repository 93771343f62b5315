"""How often enterprises are visited, by whomever: the days of visits are what burdens them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """One enterprise in scope: days visited of late, of them by its own scheme and by others, and the last at all.

    `is_never_visited`: without a counted visit on record, whoever else was there.
    """

    uscc: str
    enterprise: str
    tier: str
    subdistrict: str | None
    days: int
    own_days: int
    outside_days: int
    visitors: tuple[str, ...]
    last_on: date | None
    is_never_visited: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """The enterprises in scope from `since` to `as_of`, both inclusive; from `many` days on it is too much."""

    as_of: date
    since: date
    many: int
    rows: tuple[BurdenRow, ...]

    @property
    def visited_too_often(self) -> tuple[BurdenRow, ...]:
        """Return those visited too much, most first."""
        found = [row for row in self.rows if row.days >= self.many]
        return tuple(sorted(found, key=lambda row: (-row.days, row.uscc)))

    @property
    def never_visited_count(self) -> int:
        """Return how many have no counted visit on record: the figure of all reports (docs/rules.md, Report)."""
        return sum(row.is_never_visited for row in self.rows)

    @property
    def never_visited_by_anybody(self) -> tuple[BurdenRow, ...]:
        """Return those that nobody has visited yet, by code."""
        return tuple(row for row in self.rows if row.last_on is None)

    @property
    def by_days(self) -> tuple[tuple[int, int], ...]:
        """Return how many enterprises were visited on 0, 1, 2 … days."""
        most = max((row.days for row in self.rows), default=0)
        return tuple((days, sum(row.days == days for row in self.rows)) for days in range(most + 1))
