"""The figures of the coverage report, counted by the database in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.reports.coverage import (
    NO_DEPARTMENT,
    Breakdown,
    CoverageCounters,
    CoverageGroup,
    CrossBreakdown,
    LongestGap,
    UnservedEnterprise,
)
from esm.domain.values.intervals import Period
from esm.storage.database import settings, visit_clock
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import text_beside
from esm.storage.database.row_values import day, iso, record, with_days
from esm.storage.register import cadres

FACTS = text_beside(__file__, "coverage_facts.sql").rstrip()
LONGEST_GAP = text_beside(__file__, "longest_gap.sql")
NO_GAP = "CAST(NULL AS INTEGER)"
FIGURES = text_beside(__file__, "coverage.sql")
GAPS = """{facts}
SELECT enterprise.uscc, enterprise.name,
       (SELECT max(visit.done_on) FROM visit WHERE visit.enterprise_id = standing.enterprise_id
        AND visit.done_on <= :today AND counts(visit)) AS last_visit_on, standing.gap
FROM standing JOIN enterprise ON enterprise.id = standing.enterprise_id
WHERE standing.in_scope AND standing.gap > 1
ORDER BY standing.gap DESC, enterprise.uscc LIMIT :limit
"""

KINDS = ("subdistrict", "industry", "tier", "department")
BY_KIND = """,
breakdown AS (SELECT 'subdistrict' AS kind UNION ALL SELECT 'industry' UNION ALL SELECT 'tier'
              UNION ALL SELECT 'department')
SELECT kind,
       CASE kind WHEN 'subdistrict' THEN subdistrict WHEN 'industry' THEN industry WHEN 'tier' THEN tier
                 ELSE department END AS name,
       sum(in_scope), sum(served), sum(unserved), sum(due_in_period), sum(visited_of_due), sum(visited_in_period),
       sum(new_in_period), sum(left_in_period), sum(paused), sum(paused_on), sum(on_time_rolling), sum(overdue),
       sum(never_visited), sum(never_visited_overdue), max(gap)
FROM breakdown CROSS JOIN grouped
GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
"""

# The first day of the records: as the district sets it, else that of the first counted visit on record, else that on
# which the first enterprise was recorded.
RECORDS_BEGAN_ON = """
SELECT coalesce(
  (SELECT done_on FROM visit WHERE done_on <= :today AND counts(visit) ORDER BY done_on LIMIT 1),
  (SELECT today FROM operation WHERE id = (SELECT operation_id FROM change WHERE subject = 'enterprise'
                                           ORDER BY seq LIMIT 1)))
"""

UNSERVED = """
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, cadre.staff_no,
       later_of(scope.start_on,
                coalesce((SELECT max(service.end_on) FROM service
                          WHERE service.enterprise_id = scope.enterprise_id AND service.start_on < service.end_on
                            AND service.end_on <= :today), ''))
FROM scope
LEFT JOIN pairing ON pairing.enterprise_id = scope.enterprise_id AND holds(pairing, :today)
LEFT JOIN cadre ON cadre.id = pairing.cadre_id
JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND holds(profile, :today)
WHERE holds(scope, :today) AND (cadre.id IS NULL OR NOT in_post(cadre, :today))
ORDER BY profile.tier, enterprise.uscc
"""

UNMET = """
SELECT enterprise.uscc, enterprise.name, cadre.staff_no, cadre.name, visit.outcome, visit.done_on
FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id
JOIN scope ON scope.enterprise_id = enterprise.id AND holds(scope, :today)
WHERE visit.outcome <> 'met' AND visit.cancelled_on IS NULL AND visit.done_on <= :today AND NOT EXISTS (
  SELECT 1 FROM visit AS later
  WHERE later.enterprise_id = visit.enterprise_id AND later.cancelled_on IS NULL AND later.done_on <= :today
    AND (later.done_on > visit.done_on
         OR later.done_on = visit.done_on AND (later.outcome = 'met' OR later.id > visit.id)))
ORDER BY enterprise.uscc
"""

# A contact was verified when the roster told it, and with every counted visit since.
STALE = """
SELECT uscc, name, verified_on FROM (
  SELECT enterprise.uscc, enterprise.name,
         later_of(enterprise.verified_on, coalesce(
           (SELECT max(done_on) FROM visit
            WHERE visit.enterprise_id = enterprise.id AND done_on <= :today AND counts(visit)), '')) AS verified_on
  FROM enterprise JOIN scope ON scope.enterprise_id = enterprise.id AND holds(scope, :today)
  WHERE enterprise.verified_on < :since AND (contact_name IS NOT NULL OR contact_phone IS NOT NULL)) AS contact
WHERE verified_on < :since ORDER BY uscc
"""


@dataclass(frozen=True, slots=True)
class Unmet:
    """The last contact with an enterprise in scope, where it met nobody."""

    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    outcome: str
    done_on: date


def coverage_breakdowns(reading: Reading, as_of: date, period: Period) -> dict[str, Breakdown]:
    """Return the counters by subdistrict, industry, tier and department, in order of the key, the unknown last."""
    found: dict[str, list[tuple[str | None, CoverageCounters]]] = {kind: [] for kind in KINDS}
    for kind, name, *counts in _counted(reading, as_of, period, KINDS, BY_KIND):
        found[kind].append((name, _counters(counts)))
    return {kind: tuple(own) for kind, own in found.items()}


def cross_breakdown(reading: Reading, as_of: date, period: Period, groups: tuple[CoverageGroup, ...]) -> CrossBreakdown:
    """Return the counters by one or two groups, in order of the keys, the unknown last."""
    width = len(groups)
    order = ", ".join(f"{group} NULLS LAST" for group in groups)
    rows = _counted(reading, as_of, period, groups, f"SELECT * FROM grouped ORDER BY {order}")
    counted = tuple((tuple(row[:width]), _counters(row[width:])) for row in rows)
    names = dict(cadres.names(reading)) if CoverageGroup.CADRE in groups else {}
    return CrossBreakdown(groups, counted, names)


def counters_without_gap(reading: Reading, as_of: date, period: Period) -> list[CoverageCounters]:
    """Return the counters by tier, but for the longest gap, which takes long to find; it is None."""
    rows = _counted(reading, as_of, period, (CoverageGroup.TIER,), "SELECT * FROM grouped", gap=NO_GAP)
    return [_counters(counts) for _tier, *counts in rows]


def _counted(
    reading: Reading, as_of: date, period: Period, groups: Sequence[str], of_grouped: str, gap: str = LONGEST_GAP
) -> list[Sequence[Any]]:
    """Return what is asked of the facts as they are `grouped`."""
    return _rows(reading, as_of, period, FIGURES + of_grouped, groups=", ".join(groups), gap=gap)


def _counters(values: Sequence[Any]) -> CoverageCounters:
    *counts, gap = values
    return record(CoverageCounters, [*counts, *((None, 0) if gap is None else (gap // 2, gap % 2))])


def longest_gaps(reading: Reading, as_of: date, period: Period, limit: int) -> list[LongestGap]:
    """Return the enterprises in scope with the longest gaps of the period, the longest first, then by code."""
    rows = _rows(reading, as_of, period, GAPS, limit=limit)
    return [LongestGap(uscc, name, day(last), gap // 2, bool(gap % 2)) for uscc, name, last, gap in rows]


def _rows(
    reading: Reading,
    as_of: date,
    period: Period,
    query: str,
    *,
    groups: str = "",
    gap: str = LONGEST_GAP,
    **given: object,
) -> list[Sequence[Any]]:
    scheme = iso(settings.load(reading, as_of).scheme_start_on)
    records = iso(records_began_on(reading, as_of)) or scheme
    facts = FACTS.format(clock=visit_clock.as_of(reading, as_of), gap=gap)
    return [*reading.rows(
        query.format(facts=facts, groups=groups), today=as_of, first=period.start_on, last=min(as_of, period.last_day),
        scheme=scheme, records=records, floor=max(scheme, records), no_department=NO_DEPARTMENT, **given,
    )]  # fmt: skip


def records_began_on(reading: Reading, as_of: date) -> date | None:
    """Return the first day of the records (docs/rules.md, The two clocks, gaps); None where nothing is on record."""
    chosen = settings.load(reading, as_of).records_began_on
    found: str | None = chosen or reading.value(RECORDS_BEGAN_ON, today=as_of)
    return None if found is None else day(found)


def unserved_enterprises(reading: Reading, as_of: date) -> list[UnservedEnterprise]:
    """Return the enterprises in scope that no cadre in post serves, by tier and code."""
    return [UnservedEnterprise(*with_days(row, 5)) for row in reading.rows(UNSERVED, today=as_of)]


def last_contacts_unmet(reading: Reading, today: date) -> list[Unmet]:
    """Return where the last contact in scope met nobody, by code."""
    return [record(Unmet, row) for row in reading.rows(UNMET, today=today)]


@dataclass(frozen=True, slots=True)
class StaleContact:
    """An enterprise in scope with the day on which its contact was last verified."""

    uscc: str
    enterprise: str
    verified_on: date


def stale_contacts(reading: Reading, as_of: date, since: date) -> list[StaleContact]:
    """Return those in scope whose contact was last verified before `since`, by code."""
    return [record(StaleContact, row) for row in reading.rows(STALE, today=as_of, since=since)]
