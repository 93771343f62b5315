"""The recusals: which cadre must not serve which enterprise, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from esm.domain.pairing.records import Recusal
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record


@dataclass(frozen=True, slots=True)
class StoredRecusal:
    """A recusal on record with its row's id."""

    id: int
    reason: str
    kind: str


def recusals_by_key(reading: Reading) -> dict[tuple[int, int], StoredRecusal]:
    """Return every recusal by the ids of cadre and enterprise."""
    rows = reading.rows("SELECT cadre_id, enterprise_id, id, reason, kind FROM recusal")
    return {(cadre_id, enterprise_id): StoredRecusal(*rest) for cadre_id, enterprise_id, *rest in rows}


def find_recusal(reading: Reading, staff_no: str, uscc: str) -> StoredRecusal | None:
    """Return the recusal of a cadre from an enterprise."""
    row = reading.row(
        """SELECT recusal.id, reason, kind FROM recusal
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE staff_no = :staff_no AND uscc = :uscc""",
        staff_no=staff_no, uscc=uscc,
    )  # fmt: skip
    return None if row is None else StoredRecusal(*row)


def find_recusals(reading: Reading, *, staff_no: str | None = None, uscc: str | None = None) -> list[Recusal]:
    """Return the recusals of one cadre, from one enterprise, or all, by staff number and code."""
    rows = reading.rows(
        """SELECT staff_no, uscc, kind, reason, cadre.name, enterprise.name FROM recusal
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE (:staff_no IS NULL OR staff_no = :staff_no) AND (:uscc IS NULL OR uscc = :uscc)
           ORDER BY staff_no, uscc""",
        staff_no=staff_no, uscc=uscc,
    )  # fmt: skip
    return [record(Recusal, row) for row in rows]


def add(writing: Writing, cadre_id: int, enterprise_id: int, *, reason: str, kind: str) -> None:
    """Store a new recusal."""
    values = {"cadre_id": cadre_id, "enterprise_id": enterprise_id, "reason": reason, "kind": kind}
    writing.insert("recusal", [values])


def change(writing: Writing, recusal_id: int, values: Mapping[str, str]) -> None:
    """Change reason or kind of a recusal on record."""
    writing.change("recusal", recusal_id, values)


def remove(writing: Writing, recusal_id: int) -> None:
    """End a recusal; the journal keeps it."""
    writing.delete("recusal", [recusal_id])
