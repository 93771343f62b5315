"""The extent of a sheet of an .xlsx workbook, without rows that are formatted but empty.

Excel keeps a row for every cell that was ever given a border: a list of a hundred enterprises may have a
million of them. They are passed over while the sheet unpacks, so that they take neither memory nor the parser's
time. A cell that holds something counts wherever it stands.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

PIECE = 2**20
_ROW_STARTS = b"<row"
# An element is closed that is no row and no empty cell: only such a piece can hold a value.
_HOLDS = re.compile(rb'</(?!row>|(?<="></)c>)')
_NUMBERED = re.compile(rb'<row(?:\s+[\w:]+="[^"<>]*")*?\s+r="')
_FAR = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]?[0-9]{7})')
_COLUMN = re.compile(rb" r=[\"']([A-Z]+)")
_ROW = re.compile(rb" r=[\"'][A-Z]*([0-9]+)")
_BLANK_CELL = re.compile(rb'<c(?:\s+[\w:]+="[^"<>]*")*\s*(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row(?:\s+[\w:]+="[^"<>]*")*\s*(?:/>|>\s*</row>)')


class Extent(NamedTuple):
    """The last row, counted from 1, and the letters of the last column with a value."""

    row: int
    column: str

    @property
    def cells(self) -> int:
        """Return the number of cells that the parser allocates."""
        return self.row * (column_number(self.column.encode()) + 1)


def filled(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the XML of a sheet without long runs of empty rows; the other rows keep their numbers."""
    return b"".join(_kept(_pieces(archive, part)))


def _kept(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        last = piece[piece.rfind(_ROW_STARTS) :] if piece.startswith(_ROW_STARTS) else b""
        # The last row stays: one after it that has no number of its own is counted from it.
        is_blank = _NUMBERED.match(last) is not None and _HOLDS.search(piece) is None
        yield last if is_blank else piece


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a sheet in chunks of about 1 MiB, all but the first starting at a row."""
    rest = bytearray()
    with archive.open(part) as file:
        while more := file.read(PIECE):
            seen = max(0, len(rest) - len(_ROW_STARTS))
            rest += more
            end = rest.rfind(_ROW_STARTS, seen)
            if end > 0:
                yield bytes(rest[:end])
                del rest[:end]
    yield bytes(rest)


def holds_something(content: bytes, start: int) -> bool:
    """Return whether the row whose cells start at `start` has a value."""
    return _HOLDS.search(content, start, content.find(b"</row>", start)) is not None


def of(content: bytes) -> Extent | None:
    """Return the extent of the values of a sheet, or None if no cell is far enough away to matter."""
    if b" r='" not in content and not _FAR.search(content):
        return None
    content = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", content))
    column = max(set(_COLUMN.findall(content)), key=column_number, default=b"A")
    return Extent(max(map(int, _ROW.findall(content)), default=1), column.decode())


def column_number(letters: bytes) -> int:
    """Return the zero-based number of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
