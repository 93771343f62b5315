"""When each enterprise was in scope, as dated stretches; they change by the difference only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from esm.domain.register import scope_status
from esm.domain.register.enterprise_record import Enterprise
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record


def of_enterprise(reading: Reading, enterprise_id: int) -> tuple[scope_status.Scope, ...]:
    """Return the stretches in scope of one enterprise, oldest first."""
    rows = reading.rows(
        "SELECT start_on, end_on, basis FROM scope WHERE enterprise_id = :id ORDER BY start_on", id=enterprise_id
    )
    return tuple(record(scope_status.Scope, row) for row in rows)


def as_row(enterprise_id: int, stretch: scope_status.Scope) -> dict[str, Any]:
    """Return a stretch as the table keeps it."""
    days = {"start_on": stretch.start_on, "end_on": stretch.end_on}
    return {"enterprise_id": enterprise_id, "basis": stretch.basis, **days}


def stretches_after(
    before: Sequence[scope_status.Scope],
    new: Enterprise,
    today: date,
    *,
    exited_before: date | None = None,
    entry_is_news: bool,
) -> tuple[scope_status.Scope, ...]:
    """Return the stretches of one enterprise after its roster said this."""
    return scope_status.stretches_after(
        before, scope_status.basis(new, today), enrolled_on=new.enrolled_on, exited_on=new.exited_on,
        exited_before=exited_before, today=today, entry_is_news=entry_is_news,
    )  # fmt: skip


def revise(
    writing: Writing,
    enterprise_id: int,
    new: Enterprise,
    today: date,
    *,
    exited_before: date | None,
    entry_is_news: bool,
) -> date | None:
    """Write what the roster changes, so that the journal shows that and nothing else; return the last entry."""
    before = of_enterprise(writing, enterprise_id)
    after = stretches_after(before, new, today, exited_before=exited_before, entry_is_news=entry_is_news)
    rows = writing.rows("SELECT id FROM scope WHERE enterprise_id = :id ORDER BY start_on", id=enterprise_id)
    kept = min(len(before), len(after))
    for (row_id,) in rows[kept:]:
        writing.delete("scope", [row_id])
    for (row_id,), stretch in zip(rows[:kept], after, strict=False):
        writing.change("scope", row_id, as_row(enterprise_id, stretch))
    writing.insert("scope", [as_row(enterprise_id, stretch) for stretch in after[kept:]])
    return after[-1].start_on if after else None


def is_in_scope(reading: Reading, uscc: str, on: date) -> bool:
    """Return whether an enterprise is in scope on a day."""
    return bool(
        reading.value(
            """SELECT count(*) FROM scope JOIN enterprise ON enterprise.id = enterprise_id
               WHERE uscc = :uscc AND holds(scope, :on)""",
            uscc=uscc, on=on,
        )
    )  # fmt: skip
