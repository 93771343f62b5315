"""Figures and how they changed, in words: 环比 against the span before, 同比 against the year before."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from esm.domain.reports.bulletin import Bulletin, ComparedFigure, Figure, FigureChange, change
from esm.domain.values.intervals import MONTHS
from esm.domain.values.money import Money
from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.day_words import day_in_words, span_in_words
from esm.sheets.sheet.message_translation import money_in_words


def share_in_words(ratio: Ratio) -> str:
    """Return a share with the numbers that it is of."""
    return _("{share} ({part} of {whole})").format(share=ratio.share, part=ratio.part, whole=ratio.whole)


def value_in_words(value: Figure) -> str:
    """Return a figure as a table for people has it; what is not on record as a dash."""
    if value is None:
        return "–"
    if isinstance(value, Ratio):
        return _("{share} ({part}/{whole})").format(share=value.share, part=value.part, whole=value.whole)
    return money_in_words(value) if isinstance(value, Money) else str(value)


def signed_change(found: FigureChange | None) -> str:
    """Return how a figure moved as a table has it, a dash where that is not on record."""
    if found is None:
        return "–"
    sign = {1: "+", 0: "±", -1: "−"}[found.direction]
    if found.tenths is None:
        return sign
    moved = f"{sign}{decimal(found.tenths)}"
    return _("{points} points").format(points=moved) if found.is_share else f"{moved}%"


def _change_in_words(found: FigureChange) -> str:
    if found.direction == 0:
        return _("unchanged")
    if found.tenths is None:
        return _("up from 0")
    moved = decimal(found.tenths)
    if found.is_share:
        return (_("up {points} points") if found.direction > 0 else _("down {points} points")).format(points=moved)
    return (_("up {share}%") if found.direction > 0 else _("down {share}%")).format(share=moved)


def changes(figure: ComparedFigure, months: int) -> str:
    """Return the clauses on how a figure moved, each with the comma before it; nothing where nothing is on record."""
    return "".join(_(", {clause}").format(clause=clause) for clause in _clauses(figure, months))


def _clauses(figure: ComparedFigure, months: int) -> Iterator[str]:
    than_before = _("on the previous month") if months == 1 else _("on the previous period")
    for than, before in ((than_before, figure.before), (_("on a year earlier"), figure.year_before)):
        moved = change(figure.now, before)
        if moved is not None:
            yield _("{change} {than}").format(change=_change_in_words(moved), than=than)


def decimal(tenths: int) -> str:
    """Return tenths as a number with one decimal."""
    return f"{tenths // 10}.{tenths % 10}"


class SpokenFigures:
    """The figures of a bulletin as its sentences take them."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self.span = span_in_words(bulletin.span.start_on, bulletin.span.months)
        self.day = day_in_words(bulletin.on)
        self.so_far = _(" (as of {day})").format(day=self.day)

    def value(self, key: str) -> Figure:
        """Return a figure."""
        return self.bulletin.figures[key].now

    def count(self, key: str) -> int:
        """Return a count."""
        value = self.value(key)
        return value if isinstance(value, int) else 0

    def money(self, key: str) -> Money:
        """Return an amount."""
        value = self.value(key)
        return value if isinstance(value, Money) else Money(0)

    def share(self, key: str) -> str:
        """Return a share in words."""
        value = self.value(key)
        return share_in_words(value) if isinstance(value, Ratio) else "–"

    def changes(self, key: str) -> str:
        """Return the clauses on how a figure moved; the share of a period is compared with that of a period."""
        months = MONTHS if key == "promise" else self.bulletin.span.months
        return changes(self.bulletin.figures[key], months)
