"""What a stretch of the journal changed: records, counted once however often they were touched."""

from __future__ import annotations

from esm.domain.desk.day_summary import ChangedRecords
from esm.storage.database.connection import Reading

# The state before a record's first change in the stretch is held against that after its last.
CHANGED = """
SELECT subject,
       count(*) FILTER (WHERE old IS NULL AND new IS NOT NULL),
       count(*) FILTER (WHERE old IS NOT NULL AND new IS NOT NULL),
       count(*) FILTER (WHERE old IS NOT NULL AND new IS NULL)
FROM (SELECT before.subject AS subject, before.old AS old, after.new AS new
      FROM (SELECT min(seq) AS first, max(seq) AS last FROM change
            WHERE operation_id > :after AND operation_id <= :last GROUP BY subject, row_id) AS touched
      JOIN change AS before ON before.seq = touched.first
      JOIN change AS after ON after.seq = touched.last
      WHERE differs(before.old, after.new)) AS changed_record
GROUP BY subject ORDER BY subject
"""
ACTORS = """
SELECT DISTINCT subject, actor FROM change JOIN operation ON operation.id = operation_id
WHERE operation_id > :after AND operation_id <= :last ORDER BY subject, actor
"""


def changed_records(reading: Reading, after: int, last: int) -> list[ChangedRecords]:
    """Return what the operations after one and up to another changed, by table."""
    actors: dict[str, list[str]] = {}
    for subject, actor in reading.rows(ACTORS, after=after, last=last):
        actors.setdefault(subject, []).append(actor)
    return [
        ChangedRecords(subject, added, changed, removed, tuple(actors[subject]))
        for subject, added, changed, removed in reading.rows(CHANGED, after=after, last=last)
    ]
