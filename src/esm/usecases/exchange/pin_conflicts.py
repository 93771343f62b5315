"""Holding an import against the pins: a pin stands neither on a recusal nor beyond a cadre's capacity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from esm.domain.pairing import pin_excess as pin
from esm.domain.pairing.pin_excess import Excess
from esm.errors import Message, Problem, say
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings, pins, recusals
from esm.usecases.exchange.roster.roster_parser import Roster
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Incoming
from esm.usecases.register import pin_limits


class Places:
    """The places that pins take, and the recusals, looked at before an import and after it."""

    def __init__(self, writing: Writing, today: date) -> None:
        self._writing, self._today = writing, today
        self._before = pin_limits.excesses(writing, today)
        self._newest = pins.newest_pairing_id(writing)
        self._recused = recusals.recusals_by_key(writing, today).keys()

    def refuse_recusals(self, incoming: Incoming, tally: Tally) -> None:
        """Take new recusals back that forbid a pinned pairing which is not over: both cannot be kept.

        Only when the pairings are taken in is known which pins stand.
        """
        pinned, keys = pairings.pinned_pairs(self._writing, self._today), incoming.keys
        for row in incoming.rows["recusals"]:
            key = keys.cadres.get(row.values["staff_no"], 0), keys.enterprises.get(row.values["uscc"], 0)
            if key not in pinned or key in self._recused:
                continue
            new = recusals.recusals_by_key(self._writing, self._today).get(key)
            if new is not None:
                tally.refuse(row, "staff_no", say("their pairing is pinned; end it or remove the pin first"))
                tally.added -= 1
                recusals.end(self._writing, new, new.start_on)

    def refuse_beyond(self, roster: Roster, tally: Tally) -> list[Problem]:
        """Take new pinned pairings back that are more than their cadre may serve, the later ones first.

        Return what cannot be taken back row by row: pins that a new capacity, a setting or the register leaves
        without a place, or that are new on a pairing on record.
        """
        rows = {_key(row): row for row in roster.rows["pairings"] if row.values.get("pinned")}
        while worse := pin.worsened_excesses(self._before, pin_limits.excesses(self._writing, self._today)):
            new = [(excess, one) for excess in worse for one in excess.pins if one.pairing_id > self._newest]
            if not new:
                return [_where_it_stands(roster, rows, excess) for excess in worse]
            for excess, one in {one.staff_no: (excess, one) for excess, one in new}.values():
                tally.refuse(rows[one.staff_no, one.uscc, one.begun_on], "staff_no", _reason(excess))
                tally.added -= 1
                pairings.end(self._writing, one.pairing_id, one.begun_on)
        return []


def _key(row: RosterRow) -> tuple[str, str, date]:
    return row.values["staff_no"], row.values["uscc"], row.values["start_on"]


def _where_it_stands(roster: Roster, rows: Mapping[tuple[str, str, date], RosterRow], excess: Excess) -> Problem:
    """Return the fault where it most likely stands: at a pin of the file, the capacity, or the default capacity."""
    reason = _reason(excess)
    for one in reversed(excess.pins):
        if (one.staff_no, one.uscc, one.begun_on) in rows:
            return rows[one.staff_no, one.uscc, one.begun_on].problem("staff_no", reason)
    for row in roster.rows["cadres"]:
        if row.values["staff_no"] == excess.pins[0].staff_no:
            return row.problem("capacity" if "capacity" in row.values else "staff_no", reason)
    for row in roster.rows["settings"]:
        if row.values["key"] == "default_capacity":
            return row.problem("value", reason)
    return Problem("", "", "", f"{excess.pins[0].staff_no} {excess.pins[0].cadre}", reason)


def _reason(excess: Excess) -> Message:
    first = excess.pins[0]
    return say(
        "{cadre} would have {pins:pinned enterprise|pinned enterprises}, more than the capacity {capacity}: "
        "{names}; raise the capacity of {staff_no} to {pins}, or pin fewer",
        cadre=first.cadre, pins=len(excess.pins), capacity=first.capacity, staff_no=first.staff_no,
        names=pin_limits.names(excess),
    )  # fmt: skip
