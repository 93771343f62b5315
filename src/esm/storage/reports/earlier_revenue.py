"""The revenue that an enterprise had on record before the one it has now."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from esm.storage.database.connection import Reading

FEN = 1_000_000  # of 10 000 yuan
CHANGES = """
SELECT change.old FROM change JOIN operation ON operation.id = change.operation_id
WHERE change.subject = 'enterprise' AND change.kind = 'U' AND operation.today <= :today
  AND change.row_id = (SELECT id FROM enterprise WHERE uscc = :uscc)
ORDER BY change.seq DESC
"""


def earlier_revenue(reading: Reading, uscc: str, today: date, now: Decimal) -> Decimal | None:
    """Return the last revenue on record up to a day that was another one than `now`, None where there was none.

    Both are in 10 000 yuan a year.
    """
    for (old,) in reading.rows(CHANGES, uscc=uscc, today=today):
        fen = json.loads(old)["revenue"]
        if fen is not None and Decimal(fen) / FEN != now:
            return Decimal(fen) / FEN
    return None
