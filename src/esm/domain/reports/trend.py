"""How the figures of the two goals move from period to period (docs/rules.md, Trend)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from esm.domain.reports.standing_by_period import Mark, MarkedPeriod, PeriodRules
from esm.domain.values.intervals import Period
from esm.domain.values.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """Figures of coverage as of the last day of a period, or as of the day asked about while it is open.

    `served` is None for a day before the first pairing on record.
    """

    period: Period
    as_of: date
    in_scope: int = 0
    served: int | None = None
    due_in_period: int = 0
    visited_of_due: int = 0
    overdue: int = 0

    @property
    def service(self) -> Ratio | None:
        """Return the share of the enterprises in scope that are served, None where it is not on record."""
        return None if self.served is None else Ratio(self.served, self.in_scope)

    @property
    def visits(self) -> Ratio:
        """Return the share of the enterprises that owed a visit in the period and had one."""
        return Ratio(self.visited_of_due, self.due_in_period)

    @property
    def is_open(self) -> bool:
        """Return whether the period goes on after the day of the figures."""
        return self.as_of < self.period.last_day


@dataclass(frozen=True, slots=True)
class Trend:
    """Successive periods, the earliest first; those before the records began are not among them.

    `by_subdistrict` has for each subdistrict the same periods; in one without anybody in scope all counts are 0.
    """

    rows: tuple[PeriodFigures, ...]
    by_subdistrict: tuple[tuple[str | None, tuple[PeriodFigures, ...]], ...]
    records_began_on: date | None
    paired_since: date | None
    omitted: int = 0

    @property
    def has_partial_start(self) -> bool:
        """Return whether the records begin inside the first of the periods."""
        return (
            bool(self.rows)
            and self.records_began_on is not None
            and self.records_began_on > self.rows[0].period.start_on
        )


def figures_of_marks(rules: PeriodRules, marked: Mapping[MarkedPeriod, int]) -> dict[str | None, PeriodFigures]:
    """Return the figures of a period by subdistrict, given how many enterprises have the same marks there."""
    groups: dict[str | None, dict[int, int]] = {}
    for (subdistrict, marks), count in marked.items():
        if marks:
            groups.setdefault(subdistrict, {})[marks] = count

    def having(mark: Mark, counts: Mapping[int, int]) -> int:
        return sum(count for marks, count in counts.items() if marks & mark)

    return {
        name: PeriodFigures(
            period=rules.period, as_of=rules.as_of, in_scope=having(Mark.IN_SCOPE, counts),
            served=having(Mark.SERVED, counts), due_in_period=having(Mark.DUE, counts),
            visited_of_due=having(Mark.VISITED, counts), overdue=having(Mark.OVERDUE, counts),
        )
        for name, counts in groups.items()
    }  # fmt: skip


def run_of_changes(rows: Sequence[PeriodFigures], is_change: Callable[[int, int], bool]) -> int:
    """Return in how many of the latest full periods in a row the share visited changed in one direction.

    `is_change` compares the tenths of a percent of a period with those of the one before, as they are shown.
    """
    shares = [row.visits.tenths for row in rows if not row.is_open]
    count = 0
    for before, after in reversed([*pairwise(shares)]):
        if before is None or after is None or not is_change(after, before):
            break
        count += 1
    return count
