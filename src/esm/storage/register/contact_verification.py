"""When the contact of an enterprise was last known to be right."""

from __future__ import annotations

from datetime import date

from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso


def verify(writing: Writing, enterprise_id: int, on: date) -> None:
    """Note that the contact was verified on a day, unless a later one is on record."""
    known: str | None = writing.value("SELECT verified_on FROM enterprise WHERE id = :id", id=enterprise_id)
    writing.change("enterprise", enterprise_id, {"verified_on": max(known or "", iso(on))})


def verified_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return when the contact of an enterprise was last told, or met by a visit that counts."""
    found: str | None = reading.value(
        """SELECT later_of(coalesce(verified_on, ''), coalesce((
             SELECT max(done_on) FROM visit
             WHERE visit.enterprise_id = enterprise.id AND counts(visit) AND done_on <= :today), ''))
           FROM enterprise WHERE uscc = :uscc""",
        uscc=uscc, today=iso(today),
    )  # fmt: skip
    return day(found or None)
