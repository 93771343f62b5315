"""The lines under the title of a file that goes out: the period and the day that it is of, and who issues it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from esm.sheets.sheet.message_translation import day_text
from esm.sheets.sheet.sheet import Cell, Document, Report

_GAP = "   "


def with_heading(shown: Document, issuing_office: str, today: date) -> Document:
    """Return an answer with its heading; a listing, and a report that tells no day of its own, is as of today."""
    known = {fact.key: fact.value for fact in shown.facts} if isinstance(shown, Report) else {}
    spans = _GAP.join(_spans(known, today))
    return replace(shown, heading=tuple(filter(None, (spans, issuing_office))))


def _spans(known: dict[str, Cell], today: date) -> Iterator[str]:
    period, month, since, until, as_of = map(known.get, ("period", "month", "since", "until", "as_of"))
    if isinstance(period, str):
        year, first = map(int, period.split("-"))
        yield _("Period: {year}-{first:02} to {year}-{last:02}").format(year=year, first=first, last=first + 1)
    elif isinstance(month, str):
        yield _("Period: {month}").format(month=month)
    elif isinstance(since, date) and isinstance(until, date):
        yield _("Period: {since} to {until}").format(since=day_text(since), until=day_text(until))
    yield _("As of {day}").format(day=day_text(as_of if isinstance(as_of, date) else today))
