"""Scans the records of an .xls file before it is parsed: is it safe to read, and what does it hide?

The parser makes room for what the records claim, at the cost of the whole program when there is none. It reads
hidden rows and columns and does not tell of them, and takes an encrypted file for no workbook. The records are those
of [MS-XLS]: a sheet's BOF stands where its BoundSheet8 record says; its other records follow, up to an EOF.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from esm.formats.read.xls_container_check import sectors_of

_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))  # the second: before Excel 97
_ENTRY, _SMALL = 128, 4096
_EOF, _FILE_PASS, _COLUMNS, _BOUND_SHEET, _TEXTS, _SIZE, _ROW = 0x000A, 0x002F, 0x007D, 0x0085, 0x00FC, 0x0200, 0x0208
_CELLS = frozenset((0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
_SEVERAL = 0x00BD  # cells side by side: its last two bytes are the last column
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x01
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_SHORTEST_TEXT = 3

_pair = struct.Struct("<HH").unpack_from


class Hidden(NamedTuple):
    """Which rows with cells, counted from 0, and how many columns a sheet hides."""

    rows: frozenset[int] = frozenset()
    columns: int = 0


class _Sheet(NamedTuple):
    """What a sheet hides, how many cells the parser allocates for it, and how many bytes its records take."""

    hidden: Hidden
    cells: int
    length: int


@dataclass(frozen=True, slots=True)
class Records:
    """What the records state: whether they are readable, what each sheet hides, by name, and the cells of them all."""

    is_encrypted: bool = False
    is_sound: bool = True
    cells: int = 0
    hidden: Mapping[str, Hidden] = field(default_factory=dict)


def look(data: bytes) -> Records:
    """Return the summary of the records of a valid container; records that cannot be followed are not valid.

    Sheets that share records are not valid either: each would be parsed anew.
    """
    try:
        stream = _workbook(data)
        sheets: dict[str, Hidden] = {}
        cells = length = 0
        for kind, place, size in _records(stream, 0):
            if kind == _FILE_PASS:
                return Records(is_encrypted=True)
            if kind == _TEXTS and _SHORTEST_TEXT * struct.unpack_from("<I", stream, place + 4)[0] > len(stream):
                return Records(is_sound=False)
            if kind == _BOUND_SHEET:
                start, name = _sheet(stream[place : place + size])
                found = _read(stream, start)
                length += found.length if found else 0
                if found is None or length > len(stream):
                    return Records(is_sound=False)
                sheets[name] = found.hidden
                cells += found.cells
        return Records(cells=cells, hidden=sheets)
    except (struct.error, IndexError):
        return Records(is_sound=False)


def _workbook(data: bytes) -> bytes:
    """Return the workbook stream, which may be stored in the small sectors of the root entry."""
    container = sectors_of(data)
    (first,) = struct.unpack_from("<I", data, 48)
    folder = container.chain(first)
    entries = [folder[place : place + _ENTRY] for place in range(0, len(folder), _ENTRY)]
    named = {entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)]: entry for entry in reversed(entries)}
    found = next((named[name] for name in _STREAMS if name in named), None)
    if found is None:
        return b""
    start, size = struct.unpack_from("<II", found, 116)
    if size >= _SMALL:
        return container.chain(start)[:size]
    (root,) = struct.unpack_from("<I", entries[0], 116)
    return container.small_chain(start, container.chain(root))[:size]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and length of each record from an offset on, up to an EOF record."""
    while place + 4 <= len(stream):
        kind, length = _pair(stream, place)
        if kind == _EOF:
            return
        yield kind, place + 4, length
        place += 4 + length


def _sheet(record: bytes) -> tuple[int, str]:
    """Return the offset of a sheet and its name."""
    start, _, length, is_wide = struct.unpack_from("<IHBB", record)
    name = record[8 : 8 + length * (1 + (is_wide & 1))]
    return start, name.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")


def _read(stream: bytes, start: int) -> _Sheet | None:
    """Return what there is of a sheet, or None if it contains or claims cells beyond the limits of a sheet."""
    columns = last_row = last_column = 0
    rows: set[int] = set()
    end = start
    for kind, place, length in _records(stream, start):
        end = place + length
        if kind in _CELLS:
            row, column = _pair(stream, place)
            column = _pair(stream, end - 4)[1] if kind == _SEVERAL else column
            if column >= _MOST_COLUMNS:
                return None
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif kind == _ROW:
            row, first, beyond, _, _, _, options = struct.unpack_from("<7H", stream, place)
            if options & _ROW_HIDDEN and beyond > first:
                rows.add(row)
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", stream, place)
            columns += (last - first + 1) * bool(options & _COLUMNS_HIDDEN)
        elif kind == _SIZE and not _is_possible(*struct.unpack_from("<IIHH" if length >= 14 else "<4H", stream, place)):
            return None
    return _Sheet(Hidden(frozenset(rows), columns), (last_row + 1) * (last_column + 1), end - start)


def _is_possible(top: int, below: int, left: int, beyond: int) -> bool:
    return top <= below <= _MOST_ROWS and left <= beyond <= _MOST_COLUMNS
