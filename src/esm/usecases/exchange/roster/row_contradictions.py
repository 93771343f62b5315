"""What is wrong with a roster beyond its cells: files nobody understands, and rows that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from esm.domain.pairing.columns import PAIRINGS
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.values.column_spec import Name, SheetSpec
from esm.domain.values.intervals import FOREVER
from esm.errors import Message, Problem, joined, say
from esm.sheets.exchange.examples import INVENTED
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import header_meant, is_known, nearest_sheets
from esm.sheets.exchange.header_row import WITHIN as HEADER_WITHIN
from esm.sheets.exchange.header_row import headers_of
from esm.sheets.exchange.recognised_sheet import Recognised
from esm.usecases.exchange.roster.roster_rows import RosterRow

_MOST_HEADERS = 12
_NAMES_A_FIRM = re.compile("(?:企业|公司|单位|厂)(?:详细|全)?名称|公司名|企业名")

Clash = tuple[RosterRow, str, Message]  # a row, the key of the column and what is wrong there


def fullest_row(grid: Grid) -> list[str]:
    """Return the texts of the row where a header may be that names most columns, or else is the fullest."""
    rows = [list(filter(None, headers_of(row))) for row in grid.rows[:HEADER_WITHIN]]
    return max(rows, key=lambda row: (sum(map(is_known, row)), len(row)), default=[])


def why_not_understood(file: str, others: Iterable[tuple[Grid, list[str]]]) -> Problem:
    """Return why no sheet of a file is one of a roster, given those of all files with the texts of a row of each."""
    own = [(grid, texts) for grid, texts in others if grid.file == file]
    grid, texts = max(own, key=lambda other: len(other[1]))
    if texts:
        return Problem(file, grid.sheet, "", ", ".join(texts[:_MOST_HEADERS]), _why_no_header(texts))
    far = next((other for other, _ in own if any(other.rows)), None)
    if far is None:
        return Problem(file, grid.sheet, "", "", say("there are no rows"))
    return Problem(
        file, far.sheet, "", "", say("there is no header in the first {count:row|rows}", count=HEADER_WITHIN)
    )


def _why_no_header(texts: Sequence[str]) -> Message:
    meant = next((found for text in texts if (found := header_meant(text)) is not None), None)
    if meant is not None:
        return say(
            "the text is garbled because it was saved with the wrong encoding: it should read {meant}", meant=meant
        )
    near = nearest_sheets(texts)
    if near:
        return say("required columns are missing – {columns}", columns=joined(list(map(_missing, near)), "; "))
    if any(_NAMES_A_FIRM.search(text) for text in texts):
        return say(
            "this looks like a list of enterprises, but no column holds their credit codes: add 统一社会信用代码, or "
            "with the names of those on record a column of cadres, visits or requests"
        )
    return say("no roster sheet was recognised; a roster has headers such as 工号 and 姓名, or staff_no and name")


def _missing(found: Recognised) -> Message:
    """Return the columns that a sheet lacks, each with the one that may stand for it by name."""
    told = {column.key: column.chinese for column in found.spec.told}
    columns = [
        say("{column} / {name}", column=column.title, name=name) if name else column.title
        for column in found.missing or found.by_name
        for name in (told.get(found.spec.stand_in(column.key) or ""),)
    ]
    sheet = Name(found.spec.chinese, found.spec.key)
    return say("{sheet:key}: {columns}", sheet=sheet, columns=joined(columns, ", "))


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
