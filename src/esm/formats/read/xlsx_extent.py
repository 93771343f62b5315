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
_ROW_EDGE = re.compile(rb"</?row\b")
# No repetition below gives back what it took or passes a `<`: the work grows with the sheet, however it is made.
# An element is closed that is no row and no empty cell: only such a piece can hold a value.
_HOLDS = re.compile(rb'</(?!row>|(?<="></)c>)')
_NUMBERED = re.compile(rb'<row(?:\s++(?!r=)[\w:]++="[^"<>]*+")*+\s++r="')
# Where a cell that matters may be found: far away, or telling its place in a way that is not looked for.
_FAR = re.compile(rb' r="(?:[A-Za-z]{2}|[A-Za-z]?[0-9]{7})')
_ODD = re.compile(rb' r(?!=")[\s=]')
_ODD_BLANKS = (b"\t", b"\n", b"\r")
_COLUMN = re.compile(rb"\sr\s*+=\s*+[\"']([A-Za-z]++)")
_ROW = re.compile(rb"\sr\s*+=\s*+[\"'][A-Za-z]*+([0-9]++)")
_BLANK_CELL = re.compile(rb'<c(?:\s++[\w:]++="[^"<>]*+")*+\s*+(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row(?:\s++[\w:]++="[^"<>]*+")*+\s*+(?:/>|>\s*+</row>)')
_UNNUMBERED = re.compile(rb'[<:]c(?![\w:])(?! r=")')
_UNNUMBERED_EITHER_WAY = (re.compile(rb'<c(?![\w:])(?! r=")'), re.compile(rb':c(?![\w:])(?! r=")'))  # much faster
_UNNUMBERED_ROW = re.compile(rb'[<:]row(?![\w:])(?! r=")')
_LETTERS_COUNTED = 8


class Extent(NamedTuple):
    """The last row and the last column with a value, both counted from 1."""

    row: int
    column: int

    @property
    def cells(self) -> int:
        """Return the number of cells that the parser allocates."""
        return self.row * self.column


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
    edge = _ROW_EDGE.search(content, start)
    return _HOLDS.search(content, start, edge.start() if edge else len(content)) is not None


def of(content: bytes) -> Extent | None:
    """Return the extent of the values of a sheet, or None if no cell is far enough away to matter.

    Cells that do not say where they stand are counted on from the farthest that does: the extent may be smaller.
    """
    is_unnumbered = any(pattern.search(content) for pattern in _UNNUMBERED_EITHER_WAY)
    if not (is_unnumbered or _FAR.search(content) or _is_odd(content)):
        return None
    beside, below = _counted_on(content) if is_unnumbered else (0, 0)
    content = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", content))
    column = max(set(_COLUMN.findall(content)), key=column_number, default=b"A")
    row = max(map(int, _ROW.findall(content)), default=1)
    return Extent(row + below, column_number(column) + 1 + beside)


def _is_odd(content: bytes) -> bool:
    has_odd_blank = any(blank in content and blank + b"r" in content for blank in _ODD_BLANKS)
    return has_odd_blank or _ODD.search(content) is not None


def _counted_on(content: bytes) -> tuple[int, int]:
    """Return the most cells of a row, and how many rows, that do not say where they stand."""
    most = max(len(_UNNUMBERED.findall(row)) for row in content.split(_ROW_STARTS))
    return most, len(_UNNUMBERED_ROW.findall(content))


def column_number(letters: bytes) -> int:
    """Return the zero-based number of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper()[:_LETTERS_COUNTED]:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
