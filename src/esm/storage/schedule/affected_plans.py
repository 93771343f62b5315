"""Whom a change concerns: the enterprises and cadres whose plans rest on what an operation has written."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import iso

OF_ENTERPRISES = ("visit", "scope", "profile", "pause", "blackout", "pairing", "recusal")
OF_CADRES = ("pairing", "recusal", "absence")
PLANNING_SETTINGS = (
    "cadence_months_a", "cadence_months_b", "cadence_months_c", "deputy_after_days", "ideal_days", "planned_until",
    "scheme_start_on", "visit_gap_days", "visits_per_day", "window_days",
)  # fmt: skip

_CHANGE = "(SELECT * FROM change WHERE operation_id = :operation) AS changed"  # by the open operation
_ENTERPRISES_CONCERNED = f"""SELECT uscc FROM enterprise WHERE id IN (
    SELECT field_of(coalesce(new, old), enterprise_id) FROM {_CHANGE} WHERE among(subject, :subjects)
    UNION ALL
    SELECT enterprise_id FROM pairing
    WHERE id IN (SELECT field_of(coalesce(new, old), pairing_id) FROM {_CHANGE}
                 WHERE subject = 'pairing_deputy')
    UNION ALL
    SELECT field_of(new, enterprise_id) FROM {_CHANGE}
    WHERE subject = 'cancelled_plan' AND field_of(new, cause) = 'called_off'
    UNION ALL
    SELECT field_of(new, enterprise_id) FROM {_CHANGE}
    WHERE subject = 'plan' AND field_of(new, confirmed) = 1)"""
_CADRES_CONCERNED = f"""SELECT staff_no FROM cadre WHERE id IN (
    SELECT field_of(new, cadre_id) FROM {_CHANGE} WHERE among(subject, :subjects)
    UNION ALL SELECT field_of(old, cadre_id) FROM {_CHANGE} WHERE among(subject, :subjects)
    UNION ALL SELECT field_of(new, deputy_id) FROM {_CHANGE} WHERE subject = 'absence'
    UNION ALL SELECT field_of(old, deputy_id) FROM {_CHANGE} WHERE subject = 'absence'
    UNION ALL SELECT field_of(coalesce(new, old), cadre_id) FROM {_CHANGE} WHERE subject = 'pairing_deputy'
    UNION ALL
    SELECT pairing_deputy.cadre_id FROM pairing_deputy JOIN pairing ON pairing.id = pairing_id
    WHERE pairing.id IN (SELECT row_id FROM {_CHANGE} WHERE subject = 'pairing')
       OR pairing.cadre_id IN (SELECT field_of(coalesce(new, old), cadre_id) FROM {_CHANGE}
                               WHERE subject = 'absence')
    UNION ALL
    SELECT row_id FROM {_CHANGE}
    WHERE subject = 'cadre' AND (differs(field_of(old, active_from), field_of(new, active_from))
                                 OR differs(field_of(old, left_on), field_of(new, left_on))))"""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Enterprises by code and cadres by staff number, or `everybody`."""

    usccs: Set[str] = frozenset()
    staff: Set[str] = frozenset()
    everybody: bool = False

    @property
    def is_nobody(self) -> bool:
        """Return whether no plan rests on what was changed."""
        return not (self.usccs or self.staff or self.everybody)


def concerned_by_changes(writing: Writing) -> Concerned:
    """Return whose plans rest on what the open operation has changed so far."""
    subjects = {
        name for (name,) in writing.rows(f"SELECT DISTINCT subject FROM {_CHANGE}", operation=writing.operation_id)
    }
    if _concerns_everybody(writing, subjects):
        return Concerned(everybody=True)

    def codes(statement: str, of: Sequence[str]) -> Set[str]:
        changed = as_list(subjects.intersection(of))
        return frozenset(code for (code,) in writing.rows(statement, subjects=changed, operation=writing.operation_id))

    return Concerned(codes(_ENTERPRISES_CONCERNED, OF_ENTERPRISES), codes(_CADRES_CONCERNED, OF_CADRES))


def concerned_by_passing_days(writing: Writing, today: date) -> Concerned:
    """Return for whom the days since the operation before have changed something.

    A plan lapsed: its day is over, and no visit has taken place; or a stretch in scope, told before, has begun.
    """
    rows = writing.rows(
        """SELECT DISTINCT uscc, staff_no FROM plan
           JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           WHERE visit_id IS NULL AND planned_on < :today""",
        today=iso(today),
    )
    entered = writing.rows(
        """SELECT uscc FROM scope JOIN enterprise ON enterprise.id = enterprise_id
           WHERE start_on <= :today
             AND start_on > (SELECT today FROM operation
                             WHERE id = (SELECT max(operation_id) FROM change WHERE operation_id < :operation))""",
        today=iso(today),
        operation=writing.operation_id,
    )
    usccs = {uscc for uscc, _number in rows} | {uscc for (uscc,) in entered}
    return Concerned(frozenset(usccs), frozenset(number for _uscc, number in rows))


def is_followed(writing: Writing, operation_id: int) -> bool:
    """Return whether another operation that still stands lies between one and the open one."""
    found = writing.value(
        """SELECT EXISTS (SELECT 1 FROM operation
                         WHERE id > :operation_id AND id < :open_id AND stands(operation))""",
        operation_id=operation_id,
        open_id=writing.operation_id,
    )
    return bool(found)


def staff_of(reading: Reading, usccs: Set[str], today: date) -> set[str]:
    """Return the cadres who serve these enterprises on a day or later, or for whom a visit there is planned."""
    rows = reading.rows(
        """SELECT staff_no FROM cadre WHERE id IN (
             SELECT cadre_id FROM pairing JOIN enterprise ON enterprise.id = enterprise_id
             WHERE among(uscc, :usccs) AND lasts(pairing, :today)
             UNION ALL
             SELECT cadre_id FROM plan JOIN enterprise ON enterprise.id = enterprise_id
             WHERE among(uscc, :usccs) AND visit_id IS NULL)""",
        usccs=as_list(sorted(usccs)),
        today=iso(today),
    )
    return {number for (number,) in rows}


def _concerns_everybody(writing: Writing, subjects: Set[str]) -> bool:
    """Return whether a setting that plans rest on was changed, or the calendar.

    `esm schedule` writes the horizon together with the plans that reach to it.
    """
    keys = writing.rows(
        f"SELECT DISTINCT field_of(coalesce(new, old), key) FROM {_CHANGE} WHERE subject = 'setting'",
        operation=writing.operation_id,
    )
    changed = {key for (key,) in keys} & set(PLANNING_SETTINGS)
    if not subjects.isdisjoint({"plan", "cancelled_plan"}):
        changed.discard("planned_until")
    return bool(changed) or "holiday" in subjects
