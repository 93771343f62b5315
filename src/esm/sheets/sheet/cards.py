"""A report that is a page of cards on a phone: one below the other, each with its facts and short lists."""

from __future__ import annotations

from dataclasses import dataclass

from esm.sheets.sheet.sheet import Cell, Report


@dataclass(frozen=True, slots=True)
class Card:
    """One card: `head` stands above the title; `parts` are short lists, each under its heading."""

    key: str
    title: str
    head: str
    facts: tuple[tuple[str, Cell], ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class CardPage(Report):
    """A report with the cards of its page; `empty` is said where there is none."""

    cards: tuple[Card, ...] = ()
    empty: str = ""
