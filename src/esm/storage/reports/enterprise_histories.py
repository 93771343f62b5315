"""What the trend counts of: the records of every enterprise."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from esm.domain.reports.standing_by_period import History, Stretch
from esm.domain.values.intervals import FOREVER
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import day

# Each kind as the intervals of an enterprise, with the tier and the subdistrict of its groups.
STRETCHES = (
    "SELECT enterprise_id, start_on, end_on FROM scope",
    "SELECT enterprise_id, start_on, end_on, tier, subdistrict FROM profile",
    "SELECT enterprise_id, start_on, end_on FROM service",
    "SELECT enterprise_id, start_on, end_on FROM pause",
)
VISITS = """
SELECT enterprise_id, done_on FROM visit WHERE counts(visit) AND done_on <= :until ORDER BY enterprise_id, done_on
"""


def histories(reading: Reading, until: date) -> dict[str, History]:
    """Return by code what is on record up to a day of those who have been in scope or visited."""
    in_scope, groups, served, paused = (_stretches(reading, query, until) for query in STRETCHES)
    visits: defaultdict[int, list[date]] = defaultdict(list)
    for enterprise_id, done_on in reading.rows(VISITS, until=until):
        visits[enterprise_id].append(date.fromisoformat(done_on))
    return {
        uscc: History(in_scope[own], groups[own], served[own], paused[own], visits[own])
        for own, uscc in reading.rows("SELECT id, uscc FROM enterprise")
        if own in in_scope or own in visits
    }


def _stretches(reading: Reading, query: str, until: date) -> defaultdict[int, list[Stretch]]:
    """Return the intervals by enterprise that have begun by a day, the earliest first."""
    found: defaultdict[int, list[Stretch]] = defaultdict(list)
    rows = reading.rows(f"{query} WHERE start_on <= :until ORDER BY enterprise_id, start_on", until=until)
    for enterprise_id, start_on, end_on, *words in rows:
        found[enterprise_id].append(Stretch(day(start_on), FOREVER if end_on is None else day(end_on), *words))
    return found


def paired_since(reading: Reading) -> date | None:
    """Return the first day of a pairing on record."""
    first: str | None = reading.value("SELECT min(start_on) FROM pairing")
    return None if first is None else day(first)
