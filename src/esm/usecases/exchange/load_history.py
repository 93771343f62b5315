"""Taking in what happened over time: pairings and visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esm.domain.register.master_data import Changes
from esm.domain.values.intervals import clash
from esm.domain.visits.visit import Visit
from esm.errors import Message, say
from esm.storage.database.connection import Writing
from esm.storage.database.iso_dates import day, iso
from esm.storage.pairing import pairings, recusals
from esm.storage.register import absences, cadres
from esm.storage.visits import visits
from esm.usecases.exchange.roster import Row
from esm.usecases.exchange.tally import Keys, Tally, resolved

FOREVER = date.max
SHOWN = 5


def take_pairings(writing: Writing, rows: Sequence[Row], keys: Keys, today: date) -> Tally:
    """Store pairings; the key is the enterprise and the first day, and no two may share a day."""
    tally, new = Tally(), []
    recused = recusals.recusals_by_key(writing)
    known = pairings.pairings_by_key(writing)
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
            tally.refuse(row, place, _overlap(other, known.get((enterprise_id, iso(other))), is_pinned=is_pinned))
        else:
            own[start_on] = end_on
            if stored is None:
                new.append(_beginning(row, enterprise_id, cadre_id))
            else:
                tally.update(row, _change_pairing(writing, row, stored, cadre_id, keys))
    pairings.begin(writing, new)
    tally.added = len(new)
    tally.notes += _out_of_post(writing, new)
    return tally


def _out_of_post(writing: Writing, new: Sequence[pairings.NewPairing]) -> list[Message]:
    """Return the note that cadres had left the post when a pairing begins: the enterprises are unserved."""
    left = cadres.leavers(writing) if new else {}
    known = (left[pair.cadre_id] for pair in new if pair.cadre_id in left and left[pair.cadre_id][0] <= pair.start_on)
    found = {staff_no: name for _, staff_no, name in known}
    if not found:
        return []
    names = ", ".join(f"{staff_no} {name}" for staff_no, name in sorted(found.items())[:SHOWN])
    return [
        say(
            "Paired with cadres who had left their post, so that nobody serves the enterprises: {names}",
            names=names + (" …" if len(found) > SHOWN else ""),
        )
    ]


def _overlap(start_on: date, other: tuple[int, int, str | None, int] | None, *, is_pinned: bool) -> Message:
    if is_pinned and other is not None and other[3]:
        return say(
            "is pinned, but overlaps the pinned pairing that began on {start}: an enterprise can be pinned to one "
            "cadre only; end that pairing first",
            start=start_on,
        )
    return say("overlaps the pairing that began on {start}", start=start_on)


def _beginning(row: Row, enterprise_id: int, cadre_id: int) -> pairings.NewPairing:
    return pairings.NewPairing(
        enterprise_id=enterprise_id,
        cadre_id=cadre_id,
        start_on=row.values["start_on"],
        end_on=row.values.get("end_on"),
        is_pinned=row.values.get("pinned", False),
        why=row.values.get("why"),
    )


def _change_pairing(
    writing: Writing, row: Row, stored: tuple[int, int, str | None, int], cadre_id: int, keys: Keys
) -> Changes:
    """Correct a pairing on record; return what differs."""
    key, *have = stored
    said = {
        "cadre_id": cadre_id,
        "end_on": iso(row.values.get("end_on")),
        "pinned": int(row.values["pinned"]) if "pinned" in row.values else None,
    }
    changes: Changes = {
        name: (old, value)
        for (name, value), old in zip(said.items(), have, strict=True)
        if value is not None and value != old
    }
    if changes:
        pairings.change(writing, key, {name: value for name, (_, value) in changes.items()})
    if "cadre_id" in changes:
        before, _ = changes.pop("cadre_id")
        changes["staff_no"] = keys.staff_no(before), row.values["staff_no"]
    return changes


def take_visits(writing: Writing, rows: Sequence[Row], keys: Keys, today: date) -> Tally:
    """Store visits; the key is enterprise, cadre and day, and a cancelled one is not brought back."""
    tally, new = Tally(), []
    known = visits.visits_by_key(writing) if rows else {}
    for row, enterprise_id, cadre_id in resolved(rows, keys, tally):
        done_on = row.values["done_on"]
        stored = known.get((enterprise_id, cadre_id, iso(done_on)))
        if done_on > today:
            tally.refuse(row, "done_on", say("lies in the future"))
        elif stored is None:
            new.append((_visit(row, today), enterprise_id, cadre_id))
        else:
            tally.update(row, _change_visit(writing, row, stored))
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
        recorded_on=row.values.get("recorded_on", today),
        channel=row.values.get("channel", "on_site"),
        outcome=row.values.get("outcome", "met"),
        minutes=row.values.get("minutes"),
        met_with=row.values.get("met_with"),
        business=row.values.get("business"),
        satisfaction=row.values.get("satisfaction"),
    )


def _change_visit(writing: Writing, row: Row, stored: visits.StoredVisit) -> Changes:
    """Correct the words of a visit on record; a cancelled one is not brought back."""
    have = dict(zip(visits.TEXT_COLUMNS, stored.words, strict=True))
    told = {name: (have[name], row.values[name]) for name in have if name in row.values}
    changes: Changes = {name: (old, new) for name, (old, new) in told.items() if new != old}
    if stored.is_cancelled or not changes:
        return {}
    visits.change(writing, stored.id, {name: new for name, (_, new) in changes.items()})
    return changes


def _unpaired(writing: Writing, new: Sequence[tuple[Visit, int, int]]) -> int:
    if not new:
        return 0
    paired: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for (enterprise_id, start_on), (_key, cadre_id, end_on, _pinned) in pairings.pairings_by_key(writing).items():
        paired.setdefault((enterprise_id, cadre_id), []).append((start_on, end_on or "9999-12-31"))
    return sum(
        not any(start <= iso(visit.done_on) < end for start, end in paired.get((enterprise_id, cadre_id), ()))
        for visit, enterprise_id, cadre_id in new
    )


def take_deputies(writing: Writing, rows: Sequence[Row], keys: Keys, tally: Tally) -> None:
    """Store who stands in during the absences of these rows; refuse whom nobody knows, and the cadre."""
    known = absences.by_cadre(writing) if any("deputy" in row.values for row in rows) else {}
    for row in rows:
        deputy, staff_no = row.values.get("deputy"), row.values["staff_no"]
        stored = known.get(keys.cadres.get(staff_no, 0), {}).get(row.values["start_on"])
        if deputy is None or stored is None:
            continue
        deputy_id = keys.cadres.get(deputy)
        if deputy_id is None or deputy == staff_no:
            tally.refuse(row, "deputy", say("is not the staff number of another cadre"))
        elif deputy_id != stored.deputy_id:
            absences.change(writing, replace(stored, deputy_id=deputy_id))
