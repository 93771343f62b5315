"""Taking in what happened over time: pairings, absences and visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.domain.visit import Visit
from esm.errors import say
from esm.storage import absences, pairings, recusals, visits
from esm.storage.database import Writing
from esm.storage.days import day, iso
from esm.usecases.rostering import Row
from esm.usecases.tallying import Keys, Tally, clash, resolved

FOREVER = date.max


def take_pairings(writing: Writing, rows: Sequence[Row], keys: Keys, today: date) -> Tally:
    """Store pairings; the key is the enterprise and the first day, and no two may share a day."""
    tally, new = Tally(), []
    recused = recusals.known(writing)
    known = pairings.known(writing)
    taken: dict[int, dict[date, date]] = {}
    for (enterprise_id, first_day), (_key, _cadre_id, last_day, _pinned) in known.items():
        taken.setdefault(enterprise_id, {})[day(first_day)] = day(last_day) or FOREVER
    found = resolved(rows, keys, tally)
    # What is on record goes first: an end that the file tells makes room for the next pairing.
    found.sort(key=lambda entry: (entry[1], iso(entry[0].values["start_on"])) not in known)
    for row, enterprise_id, cadre_id in found:
        start_on = row.values["start_on"]
        stored = known.get((enterprise_id, iso(start_on)))
        own = taken.setdefault(enterprise_id, {})
        end_on = row.values.get("end_on", own.get(start_on, FOREVER))
        is_pinned = row.values.get("pinned", stored is not None and bool(stored[3]))
        other = clash(own, start_on, end_on)
        if is_pinned and end_on > today and (cadre_id, enterprise_id) in recused:
            tally.refuse(row, "staff_no", say("is pinned, but the cadre is recused"))
        elif other is not None:
            place = "start_on" if stored is None else "end_on"
            tally.refuse(row, place, say("overlaps the pairing that began on {start}", start=other))
        else:
            own[start_on] = end_on
            if stored is None:
                new.append(_beginning(row, enterprise_id, cadre_id))
            else:
                tally.count(_change_pairing(writing, row, cadre_id, stored))
    pairings.begin(writing, new)
    tally.added = len(new)
    return tally


def _beginning(row: Row, enterprise_id: int, cadre_id: int) -> pairings.Beginning:
    return pairings.Beginning(
        enterprise_id=enterprise_id,
        cadre_id=cadre_id,
        start_on=row.values["start_on"],
        end_on=row.values.get("end_on"),
        is_pinned=row.values.get("pinned", False),
    )


def _change_pairing(writing: Writing, row: Row, cadre_id: int, stored: tuple[int, int, str | None, int]) -> bool:
    """Correct a pairing on record; return whether anything differs."""
    key, *have = stored
    said = {
        "cadre_id": cadre_id,
        "end_on": iso(row.values.get("end_on")),
        "pinned": int(row.values["pinned"]) if "pinned" in row.values else None,
    }
    changes = {
        name: value for (name, value), old in zip(said.items(), have, strict=True) if value is not None and value != old
    }
    if changes:
        pairings.change(writing, key, changes)
    return bool(changes)


def take_absences(writing: Writing, rows: Sequence[Row], keys: Keys) -> Tally:
    """Store absences; the key is the cadre and the first day, and no two may share a day."""
    tally, new = Tally(), []
    known = absences.known(writing)
    numbers = {cadre_id: staff_no for staff_no, cadre_id in keys.cadres.items()}
    found = resolved(rows, keys, tally)
    found.sort(key=lambda entry: entry[0].values["start_on"] not in known.get(entry[2], {}))  # as for pairings
    for row, _enterprise_id, cadre_id in found:
        start_on, end_on = row.values["start_on"], row.values["end_on"]
        own = known.setdefault(cadre_id, {})
        stored = own.get(start_on)
        reason = row.values.get("reason", None if stored is None else stored.reason)
        deputy = row.values.get("deputy")
        deputy_id = keys.cadres.get(deputy) if deputy else None if stored is None else stored.deputy_id
        other = clash({start: entry.end_on for start, entry in own.items()}, start_on, end_on)
        if other is not None:
            place = "start_on" if stored is None else "end_on"
            tally.refuse(row, place, say("overlaps the absence that began on {start}", start=other))
        elif deputy is not None and (deputy_id is None or numbers[cadre_id] == deputy):
            tally.refuse(row, "deputy", say("is not the staff number of another cadre"))
        else:
            own[start_on] = absences.Stored(0 if stored is None else stored.id, end_on, reason, deputy_id)
            if stored is None:
                new.append(absences.New(cadre_id, start_on, end_on, reason, deputy_id))
                continue
            tally.count(own[start_on] != stored)
            if own[start_on] != stored:
                absences.change(writing, own[start_on])
    absences.add(writing, new)
    tally.added = len(new)
    return tally


def take_visits(writing: Writing, rows: Sequence[Row], keys: Keys, today: date) -> Tally:
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
        tally.notes.append(
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
