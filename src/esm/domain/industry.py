"""Industry codes of GB/T 4754-2017: a section letter, then the digits of division, group and class."""

from __future__ import annotations

import re
import unicodedata

_FIRST_DIVISIONS = {
    "A": 1, "B": 6, "C": 13, "D": 44, "E": 47, "F": 51, "G": 53, "H": 61, "I": 63, "J": 66,
    "K": 70, "L": 71, "M": 73, "N": 76, "O": 80, "P": 83, "Q": 84, "R": 86, "S": 91, "T": 97,
}  # fmt: skip
_LAST_DIVISION = 97
_SECTION_OF = {
    f"{division:02}": max(letter for letter, first in _FIRST_DIVISIONS.items() if first <= division)
    for division in range(1, _LAST_DIVISION + 1)
}
_CODE = re.compile(r"([A-T])([0-9]{0,4})")


def full_code(code: str) -> str:
    """Return the code in half-width capitals with its section letter: `3983` is `C3983`.

    A code of one digit or of no known division is returned without a letter.
    """
    plain = "".join(unicodedata.normalize("NFKC", code).upper().split())
    return _SECTION_OF.get(plain[:2], "") + plain


def section(code: str) -> str | None:
    """Return the section letter of a code with or without its letter, or None for what is no code."""
    found = _CODE.fullmatch(full_code(code))
    if found is None:
        return None
    letter, digits = found.groups()
    return letter if len(digits) < 2 or _SECTION_OF.get(digits[:2]) == letter else None
