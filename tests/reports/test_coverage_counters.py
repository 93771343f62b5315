"""The counters of coverage: what each share is of, and how rows add up."""

from __future__ import annotations

from dataclasses import asdict

from esm.domain.reports import coverage
from esm.domain.reports.coverage import CoverageCounters
from esm.domain.values.ratio import Ratio

COUNTED = CoverageCounters(
    in_scope=20, served=17, unserved=3, due_in_period=12, visited_of_due=9, on_time_rolling=11, overdue=5, paused_on=4,
    longest_gap_days=90,
)  # fmt: skip


def test_each_share_is_of_those_whom_the_promise_is_about() -> None:
    assert COUNTED.service == Ratio(17, 20)
    assert COUNTED.visits == Ratio(9, 12)
    assert COUNTED.punctuality == Ratio(11, 16)  # the paused owe no visit


def test_without_a_row_every_count_is_nothing_and_there_is_no_gap() -> None:
    counts = asdict(coverage.sum_of_counters([]))
    assert counts.pop("longest_gap_days") is None
    assert set(counts.values()) == {0}


def test_rows_add_up_and_the_longest_gap_is_the_longest_of_any() -> None:
    other = CoverageCounters(in_scope=1, served=1, longest_gap_days=119)
    nobody = CoverageCounters()
    total = coverage.sum_of_counters([COUNTED, other, nobody])
    assert (total.in_scope, total.served, total.unserved, total.overdue) == (21, 18, 3, 5)
    assert total.longest_gap_days == 119
    assert coverage.sum_of_counters([other, COUNTED]).longest_gap_days == 119
    assert coverage.sum_of_counters([nobody, nobody]).longest_gap_days is None
    assert coverage.sum_of_counters([CoverageCounters(longest_gap_days=0)]).longest_gap_days == 0
