"""A report that is a page of cards on a phone: one below the other, each with its facts and short lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from esm.sheets.sheet.sheet import Cell, Report


@dataclass(frozen=True, slots=True)
class Card:
    """One card: `head` stands above the title; `parts` are short lists, each under its heading.

    `opening` are the lines with which the text begins that the form of the card makes.
    """

    key: str
    title: str
    head: str
    facts: tuple[tuple[str, Cell], ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    is_bad: bool = False
    opening: str = ""


@dataclass(frozen=True, slots=True)
class CardField:
    """One thing to fill in: a `day`, a `line`, `lines`, a `choice` of one, or `several`; `label` stands in the text.

    Of a choice that `may_be_empty` nothing is chosen at first, else its first word. `most` is the number of signs.
    """

    key: str
    title: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    may_be_empty: bool = True
    most: int = 0


@dataclass(frozen=True, slots=True)
class CardForm:
    """The form below each card, which makes one text to send; `groups` are fields, under headings but for the first.

    `period` keeps what is begun apart from that of another week, `closing` begins the last line of the text; `words`
    are the sentences of the page by what they are for.
    """

    district: str
    period: str
    closing: str
    groups: tuple[tuple[str, tuple[CardField, ...]], ...]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CardPage(Report):
    """A report with the cards of its page, and a form for each; `empty` is said where there is none."""

    cards: tuple[Card, ...] = ()
    empty: str = ""
    form: CardForm | None = None
