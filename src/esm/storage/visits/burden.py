"""What visits by anybody add up to for each enterprise: queries over the plain driver."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter

from esm.domain.visits.burden import BurdenRow
from esm.storage.database.connection import Reading
from esm.storage.database.engines.engine import Record
from esm.storage.database.row_values import day

# Every counted visit with its department, and every visit of another department.
CONTACTS = """
SELECT visit.enterprise_id, visit.done_on, TRUE AS is_own, coalesce(posting.department, cadre.name) AS visitor
FROM visit JOIN cadre ON cadre.id = visit.cadre_id
LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, visit.done_on)
WHERE counts(visit)
UNION ALL
SELECT enterprise_id, done_on, FALSE, department FROM outside_visit WHERE cancelled_on IS NULL
"""

VISITED = f"""
SELECT uscc, done_on, is_own, visitor FROM ({CONTACTS}) AS entry
JOIN enterprise ON enterprise.id = entry.enterprise_id
WHERE done_on BETWEEN :since AND :until ORDER BY uscc, done_on, visitor
"""

IN_SCOPE = """
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, last.done_on, last.own_on
FROM scope JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :until)
LEFT JOIN (
  SELECT enterprise_id, max(done_on) AS done_on, max(own_on) AS own_on FROM (
    SELECT enterprise_id, max(done_on) AS done_on, max(done_on) AS own_on FROM visit
    WHERE counts(visit) AND done_on <= :until GROUP BY enterprise_id
    UNION ALL
    SELECT enterprise_id, max(done_on), NULL FROM outside_visit
    WHERE cancelled_on IS NULL AND done_on <= :until GROUP BY enterprise_id) AS each
  GROUP BY enterprise_id) AS last ON last.enterprise_id = enterprise.id
WHERE holds(scope, :until) ORDER BY enterprise.uscc
"""


def burden_rows(reading: Reading, since: date, until: date) -> list[BurdenRow]:
    """Return a row for every enterprise in scope on `until`, by code; both days are inclusive."""
    given = {"since": since, "until": until}
    visits = {uscc: list(own) for uscc, own in groupby(reading.rows(VISITED, **given), key=itemgetter(0))}
    return [
        _burden_row(
            (uscc, name, tier, subdistrict), visits.get(uscc, ()), day(last_on), is_never_visited=own_on is None
        )
        for uscc, name, tier, subdistrict, last_on, own_on in reading.rows(IN_SCOPE, **given)
    ]


def visiting_departments(reading: Reading, uscc: str, since: date, until: date) -> list[str]:
    """Return which departments visited an enterprise in these days, the latest first."""
    rows = reading.rows(
        f"""SELECT visitor FROM ({CONTACTS}) AS entry JOIN enterprise ON enterprise.id = entry.enterprise_id
            WHERE uscc = :uscc AND done_on BETWEEN :since AND :until
            GROUP BY visitor ORDER BY max(done_on) DESC, visitor""",
        uscc=uscc, since=since, until=until,
    )  # fmt: skip
    return [visitor for (visitor,) in rows]


def next_planned_on(reading: Reading, uscc: str, on: date) -> date | None:
    """Return the next day from `on` on which a visit of an enterprise is planned."""
    found: str | None = reading.value(
        """SELECT min(planned_on) FROM plan JOIN enterprise ON enterprise.id = enterprise_id
           WHERE uscc = :uscc AND planned_on >= :on AND is_open(plan, :on)""",
        uscc=uscc, on=on,
    )  # fmt: skip
    return day(found)


def _burden_row(
    known: tuple[str, str, str, str | None], visits: Sequence[Record], last_on: date | None, *, is_never_visited: bool
) -> BurdenRow:
    own = {done_on for _uscc, done_on, is_own, _visitor in visits if is_own}
    outside = {done_on for _uscc, done_on, is_own, _visitor in visits if not is_own}
    visitors = tuple(dict.fromkeys(visitor for *_others, visitor in visits))
    days = len(own | outside), len(own), len(outside)
    return BurdenRow(*known, *days, visitors, last_on, is_never_visited)
