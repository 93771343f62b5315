"""The rolling clock of all enterprises: from when it counts and when a visit is due (docs/rules.md, The two clocks).

The table `clock` is kept by triggers and says what is true of all that is recorded. For a day before the last
record the same columns are computed from what was known on that day.
"""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso

MOST_APART = 10_000  # so many facts after the day are kept apart; beyond them all clocks are computed in one go

# {visits}, {profile}, {stretch} and {setting} say which visits, groups, stretch in scope and settings are meant.
CLOCK = """
SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, anchor_on, months_later(anchor_on, months) AS due_on
FROM (
  SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, months,
         CASE WHEN last_visit_on IS NULL
                THEN later_of(start_on,
                              coalesce((SELECT value FROM setting WHERE key = 'scheme_start_on' AND {setting}),
                                       '2012-01-01'))
              WHEN is_reentered THEN later_of(last_visit_on, start_on)
              ELSE last_visit_on END AS anchor_on
  FROM (
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting
                          WHERE key = 'cadence_months_' || lower(profile.tier) AND {setting}), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS is_reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND counts(visit) AND {visits}) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND {profile}
    WHERE {stretch} {fence}) AS fact {fence}) AS anchored
"""

_LATEST = {
    "visits": "TRUE",
    "profile": "profile.end_on IS NULL",
    "setting": "setting.end_on IS NULL",
    "stretch": """scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                    WHERE latest.enterprise_id = scope.enterprise_id)""",
}
LATEST = CLOCK.format(**_LATEST, fence="")
AS_OF = CLOCK.format(
    visits="visit.done_on <= :today", profile="holds(profile, :today)", stretch="holds(scope, :today)",
    setting="holds(setting, :today)", fence="",
)  # fmt: skip

# Of whom something is recorded after the day: for everybody else the table `clock` is true on it.
UNSETTLED = """
SELECT enterprise_id FROM visit WHERE done_on > :today
UNION ALL SELECT enterprise_id FROM scope WHERE start_on > :today
UNION ALL SELECT enterprise_id FROM profile WHERE start_on > :today"""

# Whether a setting that all clocks go by was another one on the day.
CLOCK_SETTINGS = "('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on')"
CHANGED_LATER = f"SELECT EXISTS (SELECT 1 FROM setting WHERE key IN {CLOCK_SETTINGS} AND start_on > :today)"

# Without the casts the halves differ in affinity, and SQLite computes all of them before the first is shown.
MIXED = f"""
SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, anchor_on, due_on
FROM clock WHERE enterprise_id NOT IN ({UNSETTLED})
UNION ALL
SELECT enterprise_id, uscc, tier, start_on, end_on, CAST(last_visit_on AS TEXT), CAST(anchor_on AS TEXT),
       CAST(due_on AS TEXT)
FROM ({AS_OF} WHERE enterprise_id IN ({UNSETTLED})) AS computed
"""


def as_of(reading: Reading, today: date) -> str:
    """Return what a query of `clock` puts in the table's place for a day, which it must bind as `:today`."""
    if reading.value(CHANGED_LATER, today=iso(today)):
        return f"({AS_OF})"
    unsettled = reading.value(
        f"SELECT count(*) FROM ({UNSETTLED} LIMIT :most) AS later", today=iso(today), most=MOST_APART + 1
    )
    if not unsettled:
        return "clock"
    return f"({MIXED if unsettled <= MOST_APART else AS_OF})"


def latest_of(owners: str, fence: str) -> str:
    """Return the clocks of some enterprises, told by a condition on `scope`: what `LATEST` says, for them alone.

    A fence cuts nothing off, but keeps an engine from writing the inner queries out again for every column that uses
    theirs; over all enterprises it would keep a condition from reaching them.
    """
    return CLOCK.format(**{**_LATEST, "stretch": f"{owners} AND {_LATEST['stretch']}"}, fence=fence)
