"""What a roster file is before anybody knows what it says: sheets of raw cells, and where each stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from esm.domain.values.raw_text import NO_RESULT
from esm.domain.values.raw_text import RawCell as Cell
from esm.errors import Message

__all__ = ["NO_RESULT", "Area", "Cell", "Grid", "column_letters"]

Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a file. `first_row` is the Excel number of `rows[0]`, which begins in column A.

    A blank cell is None or an empty text, and `NO_RESULT` a formula that was never calculated. A blank row
    may be an empty sequence, and rows may differ in length. `merged` are the first and the last cell of each
    merged area, rows and columns counted from 0; `notes` say what the reader saw beside the cells. `hidden_rows`,
    counted from 0, are hidden or filtered away, and so is the whole sheet when it `is_hidden`.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    first_row: int = 1
    merged: Sequence[Area] = ()
    notes: Sequence[Message] = ()
    is_hidden: bool = False
    hidden_rows: Collection[int] = ()

    def address(self, row_index: int, column_index: int) -> str:
        """Return where `rows[row_index][column_index]` stands, as Excel names it: `C7`."""
        return f"{self.letters(column_index)}{self.first_row + row_index}"

    def letters(self, column_index: int) -> str:
        """Return the letters over the column: `C`."""
        return column_letters(column_index)


def column_letters(column_index: int) -> str:
    """Return the letters over a column, counted from 0: `C` for 2."""
    number, letters = column_index + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
