"""What the register said earlier: whether an enterprise is above-scale is kept without dates, and the journal has them.

docs/rules.md, Days: a changed value holds from the day of the change, and so does a blank that is filled in.
"""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading

_CHANGED = """
SELECT uscc, operation.today, field_of(new, above_scale)
FROM change JOIN operation ON operation.id = operation_id JOIN enterprise ON enterprise.id = row_id
WHERE subject = 'enterprise' AND stands(operation)
  AND (kind = 'I' OR kind = 'U' AND differs(field_of(old, above_scale), field_of(new, above_scale)))
  AND row_id IN (SELECT row_id FROM change JOIN operation ON operation.id = operation_id
                 WHERE today > :on AND subject = 'enterprise' AND kind <> 'D'
                   AND differs(field_of(old, above_scale), field_of(new, above_scale)))
ORDER BY seq
"""


def told_otherwise_later(reading: Reading, on: date) -> dict[str, bool | None]:
    """Return by code what the register said on a day, as far as it says something else since; None: nothing.

    What was undone was never said. The first word on record holds for all days before it.
    """
    if not reading.value("SELECT EXISTS (SELECT 1 FROM operation WHERE today > :on)", on=on):
        return {}
    found: dict[str, bool | None] = {}
    for uscc, today, told in reading.rows(_CHANGED, on=on):
        if uscc not in found or today <= on.isoformat():
            found[uscc] = None if told is None else bool(told)
    return found
