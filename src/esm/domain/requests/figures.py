"""The figures of requests (docs/rules.md, Percentages): how many, how fast, and how well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.records import RequestRecord
from esm.domain.values.grouping import grouped_by_name
from esm.domain.values.ratio import Ratio

LEFT = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounters:
    """Counts of requests. `received` is all; `rejected` and `withdrawn` leave every count after them.

    `on_time` and `late` split the closed ones: a round that was closed after its deadline is late, extended or
    not. `accepted_late` were accepted after their day, `overdue` are open after their deadline, extended or not.
    `asked` were closed at least once, so that the enterprise had something to say; its latest word counts.
    `median_days` are working days to the close.
    """

    received: int
    rejected: int
    withdrawn: int
    counted: int
    accepted: int
    accepted_late: int
    open: int
    overdue: int
    closed: int
    solved: int
    partly_solved: int
    explained: int
    shelved: int
    on_time: int
    late: int
    extended: int
    reopened: int
    elevated: int
    stuck: int
    asked: int
    replied: int
    satisfied: int
    median_days: Decimal | None

    @property
    def closed_share(self) -> Ratio:
        """Return the share of the requests that were closed; closed is not solved."""
        return Ratio(self.closed, self.counted)

    @property
    def solved_share(self) -> Ratio:
        """Return the share of the requests that were solved."""
        return Ratio(self.solved, self.counted)

    @property
    def punctuality(self) -> Ratio:
        """Return the share closed on time of those that are closed or should be: no overdue one hides."""
        return Ratio(self.on_time, self.closed + self.overdue)

    @property
    def satisfaction(self) -> Ratio:
        """Return the share of the enterprises that answered and are satisfied."""
        return Ratio(self.satisfied, self.replied)

    @property
    def response(self) -> Ratio:
        """Return the share of the enterprises that answered, of those that could."""
        return Ratio(self.replied, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFigures:
    """The figures of the requests received from `since` to `until`, both included, as they stand on `as_of`.

    `class_names` are the names of classes that the district gave.
    """

    as_of: date
    since: date
    until: date
    total: RequestCounters
    by_class: tuple[tuple[str | None, RequestCounters], ...]
    by_department: tuple[tuple[str | None, RequestCounters], ...]
    by_month: tuple[tuple[str | None, RequestCounters], ...]
    class_names: Mapping[str, str | None] = field(default_factory=dict)


_TESTS: dict[str, Callable[[RequestProgress], bool]] = {
    "accepted": lambda progress: progress.accepted_on is not None,
    "accepted_late": lambda progress: progress.was_accepted_late,
    "open": lambda progress: progress.is_open,
    "overdue": lambda progress: progress.is_late,
    "closed": lambda progress: progress.closed_on is not None,
    "solved": lambda progress: progress.outcome == "solved",
    "partly_solved": lambda progress: progress.outcome == "partly_solved",
    "explained": lambda progress: progress.outcome == "explained",
    "shelved": lambda progress: progress.outcome == "shelved",
    "on_time": lambda progress: progress.closed_on is not None and not progress.was_late,
    "late": lambda progress: progress.closed_on is not None and progress.was_late,
    "extended": lambda progress: progress.was_extended,
    "reopened": lambda progress: progress.reopened > 0,
    "elevated": lambda progress: progress.level > 0,
    "stuck": lambda progress: progress.is_stuck,
    "asked": lambda progress: progress.closed_on is not None or progress.reopened > 0,
    "replied": lambda progress: progress.is_satisfied is not None,
    "satisfied": lambda progress: progress.is_satisfied is True,
}


def counts_for(progress: RequestProgress) -> tuple[str, ...]:
    """Return the names of the counts that a request adds to; one that was left out is only received."""
    inside = () if progress.state in LEFT else (name for name, test in _TESTS.items() if test(progress))
    return ("received", *inside)


def counters(requests: Iterable[RequestProgress]) -> RequestCounters:
    """Return the figures of these requests."""
    every = list(requests)
    inside = [progress for progress in every if progress.state not in LEFT]
    return RequestCounters(
        received=len(every),
        rejected=sum(progress.state == "rejected" for progress in every),
        withdrawn=sum(progress.state == "withdrawn" for progress in every),
        counted=len(inside),
        median_days=median([progress.days_taken for progress in inside if progress.days_taken is not None]),
        **{name: sum(test(progress) for progress in inside) for name, test in _TESTS.items()},
    )


def figures(records: Sequence[RequestRecord], *, as_of: date, since: date, until: date) -> RequestFigures:
    """Return the figures of the requests received from `since` to `until`; each breakdown adds up to the total.

    The class is that of the first level, the department the one that had it last, the month that of receipt.
    """
    requests = [record.progress for record in records if since <= record.progress.request.received_on <= until]
    return RequestFigures(
        as_of=as_of,
        since=since,
        until=until,
        total=counters(requests),
        by_class=_by(requests, lambda progress: progress.request.request_class.partition(".")[0]),
        by_department=_by(requests, lambda progress: progress.responsible),
        by_month=_by(requests, lambda progress: progress.request.received_on.isoformat()[:7]),
    )


def median(days: Sequence[int]) -> Decimal | None:
    """Return the middle of some counts, halfway between the two middle ones of an even number; None of none."""
    ordered = sorted(days)
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return Decimal(low + high) / 2


def _by(
    requests: Sequence[RequestProgress], key: Callable[[RequestProgress], str | None]
) -> tuple[tuple[str | None, RequestCounters], ...]:
    return tuple((name, counters(group)) for name, group in grouped_by_name(requests, key))
