"""The figures once more, as plainly as the rules say them: enterprise by enterprise, for comparison only."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tests.conftest import TODAY
from tests.district import District, Enterprise, Profile, Span

from esm.domain.reports.coverage import CoverageCounters, UnservedEnterprise
from esm.domain.schedule.due_list import DueVisit

AHEAD = 10_000  # days: so far ahead that everything is listed


class Clock(NamedTuple):
    last_visit_on: date | None
    anchor_on: date
    due_on: date


class Line(NamedTuple):
    """One line of the due list."""

    uscc: str
    tier: str
    subdistrict: str | None
    staff_no: str | None
    last_visit_on: date | None
    due_on: date
    planned_on: date | None
    days_overdue: int
    state: str


def plainly(visit: DueVisit) -> Line:
    """Return a line that esm made as one of ours."""
    row = visit.row
    return Line(row.uscc, row.tier, row.subdistrict, row.staff_no, row.last_visit_on, row.due_on, row.planned_on,
                visit.days_overdue, visit.state)  # fmt: skip


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def scope_on(enterprise: Enterprise, on: date) -> Span | None:
    return next((span for span in enterprise.scopes if span.holds(on)), None)


def is_paused(enterprise: Enterprise, on: date) -> bool:
    return any(span.holds(on) for span in enterprise.pauses)


def profile_on(enterprise: Enterprise, on: date) -> Profile:
    return next(profile for profile in enterprise.profiles if profile.span.holds(on))


def paired(district: District, uscc: str, on: date) -> str | None:
    """Return who is paired with an enterprise, in post or not."""
    return next((pair.staff_no for pair in district.pairings if pair.uscc == uscc and pair.span.holds(on)), None)


def is_in_post(district: District, staff_no: str, on: date) -> bool:
    cadre = next(cadre for cadre in district.cadres if cadre.staff_no == staff_no)
    has_come = cadre.active_from is None or cadre.active_from <= on
    has_left = cadre.left_on is not None and cadre.left_on <= on
    return has_come and not has_left


def server(district: District, uscc: str, on: date) -> str | None:
    staff_no = paired(district, uscc, on)
    return staff_no if staff_no is not None and is_in_post(district, staff_no, on) else None


def load(district: District, staff_no: str, on: date) -> int:
    """Return how many enterprises in scope a cadre serves."""
    held = [enterprise for enterprise in district.enterprises if scope_on(enterprise, on)]
    return sum(server(district, enterprise.uscc, on) == staff_no for enterprise in held)


def department(district: District, uscc: str, on: date) -> str | None:
    """Return the department that serves an enterprise; None when nobody does."""
    staff_no = server(district, uscc, on)
    for cadre in district.cadres:
        for name, span in cadre.postings:
            if cadre.staff_no == staff_no and span.holds(on):
                return name or "no_department"
    return None


def visited_on(district: District, uscc: str, until: date) -> list[date]:
    """Return the days up to `until` on which a counted visit took place."""
    return sorted({
        visit.done_on for visit in district.visits
        if visit.uscc == uscc and visit.done_on <= until
        and visit.channel == "on_site" and visit.outcome == "met" and not visit.is_cancelled
    })  # fmt: skip


def scheme_start(district: District) -> date:
    return date.fromisoformat(district.settings.get("scheme_start_on", "2012-01-01"))


def number(district: District, key: str, default: int, on: date) -> int:
    """Return the setting that was in force on a day."""
    since, value = district.later_settings.get(key, (date.max, ""))
    return int(value if since <= on else district.settings.get(key, default))


def anchor(district: District, enterprise: Enterprise, entered: Span, last_visit_on: date | None) -> date:
    """Return the day from which the clock counts in a stretch, after this last visit."""
    is_reentry = any(span.start_on < entered.start_on for span in enterprise.scopes)
    if last_visit_on is None:
        return max(entered.start_on, scheme_start(district))
    return max(last_visit_on, entered.start_on) if is_reentry else last_visit_on


def clock(district: District, enterprise: Enterprise, on: date) -> Clock:
    """Return the rolling clock of an enterprise in scope on this day."""
    entered = scope_on(enterprise, on)
    assert entered is not None
    last_visit_on = max(visited_on(district, enterprise.uscc, on), default=None)
    anchor_on = anchor(district, enterprise, entered, last_visit_on)
    tier = profile_on(enterprise, on).tier
    months = number(district, f"cadence_months_{tier.lower()}", 2, on)
    return Clock(last_visit_on, anchor_on, months_later(anchor_on, months))


def planned_on(district: District, uscc: str, on: date) -> date | None:
    """Return the earliest plan, even a past one: made by that day, not used up, in scope on its day and still."""
    (scopes,) = (firm.scopes for firm in district.enterprises if firm.uscc == uscc)
    return min(
        (
            plan.planned_on
            for plan in district.plans
            if plan.uscc == uscc
            and plan.made_on <= on
            and (plan.visit is None or plan.visit.done_on > on)
            and any(span.holds(plan.planned_on) and (span.end_on is None or span.end_on > on) for span in scopes)
        ),
        default=None,
    )


def line(district: District, enterprise: Enterprise, on: date) -> Line:
    profile, now = profile_on(enterprise, on), clock(district, enterprise, on)
    late = (on - now.due_on).days
    soon = number(district, "due_soon_days", 14, on)
    state = "overdue" if late > 0 else "due_soon" if late >= -soon else "upcoming"
    if is_paused(enterprise, on):
        state, late = "paused", min(late, 0)
    return Line(
        enterprise.uscc, profile.tier, profile.subdistrict, server(district, enterprise.uscc, on),
        now.last_visit_on, now.due_on, planned_on(district, enterprise.uscc, on), late, state,
    )  # fmt: skip


def due_list(district: District, on: date, within: int) -> list[Line]:
    """Return who is overdue, or due within that many days, most overdue first; then all who are paused."""
    lines = [line(district, enterprise, on) for enterprise in district.enterprises if scope_on(enterprise, on)]
    shown = [each for each in lines if each.state == "paused" or each.due_on <= on + timedelta(days=within)]
    return sorted(shown, key=lambda each: (each.state == "paused", each.due_on, each.tier, each.uscc))


def unserved(district: District, on: date) -> list[UnservedEnterprise]:
    """Return who is in scope and not served, with the cadre who is paired but not in post."""
    found = [
        UnservedEnterprise(
            enterprise.uscc, enterprise.name, profile_on(enterprise, on).tier, profile_on(enterprise, on).subdistrict,
            paired(district, enterprise.uscc, on), unserved_since(district, enterprise, on),
        )
        for enterprise in district.enterprises
        if scope_on(enterprise, on) and server(district, enterprise.uscc, on) is None
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row.tier, row.uscc))


def period_bounds(month: date) -> tuple[date, date]:
    """Return the first day of a month's period and the first day after it."""
    first = date(month.year, month.month - (month.month + 1) % 2, 1)
    return first, months_later(first, 2)


def unserved_since(district: District, enterprise: Enterprise, on: date) -> date:
    """Return the first of the days without a server that end with this one, within the stretch in scope."""
    span = scope_on(enterprise, on)
    assert span is not None
    first = on
    while first > span.start_on and server(district, enterprise.uscc, first - timedelta(days=1)) is None:
        first -= timedelta(days=1)
    return first


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def records_began(district: District, as_of: date) -> date:
    """Return the first day of the records: as set, else that of the first visit, else that of the first import."""
    if "records_began_on" in district.settings:
        return date.fromisoformat(district.settings["records_began_on"])
    visited = [day for firm in district.enterprises for day in visited_on(district, firm.uscc, as_of)]
    return min(visited, default=date.fromisoformat(TODAY))


def gaps(district: District, enterprise: Enterprise, as_of: date, since: date) -> list[tuple[int, bool]]:
    """Return the days of each gap in scope that ended since a day or is still open, and whether it began unrecorded."""
    scheme, records = scheme_start(district), records_began(district, as_of)
    found = []
    for span in enterprise.scopes:
        held = [day for day in days_between(since, as_of) if span.holds(day)]
        if not held:
            continue
        visited = [day for day in visited_on(district, enterprise.uscc, as_of) if span.holds(day)]
        points = [span.start_on, *visited, as_of if span.holds(as_of) else held[-1] + timedelta(days=1)]
        for begin, end in pairwise(points):
            if end >= since:
                days = max(0, (end - max(begin, scheme, records)).days)
                found.append((days, days > 0 and max(begin, scheme) < records))
    return found


def counters(district: District, enterprise: Enterprise, as_of: date, first: date, after: date) -> CoverageCounters:
    """Return what one enterprise adds to the figures of a day and of the period from `first` until before `after`."""
    last = min(as_of, after - timedelta(days=1))
    held, at_end = scope_on(enterprise, as_of), scope_on(enterprise, last)
    now = line(district, enterprise, as_of) if held else None
    was_in = any(scope_on(enterprise, day) for day in days_between(first, last))
    is_visited = any(first <= day <= last for day in visited_on(district, enterprise.uscc, last))
    is_old = at_end is not None and at_end.start_on < first
    is_due = is_old and not is_paused(enterprise, last)
    is_served = server(district, enterprise.uscc, as_of) is not None
    gap, is_cut = max(gaps(district, enterprise, as_of, first), default=(None, False))
    return CoverageCounters(
        in_scope=now is not None,
        served=now is not None and is_served,
        unserved=now is not None and not is_served,
        due_in_period=is_due,
        visited_of_due=is_due and is_visited,
        visited_in_period=was_in and is_visited,
        new_in_period=at_end is not None and not is_old,
        left_in_period=was_in and at_end is None,
        paused=is_old and not is_due,
        paused_on=now is not None and now.state == "paused",
        on_time_rolling=now is not None and now.state in {"due_soon", "upcoming"},
        overdue=now is not None and now.state == "overdue",
        never_visited=now is not None and now.last_visit_on is None,
        never_visited_overdue=now is not None and now.last_visit_on is None and now.state == "overdue",
        longest_gap_days=gap,
        is_gap_since_records_began=is_cut,
    )


def total(counted: Iterable[CoverageCounters]) -> CoverageCounters:
    """Return the sums, and the largest of the longest gaps."""
    rows = list(counted)
    names = [name for name in CoverageCounters.__dataclass_fields__ if "gap" not in name]
    known = [(row.longest_gap_days, row.is_gap_since_records_began) for row in rows if row.longest_gap_days is not None]
    gap, is_cut = max(known, default=(None, False))
    return CoverageCounters(
        **{name: sum(getattr(row, name) for row in rows) for name in names},
        longest_gap_days=gap,
        is_gap_since_records_began=is_cut,
    )


def concerned(district: District, as_of: date, first: date) -> list[Enterprise]:
    """Return the enterprises that the report speaks of: in scope on any day since the period began."""
    return [
        enterprise
        for enterprise in district.enterprises
        if any(scope_on(enterprise, day) for day in days_between(first, as_of))
    ]


KEYS: dict[str, Callable[[District, Enterprise, date], str | None]] = {
    "subdistrict": lambda _, enterprise, on: profile_on(enterprise, on).subdistrict,
    "industry": lambda _, enterprise, on: (profile_on(enterprise, on).industry or "")[:1] or None,
    "tier": lambda _, enterprise, on: profile_on(enterprise, on).tier,
    "department": lambda district, enterprise, on: department(district, enterprise.uscc, on),
    "cadre": lambda district, enterprise, on: server(district, enterprise.uscc, on),
}


def breakdown(
    district: District, by: str, as_of: date, first: date, after: date
) -> tuple[tuple[str | None, CoverageCounters], ...]:
    """Return the figures by the groups of the as-of day, by name, the unknown last."""
    members: dict[str | None, list[CoverageCounters]] = {}
    for enterprise in concerned(district, as_of, first):
        key = KEYS[by](district, enterprise, as_of)
        members.setdefault(key, []).append(counters(district, enterprise, as_of, first, after))
    names = sorted(key for key in members if key is not None) + [key for key in members if key is None]
    return tuple((key, total(members[key])) for key in names)


def cross_breakdown(
    district: District, by: tuple[str, ...], as_of: date, first: date, after: date
) -> dict[tuple[str | None, ...], CoverageCounters]:
    """Return the figures by each combination of the groups of the as-of day that has somebody."""
    members: dict[tuple[str | None, ...], list[CoverageCounters]] = {}
    for enterprise in concerned(district, as_of, first):
        key = tuple(KEYS[each](district, enterprise, as_of) for each in by)
        members.setdefault(key, []).append(counters(district, enterprise, as_of, first, after))
    return {key: total(each) for key, each in members.items()}
