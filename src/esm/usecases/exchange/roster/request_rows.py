"""Requests as offices write them down: in a ledger of their own, or as the problems raised at a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from esm.domain.requests.columns import REQUESTS
from esm.domain.requests.ledger_row import LedgerEntry
from esm.domain.requests.problem_cell_parsing import doubt_of, numbered_points, says_none
from esm.domain.values.raw_text import fold, is_blank_word
from esm.errors import say
from esm.sheets.exchange.recognised_sheet import Ground, Recognised
from esm.usecases.exchange.roster.named_cadres import NamedCadres
from esm.usecases.exchange.roster.roster_rows import RosterRow, Unnamed, Unresolved

_FIELDS = frozenset(each.name for each in fields(LedgerEntry))
_SINCE = ("state", "closed", "closed_on", "progress", "result", "answer")
_TEXTS = ("department", "supporting", "answer", "progress", "result", "basis")


def request_row(row: RosterRow, values: Mapping[str, Any], found: Recognised, cadres: NamedCadres) -> RosterRow | None:
    """Return the row of a request whose enterprise has its code; None where it says that there is none.

    Raises Unresolved where its columns contradict, or its words do not tell what is asked for.
    """
    told = {key: value for key, value in values.items() if "." not in key}
    if not found.is_of_esm and _is_none(row, "subject", found):
        return None
    if "collector.name" in values and "staff_no" not in told:
        told["staff_no"] = _collector(row, cadres)
    return _sound(row, told)


def is_numbered(row: RosterRow) -> bool:
    """Return whether a row of a ledger lists several points as one request."""
    return bool(numbered_points(row.values["subject"]))


def _is_none(row: RosterRow, key: str, found: Recognised) -> bool:
    """Return whether a text says that there is no request. Raises Unresolved where that cannot be told.

    Who says with `--map` what the column is has read it.
    """
    words = row.values[key]
    if says_none(words):
        return True
    heading = next((each for each in found.headings if each.column.key == key), None)
    doubt = None if heading is None or heading.ground is Ground.MAP else doubt_of(words)
    if doubt is not None:
        raise Unresolved(key, doubt, question="request")
    return False


def _sound(row: RosterRow, values: Mapping[str, Any]) -> RosterRow:
    """Return the row with these values. Raises Unresolved where they contradict each other."""
    told = {key: value for key, value in values.items() if not (key in _TEXTS and is_blank_word(value))}
    fault = LedgerEntry(**{key: value for key, value in told.items() if key in _FIELDS}).fault()
    if fault is not None:
        raise Unresolved(*fault, question="state")
    return row._replace(values=told)


def _collector(row: RosterRow, cadres: NamedCadres) -> str:
    """Return the staff number of the first who is named as having received the request."""
    try:
        return cadres.named_in(row, "collector", may_number=False)[0]
    except Unnamed as fault:
        raise Unresolved(fault.key, fault.reason) from fault


def raised_at(row: RosterRow, values: Mapping[str, Any], found: Recognised) -> list[RosterRow]:
    """Return the requests that were raised at a visit, with what the sheet tells of them since.

    None where the cell says that there was none; one for each point of a numbered list. Raises Unresolved where the
    columns contradict each other, or the words do not tell what is asked for.
    """
    words = values.get("problem")
    is_none = words is None or not fold(words) or _is_none(row, "problem", found)
    if values.get("has_problem", not is_none) is is_none:
        reason = say("one column says that there is a request, the other that there is none")
        raise Unresolved("has_problem", reason, question="request")
    if words is None or is_none:
        return []
    points = numbered_points(words)
    if points and any(key in values for key in _SINCE):
        reason = say(
            "lists {count:request|requests}, and the row has the progress of only one: write each in a row of its own",
            count=len(points),
        )
        raise Unresolved("problem", reason, question="request")
    return [_raised(row, values, each) for each in points or (words,)]


def _raised(row: RosterRow, values: Mapping[str, Any], words: str) -> RosterRow:
    raised = {
        "uscc": values.get("uscc"), "received_on": values.get("done_on"), "visited_on": values.get("done_on"),
        "staff_no": values.get("staff_no"), "subject": words, "request_class": values.get("problem_class"),
    }  # fmt: skip
    sources = {
        "subject": "problem", "received_on": "done_on", "request_class": "problem_class", "uscc": "uscc",
        "staff_no": "staff_no",
    }  # fmt: skip
    letters = {key: row.letters[source] for key, source in sources.items() if source in row.letters}
    letters |= {key: at for key, at in row.letters.items() if key in _FIELDS}
    raised |= {key: value for key, value in values.items() if key in _FIELDS}
    told = {key: value for key, value in raised.items() if value is not None}
    return _sound(row._replace(kind=REQUESTS.key, letters=letters), told)
