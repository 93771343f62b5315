"""The rolling clock in SQL (docs/rules.md, The two clocks), written once for the view and for past days.

SQLite does not clamp month ends: of the naive date and the month's last day the earlier one is meant.
"""

from __future__ import annotations

CLOCK = """
SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, anchor_on,
       min(date(anchor_on, '+' || months || ' months'),
           date(anchor_on, 'start of month', '+' || (months + 1) || ' months', '-1 day')) AS due_on
FROM (
  SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, months,
         CASE WHEN last_visit_on IS NULL
                THEN max(start_on, coalesce((SELECT value FROM setting WHERE key = 'scheme_start_on'), '2012-01-01'))
              WHEN reentered THEN max(last_visit_on, start_on)
              ELSE last_visit_on END AS anchor_on
  FROM (
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL {visit_is_known}) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND {profile_holds}
    WHERE {scope_holds} {fence}) {fence})
"""

_OPEN = "profile.end_on IS NULL"
_LAST = """scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id)"""

LATEST = CLOCK.format(visit_is_known="", profile_holds=_OPEN, scope_holds=_LAST, fence="")

AS_OF = CLOCK.format(
    visit_is_known="AND visit.done_on <= :today",
    profile_holds="profile.start_on <= :today AND (profile.end_on IS NULL OR profile.end_on > :today)",
    scope_holds="scope.start_on <= :today AND (scope.end_on IS NULL OR scope.end_on > :today)",
    fence="",
)

# Of whom something is recorded after the day: for everybody else the table `clock` is true on it.
UNSETTLED = """
SELECT enterprise_id FROM visit WHERE done_on > :today
UNION ALL SELECT enterprise_id FROM scope WHERE start_on > :today
UNION ALL SELECT enterprise_id FROM profile WHERE start_on > :today"""

# Without the casts the halves differ in affinity, and SQLite computes all of them before the first is shown.
MIXED = f"""
SELECT * FROM main.clock WHERE enterprise_id NOT IN ({UNSETTLED})
UNION ALL
SELECT enterprise_id, uscc, tier, start_on, end_on, CAST(last_visit_on AS TEXT) AS last_visit_on,
       CAST(anchor_on AS TEXT) AS anchor_on, CAST(due_on AS TEXT) AS due_on
FROM ({AS_OF} WHERE enterprise_id IN ({UNSETTLED}))
"""


def latest_of(*enterprise_ids: str) -> str:
    """Return the clocks of a few enterprises, named by expressions: what `LATEST` says, computed for them alone.

    A limit that cuts nothing off keeps SQLite from writing the inner queries out again for every column that
    uses theirs; over all enterprises it would keep a condition from reaching them.
    """
    return CLOCK.format(
        visit_is_known="", profile_holds=_OPEN, fence="LIMIT -1",
        scope_holds=f"scope.enterprise_id IN ({', '.join(enterprise_ids)}) AND {_LAST}",
    )  # fmt: skip
