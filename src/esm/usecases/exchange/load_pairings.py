"""Taking in who serves whom: no two pairings of an enterprise share a day, and none stands on a recusal by choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.intervals import FOREVER
from esm.errors import Listed, Message, say
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import day
from esm.storage.exchange.value_conversion import BETWEEN_NUMBERS
from esm.storage.pairing import deputies, pairings, recusals
from esm.storage.register import cadres
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Fault, Incoming, IncomingRow, Record, Rules, upsert

MOST_NAMED = 5


def upsert_pairings(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store pairings; the key is the enterprise and the first day, and no two may share a day."""
    recused = recusals.recusals_by_key(incoming.writing, incoming.today)

    def pinned_although_recused(entry: IncomingRow) -> Fault | None:
        stored_end_on = day(entry.stored["end_on"]) if entry.stored else None
        end_on = entry.row.values.get("end_on") or stored_end_on or FOREVER
        if not _is_pinned(entry.row.values, entry.stored) or end_on <= incoming.today:
            return None
        recusal = recused.get((entry.ids["cadre_id"] or 0, entry.ids["enterprise_id"] or 0))
        if recusal is None or recusal.start_on >= end_on:
            return None
        return "staff_no", say("is pinned, but the cadre is recused")

    incoming_deputies = IncomingDeputies(incoming, recused.keys())
    without_end: list[RosterRow] = []

    def finish(ids: Sequence[int], new: Sequence[IncomingRow]) -> list[Message]:
        without_end.extend(entry.row for entry in new if "end_on" not in entry.row.letters)
        incoming_deputies.add(ids, new)
        return _out_of_post(incoming.writing, new)

    rules = Rules(
        fault_on_record=lambda entry: pinned_although_recused(entry) or incoming_deputies.fault(entry),
        overlap=_overlap,
        correct=incoming_deputies.correct,
        finish=finish,
    )
    tally = upsert(incoming, spec, rules)
    tally.notes += incoming_deputies.notes()
    tally.suppose(without_end, "end_on", None, say("the pairings last until they are ended"))
    return tally


def _is_pinned(values: Mapping[str, Any], stored: Record | None) -> bool:
    return bool(values.get("pinned", stored is not None and stored["pinned"]))


def _overlap(entry: IncomingRow, start_on: date, other: Record | None) -> Message:
    if other is None or not other["pinned"] or not _is_pinned(entry.row.values, entry.stored):
        return say("overlaps the pairing that started on {start}", start=start_on)
    return say(
        "is pinned, but overlaps the pinned pairing that started on {start}: an enterprise can "
        "be pinned to one cadre only; end that pairing first",
        start=start_on,
    )


def _out_of_post(writing: Writing, new: Sequence[IncomingRow]) -> list[Message]:
    """Return the note that cadres had left the post when a pairing begins: the enterprises are unserved."""
    left = cadres.leavers(writing) if new else {}
    found = {}
    for entry in new:
        leaver = left.get(entry.ids["cadre_id"] or 0)
        if leaver is not None and leaver.left_on <= entry.row.values["start_on"]:
            found[leaver.staff_no] = leaver.name
    if not found:
        return []
    names = Listed.first((f"{staff_no} {name}" for staff_no, name in sorted(found.items())), MOST_NAMED)
    return [
        say(
            "Paired with cadres who had left, so that the enterprises are unserved: {names}",
            names=names,
        )
    ]


class IncomingDeputies:
    """The deputies that rows of pairings name, on their way in; `recused` are (cadre's id, enterprise's id)."""

    def __init__(self, incoming: Incoming, recused: Set[tuple[int, int]]) -> None:
        self._writing, self._today, self._people = incoming.writing, incoming.today, incoming.keys.cadres
        self._recused = recused
        self._named: set[int] = set()

    def fault(self, entry: IncomingRow) -> Fault | None:
        """Return what is wrong with the deputies of a row; of a pairing that is over recusals do not matter."""
        given, serving = entry.row.values.get("deputy", ()), entry.row.values["staff_no"]
        for staff_no in given:
            if staff_no == serving or staff_no not in self._people:
                return "deputy", say("{staff_no} is not the staff number of another cadre", staff_no=staff_no)
            if self._lasts(entry) and (self._people[staff_no], entry.ids["enterprise_id"]) in self._recused:
                return "deputy", say("{staff_no} is recused from this enterprise", staff_no=staff_no)
        if not given and serving in _numbers(entry.stored["deputy"] if entry.stored else None):
            return "staff_no", say("is a deputy of this pairing: enter its deputies too")
        return None

    def correct(self, pairing_id: int, news: dict[str, Any]) -> None:
        """Change a pairing on record; its deputies are rows of their own."""
        chosen = news.pop("deputies", None)
        pairings.change(self._writing, pairing_id, news)
        if chosen is not None:
            self._store({pairing_id: _numbers(chosen)})

    def add(self, ids: Sequence[int], new: Sequence[IncomingRow]) -> None:
        """Store the deputies of new pairings."""
        self._store({key: entry.row.values["deputy"] for key, entry in zip(ids, new, strict=True)
                     if "deputy" in entry.row.values})  # fmt: skip

    def notes(self) -> Iterator[Message]:
        """Yield the note that deputies have left the post, so that they do not go."""
        left = cadres.leavers(self._writing) if self._named else {}
        gone = sorted(f"{left[key].staff_no} {left[key].name}" for key in self._named & left.keys()
                      if left[key].left_on <= self._today)  # fmt: skip
        if gone:
            yield say("Deputies no longer in post, who will not visit: {names}", names=Listed.first(gone, MOST_NAMED))

    def _store(self, named: Mapping[int, Sequence[str]]) -> None:
        chosen = {key: [self._people[staff_no] for staff_no in each] for key, each in named.items()}
        self._named.update(*chosen.values())
        deputies.replace(self._writing, chosen)

    def _lasts(self, entry: IncomingRow) -> bool:
        stored_end_on = day(entry.stored["end_on"]) if entry.stored else None
        return bool((entry.row.values.get("end_on") or stored_end_on or FOREVER) > self._today)


def _numbers(joined: str | None) -> list[str]:
    return joined.split(BETWEEN_NUMBERS) if joined else []
