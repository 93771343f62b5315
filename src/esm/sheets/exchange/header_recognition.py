"""Understands a header row: which sheet of the roster it heads, and which column stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from esm.domain.exchange.sheet_catalogue import BOOK, OFFICE_SHEETS, ROSTER_SHEETS
from esm.domain.pairing.columns import PAIRINGS
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.values import nearest_spellings
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.grouping import grouped
from esm.domain.values.raw_text import fold, half_width
from esm.domain.visits.columns import VISITS
from esm.sheets.exchange.ambiguous_visit_columns import of_visits
from esm.sheets.exchange.column_values import mapped_name
from esm.sheets.exchange.grid import column_letters
from esm.sheets.exchange.header_words import PLANNED, folded, folded_outside_brackets, header_index, heading_of
from esm.sheets.exchange.persons.column_owner import ownerships
from esm.sheets.exchange.persons.header_owner import Header, Owner, Ownership, field_of
from esm.sheets.exchange.persons.serving_person import Meaning, of_one_person
from esm.sheets.exchange.recognised_sheet import (
    LEFT_OUT,
    NO_MAPPING,
    Assigned,
    Doubt,
    Ground,
    Heading,
    LeftOut,
    Recognised,
)
from esm.sheets.exchange.sheet_kind import is_office_sheet, tells_a_visit

# Over a name or a telephone: not those of the contact; over an amount: not the annual one.
_OTHERS = re.compile("^(?:走访)?计划$|负责人|代表人|法人|经办|填表|统计|财务|会计|20[0-9]{2}|[上本]年|[月季]|累计")
_YEAR = re.compile(r"\(?(?:20[0-9]{2}年?|上一?年)度?\)?")
_PEOPLE = {owner.value: owner for owner in (Owner.CADRE, Owner.DEPUTY, Owner.COMPANION)}
_OF_A_YEAR = 2  # readings that go before it: the whole header, its second line


def recognise(
    name: str, headers: Sequence[Header | str], mapping: Mapping[str, Assigned] = NO_MAPPING
) -> Recognised | None:
    """Return the sheet that `name` or else `headers` stand for, with its columns; None for no known sheet.

    `mapping` says what some headers mean, by the folded header: `cadre.phone`, or `-` for nothing.
    """
    row = [Header(header) if isinstance(header, str) else header for header in headers]
    matched = [
        _matched(spec, name, row, _owned(spec, row, mapping), mapping)
        for spec in BOOK
        if spec in ROSTER_SHEETS or spec in OFFICE_SHEETS or _is_name_of(spec, name)
    ]
    said = {assigned.field.partition(".")[0] for header in row if (assigned := mapping.get(folded(header.whole)))}
    for found in matched:
        if found.spec in OFFICE_SHEETS and found.spec.key in said:
            return found
    likely = [found for found in matched if found.is_likely and (found.spec in ROSTER_SHEETS or is_office_sheet(found))]
    best = max(likely, key=lambda found: found.order, default=None)
    if best is not None and best.spec in (CADRES, ENTERPRISES, PAIRINGS) and not best.is_named and tells_a_visit(best):
        return next(found for found in matched if found.spec is VISITS)
    return best


def is_known(header: str) -> bool:
    """Return whether a header names a column of some sheet."""
    names = (fold(header), folded_outside_brackets(header))
    return any(name and name in header_index(spec.key) for spec in ROSTER_SHEETS for name in names)


def header_meant(header: str) -> str | None:
    """Return the header that was meant where an encoding went wrong, or None: 濮撳悕 is 姓名."""
    for wrong, right in (("gb18030", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")):
        try:
            meant = header.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if meant != header and is_known(meant):
            return meant
    return None


def nearest_sheets(headers: Sequence[str]) -> list[Recognised]:
    """Return the sheets that headers too few for any of them may stand for, the nearest only."""
    row = [Header(header) for header in headers]
    matched = [_matched(spec, "", row, _owned(spec, row), NO_MAPPING) for spec in ROSTER_SHEETS]
    near = [found for found in matched if found.missing or found.by_name]
    near = [found for found in near if any(map(found.tells_who, found.headings))]
    best = max(map(_nearness, near), default=None)
    return [found for found in near if _nearness(found) == best]


def _nearness(found: Recognised) -> tuple[int, int]:
    return len(found.headings), -len(found.missing)


def nearest_header(column: ColumnSpec, headers: Iterable[str]) -> str | None:
    """Return the header that looks most like a name of `column`, or None."""
    meant = [header for header in headers if not (column.kind == "date" and PLANNED.search(header))]
    spelled = {fold(header): header for header in meant}
    for name in column.names:
        close = nearest_spellings.nearest(fold(name), list(spelled), share=0.6)
        if close:
            return spelled[close[0]]
    return None


def _matched(
    spec: SheetSpec,
    name: str,
    row: Sequence[Header],
    owned: Sequence[Ownership | None],
    mapping: Mapping[str, Assigned],
) -> Recognised:
    """Return what the headers mean on a sheet: a whole one goes before a second line, both before a year's amount.

    The amounts of several years are all left out, for which one is meant is not said.
    """
    read = [
        _read_alone(spec, at, header, one, mapping) for at, (header, one) in enumerate(zip(row, owned, strict=True))
    ]
    doubts = [each for each in read if isinstance(each, Doubt)]
    left_out = [each for each in read if isinstance(each, LeftOut)]
    of_one = of_one_person([each for each in read if isinstance(each, tuple)], owned)
    found, repeated = _chosen(of_one.meanings)
    said = {each.position for each in left_out}
    left_out += [LeftOut(at, row[at].whole, ground) for at, ground in of_one.others.items() if at not in said]
    understood = Recognised(
        spec, _is_name_of(spec, name), tuple(found), tuple(repeated), (), tuple(doubts), tuple(left_out),
        of_one.rivals,
    )  # fmt: skip
    understood = replace(understood, doubts=(*doubts, *_groups_not_read(understood, row)))
    unknown = ((at, header.whole) for at, header in enumerate(row) if header and at not in understood.positions)
    understood = replace(understood, unknown=tuple(unknown))
    return of_visits(understood) if spec is VISITS else understood


def _read_alone(
    spec: SheetSpec, position: int, header: Header, owned: Ownership | None, mapping: Mapping[str, Assigned]
) -> Meaning | Doubt | LeftOut | None:
    """Return what a column is by what a person says of it, or else by its header; None for nothing known."""
    is_blank = not (folded(header.text) or folded(header.group))
    assigned = mapping.get(folded(column_letters(position) if is_blank else header.whole)) if mapping else None
    if assigned is not None:
        column = column_at(spec, assigned.field)
        if column is not None:
            return 0, Heading(column, position, header.whole, ground=assigned.ground)
        return LeftOut(position, header.whole, assigned.ground) if assigned.field == LEFT_OUT else None
    if is_blank:
        return None
    readings = _readings(spec, owned)
    return Doubt(position, header.whole, readings) if readings else _meaning(spec, position, header, owned)


def _groups_not_read(found: Recognised, row: Sequence[Header]) -> Iterator[Doubt]:
    """Yield the columns under a group that names a column, where none of them is understood by its own header."""
    understood = {row[at].group for at in found.positions}
    for position, header in enumerate(row):
        if not header.text or header.group in {"", header.text, *understood}:
            continue
        heading = heading_of(found.spec, position, header.group)
        if heading is not None and heading.column.key not in found.keys:
            yield Doubt(position, header.whole, (mapped_name(found, heading.column),))


def _owned(
    spec: SheetSpec, row: Sequence[Header], mapping: Mapping[str, Assigned] = NO_MAPPING
) -> list[Ownership | None]:
    """Return whose the columns are; in the sheet of one kind of people alone, the sheet itself says whose a name is."""
    said = {position: owned for position, header in enumerate(row) if (owned := _said(header, mapping)) is not None}
    if spec in (CADRES, ENTERPRISES):
        return ownerships(row, said=said)
    return ownerships(row, Owner.CADRE, said) if spec.told else [None] * len(row)


def _said(header: Header, mapping: Mapping[str, Assigned]) -> Ownership | None:
    """Return whose a column is by what a person says of it: cadre.name."""
    assigned = mapping.get(folded(header.whole)) if mapping else None
    owner, _, part = assigned.field.partition(".") if assigned else ("", "", "")
    is_person = owner in _PEOPLE or part in {"contact_name", "contact_title", "contact_phone"}
    if not is_person:
        return None
    person = folded(header.whole) if part == "name" else ""
    return Ownership(_PEOPLE.get(owner, Owner.ENTERPRISE), part.removeprefix("contact_"), person=person)


def column_at(spec: SheetSpec, field: str) -> ColumnSpec | None:
    """Return the column of a sheet that `field` names as `--map` does, `cadre.phone` or `visits.channel`, or None."""
    owner, _, key = field.partition(".")
    names = {owner, f"{owner}s"}
    own = spec.columns + spec.told if spec.key in names else ()
    told = next((column for column in spec.told if column.key == f"{owner.removesuffix('s')}.{key}"), None)
    if (told is None and names & {"cadres"} and key == "staff_no") or (names & {"enterprises"} and key == "uscc"):
        own = spec.columns
    return next((column for column in own if column.key == key), told)


def _readings(spec: SheetSpec, owned: Ownership | None) -> tuple[str, ...]:
    """Return what a column may mean where there are two owners, one of which at least the sheet tells of."""
    if owned is None or owned.rival is None:
        return ()
    own = f"{owned.owner}.{owned.field}"
    other = f"{owned.rival}.{field_of(owned.rival, owned.field)}"
    return (own, other) if any(column_at(spec, reading) for reading in (own, other)) else ()


def _chosen(meanings: Iterable[Meaning]) -> tuple[list[Heading], list[Heading]]:
    """Return the first of the best headings of each column, by position, and those that say the same again."""
    found: list[Heading] = []
    repeated: list[Heading] = []
    for ranked in grouped(meanings, lambda meaning: meaning[1].column.key).values():
        best = min(rank for rank, _ in ranked)
        first, *others = (heading for rank, heading in ranked if rank == best)
        if best < _OF_A_YEAR or not others:
            found.append(first)
            repeated += others
    return sorted(found, key=lambda heading: heading.position), repeated


def _meaning(spec: SheetSpec, position: int, header: Header, owned: Ownership | None) -> Meaning | None:
    """Return what a header means and how surely, the surer being smaller: whose it is, its words, its second line."""
    if owned is not None:
        column = column_at(spec, f"{owned.owner}.{owned.field}")
        if column is not None:
            is_plain = "." not in column.key and header_index(spec.key).get(folded(header.text), (None,))[0] is column
            ground = Ground.NEIGHBOUR if owned.is_bare and not is_plain else Ground.HEADER
            return 0, Heading(column, position, header.whole, ground=ground)
        if owned.is_bare or (owned.owner is not Owner.OTHER and header.group):
            return None
    own = () if _OTHERS.search(header.group) or header.text == header.whole else (header.text,)
    for rank, reading in enumerate((header.whole, *own)):
        heading = heading_of(spec, position, reading)
        if heading is not None:
            return rank, heading
    whole = half_width(header.whole)
    heading = heading_of(spec, position, _YEAR.sub("", whole)) if _YEAR.search(whole) else None
    return (_OF_A_YEAR, heading) if heading is not None and heading.column.kind == "money" else None


def _is_name_of(spec: SheetSpec, name: str) -> bool:
    return fold(name) in map(fold, spec.called)
