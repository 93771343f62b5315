"""How many contacts and visits there were, by what is asked: queries over the plain driver."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from esm.domain.visits.figures import Breakdown, VisitCounts
from esm.storage.database.connection import Reading

# Each dimension: what its rows are told apart by, and the tables that know it as of a day.
_DIMENSIONS = {
    "total": ("CAST(NULL AS TEXT)", ""),
    "month": ("substr(done_on, 1, 7)", ""),
    "cadre": ("staff_no", "JOIN cadre ON cadre.id = entry.cadre_id"),
    "department": (
        "coalesce(entry.department, posting.department)",
        "LEFT JOIN posting ON posting.cadre_id = entry.cadre_id AND holds(posting, :as_of)",
    ),
    "subdistrict": (
        "profile.subdistrict",
        "LEFT JOIN profile ON profile.enterprise_id = entry.enterprise_id AND holds(profile, :as_of)",
    ),
}
# The contacts of these days; only of those who went along the department may be all that is known.
ENTRIES = """
WITH entry AS (
  SELECT visit.*, CAST(NULL AS TEXT) AS department, counts(visit) AS is_met,
         count(*) FILTER (WHERE coalesce(minutes, '') <> '')
           OVER (PARTITION BY enterprise_id, done_on, counts(visit)) > 0 AS is_minuted
  FROM visit WHERE cancelled_on IS NULL AND done_on BETWEEN :since AND :until)"""
# Of the contacts with one enterprise on one day those that count are one visit, in each row and in the total.
COUNTS = """,
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
FROM told GROUP BY 1
"""
# A visit is joint when two or more took part, as visitors or as companions: cadres, or departments.
JOINT = """,
part AS (
  SELECT enterprise_id, done_on, cadre_id, department FROM entry WHERE is_met
  UNION
  SELECT enterprise_id, done_on, companion.cadre_id, companion.department
  FROM entry JOIN companion ON companion.visit_id = entry.id WHERE is_met),
joint_visit AS (SELECT enterprise_id, done_on FROM part GROUP BY 1, 2 HAVING count(*) > 1)
SELECT name, count(*) FROM (
  SELECT DISTINCT {key} AS name, entry.enterprise_id, done_on
  FROM part AS entry JOIN joint_visit USING (enterprise_id, done_on) {tables}) AS told
GROUP BY 1
"""


def visit_counts(reading: Reading, dimension: str, since: date, until: date, as_of: date) -> Breakdown:
    """Return the counts from `since` to `until`, both included, in order of the dimension, the unknown last.

    Departments and subdistricts are those of `as_of` (docs/rules.md, Report).
    """
    key, tables = _DIMENSIONS[dimension]
    given = {"since": since, "until": until, "as_of": as_of}
    counted, joint = (
        reading.rows(ENTRIES + query.format(key=key, tables=tables), **given) for query in (COUNTS, JOINT)
    )
    counts = {name: VisitCounts(*values) for name, *values in counted}
    for name, number in joint:
        counts[name] = replace(counts.get(name, VisitCounts()), joint_visits=number)
    return tuple((name, counts[name]) for name in sorted(counts, key=lambda name: (name is None, name)))
