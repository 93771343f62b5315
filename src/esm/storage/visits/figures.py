"""How many contacts and visits there were, by what is asked: one query over the plain driver."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.figures import Breakdown, VisitCounts
from esm.storage.database.connection import Reading

# Each dimension: what its rows are told apart by, and the tables that know it as of a day.
_DIMENSIONS = {
    "total": ("CAST(NULL AS TEXT)", ""),
    "month": ("substr(done_on, 1, 7)", ""),
    "cadre": ("staff_no", "JOIN cadre ON cadre.id = entry.cadre_id"),
    "department": (
        "posting.department",
        "LEFT JOIN posting ON posting.cadre_id = entry.cadre_id AND holds(posting, :as_of)",
    ),
    "subdistrict": (
        "profile.subdistrict",
        "LEFT JOIN profile ON profile.enterprise_id = entry.enterprise_id AND holds(profile, :as_of)",
    ),
}
# Of the contacts with one enterprise on one day those that count are one visit, in each row and in the total.
COUNTS = """
WITH entry AS (
  SELECT visit.*, counts(visit) AS is_met,
         count(*) FILTER (WHERE coalesce(minutes, '') <> '')
           OVER (PARTITION BY enterprise_id, done_on, counts(visit)) > 0 AS is_minuted
  FROM visit WHERE cancelled_on IS NULL AND done_on BETWEEN :since AND :until),
told AS (
  SELECT {key} AS name, entry.*,
         row_number() OVER (PARTITION BY {key}, entry.enterprise_id, done_on, is_met ORDER BY entry.id) = 1 AS is_first
  FROM entry {tables})
SELECT name, count(*),
       count(*) FILTER (WHERE is_met AND is_first),
       count(*) FILTER (WHERE is_met AND NOT is_first),
       count(*) FILTER (WHERE channel <> 'on_site'),
       count(*) FILTER (WHERE channel = 'on_site' AND NOT is_met),
       count(DISTINCT enterprise_id) FILTER (WHERE is_met),
       count(*) FILTER (WHERE is_met AND is_first AND is_minuted)
FROM told GROUP BY 1 ORDER BY 1 NULLS LAST
"""


def visit_counts(reading: Reading, dimension: str, since: date, until: date, as_of: date) -> Breakdown:
    """Return the counts from `since` to `until`, both included, in order of the dimension, the unknown last.

    Departments and subdistricts are those of `as_of` (docs/rules.md, Report).
    """
    key, tables = _DIMENSIONS[dimension]
    rows = reading.rows(COUNTS.format(key=key, tables=tables), since=since, until=until, as_of=as_of)
    return tuple((name, VisitCounts(*counts)) for name, *counts in rows)
