"""Rows of a table that carry no days, as they stood at the end of an earlier day (docs/decisions/0040).

What was decided on a later day must not be told of an earlier one; what became of every row, the journal knows.
"""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import iso


def first_later_operation(reading: Reading, day: date, *tables: str) -> int | None:
    """Return the first operation of a later day that changed one of these tables, None where there is none.

    One that was undone by the end of the day does not count, for its day was a slip; nor does the open one.
    """
    if (reading.value("SELECT max(today) FROM operation") or "") <= day.isoformat():
        return None
    found: int | None = reading.value(
        """SELECT min(id) FROM operation
           WHERE today > :day AND hash IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM operation AS undo WHERE undo.undoes = operation.id AND undo.today <= :day)
             AND EXISTS (SELECT 1 FROM change
                         WHERE change.operation_id = operation.id AND among(subject, :subjects))""",
        day=iso(day),
        subjects=as_list(tables),
    )
    return found


def rows_before(reading: Reading, table: str, operation_id: int | None) -> str:
    """Return what a query puts in the place of a table to read it as it stood before an operation; None: as it is."""
    if operation_id is None:
        return table
    columns = reading.connection.columns(table)
    values = ", ".join(f"field_of(old, {name}) AS {name}" for name in columns)
    later = f"subject = '{table}' AND operation_id >= {operation_id}"
    return f"""(SELECT {", ".join(columns)} FROM {table} AS now
                WHERE NOT EXISTS (SELECT 1 FROM change WHERE {later} AND row_id = now.id)
                UNION ALL
                SELECT {values} FROM (SELECT min(seq) AS seq FROM change WHERE {later} GROUP BY row_id) AS first_change
                JOIN change USING (seq) WHERE old IS NOT NULL)"""


# A pairing told later has the deputies with which it was told; what changes them afterwards is a change of its own.
_DEPUTY_CHANGES = """SELECT change.*, field_of(coalesce(new, old), pairing_id) AS pairing_id FROM change
    WHERE subject = 'pairing_deputy'
      AND operation_id > coalesce((SELECT max(begun.operation_id) FROM change AS begun
                                   WHERE begun.subject = 'pairing' AND begun.kind = 'I'
                                     AND begun.row_id = field_of(coalesce(change.new, change.old), pairing_id)), 0)"""
_DEPUTIES = f"""(
    WITH later_change AS ({_DEPUTY_CHANGES}),
    first_change AS (SELECT pairing_id, min(operation_id) AS operation_id FROM later_change
                     WHERE operation_id IN (SELECT id FROM operation WHERE today > :today AND hash IS NOT NULL)
                     GROUP BY pairing_id),
    row_then AS (SELECT row_id, pairing_id, old FROM later_change
                 WHERE seq IN (SELECT min(seq) FROM later_change JOIN first_change USING (pairing_id)
                               WHERE later_change.operation_id >= first_change.operation_id
                               GROUP BY row_id, pairing_id))
    SELECT id, pairing_id, cadre_id, place FROM pairing_deputy
    WHERE pairing_id NOT IN (SELECT pairing_id FROM first_change)
       OR id NOT IN (SELECT row_id FROM row_then WHERE row_then.pairing_id = pairing_deputy.pairing_id)
    UNION ALL
    SELECT row_id, pairing_id, field_of(old, cadre_id), field_of(old, place) FROM row_then WHERE old IS NOT NULL)"""


def deputies_as_of(reading: Reading, day: date) -> str:
    """Return what a query puts in the place of `pairing_deputy` for a day, which it must bind as `:today`."""
    is_changed_later = first_later_operation(reading, day, "pairing_deputy") is not None
    return _DEPUTIES if is_changed_later else "pairing_deputy"
