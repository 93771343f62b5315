"""By which seals the state of a database is known."""

from __future__ import annotations

from esm.domain.desk.proof import SealedState
from esm.storage.database.connection import Reading


def sealed_state(reading: Reading, operation: int | None = None) -> SealedState | None:
    """Return the state that an operation left, by default the last; None where there is no such operation."""
    found = reading.row(
        """SELECT id, hash, (SELECT hash FROM operation ORDER BY id LIMIT 1) FROM operation
           WHERE hash IS NOT NULL AND (:wanted IS NULL OR id = :wanted) ORDER BY id DESC LIMIT 1""",
        wanted=operation,
    )
    return None if found is None else SealedState(operation=found[0], seal=found[1], first_seal=found[2])


def district_mark(reading: Reading) -> str:
    """Return the first 8 digits of the first seal, by which a text is known to be of this database; empty if new."""
    state = sealed_state(reading)
    return "" if state is None else state.first_seal[:8]
