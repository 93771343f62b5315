"""Reading rosters: from the raw cells of files to records and the list of everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from esm.errors import Message, Problem, say
from esm.sheets.exchange.examples import INVENTED
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_row import WITHIN as HEADER_WITHIN
from esm.sheets.exchange.header_row import headers_of
from esm.sheets.exchange.headers import lacking, ungarbled
from esm.sheets.exchange.history_columns import LEDGERS
from esm.sheets.exchange.request_columns import MATTERS
from esm.sheets.exchange.roster_columns import BOOK, CADRES, ENTERPRISES, PAIRINGS, ColumnSpec, SheetSpec
from esm.sheets.exchange.workbook import UNREAD
from esm.usecases.exchange.rows import Row, SheetRows, decipher

__all__ = ["Reading", "Roster", "Row", "read_roster"]

MASTERS = (CADRES, ENTERPRISES)
_MOST_HEADERS = 12
_BARE = say("there is a header, but no row under it")
_Clash = tuple[Row, str, Message]


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows without a fault, sheet by sheet, in the order of the files; `ledgers` has those of other sheets."""

    cadres: tuple[Row, ...] = ()
    enterprises: tuple[Row, ...] = ()
    pairings: tuple[Row, ...] = ()
    recusals: tuple[Row, ...] = ()
    absences: tuple[Row, ...] = ()
    visits: tuple[Row, ...] = ()
    ledgers: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files hold: the good rows, every fault of the others, and what was left out.

    `named` are the keys of all rows, faulty ones too, of the sheets of cadres and enterprises that are there.
    """

    records: Roster
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_roster(grids: Sequence[Grid]) -> Reading:
    """Return the records of all sheets and every fault at once.

    A row with a fault is in no record. Of two rows with the same key, and of two pairings of one
    enterprise that overlap, the later one is at fault.
    """
    read = [(grid, decipher(grid)) for grid in grids]
    sheets = [sheet for _, sheet in read if sheet is not None]
    understood = {grid.file for grid, sheet in read if sheet is not None}
    others = [(grid, _seen(grid)) for grid, sheet in read if sheet is None]
    problems = [
        _not_understood(grid.file, others) for grid in _first_of_each_file(grids) if grid.file not in understood
    ]
    problems += [problem for sheet in sheets for problem in sheet.problems]
    notes = [note for grid in grids if grid.file in understood for note in grid.notes]
    notes += [note for sheet in sheets for note in sheet.notes]
    bare = [grid for grid, sheet in read if sheet is not None and sheet.is_bare]
    if len(bare) == len(sheets):
        problems += [Problem(grid.file, grid.sheet, "", "", _BARE) for grid in bare]
    else:
        notes += [say("{file}, {sheet}: {reason}", file=grid.file, sheet=grid.sheet, reason=_BARE) for grid in bare]
    notes += [
        say("{file}, {sheet}: not a sheet of a roster, left out", file=grid.file, sheet=grid.sheet)
        for grid, seen in others
        if seen and grid.file in understood and grid.sheet not in UNREAD
    ]
    records = {}
    for spec in BOOK:
        own = [sheet for sheet in sheets if sheet.found.spec is spec]
        clashes = list(_clashes(spec, [row for sheet in own for row in _in_order(sheet)]))
        problems += [row.problem(key, reason) for row, key, reason in clashes]
        clashing = {id(row) for row, _, _ in clashes}
        records[spec.key] = tuple(row for sheet in own for row in sheet.rows if id(row) not in clashing)
    ledgers = {spec.key: rows for spec in (*LEDGERS, *MATTERS) if (rows := records.pop(spec.key))}
    return Reading(Roster(**records, ledgers=ledgers), tuple(problems), tuple(notes), _named(sheets))


def _named(sheets: Sequence[SheetRows]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for sheet in sheets:
        if sheet.found.spec in MASTERS:
            key = sheet.found.spec.unique[0]
            names = frozenset(row.values[key] for row in (*sheet.rows, *sheet.refused) if key in row.values)
            found[sheet.found.spec.key] = found.get(sheet.found.spec.key, frozenset()) | names
    return found


def _first_of_each_file(grids: Sequence[Grid]) -> list[Grid]:
    return list({grid.file: grid for grid in reversed(grids)}.values())[::-1]


def _seen(grid: Grid) -> list[str]:
    """Return the texts of the fullest row where a header may be."""
    rows = [list(filter(None, headers_of(row))) for row in grid.rows[:HEADER_WITHIN]]
    return max(rows, key=len, default=[])


def _not_understood(file: str, others: Iterable[tuple[Grid, list[str]]]) -> Problem:
    grid, seen = max(((grid, seen) for grid, seen in others if grid.file == file), key=lambda other: len(other[1]))
    if not seen:
        far = next((grid for grid, _ in others if grid.file == file and any(grid.rows)), None)
        if far is None:
            return Problem(file, grid.sheet, "", "", say("there are no rows"))
        return Problem(
            file, far.sheet, "", "", say("there is no header in the first {count} rows", count=HEADER_WITHIN)
        )
    headers = ", ".join(seen[:_MOST_HEADERS])
    meant = next((found for header in seen if (found := ungarbled(header)) is not None), None)
    if meant is not None:
        reason = say(
            "the text is garbled, its encoding went wrong when it was saved: there should be {meant}", meant=meant
        )
        return Problem(file, grid.sheet, "", headers, reason)
    near = lacking(seen)
    if near:
        columns = "; ".join(f"{found.spec.chinese} ({found.spec.key}): {_titles(found.missing)}" for found in near)
        return Problem(file, grid.sheet, "", headers, say("required columns are missing – {columns}", columns=columns))
    reason = say(
        "no sheet of a roster was recognised; a roster has headers such as 工号 and 姓名, or staff_no and name"
    )
    return Problem(file, grid.sheet, "", headers, reason)


def _titles(columns: Iterable[ColumnSpec]) -> str:
    return ", ".join(column.title for column in columns)


def _in_order(sheet: SheetRows) -> list[Row]:
    return sorted((*sheet.rows, *sheet.refused), key=lambda row: row.number) if sheet.refused else sheet.rows


def _clashes(spec: SheetSpec, rows: Sequence[Row]) -> Iterator[_Clash]:
    """Yield what is wrong with rows that are sound cell by cell."""
    if spec.interval is not None:
        yield from _ends_before_start(rows, *spec.interval)
    yield from _repeated(rows, spec.unique)
    if spec in MASTERS:
        yield from _left_of_the_example(rows)
    if spec is PAIRINGS:
        yield from _overlaps(rows)


def _ends_before_start(rows: Iterable[Row], start: str, end: str) -> Iterator[_Clash]:
    for row in rows:
        first, last = row.values.get(start), row.values.get(end)
        if first is not None and last is not None and last <= first:
            yield row, end, say("the end {end} is not after the start {start}", end=last, start=first)


def _left_of_the_example(rows: Iterable[Row]) -> Iterator[_Clash]:
    """Yield what somebody left in a row of the template over which a real one was typed."""
    for row in rows:
        for key in ("name", "address", "contact_name"):
            if row.values.get(key) in INVENTED:
                yield row, key, say("this is the template's example: write what is true, or clear the cell")


def _repeated(rows: Iterable[Row], unique: Sequence[str]) -> Iterator[_Clash]:
    known: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(map(row.values.get, unique))
        if None in key:
            continue
        earlier = known.setdefault(key, row)
        if earlier is not row:
            same = say("row {row} is about the same: {place}", row=earlier.number, place=_place(earlier))
            yield row, unique[0], _two_pins(row, earlier) or same


def _overlaps(rows: Iterable[Row]) -> Iterator[_Clash]:
    of_enterprise: dict[str, list[Row]] = {}
    for row in rows:
        if (
            "uscc" in row.values
            and "start_on" in row.values
            and row.values.get("end_on", date.max) > row.values["start_on"]
        ):
            of_enterprise.setdefault(row.values["uscc"], []).append(row)
    for pairings in of_enterprise.values():
        pairings.sort(key=lambda row: row.values["start_on"])
        longest = pairings[0]
        for row in pairings[1:]:
            start_on, end_on = row.values["start_on"], longest.values.get("end_on", date.max)
            if longest.values["start_on"] < start_on < end_on:
                going = say(
                    "the pairing in row {row} is not over yet: {place}", row=longest.number, place=_place(longest)
                )
                yield row, "start_on", _two_pins(row, longest) or going
            if row.values.get("end_on", date.max) > end_on:
                longest = row


def _two_pins(row: Row, other: Row) -> Message | None:
    """Return what is wrong with two pairings of one enterprise when both are pinned, to different cadres."""
    cadres = [each.values.get("staff_no") for each in (row, other) if each.values.get("pinned")]
    if len(set(cadres) - {None}) < 2:
        return None
    return say(
        "is pinned to {own} here and to {other} in row {row}: an enterprise can be pinned to one cadre only ({place})",
        own=cadres[0], other=cadres[1], row=other.number, place=_place(other),
    )  # fmt: skip


def _place(row: Row) -> str:
    return f"{row.file}, {row.sheet}"
