"""The text of one raw cell: half-width and bare for codes and numbers, its own characters for names."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from esm.errors import Message, say

RawCell = str | int | float | bool | date | datetime | None
Parser = Callable[[RawCell], object]

NO_RESULT = "#FORMULA!"
EXCEL_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", NO_RESULT)
)
LONGEST_NAME = 200
LONGEST_TEXT = 32767
LONGEST_VALUE = 1000  # of what is no name and no text: a code, a number, a date, a list of codes
_NORMALISED_AT_ONCE = 100  # a long row of accents takes as long as the square of its length
_SAME_AS_ABOVE = ("同上", "〃", "″", "''")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ENDS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
_SUSPECT = ("#", "同", *_SAME_AS_ABOVE)
# Raised, lowered and circled digits: beside a number they are footnotes, not its next digit.
_FOOTNOTE = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff]")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")  # no text, or none that a workbook holds


_LONGEST_BLANK_WORD = 8  # with blanks around it
_BLANK_WORDS = frozenset(("无", "暂无", "/", "\\", "-", "--", "——", "—", "–", "n/a", "待补", "待补充"))


def is_blank_word(cell: RawCell) -> bool:
    """Return whether a cell says that there is nothing: 无, 暂无, /, —, N/A, 待补."""
    return isinstance(cell, str) and len(cell) < _LONGEST_BLANK_WORD and tidy(cell).casefold() in _BLANK_WORDS


def tidy(text: str) -> str:
    """Return `text` in half-width characters, without blanks around it and invisible characters in it.

    A text with a footnote sign keeps its characters, so that the sign is not read as a digit.
    """
    if text.isascii() or _FOOTNOTE.search(text):
        return text.strip()
    return _INVISIBLE.sub("", half_width(text)).strip()


def half_width(text: str) -> str:
    """Return `text` in the usual, half-width form of its characters (NFKC); a long one part by part."""
    if len(text) <= _NORMALISED_AT_ONCE:
        return unicodedata.normalize("NFKC", text)
    parts = (text[at : at + _NORMALISED_AT_ONCE] for at in range(0, len(text), _NORMALISED_AT_ONCE))
    return "".join(unicodedata.normalize("NFKC", part) for part in parts)


def fold(text: str) -> str:
    """Return the letters and digits of `text`, half-width and in lower case: how words are compared."""
    plain = half_width(text).casefold()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def excel_fault(cell: RawCell) -> Message | None:
    """Return what is wrong with a cell that holds an Excel error, a formula without result or `同上`."""
    if cell == NO_RESULT:
        return say("the formula has no stored result: open the file in Excel and save it again")
    if cell in EXCEL_ERRORS:
        return say("the cell contains an Excel error")
    if cell in _SAME_AS_ABOVE:
        return say("write the value itself instead of “same as above”")
    return None


def text(cell: RawCell) -> str | Message | None:
    """Return the characters of the cell without the blanks around them; a whole number has no `.0`."""
    if not isinstance(cell, str):
        return number_text(cell)
    kept = cell.strip(_ENDS)
    if not kept.isprintable() and _UNKEEPABLE.search(kept):
        return say("the text contains a character that cannot be stored")
    if "\ufffd" in kept:
        return say("the text contains �: it was saved with the wrong encoding; enter it again")
    if len(kept) > LONGEST_TEXT:
        return say("the text has {count} characters; the maximum is {most}", count=len(kept), most=LONGEST_TEXT)
    return (excel_fault(kept) if kept.startswith(_SUSPECT) else None) or kept or None


def name(cell: RawCell) -> str | Message | None:
    """Return a name of at most 200 characters."""
    kept = text(cell)
    if isinstance(kept, str) and len(kept) > LONGEST_NAME:
        return say("the name has {count} characters; the maximum is {most}", count=len(kept), most=LONGEST_NAME)
    return kept


def too_long(cell: RawCell) -> Message | None:
    """Return what is wrong with a cell that is longer than any value."""
    if isinstance(cell, str) and len(cell) > LONGEST_VALUE:
        return say("the text has {count} characters; the maximum is {most}", count=len(cell), most=LONGEST_VALUE)
    return None


def number_text(cell: date | float | None) -> str | Message | None:
    """Return the digits of a number, a whole one without `.0`; anything else is refused."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return say("a yes or no (TRUE or FALSE) is not allowed here")
    if isinstance(cell, date):
        return say("a date is not allowed here: format the column as text and enter the value again")
    if abs(cell) >= 10**15 or not math.isfinite(cell):
        return say("the number is too long for Excel and has lost its last digits: format the column as text")
    return str(int(cell)) if cell == int(cell) else repr(cell)


def parser_of_text(parse: Callable[[str], object]) -> Parser:
    """Return a parser that hands the tidy text of a cell to `parse`, unless there is none."""

    @wraps(parse)
    def read(cell: RawCell) -> object:
        plain = (too_long(cell) or tidy(cell)) if isinstance(cell, str) else number_text(cell)
        return parse(plain) if isinstance(plain, str) and plain else plain or None

    return read
