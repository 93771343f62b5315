"""One page to read before going to an enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.register.master_data import Enterprise
from esm.domain.schedule.due_list import DueVisit
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section: a day, who or what it concerns, and what is to be known."""

    on: date | None
    who: str | None
    what: str | Message
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page; `empty` is said when it has no line."""

    key: str
    title: Message
    entries: tuple[Entry, ...]
    empty: Message


@dataclass(frozen=True, slots=True)
class Brief:
    """Who they are, who serves them, how the clock stands, the sections, and what one could ask."""

    enterprise: Enterprise
    cadre: str | None
    due: DueVisit | None
    sections: tuple[Section, ...]
    questions: tuple[Message, ...]
