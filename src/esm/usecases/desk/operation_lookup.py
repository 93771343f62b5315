"""Which state of the database is meant by what was known at an operation or on a day (docs/rules.md, Days)."""

from __future__ import annotations

from datetime import date

from esm.domain.desk.history import Operation
from esm.errors import NotFound, StorageRefused, say
from esm.storage.database import journal
from esm.storage.database.connection import Reading
from esm.storage.reports import past_database


def last_operation(reading: Reading, point: int | date) -> Operation:
    """Return the operation up to which is known what was known at an operation, or on a day.

    Raises NotFound for an unknown operation and for a day before the first; StorageRefused where the journal no
    longer reaches back to it.
    """
    operations = journal.operations(reading.connection)
    wanted = past_database.operation_before(reading, point) if isinstance(point, date) else point
    found = next((operation for operation in operations if operation.id == wanted), None)
    if found is not None:
        return found
    first = min(operations, key=lambda operation: operation.id, default=None)
    if first is None:
        raise NotFound(say("There are no operations yet."), say("Omit --known-at."))
    is_before_the_first = isinstance(point, date) or point < first.id
    if is_before_the_first and not past_database.is_whole_from_the_start(reading):
        raise StorageRefused(
            say("The journal begins with operation {id}; what was known before it is lost.", id=first.id),
            say("Restore a backup to look further back."),
        )
    if isinstance(point, date):
        raise NotFound(
            say("On {day} nothing was on record: the first operation is of {first}.", day=point, first=first.today),
            say("See `esm history` for the days and numbers."),
        )
    raise NotFound(say("There is no operation {id}.", id=point), say("See `esm history` for the numbers."))
