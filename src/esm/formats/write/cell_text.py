"""How one cell becomes text, and the display width of text: rules shared by all formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import gettext as _

from esm.errors import say
from esm.sheets.sheet import message_translation
from esm.sheets.sheet.message_translation import day_text, ratio_text
from esm.sheets.sheet.sheet import Cell, Compared, Money, Ratio, Report, Sheet, Term

_YES, _NO = say("yes"), say("no")
NUMBERS = (int, Decimal, Money, Ratio, Compared)
UNBREAKABLE = (*NUMBERS, date)

# Beyond C0: what acts or takes no room, so that two names would look the same: C1, formatting characters with
# zero width and the turns of the reading direction among them, line separators, blank letters, lone surrogates.
HIDDEN = (
    r"\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
_UNSAFE = re.compile(rf"[\x00-\x1f{HIDDEN}]")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    r"""Return `text` with control, zero-width, bidi and surrogate characters escaped: `\n`, `\x1b`, `\u202e`."""
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return _NAMED.get(character) or (f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}")


def word(cell: Cell) -> str:
    """Return the cell as text for people, in the language in use; None is empty."""
    if isinstance(cell, (str, Term)):
        return visible(cell if isinstance(cell, str) else cell.label)
    if isinstance(cell, bool):
        return message_translation.word((_YES if cell else _NO).template)
    if isinstance(cell, tuple):
        return _(", ").join(map(word, cell))
    if isinstance(cell, Ratio):
        return ratio_text(cell)
    if isinstance(cell, Compared):
        return f"{word(cell.value)} {cell.change_text}".strip()
    return str(cell) if isinstance(cell, Money) else simple(cell)


def words(cells: Sequence[Cell]) -> list[str]:
    """Return many cells as texts; where all are texts in which nothing is hidden, that is seen at once."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    is_plain = len(texts) == len(cells) and _UNSAFE.search("".join(texts)) is None
    return texts if is_plain else [word(cell) for cell in cells]


def head_word(cell: Cell) -> str:
    """Return the cell as text at the head of a document, where Chinese writes dates in full."""
    return day_text(cell) if isinstance(cell, date) else word(cell)


def simple(cell: str | int | Decimal | Money | date | None) -> str:
    """Return the text of a cell for machines, and mostly for people; a Decimal has no exponent, money is in yuan."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return visible(cell)
    if isinstance(cell, Money):
        cell = cell.yuan
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def width(text: str) -> int:
    """Return the display width of `text` in terminal cells: Chinese and full-width 2, combining 0, others 1."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


@cache
def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shortened(text: str, columns: int) -> str:
    """Return a line that is at most so many columns wide, what is cut off marked by its last character."""
    if width(text) <= columns:
        return text
    kept, room = "", columns - 1
    for character in text:
        room -= _character_width(character)
        if room < 0:
            break
        kept += character
    return f"{kept}…"


def sheets_for_people(report: Report) -> list[Sheet]:
    """Return the sheets of a report that tables and Markdown show."""
    return [sheet for sheet in report.sheets if sheet.table]


def sheets_for_machines(report: Report) -> list[Sheet]:
    """Return the sheets of a report that JSON, CSV and workbooks contain."""
    return [sheet for sheet in report.sheets if sheet.data]


def for_people(sheet: Sheet) -> Sheet:
    """Return the sheet with only the columns that tables and Markdown show, in the order in which people read it."""
    return with_columns(in_order(sheet), [column.table for column in sheet.columns])


def in_order(sheet: Sheet) -> Sheet:
    """Return the sheet with its rows in the order in which people read them."""
    return replace(sheet, rows=[sheet.rows[number] for number in sheet.order], order=()) if sheet.order else sheet


def for_machines(sheet: Sheet) -> Sheet:
    """Return the sheet with only the columns that JSON and CSV contain."""
    return with_columns(sheet, [column.data for column in sheet.columns])


def with_columns(sheet: Sheet, kept: Sequence[bool]) -> Sheet:
    """Return the sheet with the columns for which `kept` is true."""
    if all(kept):
        return sheet
    numbers = [number for number, is_kept in enumerate(kept) if is_kept]
    rows = [tuple(row[number] for number in numbers) for row in sheet.rows]
    return replace(sheet, columns=tuple(sheet.columns[number] for number in numbers), rows=rows)


def holds_only(sheet: Sheet, number: int, kinds: tuple[type, ...]) -> bool:
    """Return whether the column has values, all of these `kinds`; a bool is not a number."""
    cells = [row[number] for row in sheet.rows if row[number] is not None]
    return bool(cells) and all(isinstance(cell, kinds) and not isinstance(cell, bool) for cell in cells)
