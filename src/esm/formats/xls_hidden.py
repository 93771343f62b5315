"""Counts what an old .xls file hides: the parser reads hidden rows and columns and does not tell of them.

It does not tell either that a file is encrypted, but takes it for no workbook.

The records are those of [MS-XLS]: a sheet's BOF stands where its BoundSheet8 record says, its Row and ColInfo
records follow. Files before Excel 97 keep them in a stream of another name and are not looked into.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from esm.formats.xls_container import sectors_of

_STREAM = "Workbook".encode("utf-16-le")
_ENTRY, _SMALL = 128, 4096
_FILE_PASS, _BOUND_SHEET, _ROW, _COLUMNS, _BOF, _EOF = 0x002F, 0x0085, 0x0208, 0x007D, 0x0809, 0x000A
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x01


class Hidden(NamedTuple):
    """How many rows with cells, and how many columns, a sheet hides."""

    rows: int = 0
    columns: int = 0


def count(data: bytes) -> Mapping[str, Hidden]:
    """Return what each sheet hides by its name; nothing where the records cannot be followed."""
    try:
        stream = _workbook(data)
        return {name: _hidden(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def is_encrypted(data: bytes) -> bool:
    """Return whether all that follows on the first records needs a password."""
    try:
        return any(kind == _FILE_PASS for kind, _, _ in _records(_workbook(data), 0))
    except (struct.error, IndexError):
        return False


def _workbook(data: bytes) -> bytes:
    """Return the stream of the workbook, which may stand in the small sectors of the root entry."""
    container = sectors_of(data)
    (first,) = struct.unpack_from("<I", data, 48)
    folder = container.chain(first)
    entries = [folder[place : place + _ENTRY] for place in range(0, len(folder), _ENTRY)]
    found = next((entry for entry in entries if entry[:64].rstrip(b"\0") == _STREAM.rstrip(b"\0")), None)
    if found is None:
        return b""
    start, size = struct.unpack_from("<II", found, 116)
    if size >= _SMALL:
        return container.chain(start)[:size]
    (root,) = struct.unpack_from("<I", entries[0], 116)
    return container.small_chain(start, container.chain(root))[:size]


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place of the content and its length of each record, up to the end of the part."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, place + 4, length
        if depth <= 0:
            return
        place += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, place, _ in _records(stream, 0):
        if kind == _BOUND_SHEET:
            start, _, length, is_wide = struct.unpack_from("<IHBB", stream, place)
            name = stream[place + 8 : place + 8 + length * (1 + (is_wide & 1))]
            yield name.decode("utf-16-le" if is_wide & 1 else "latin-1"), start


def _hidden(stream: bytes, start: int) -> Hidden:
    rows = columns = 0
    for kind, place, _ in _records(stream, start):
        if kind == _ROW:
            _, first, beyond, _, _, _, options = struct.unpack_from("<7H", stream, place)
            rows += bool(options & _ROW_HIDDEN) and beyond > first
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", stream, place)
            columns += (last - first + 1) * bool(options & _COLUMNS_HIDDEN)
    return Hidden(rows, columns)
