"""How visits were entered: with the journal's word for when, and whether one by one."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.audit import EnteredVisit
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import record


def entered_visits(reading: Reading, since: date, until: date) -> list[EnteredVisit]:
    """Return the counted visits of these days, both inclusive, by number.

    The operation that brought the first visits, if more than one, took history over.
    """
    counts: dict[int, int] = dict(
        reading.rows(
            "SELECT operation_id, count(*) FROM change WHERE subject = 'visit' AND kind = 'I' GROUP BY operation_id"
        )
    )
    history = min((key for key, count in counts.items() if count > 1), default=None)
    rows = reading.rows(
        """SELECT visit.id, uscc, enterprise.name, staff_no, cadre.name, done_on, recorded_on, minutes, met_with,
                   operation.at, operation.id
            FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id
            JOIN operation ON operation.id = (
              SELECT max(operation_id) FROM change WHERE subject = 'visit' AND row_id = visit.id AND kind = 'I')
            WHERE counts(visit) AND done_on BETWEEN :since AND :until ORDER BY visit.id""",
        since=since, until=until,
    )  # fmt: skip
    return [record(EnteredVisit, (*known, counts[operation] == 1, operation == history)) for *known, operation in rows]
