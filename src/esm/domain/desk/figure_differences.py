"""Where what a file shows is not what is computed again (docs/rules.md, Proof of a file)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from esm.domain.desk.proof import Proof
from esm.errors import Message

_BEGINS_WITH_A_DIGIT = re.compile(r"\W*\d")
_NUMERAL = re.compile(r"\d+")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHARE = re.compile(r"\d+\.\d{13,}")  # a number of a workbook, of which office programs keep 15 digits
_FRACTION = re.compile(r"(\d[\d,]*\.\d*?)0+(?!\d)")
_UNITS = "万亿"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a file and the database do not agree; None for what is not there."""

    place: str | Message
    in_file: str | Message | None
    in_database: str | Message | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two files differ, and the texts with numbers of the first that nothing could be compared with."""

    differences: tuple[Difference, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of computing the figures of a file again."""

    file: str
    proof: Proof
    found: Comparison = field(default_factory=Comparison)

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not self.found.differences


def figure(text: str | None) -> str | None:
    """Return what a text says in figures, without words; None for a text that does not begin with a digit.

    Days and fractions are the same however an office program spells them: 2026/1/5, 12.50.
    """
    if text is None or not _BEGINS_WITH_A_DIGIT.match(text):
        return None
    if day := _DAY.fullmatch(text.strip()):
        return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    if _SHARE.fullmatch(text):
        return f"{float(text):.12g}"
    plain = "".join(each for each in text if each in _UNITS or not (each.isalpha() or each.isspace()))
    return _FRACTION.sub(r"\1", plain).replace(".%", "%").rstrip(".")


def numerals(text: str) -> list[str]:
    """Return the numbers in a text, in their order."""
    return _NUMERAL.findall(text)


def wording(text: str) -> str:
    """Return a text without its numbers."""
    return " ".join(_NUMERAL.sub("#", text).split())
