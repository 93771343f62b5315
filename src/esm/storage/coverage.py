"""The figures of the coverage report, counted by the database in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from esm.domain.coverage import Counters, Group, UnservedEnterprise
from esm.domain.period import Period
from esm.storage import clock
from esm.storage.database import Reading
from esm.storage.days import day, iso
from esm.storage.dues import is_settled
from esm.storage.visits import COUNTED

HOLDS = "{0}.start_on <= :{1} AND ({0}.end_on IS NULL OR {0}.end_on > :{1})"
PAUSED = f"EXISTS (SELECT 1 FROM pause WHERE pause.enterprise_id = member.enterprise_id AND {HOLDS})"

RUNNING_CLOCK = f"SELECT * FROM main.clock AS stored WHERE {HOLDS.format('stored', 'today')}"

# Everyone in scope on any day since the period began, and where its days in scope lie in the period.
MEMBER = """
SELECT enterprise_id,
       max(start_on <= :last) AS touches,
       max(start_on <= :last AND (end_on IS NULL OR end_on > :last)) AS is_in_on_last,
       max(start_on < :first AND (end_on IS NULL OR end_on > :last)) AS is_in_throughout
FROM scope WHERE start_on <= :today AND (end_on IS NULL OR end_on > :first) GROUP BY enterprise_id"""

# Every counted visit since the period began, with what the rolling clock counted from (storage/clock.py).
CONTACT = f"""
SELECT enterprise_id, done_on,
       coalesce((SELECT max(done_on) FROM visit AS earlier
                 WHERE enterprise_id = visit.enterprise_id AND done_on < visit.done_on AND {COUNTED}),
                (SELECT min(max(min(start_on), :scheme), visit.done_on) FROM scope
                 WHERE enterprise_id = visit.enterprise_id AND start_on <= visit.done_on)) AS anchor_on,
       (SELECT coalesce(nullif(max(start_on), min(start_on)), '') FROM scope
        WHERE enterprise_id = visit.enterprise_id AND start_on <= visit.done_on) AS reentered_on
FROM visit WHERE {COUNTED} AND done_on BETWEEN :first AND :today"""

VISITED = f"""
SELECT enterprise_id, max(done_on <= :last) AS in_period,
       max(julianday(done_on) - julianday(max(anchor_on, reentered_on))) AS gap
FROM ({CONTACT}) GROUP BY enterprise_id"""

FACT = f"""
SELECT profile.subdistrict, profile.tier, posting.department,
       CASE WHEN substr(profile.industry_code, 1, 1) BETWEEN 'A' AND 'T'
            THEN substr(profile.industry_code, 1, 1) END AS industry,
       running.enterprise_id IS NOT NULL AS in_scope, service.cadre_id IS NOT NULL AS is_served,
       {PAUSED.format("pause", "today")} AS is_paused, {PAUSED.format("pause", "last")} AS is_paused_on_last,
       running.due_on < :today AS is_late, running.last_visit_on IS NULL AS is_never_visited,
       member.touches, member.is_in_on_last, member.is_in_throughout, coalesce(visited.in_period, 0) AS is_visited,
       max(julianday(:today) - julianday(running.anchor_on), coalesce(visited.gap, 0)) AS gap
FROM member
JOIN profile ON profile.enterprise_id = member.enterprise_id AND {HOLDS.format("profile", "today")}
LEFT JOIN running ON running.enterprise_id = member.enterprise_id
LEFT JOIN service ON service.enterprise_id = member.enterprise_id AND {HOLDS.format("service", "today")}
LEFT JOIN posting ON posting.cadre_id = service.cadre_id AND {HOLDS.format("posting", "today")}
LEFT JOIN visited ON visited.enterprise_id = member.enterprise_id"""

GROUPS = f"""
WITH running AS MATERIALIZED ({{clock}}), member AS MATERIALIZED ({MEMBER}), visited AS MATERIALIZED ({VISITED}),
     fact AS ({FACT})
SELECT subdistrict, industry, tier, department,
       sum(in_scope), sum(in_scope AND is_served), sum(in_scope AND NOT is_served),
       sum(is_in_throughout AND NOT is_paused_on_last),
       sum(is_in_throughout AND NOT is_paused_on_last AND is_visited),
       sum(touches AND is_visited), sum(is_in_on_last AND NOT is_in_throughout), sum(touches AND NOT is_in_on_last),
       sum(in_scope AND is_paused), sum(in_scope AND NOT is_paused AND NOT is_late),
       sum(in_scope AND NOT is_paused AND is_late), sum(in_scope AND is_never_visited),
       CAST(max(CASE WHEN in_scope THEN gap END) AS INTEGER)
FROM fact GROUP BY subdistrict, industry, tier, department
"""

UNSERVED = f"""
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, cadre.staff_no
FROM scope
JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND {HOLDS.format("profile", "today")}
LEFT JOIN pairing ON pairing.enterprise_id = scope.enterprise_id AND {HOLDS.format("pairing", "today")}
LEFT JOIN cadre ON cadre.id = pairing.cadre_id
LEFT JOIN service ON service.enterprise_id = scope.enterprise_id AND {HOLDS.format("service", "today")}
WHERE {HOLDS.format("scope", "today")} AND service.cadre_id IS NULL
ORDER BY profile.tier, enterprise.uscc
"""

STALE = f"""
SELECT enterprise.uscc, enterprise.name, enterprise.verified_on
FROM enterprise JOIN scope ON scope.enterprise_id = enterprise.id AND {HOLDS.format("scope", "today")}
WHERE verified_on < :since AND (contact_name IS NOT NULL OR contact_phone IS NOT NULL)
"""


def groups(reading: Reading, as_of: date, period: Period) -> list[Group]:
    """Return the counters of every combination of subdistrict, industry, tier and department."""
    last = min(as_of, period.end_on - timedelta(days=1))
    rows = reading.rows(
        GROUPS.format(clock=RUNNING_CLOCK if is_settled(reading, as_of) else clock.AS_OF),
        today=iso(as_of), first=iso(period.start_on), last=iso(last),
        scheme=reading.value("SELECT value FROM setting WHERE key = 'scheme_start_on'") or "2012-01-01",
    )  # fmt: skip
    return [
        Group(subdistrict, industry, tier, department, _counters(tuple(counts)))
        for subdistrict, industry, tier, department, *counts in rows
    ]


def unserved(reading: Reading, as_of: date) -> list[UnservedEnterprise]:
    """Return the enterprises in scope that no cadre in post serves, by tier and code."""
    return [UnservedEnterprise(*row) for row in reading.rows(UNSERVED, today=iso(as_of))]


def stale_contacts(reading: Reading, as_of: date, since: date) -> list[tuple[str, str, date]]:
    """Return (code, name, last verified on) of those in scope whose contact was last verified before `since`."""
    rows = reading.rows(STALE, today=iso(as_of), since=iso(since))
    return [(uscc, name, day(verified_on)) for uscc, name, verified_on in rows]


def _counters(counts: Sequence[int]) -> Counters:
    names = (
        "in_scope", "served", "unserved", "due_in_period", "visited_of_due", "visited_in_period", "new_in_period",
        "left_in_period", "paused", "on_time_rolling", "overdue", "never_visited", "longest_gap_days",
    )  # fmt: skip
    return Counters(**dict(zip(names, counts, strict=True)))
