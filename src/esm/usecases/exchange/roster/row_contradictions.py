"""What is wrong with rows that are sound cell by cell: an end before its start, repetitions, pairings that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from esm.domain.pairing.columns import PAIRINGS
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.intervals import FOREVER
from esm.errors import Message, say
from esm.sheets.exchange.examples import INVENTED
from esm.usecases.exchange.roster.roster_rows import RosterRow

Clash = tuple[RosterRow, str, Message]  # a row, the key of the column and what is wrong there


def clashes(spec: SheetSpec, rows: Sequence[RosterRow]) -> Iterator[Clash]:
    """Yield what is wrong with rows that are sound cell by cell."""
    if spec.interval is not None:
        yield from _ends_before_start(rows, *spec.interval)
    yield from _repetitions(rows, spec)
    if spec in (CADRES, ENTERPRISES):
        yield from _example_leftovers(rows)
    if spec is PAIRINGS:
        yield from _overlaps(rows)


def _ends_before_start(rows: Iterable[RosterRow], start: str, end: str) -> Iterator[Clash]:
    for row in rows:
        first, last = row.values.get(start), row.values.get(end)
        if first is not None and last is not None and last <= first:
            yield row, end, say("the end {end} is not after the start {start}", end=last, start=first)


def _example_leftovers(rows: Iterable[RosterRow]) -> Iterator[Clash]:
    """Yield what somebody left in a row of the template over which a real one was typed."""
    for row in rows:
        for key in ("name", "address", "contact_name"):
            if row.values.get(key) in INVENTED:
                yield row, key, say("this is the template's example: enter the actual value, or clear the cell")


def _repetitions(rows: Iterable[RosterRow], spec: SheetSpec) -> Iterator[Clash]:
    known: dict[tuple[object, ...], RosterRow] = {}
    always = {column.key: column.blank for column in spec.columns if column.kind == "date"}
    for row in rows:
        key = tuple(row.values.get(name, always.get(name)) for name in spec.unique)
        if None in key:
            continue
        earlier = known.setdefault(key, row)
        if earlier is not row:
            same = say("duplicate of row {row}: {place}", row=earlier.number, place=_place(earlier))
            yield row, spec.unique[0], _two_pins(row, earlier) or same


def _overlaps(rows: Iterable[RosterRow]) -> Iterator[Clash]:
    of_enterprise: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        start_on = row.values.get("start_on")
        if "uscc" in row.values and start_on is not None and row.values.get("end_on", FOREVER) > start_on:
            of_enterprise[row.values["uscc"]].append(row)
    for pairings in of_enterprise.values():
        pairings.sort(key=lambda row: row.values["start_on"])
        longest = pairings[0]
        for row in pairings[1:]:
            start_on, end_on = row.values["start_on"], longest.values.get("end_on", FOREVER)
            if longest.values["start_on"] < start_on < end_on:
                going = say(
                    "the pairing in row {row} has not ended: {place}", row=longest.number, place=_place(longest)
                )
                yield row, "start_on", _two_pins(row, longest) or going
            if row.values.get("end_on", FOREVER) > end_on:
                longest = row


def _two_pins(row: RosterRow, other: RosterRow) -> Message | None:
    """Return what is wrong with two pairings of one enterprise when both are pinned, to different cadres."""
    cadres = [each.values.get("staff_no") for each in (row, other) if each.values.get("pinned")]
    if len(set(cadres) - {None}) < 2:
        return None
    return say(
        "is pinned to {own} here and to {other} in row {row}: an enterprise can be pinned to one cadre only ({place})",
        own=cadres[0], other=cadres[1], row=other.number, place=_place(other),
    )  # fmt: skip


def _place(row: RosterRow) -> str:
    return f"{row.file}, {row.sheet}"
