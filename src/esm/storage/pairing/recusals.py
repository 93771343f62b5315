"""The recusals: which cadre must not serve which enterprise, why and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.pairing.records import Recusal
from esm.storage.database import successive_records
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record


@dataclass(frozen=True, slots=True)
class StoredRecusal:
    """A recusal on record with its row's id; it holds on the days from `start_on` up to `end_on`, exclusive."""

    id: int
    reason: str
    kind: str
    start_on: date
    end_on: date | None


def recusals_by_key(reading: Reading, today: date) -> dict[tuple[int, int], StoredRecusal]:
    """Return the recusals that are not over on a day by the ids of cadre and enterprise, of each pair the first."""
    rows = reading.rows(
        """SELECT cadre_id, enterprise_id, id, reason, kind, start_on, end_on FROM recusal
           WHERE lasts(recusal, :today) ORDER BY start_on DESC""",
        today=today,
    )
    return {(cadre_id, enterprise_id): record(StoredRecusal, rest) for cadre_id, enterprise_id, *rest in rows}


def find_recusal(reading: Reading, staff_no: str, uscc: str, on: date) -> StoredRecusal | None:
    """Return the recusal of a cadre from an enterprise on a day."""
    row = reading.row(
        """SELECT recusal.id, reason, kind, start_on, end_on FROM recusal
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE staff_no = :staff_no AND uscc = :uscc AND holds(recusal, :on)""",
        staff_no=staff_no, uscc=uscc, on=on,
    )  # fmt: skip
    return None if row is None else record(StoredRecusal, row)


def find_recusals(reading: Reading, on: date, *, staff_no: str | None = None, uscc: str | None = None) -> list[Recusal]:
    """Return the recusals of a day of one cadre, from one enterprise, or all, by staff number and code."""
    rows = reading.rows(
        """SELECT staff_no, uscc, kind, reason, cadre.name, enterprise.name FROM recusal
           JOIN cadre ON cadre.id = cadre_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE (:staff_no IS NULL OR staff_no = :staff_no) AND (:uscc IS NULL OR uscc = :uscc)
             AND holds(recusal, :on)
           ORDER BY staff_no, uscc""",
        staff_no=staff_no, uscc=uscc, on=on,
    )  # fmt: skip
    return [record(Recusal, row) for row in rows]


def enter(
    writing: Writing, cadre_id: int, enterprise_id: int, values: Mapping[str, str], today: date,
    known: StoredRecusal | None,
) -> None:  # fmt: skip
    """Let a recusal hold from a day on, or another reason or kind of one that holds: until the next on record.

    `known` is the first of the two that is not over on that day.
    """
    pair = {"cadre_id": cadre_id, "enterprise_id": enterprise_id}
    if known is not None and known.start_on <= today:
        successive_records.change_from(writing, "recusal", pair, ["reason", "kind"], values, today, until_next=True)
    else:
        end_on = None if known is None else known.start_on
        writing.insert("recusal", [{**pair, **values, "start_on": today, "end_on": end_on}])


def end(writing: Writing, recusal: StoredRecusal, on: date) -> None:
    """End a recusal on a day; one that would hold on no day is taken away."""
    if recusal.start_on < on:
        writing.change("recusal", recusal.id, {"end_on": on})
    else:
        writing.delete("recusal", [recusal.id])
