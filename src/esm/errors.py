"""What esm refuses, each kind with its exit code.

A sentence that leaves the inner rooms is a `Message`: an English template, which is the key of the
catalogue, and its parameters. `sheets.sheet.message_translation.tell` turns it into the language of the user.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from string import ascii_uppercase
from typing import Self


class Count(int):
    """A number in a sentence: `{days:day|days}` is `1 day` or `2 days`."""

    def __format__(self, forms: str) -> str:
        """Return the number, with the word that fits it where there are two to choose from."""
        one, bar, many = forms.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if bar else format(int(self), forms)


class Day(date):
    """A date in a sentence: `{on}` is `2026-11-23`, `{on:long}` is `2026年11月23日`, for the Chinese one."""

    def __format__(self, form: str) -> str:
        """Return the date as ISO writes it, or long, as Chinese documents do."""
        return f"{self.year}年{self.month}月{self.day}日" if form == "long" else self.isoformat()


class Listed(tuple["str | Message", ...]):
    """Names or messages in a sentence, separated as its language separates them."""

    __slots__ = ()

    @classmethod
    def first(cls, names: Iterable[str], most: int) -> Self:
        """Return the first of the names, with a mark where there are more."""
        every = list(names)
        return cls(every if len(every) <= most else [*every[: most - 1], f"{every[most - 1]} …"])

    def __format__(self, _form: str) -> str:
        """Return the names as English lists them."""
        return ", ".join(map(str, self))


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is not yet in a language: `template` is English with `{names}`; counts are `Count`."""

    template: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence, for logs and tests."""
        return self.template.format(**self.parameters)


def say(template: str, /, **parameters: object) -> Message:
    """Return `template` as a message; the catalogue is collected from the calls of this function."""
    return Message(template, {name: _formatted(value) for name, value in parameters.items()})


def _formatted(value: object) -> object:
    if type(value) is int:
        return Count(value)
    return Day(value.year, value.month, value.day) if type(value) is date else value


def joined(parts: Sequence[Message], between: str) -> Message:
    """Return several messages as one, with a separator that is the same in every language."""
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    return Message(between.join(f"{{{name}}}" for name in named), named)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input file: where it stands, what stands there and why it cannot be taken."""

    file: str
    sheet: str
    cell: str
    value: str
    reason: Message

    @property
    def row(self) -> int:
        """Return the number of the row where it stands; 0 for a whole sheet or file."""
        return int(self.cell.lstrip(ascii_uppercase) or 0)


class EsmError(Exception):
    """Something that esm refuses. `message` says what and where, `hint` what to do next."""

    exit_code = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


class UsageRefused(EsmError):
    """The words of the command are wrong: an unknown option, an unreadable date."""

    exit_code = 2


class NotFound(EsmError):
    """A name that fits nothing, or more than one thing."""

    exit_code = 3


class RuleRefused(EsmError):
    """A rule of the scheme forbids it."""

    exit_code = 4


class InputRefused(EsmError):
    """An input file is missing, unreadable or faulty; `problems` lists every fault."""

    exit_code = 5

    def __init__(self, message: Message, hint: Message | None = None, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class StorageRefused(EsmError):
    """The database cannot be used: missing, locked, read-only, foreign, of another version."""

    exit_code = 6
