"""What columns of a sheet of visits are that may be of the visit itself, or of the request that was raised at it.

docs/rules.md, Import: 责任单位 is the cadre's or the request's, 完成情况 the visit's or the request's. Where the sheet
has no column of requests, there is none that could be done with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from esm.domain.requests.columns import LEDGER_TOLD
from esm.domain.values.column_spec import ColumnSpec
from esm.domain.visits.columns import VISITS
from esm.sheets.exchange.header_words import folded_outside_brackets
from esm.sheets.exchange.recognised_sheet import Doubt, Ground, Heading, Recognised

_OF_REQUESTS = {column.key for column in LEDGER_TOLD}
_TOLD = {column.key: column for column in VISITS.told}
_BY_SOMEBODY = (Ground.MAP, Ground.MAPPING)


def of_visits(found: Recognised) -> Recognised:
    """Return what a sheet of visits says once each such column is the visit's or the request's, or in doubt."""
    problem = next((each.position for each in found.headings if each.column.key == "problem"), None)
    headings: list[Heading] = []
    doubts = list(found.doubts)
    for heading in found.headings:
        readings = tuple(_readings(heading, problem))
        if len(readings) > 1:
            names = tuple(each.key if "." in each.key else f"{VISITS.key}.{each.key}" for each in readings)
            doubts.append(Doubt(heading.position, heading.header, names))
        elif readings:
            (column,) = readings
            ground = heading.ground if column is heading.column else Ground.NEIGHBOUR
            headings.append(replace(heading, column=column, ground=ground))
    kept = {each.position for each in headings} | {each.position for each in doubts}
    lost = [(each.position, each.header) for each in found.headings if each.position not in kept]
    unknown = tuple(sorted((*found.unknown, *lost)))
    return replace(found, headings=tuple(headings), doubts=tuple(doubts), unknown=unknown)


def _readings(heading: Heading, problem: int | None) -> Iterator[ColumnSpec]:
    """Yield what a column may be; nothing where it tells of a request and the sheet has none."""
    column = heading.column
    is_said = heading.ground in _BY_SOMEBODY
    if not is_said and column.key == "cadre.department" and problem is not None and _heads(heading, "department"):
        if heading.position < problem:
            yield column
        yield _TOLD["department"]
    elif not is_said and column.key in {"state", "closed"} and _heads(heading, "completion"):
        yield _TOLD["completion"]
        if problem is not None:
            yield column
    elif problem is not None or column.key not in _OF_REQUESTS:
        yield column


def _heads(heading: Heading, key: str) -> bool:
    """Return whether the header may as well head another column."""
    return folded_outside_brackets(heading.header) in map(folded_outside_brackets, _TOLD[key].names)
