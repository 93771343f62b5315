"""The unified social credit code of a legal unit (统一社会信用代码, GB 32100-2015)."""

from __future__ import annotations

import re
import unicodedata
from operator import mul

from esm.domain.values.raw_text import half_width
from esm.errors import Message, say

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST = "123456789ANY"
LENGTH = 18
_CHARACTERS = frozenset(ALPHABET)
_VALUES = bytes.maketrans(ALPHABET.encode(), bytes(range(len(ALPHABET))))
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_OLD_NUMBER = re.compile("[0-9]{15}")
_LOOK_ALIKE = str.maketrans("OISZ", "0152")
_SILENT = frozenset(("Cc", "Cf", "Mn", "Pd", "Zl", "Zp", "Zs"))


def normalise(text: str) -> str:
    """Return `text` in half-width capitals, without blanks, hyphens and invisible characters."""
    plain = half_width(text).upper().replace("\N{MINUS SIGN}", "")
    return "".join(character for character in plain if unicodedata.category(character) not in _SILENT)


def check_character(first17: str) -> str:
    """Return the 18th character for the first 17: the weighted sum of all is a multiple of 31."""
    return ALPHABET[-sum(map(mul, _WEIGHTS, first17.encode().translate(_VALUES))) % 31]


def fault(code: str) -> Message | None:
    """Return what is wrong with a normalised code, or None when it is sound."""
    if not _CHARACTERS.issuperset(code):
        strange = sorted(set(code) - _CHARACTERS)
        return say("a credit code cannot contain {characters}", characters=" ".join(strange))
    if _OLD_NUMBER.fullmatch(code):
        return say("this is a registration number of 15 digits (注册号), since replaced by the credit code: enter that")
    if len(code) != LENGTH:
        return say("a credit code has {wanted} characters, this one has {count}", wanted=LENGTH, count=len(code))
    if code[0] not in FIRST:
        return say("a credit code does not begin with {character}", character=code[0])
    if code[-1] != check_character(code[:-1]):
        return say("the check character is wrong: a character is mistyped, or two are swapped")
    return None


def suggestion(code: str) -> str | None:
    """Return the sound code that is meant when O, I, S or Z stand for 0, 1, 5 or 2, or None."""
    meant = code.translate(_LOOK_ALIKE)
    return meant if meant != code and fault(meant) is None else None
