"""Coded values: one class for each, in the module of its subject, with a member for each code.

The code goes to the database, to JSON and to CSV; people read and write words. Whatever knows a coded value asks
its class: the CHECK of a column, the options of the command line, import, templates and tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from functools import cache
from typing import Self

from esm.domain.values.raw_text import fold
from esm.errors import Listed, Message

NO_LABEL = Message("")


class Worded(Enum):
    """A code with its words in both languages; `also` are more of them, separated by blanks, understood as well.

    The catalogue has `label` as a sentence like any other and takes its translation, `chinese`, from here.
    """

    label: Message
    chinese: str
    also: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return what a code or a word of either language stands for; case, width and blanks do not matter."""
        return cls._accepted().get(fold(text))

    @classmethod
    @cache
    def _accepted(cls) -> Mapping[str, Self]:
        return {
            fold(word): member
            for member in cls
            for word in (str(member), str(member.label), member.chinese, *member.also.split())
        }

    @classmethod
    def choices(cls) -> Listed:
        """Return the codes, each with its Chinese word, for whoever wrote neither."""
        return Listed(" ".join(dict.fromkeys((str(member), member.chinese))) for member in cls)


class Code(Worded, StrEnum):
    """A coded value whose codes are words: `PHONE = "phone", say("phone"), "电话", "电话联系"`."""

    def __new__(cls, code: str, label: Message = NO_LABEL, chinese: str = "", also: str = "") -> Self:
        """Return a member that is its code; a code of another class brings its words along."""
        if isinstance(code, Code):
            label, chinese, also = code.label, code.chinese, code.also
        member = str.__new__(cls, code)
        member._value_, member.label, member.chinese, member.also = str(code), label, chinese, also
        return member


class Grade(Worded, IntEnum):
    """A coded value whose codes are numbers, in their order: `STAFF = 1, say("staff"), "科员"`."""

    def __new__(cls, code: int, label: Message = NO_LABEL, chinese: str = "", also: str = "") -> Self:
        """Return a member that is its code."""
        member = int.__new__(cls, code)
        member._value_, member.label, member.chinese, member.also = code, label, chinese, also
        return member


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several codes of one class, as what a column or an option holds."""

    kind: type[Code]
