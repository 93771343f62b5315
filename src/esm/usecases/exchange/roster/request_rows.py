"""Requests as offices write them down: in a ledger of their own, or as the problems raised at a visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from esm.domain.requests.columns import REQUESTS
from esm.domain.requests.ledger import LedgerEntry
from esm.domain.values.raw_text import fold, is_blank_word
from esm.usecases.exchange.roster.named_cadres import NamedCadres
from esm.usecases.exchange.roster.roster_rows import RosterRow, Unnamed, Unresolved

_FIELDS = frozenset(each.name for each in fields(LedgerEntry))
_TEXTS = ("department", "supporting", "answer", "progress", "result", "basis")
_NOTHING_RAISED = re.compile(
    "(?:目前|暂时|均)?(?:没有?|暂?无|未|不存在)(?:反映|提出|存在|收集到?)?(?:其他|任何|企业|相关)?(?:问题|诉求|困难|需求|情况)?|none|no"
)


def request_row(row: RosterRow, values: Mapping[str, Any], cadres: NamedCadres) -> RosterRow:
    """Return the row of a request whose enterprise has its code. Raises Unresolved where its columns contradict."""
    found = {key: value for key, value in values.items() if "." not in key}
    if "collector.name" in values and "staff_no" not in found:
        found["staff_no"] = _collector(row, cadres)
    return _sound(row, found)


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


def raised_at(row: RosterRow, values: Mapping[str, Any]) -> RosterRow | None:
    """Return the request that was raised at a visit, with what the sheet tells of it since.

    None where the cell says that there was none. Raises Unresolved where the columns contradict each other.
    """
    words = values.get("problem")
    if words is None or is_blank_word(words) or _NOTHING_RAISED.fullmatch(fold(words)) or not fold(words):
        return None
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
