"""How far a district of a city is."""

from __future__ import annotations

from datetime import date

from esm.domain.desk.district_answer import DistrictState
from esm.storage.database import connection, journal
from esm.storage.database.connection import Reading
from esm.usecases.reports.coverage import coverage


def district_state(reading: Reading, on: date) -> DistrictState:
    """Return the state of a district, with how many enterprises are in scope on a day."""
    last = next(iter(journal.operations(reading.connection, limit=1)), None)
    return DistrictState(connection.REVISION, reading.head(), coverage(reading, on).total.in_scope, last)
