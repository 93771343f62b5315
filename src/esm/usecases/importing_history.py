"""Taking in what happened over time: pairings, absences and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esm import storage
from esm.domain.visit import Visit
from esm.errors import Message, say
from esm.storage import cadres, pairings, visits
from esm.storage.database import Writing
from esm.storage.days import day, iso
from esm.usecases.rostering import Row
from esm.usecases.tallying import Keys, Tally, overlap, resolved

FOREVER = date.max


def take_pairings(writing: Writing, rows: Sequence[Row], keys: Keys) -> Tally:
    """Store pairings; the key is the enterprise and the first day, and no two may share a day."""
    tally, later = Tally(), []
    recused = cadres.known_recusals(writing)
    known = pairings.known(writing)
    for row, enterprise_id, cadre_id in resolved(rows, keys, tally):
        stored = known.get((enterprise_id, iso(row.values["start_on"])))
        if row.values.get("pinned") and (cadre_id, enterprise_id) in recused:
            tally.refuse(row, "staff_no", say("is pinned, but the cadre is recused"))
        elif stored is None:
            later.append((row, enterprise_id, cadre_id))
        else:
            changes = _pairing_changes(row.values, cadre_id, stored)
            tally.count(changes)
            if changes:
                pairings.change(writing, stored[0], changes)
                known[enterprise_id, iso(row.values["start_on"])] = (
                    stored[0],
                    cadre_id,
                    changes.get("end_on", stored[2]),
                    0,
                )
    _add_pairings(writing, later, known, tally)
    return tally


def _pairing_changes(
    values: Mapping[str, Any], cadre_id: int, stored: tuple[int, int, str | None, int]
) -> dict[str, Any]:
    wanted: dict[str, Any] = {"cadre_id": cadre_id}
    if "end_on" in values:
        wanted["end_on"] = iso(values["end_on"])
    if "pinned" in values:
        wanted["pinned"] = int(values["pinned"])
    have = dict(zip(("cadre_id", "end_on", "pinned"), stored[1:], strict=True))
    return {name: value for name, value in wanted.items() if value != have[name]}


def _add_pairings(
    writing: Writing,
    rows: Sequence[tuple[Row, int, int]],
    known: Mapping[tuple[int, str], tuple[int, int, str | None, int]],
    tally: Tally,
) -> None:
    taken: dict[int, list[tuple[date, date]]] = {}
    for (enterprise_id, start_on), (_key, _cadre_id, end_on, _pinned) in known.items():
        taken.setdefault(enterprise_id, []).append((day(start_on), FOREVER if end_on is None else day(end_on)))
    new = []
    for row, enterprise_id, cadre_id in rows:
        start_on, end_on = row.values["start_on"], row.values.get("end_on")
        clash = overlap(taken.setdefault(enterprise_id, []), start_on, end_on or FOREVER)
        if clash is not None:
            tally.refuse(row, "start_on", say("overlaps the pairing that began on {start}", start=clash))
            continue
        taken[enterprise_id].append((start_on, end_on or FOREVER))
        new.append(
            pairings.Beginning(
                enterprise_id=enterprise_id,
                cadre_id=cadre_id,
                start_on=start_on,
                end_on=end_on,
                is_pinned=bool(row.values.get("pinned")),
            )
        )
    pairings.begin(writing, new)
    tally.added = len(new)


def take_absences(writing: Writing, rows: Sequence[Row], keys: Keys) -> Tally:
    """Store absences; the key is the cadre and the first day, and no two may share a day."""
    tally, new = Tally(), []
    known = cadres.known_absences(writing)
    for row, _enterprise_id, cadre_id in resolved(rows, keys, tally):
        start_on, end_on = row.values["start_on"], row.values["end_on"]
        own = known.setdefault(cadre_id, {})
        stored = own.get(start_on)
        others = [(start, entry[1]) for start, entry in own.items() if start != start_on]
        clash = overlap(others, start_on, end_on)
        if clash is not None:
            tally.refuse(row, "start_on", say("overlaps the absence that began on {start}", start=clash))
        elif stored is None:
            own[start_on] = (0, end_on, None)
            new.append(
                {
                    "cadre_id": cadre_id,
                    "start_on": iso(start_on),
                    "end_on": iso(end_on),
                    "reason": row.values.get("reason"),
                }
            )
        else:
            reason = row.values.get("reason", stored[2])
            tally.count((end_on, reason) != stored[1:])
            if (end_on, reason) != stored[1:]:
                entry = writing.get(storage.tables.AbsenceRow, stored[0])
                entry.end_on, entry.reason = iso(end_on), reason
    writing.insert(storage.tables.AbsenceRow, new)
    tally.added = len(new)
    return tally


def take_visits(writing: Writing, rows: Sequence[Row], keys: Keys, today: date, notes: list[Message]) -> Tally:
    """Store visits; the key is enterprise, cadre and day, and a cancelled one is not brought back."""
    tally, new = Tally(), []
    known = visits.known(writing) if rows else {}
    for row, enterprise_id, cadre_id in resolved(rows, keys, tally):
        done_on = row.values["done_on"]
        stored = known.get((enterprise_id, cadre_id, iso(done_on)))
        if done_on > today:
            tally.refuse(row, "done_on", say("lies in the future"))
        elif stored is None:
            new.append((_visit(row, today), enterprise_id, cadre_id))
        else:
            tally.count(_change_visit(writing, row, stored))
    visits.add(writing, new)
    tally.added = len(new)
    stray = _unpaired(writing, new)
    if stray:
        notes.append(
            say("Visits by a cadre who was not paired on that day, counted all the same: {count}", count=stray)
        )
    return tally


def _visit(row: Row, today: date) -> Visit:
    return Visit(
        uscc=row.values["uscc"],
        staff_no=row.values["staff_no"],
        done_on=row.values["done_on"],
        recorded_on=today,
        channel=row.values.get("channel", "on_site"),
        outcome=row.values.get("outcome", "met"),
        minutes=row.values.get("minutes"),
    )


def _change_visit(writing: Writing, row: Row, stored: tuple[int, str, str, str | None, str | None]) -> bool:
    """Correct the words of a visit on record; a cancelled one is not brought back."""
    visit_id, channel, outcome, minutes, cancelled_on = stored
    have = {"channel": channel, "outcome": outcome, "minutes": minutes}
    changes = {name: row.values[name] for name in have if name in row.values and row.values[name] != have[name]}
    if cancelled_on is not None or not changes:
        return False
    visits.change(writing, visit_id, changes)
    return True


def _unpaired(writing: Writing, new: Sequence[tuple[Visit, int, int]]) -> int:
    if not new:
        return 0
    paired: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for (enterprise_id, start_on), (_key, cadre_id, end_on, _pinned) in pairings.known(writing).items():
        paired.setdefault((enterprise_id, cadre_id), []).append((start_on, end_on or "9999-12-31"))
    return sum(
        not any(start <= iso(visit.done_on) < end for start, end in paired.get((enterprise_id, cadre_id), ()))
        for visit, enterprise_id, cadre_id in new
    )
