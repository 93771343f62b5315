"""The leader's page: are the promises kept, where not, is it getting better, who must act (docs/rules.md, Overview)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntFlag, auto
from fractions import Fraction

from esm.domain.pairing.load_balance import LoadBalance
from esm.domain.policies.records import PolicyFigures
from esm.domain.policies.relief import Relief
from esm.domain.reports.coverage import CoverageCounters, LongestGap, UnservedEnterprise
from esm.domain.reports.month_figures import MonthOfWork
from esm.domain.reports.trend import PeriodFigures, Trend
from esm.domain.requests.figures import RequestCounters
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.due_list import DueVisit
from esm.domain.values.codes import Code
from esm.domain.values.intervals import Period
from esm.errors import say


class ActionKind(Code):
    """What somebody must do at once."""

    UNSERVED = "unserved", say("appoint a cadre"), "落实经理人"
    OVERDUE = "overdue", say("visit overdue"), "走访逾期"
    REQUEST = "request_overdue", say("request overdue"), "诉求逾期"
    PROMISE = "promise_overdue", say("promise overdue"), "承诺逾期"


class PolicyMark(IntFlag):
    """What an enterprise counts as in the funnel of a policy."""

    ELIGIBLE = auto()
    EXPLAINED = auto()
    APPLIED = auto()
    RECEIVED = auto()


@dataclass(frozen=True, slots=True)
class Action:
    """Who must act on which enterprise, and since when; a department of None is the office itself."""

    department: str | None
    staff_no: str | None
    cadre: str | None
    uscc: str
    enterprise: str
    kind: ActionKind
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class DepartmentActions:
    """How much a department has to do at once, and the days of its oldest matter."""

    department: str | None
    counts: Mapping[ActionKind, int]
    most_days: int

    @property
    def total(self) -> int:
        """Return how many matters there are."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class EnterpriseStanding:
    """One enterprise of the page: a `Mark` and a subdistrict for each period of the trend, 0 where it was not in scope.

    `visit` is None when it is not in scope on the day of the page; `policy_marks` are flags of `PolicyMark`, one a
    policy in force; `visits` are the days with a visit in each month of the page.
    """

    visit: DueVisit | None
    uscc: str
    enterprise: str
    department: str | None
    marks: tuple[int, ...]
    subdistricts: tuple[str | None, ...]
    policy_marks: tuple[int, ...]
    visits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PaidRelief:
    """Money that reached an enterprise, with its name."""

    relief: Relief
    enterprise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that stands on the page; the trend has the earliest period first.

    `requests` are those received in the year of the day, `open_requests` all that are open; `request_records` are
    both and those of the `months`, in order of receipt.
    """

    as_of: date
    period: Period
    is_open: bool
    total: CoverageCounters
    trend: Trend
    months: tuple[MonthOfWork, ...]
    unserved: tuple[UnservedEnterprise, ...]
    gaps: tuple[LongestGap, ...]
    actions: tuple[Action, ...]
    loads: LoadBalance
    requests: RequestCounters
    open_requests: RequestCounters
    request_records: tuple[RequestRecord, ...]
    policies: PolicyFigures
    payments: tuple[PaidRelief, ...]
    enterprises: tuple[EnterpriseStanding, ...]

    @property
    def keeps_service(self) -> bool | None:
        """Return whether the first promise is kept: every enterprise in scope is served; None without one."""
        return None if not self.total.in_scope else self.total.in_scope == self.total.served

    @property
    def keeps_visits(self) -> bool | None:
        """Return whether the second promise is kept: nobody in scope is overdue; None without one."""
        return None if not self.total.in_scope else not self.total.overdue

    @property
    def departments(self) -> tuple[DepartmentActions, ...]:
        """Return what each department has to do, the most first, then the longest, then by name."""
        return departments_of(self.actions)


def departments_of(actions: Iterable[Action]) -> tuple[DepartmentActions, ...]:
    """Return what each department has to do, the most first, then the oldest, then by name, the office last."""
    grouped: dict[str | None, list[Action]] = {}
    for action in actions:
        grouped.setdefault(action.department, []).append(action)
    found = [
        DepartmentActions(name, Counter(action.kind for action in own), max(action.days for action in own))
        for name, own in grouped.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.total, -one.most_days, one.department is None, one.department or ""))
    )


def in_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return the matters by department, that with the most first, of it by cadre, and of each the oldest first."""
    known = list(actions)
    places = {one.department: place for place, one in enumerate(departments_of(known))}
    cadres = Counter((action.department, action.staff_no) for action in known)
    return tuple(
        sorted(
            known,
            key=lambda action: (
                places[action.department], -cadres[action.department, action.staff_no], action.staff_no or "",
                -action.days, action.kind, action.uscc,
            ),
        )
    )  # fmt: skip


def worst_first(trend: Trend) -> tuple[tuple[str | None, tuple[PeriodFigures, ...]], ...]:
    """Return the periods of each subdistrict, that with the lowest share visited in the latest first, the unknown last.

    Of equal shares the one that owes more visits comes first; without any, a subdistrict comes after all that owe.
    """

    def rank(named: tuple[str | None, tuple[PeriodFigures, ...]]) -> tuple[bool, bool, Fraction, int, str]:
        name, periods = named
        latest = periods[-1]
        due = latest.due_in_period
        return name is None, not due, Fraction(latest.visited_of_due, due or 1), -due, name or ""

    return tuple(sorted(trend.by_subdistrict, key=rank))
