"""The figures of the coverage report, counted by the database in one pass."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.reports.coverage import NO_DEPARTMENT, Breakdown, Counters, UnservedEnterprise
from esm.domain.values.periods import Period
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import day, holds, iso
from esm.storage.schedule import due_list
from esm.storage.visits.visits import COUNTED

IN_POST = """(cadre.active_from IS NULL OR cadre.active_from <= :today)
  AND (cadre.left_on IS NULL OR cadre.left_on > :today)"""
PAUSED = f"EXISTS (SELECT 1 FROM pause WHERE pause.enterprise_id = member.enterprise_id AND {holds('pause', '{0}')})"

# Everyone in scope on any day since the period began, and where the days in scope lie in the period. Few ever come
# back, and adding up the stretches of everyone takes twice the time of reading them: only theirs are added up.
TOUCHES = "start_on <= :last AND (end_on IS NULL OR end_on > :first)"
IN_ON_LAST = "start_on <= :last AND (end_on IS NULL OR end_on > :last)"
IN_THROUGHOUT = "start_on < :first AND (end_on IS NULL OR end_on > :last)"
IS_MEMBER = "start_on <= :today AND (end_on IS NULL OR end_on > :first)"
MEMBER = f"""
SELECT enterprise_id, start_on AS entered_on, 0 AS is_reentered, {TOUCHES} AS touches, {IN_ON_LAST} AS is_in_on_last,
       {IN_THROUGHOUT} AS is_in_throughout
FROM scope WHERE {IS_MEMBER} AND enterprise_id NOT IN (SELECT enterprise_id FROM returned)
UNION ALL
SELECT enterprise_id, min(start_on), 1, max({TOUCHES}), max({IN_ON_LAST}), max({IN_THROUGHOUT})
FROM scope WHERE enterprise_id IN (SELECT enterprise_id FROM returned)
GROUP BY enterprise_id HAVING max({IS_MEMBER})"""

# The longest of a member's gaps that end with a visit since the period began, each from what the rolling clock
# counted from (storage/database/clock.py). One search of the index a visit; scope is asked only for those that
# came back.
GAP = f"""
SELECT max(julianday(done_on) - julianday(max(
         coalesce((SELECT max(done_on) FROM visit AS earlier WHERE earlier.enterprise_id = member.enterprise_id
                     AND earlier.done_on < visit.done_on AND {COUNTED}),
                  CASE WHEN entered_on <= done_on THEN min(max(entered_on, :scheme), done_on) END),
         CASE WHEN is_reentered
                THEN (SELECT coalesce(nullif(max(start_on), entered_on), '') FROM scope
                      WHERE scope.enterprise_id = member.enterprise_id AND start_on <= visit.done_on)
              ELSE '' END)))
FROM visit WHERE visit.enterprise_id = member.enterprise_id AND done_on BETWEEN :first AND :today AND {COUNTED}"""

FACT = f"""
SELECT profile.subdistrict, profile.tier,
       CASE WHEN cadre.id IS NOT NULL THEN coalesce(posting.department, :no_department) END AS department,
       CASE WHEN substr(profile.industry_code, 1, 1) BETWEEN 'A' AND 'T'
            THEN substr(profile.industry_code, 1, 1) END AS industry,
       clock.enterprise_id IS NOT NULL AS in_scope, cadre.id IS NOT NULL AS is_served,
       {PAUSED.format("today")} AS is_paused, {PAUSED.format("last")} AS is_paused_on_last,
       clock.due_on < :today AS is_late, clock.last_visit_on IS NULL AS is_never_visited,
       member.touches, member.is_in_on_last, member.is_in_throughout,
       EXISTS (SELECT 1 FROM visit WHERE visit.enterprise_id = member.enterprise_id
               AND done_on BETWEEN :first AND :last AND {COUNTED}) AS is_visited,
       max(julianday(:today) - julianday(clock.anchor_on), coalesce(({GAP}), 0)) AS gap
FROM member
JOIN profile ON profile.enterprise_id = member.enterprise_id AND {holds("profile", "today")}
LEFT JOIN clock ON clock.enterprise_id = member.enterprise_id AND {holds("clock", "today")}
LEFT JOIN pairing ON pairing.enterprise_id = member.enterprise_id AND {holds("pairing", "today")}
LEFT JOIN cadre ON cadre.id = pairing.cadre_id AND {IN_POST}
LEFT JOIN posting ON posting.cadre_id = cadre.id AND {holds("posting", "today")}"""

FIGURES = {
    "in_scope": "in_scope",
    "served": "in_scope AND is_served",
    "unserved": "in_scope AND NOT is_served",
    "due_in_period": "is_in_throughout AND NOT is_paused_on_last",
    "visited_of_due": "is_in_throughout AND NOT is_paused_on_last AND is_visited",
    "visited_in_period": "touches AND is_visited",
    "new_in_period": "is_in_on_last AND NOT is_in_throughout",
    "left_in_period": "touches AND NOT is_in_on_last",
    "paused": "in_scope AND is_paused",
    "on_time_rolling": "in_scope AND NOT is_paused AND NOT is_late",
    "overdue": "in_scope AND NOT is_paused AND is_late",
    "never_visited": "in_scope AND is_never_visited",
}
GROUPS = ("subdistrict", "industry", "tier", "department")
COUNTED_ONCE = ", ".join(f"sum({condition}) AS {name}" for name, condition in FIGURES.items())
ADDED_UP = ", ".join(f"sum({name})" for name in FIGURES)

# Sorting the facts is dear, so they are sorted once, by all groups together; the breakdowns add those up. A
# fact is materialized, for SQLite would compute its columns anew for every sum that they stand in.
BREAKDOWNS = f"""
returned AS MATERIALIZED (SELECT enterprise_id FROM scope GROUP BY enterprise_id HAVING count(*) > 1),
member AS ({MEMBER}),
fact AS MATERIALIZED ({FACT}),
grouped AS MATERIALIZED (
  SELECT {", ".join(GROUPS)}, {COUNTED_ONCE}, CAST(max(CASE WHEN in_scope THEN gap END) AS INTEGER) AS longest_gap
  FROM fact GROUP BY {", ".join(GROUPS)})
{" UNION ALL ".join(f"SELECT '{by}', {by}, {ADDED_UP}, max(longest_gap) FROM grouped GROUP BY {by}" for by in GROUPS)}
"""

UNSERVED = f"""
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, cadre.staff_no
FROM scope
LEFT JOIN pairing ON pairing.enterprise_id = scope.enterprise_id AND {holds("pairing", "today")}
LEFT JOIN cadre ON cadre.id = pairing.cadre_id
JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND {holds("profile", "today")}
WHERE {holds("scope", "today")} AND (cadre.id IS NULL OR NOT ({IN_POST}))
ORDER BY profile.tier, enterprise.uscc
"""

# A contact was verified when the roster told it, and with every counted visit since.
STALE = f"""
SELECT uscc, name, verified_on FROM (
  SELECT enterprise.uscc, enterprise.name,
         max(verified_on, coalesce((SELECT max(done_on) FROM visit WHERE visit.enterprise_id = enterprise.id
                                      AND done_on <= :today AND {COUNTED}), '')) AS verified_on
  FROM enterprise JOIN scope ON scope.enterprise_id = enterprise.id AND {holds("scope", "today")}
  WHERE verified_on < :since AND (contact_name IS NOT NULL OR contact_phone IS NOT NULL))
WHERE verified_on < :since
"""


def breakdowns(reading: Reading, as_of: date, period: Period) -> dict[str, Breakdown]:
    """Return the counters by subdistrict, industry, tier and department, in order of the key, the unknown last."""
    rows = reading.rows(
        f"{due_list.source(reading, as_of, followed=True)} {BREAKDOWNS}",
        today=iso(as_of), first=iso(period.start_on), last=iso(min(as_of, period.end_on - timedelta(days=1))),
        scheme=reading.value("SELECT value FROM setting WHERE key = 'scheme_start_on'") or "2012-01-01",
        no_department=NO_DEPARTMENT,
    )  # fmt: skip
    found: dict[str, list[tuple[str | None, Counters]]] = {by: [] for by in GROUPS}
    for by, key, *counts, gap in rows:
        counters = Counters(**dict(zip(FIGURES, counts, strict=True)), longest_gap_days=gap)
        found[by].append((key, counters))
    return {by: tuple(sorted(own, key=lambda row: (row[0] is None, row[0] or ""))) for by, own in found.items()}


def unserved(reading: Reading, as_of: date) -> list[UnservedEnterprise]:
    """Return the enterprises in scope that no cadre in post serves, by tier and code."""
    return [UnservedEnterprise(*row) for row in reading.rows(UNSERVED, today=iso(as_of))]


def unmet(reading: Reading, today: date) -> list[tuple[str, str, str, str, str, date]]:
    """Return (code, name, staff number, cadre, outcome, day) where the last contact in scope met nobody, by code."""
    rows = reading.rows(
        """SELECT uscc, enterprise.name, staff_no, cadre.name, outcome, done_on
           FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id
           JOIN scope ON scope.enterprise_id = enterprise.id
             AND scope.start_on <= :today AND (scope.end_on IS NULL OR scope.end_on > :today)
           WHERE outcome <> 'met' AND cancelled_on IS NULL AND done_on <= :today AND NOT EXISTS (
             SELECT 1 FROM visit AS later
             WHERE later.enterprise_id = visit.enterprise_id AND later.cancelled_on IS NULL
               AND later.done_on <= :today AND (later.done_on > visit.done_on OR later.done_on = visit.done_on
                 AND (later.outcome = 'met' OR later.id > visit.id)))
           ORDER BY uscc""",
        today=iso(today),
    )
    return [(*row[:5], day(row[5])) for row in rows]


def stale_contacts(reading: Reading, as_of: date, since: date) -> list[tuple[str, str, date]]:
    """Return (code, name, last verified on) of those in scope whose contact was last verified before `since`."""
    rows = reading.rows(STALE, today=iso(as_of), since=iso(since))
    return [(uscc, name, day(verified_on)) for uscc, name, verified_on in rows]
