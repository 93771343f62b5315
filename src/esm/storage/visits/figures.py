"""How many contacts and visits there were, by what is asked: one query over the plain driver."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.figures import Breakdown, VisitCounts
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import holds, iso
from esm.storage.visits.visits import COUNTED

# Each dimension: what its rows are told apart by, and the tables that know it as of a day.
_DIMENSIONS = {
    "total": ("NULL", ""),
    "month": ("substr(done_on, 1, 7)", ""),
    "cadre": ("staff_no", "JOIN cadre ON cadre.id = entry.cadre_id"),
    "department": (
        "posting.department",
        f"LEFT JOIN posting ON posting.cadre_id = entry.cadre_id AND {holds('posting', 'as_of')}",
    ),
    "subdistrict": (
        "profile.subdistrict",
        f"LEFT JOIN profile ON profile.enterprise_id = entry.enterprise_id AND {holds('profile', 'as_of')}",
    ),
}


def visit_counts(reading: Reading, dimension: str, since: date, until: date, as_of: date) -> Breakdown:
    """Return the counts from `since` to `until`, both included, in order of the dimension, the unknown last.

    Departments and subdistricts are those of `as_of` (docs/rules.md, Report).
    """
    key, tables = _DIMENSIONS[dimension]
    rows = reading.rows(
        f"""WITH entry AS (
              SELECT *, {COUNTED} AS is_met,
                row_number() OVER (PARTITION BY enterprise_id, done_on, {COUNTED} ORDER BY id) AS place,
                max(coalesce(minutes, '') <> '') OVER (PARTITION BY enterprise_id, done_on, {COUNTED}) AS has_minutes
              FROM visit WHERE cancelled_on IS NULL AND done_on BETWEEN :since AND :until)
            SELECT {key} AS name, count(*), sum(is_met AND place = 1), sum(is_met AND place > 1),
              sum(channel <> 'on_site'), sum(channel = 'on_site' AND NOT is_met),
              count(DISTINCT CASE WHEN is_met THEN entry.enterprise_id END),
              sum(is_met AND place = 1 AND has_minutes)
            FROM entry {tables} GROUP BY name ORDER BY name IS NULL, name""",
        since=iso(since), until=iso(until), as_of=iso(as_of),
    )  # fmt: skip
    return tuple(
        (
            name,
            VisitCounts(
                contacts=contacts, visits=visits, joint=joint, remote=remote, not_met=not_met,
                enterprises=enterprises, with_minutes=minuted,
            ),
        )
        for name, contacts, visits, joint, remote, not_met, enterprises, minuted in rows
    )  # fmt: skip
