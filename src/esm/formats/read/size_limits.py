"""How large a roster may be, whatever its format: beyond that it is a slip, or a file made to use up the memory."""

from __future__ import annotations

from esm.errors import InputRefused, Message, say

MOST_CELLS = 20_000_000  # of a file: rows times columns, as far as cells have values
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet, as in Excel


def too_large(message: Message) -> InputRefused:
    """Return the refusal of a file that is too large."""
    return InputRefused(message, say("Copy only the table into a new workbook and save that."))


def too_many_cells(file: str) -> InputRefused:
    """Return the refusal of a file with more cells than `MOST_CELLS`."""
    return too_large(say("{file} has more than {most:cell|cells}.", file=file, most=MOST_CELLS))
