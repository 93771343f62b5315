"""What visits by anybody add up to for each enterprise: queries over the plain driver."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.burden import BurdenRow
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import day, iso
from esm.storage.visits.visits import COUNTED

# Every counted visit with its department, and every visit of another department.
CONTACTS = f"""
SELECT visit.enterprise_id, done_on, 1 AS own, coalesce(posting.department, cadre.name) AS visitor
FROM visit JOIN cadre ON cadre.id = visit.cadre_id
LEFT JOIN posting ON posting.cadre_id = cadre.id AND posting.start_on <= done_on
  AND (posting.end_on IS NULL OR posting.end_on > done_on)
WHERE {COUNTED}
UNION ALL
SELECT enterprise_id, done_on, 0, department FROM outside_visit WHERE cancelled_on IS NULL
"""


def burden_rows(reading: Reading, since: date, until: date) -> list[BurdenRow]:
    """Return a row for every enterprise in scope on `until`, by code; both days are inclusive."""
    rows = reading.rows(
        f"""WITH entry AS ({CONTACTS}),
              late AS (SELECT enterprise_id, count(DISTINCT done_on) AS days,
                         count(DISTINCT CASE WHEN own THEN done_on END) AS own_days,
                         count(DISTINCT CASE WHEN NOT own THEN done_on END) AS outside_days,
                         group_concat(DISTINCT visitor) AS visitors
                       FROM entry WHERE done_on BETWEEN :since AND :until GROUP BY enterprise_id),
              last AS (SELECT enterprise_id, max(done_on) AS last_on FROM entry WHERE done_on <= :until
                       GROUP BY enterprise_id)
            SELECT uscc, name, tier, profile.subdistrict, coalesce(days, 0), coalesce(own_days, 0),
                   coalesce(outside_days, 0), visitors, last_on
            FROM scope JOIN enterprise ON enterprise.id = scope.enterprise_id
            JOIN profile ON profile.enterprise_id = enterprise.id
              AND profile.start_on <= :until AND (profile.end_on IS NULL OR profile.end_on > :until)
            LEFT JOIN late ON late.enterprise_id = enterprise.id
            LEFT JOIN last ON last.enterprise_id = enterprise.id
            WHERE scope.start_on <= :until AND (scope.end_on IS NULL OR scope.end_on > :until) ORDER BY uscc""",
        since=iso(since), until=iso(until),
    )  # fmt: skip
    return [
        BurdenRow(uscc, name, tier, place, days, own, outside, _split(others), day(last_on))
        for uscc, name, tier, place, days, own, outside, others, last_on in rows
    ]


def visiting_departments(reading: Reading, uscc: str, since: date, until: date) -> list[str]:
    """Return which departments visited an enterprise in these days, the latest first."""
    rows = reading.rows(
        f"""SELECT visitor FROM ({CONTACTS}) AS entry JOIN enterprise ON enterprise.id = entry.enterprise_id
            WHERE uscc = :uscc AND done_on BETWEEN :since AND :until
            GROUP BY visitor ORDER BY max(done_on) DESC, visitor""",
        uscc=uscc, since=iso(since), until=iso(until),
    )  # fmt: skip
    return [visitor for (visitor,) in rows]


def next_planned_on(reading: Reading, uscc: str, on: date) -> date | None:
    """Return the next day from `on` on which a visit of an enterprise is planned."""
    found: str | None = reading.value(
        """SELECT min(planned_on) FROM open_plan JOIN enterprise ON enterprise.id = enterprise_id
           WHERE uscc = :uscc AND planned_on >= :on""",
        uscc=uscc, on=iso(on),
    )  # fmt: skip
    return day(found)


def _split(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()
