"""Taking in requests; their moves follow them, see `load_request_events`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from esm.domain.register.enterprise_record import Changes
from esm.domain.requests.class_tree import OTHER_CLASS
from esm.domain.requests.states import LONGEST_SUBJECT, MOST_DAYS, Nature, Request, promised_days
from esm.domain.values import nearest_spellings, phones
from esm.domain.values.column_spec import SheetSpec
from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import differences, iso
from esm.storage.exchange import tables
from esm.storage.requests import requests
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally, with_known_keys
from esm.usecases.exchange.upsert import Fault, Incoming
from esm.usecases.requests import classes

DAYS = ("accept_days", "answer_days", "close_days")
WORDS = ("request_class", "nature", "subject", *DAYS)
Twin = tuple[str, date, str]


def upsert_requests(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store requests; the key is the number, or without one enterprise, day and wording.

    A new one without a number gets the next that is free, so that each row is stored before the next is looked at.
    One without a class is of the class “other matters”, and said to be.
    """
    writing, keys, rows, tally = incoming.writing, incoming.keys, incoming.rows[spec.key], Tally()
    if not rows:
        return tally
    known = {stored.id: stored.request for stored in requests.load(writing, date.max)}
    twins: dict[Twin, int] = {_twin_of(request): key for key, request in known.items()}
    named, visits = classes.codes_by_name(writing), tables.visit_ids(writing)
    promise = promised_days(settings.load(writing, incoming.today))
    unclassed: list[RosterRow] = []
    for row in with_known_keys(rows, keys, tally):
        values = dict(row.values)
        if "request_class" in values:
            values["request_class"] = classes.code_meant(named, row.values["request_class"])
        number = values.get("request_no") or twins.get(twin(values["uscc"], values["received_on"], values["subject"]))
        fault = _request_fault(values, row, known.get(number or 0), incoming.today, named)
        if tally.refuses(row, fault):
            continue
        if number in known:
            tally.update(row, _correct(writing, number, known[number], values))
        else:
            if "request_class" not in values:
                unclassed.append(row)
            request = _request(values, promise)
            enterprise_id, staff_no = keys.enterprises[values["uscc"]], values.get("staff_no", "")
            made = requests.add(
                writing, request, enterprise_id=enterprise_id, cadre_id=keys.cadres.get(staff_no),
                visit_id=visits.get((enterprise_id, staff_no, iso(values.get("visited_on")) or "")), request_id=number,
            )  # fmt: skip
            known[made], twins[_twin_of(request)] = request, made
            tally.added += 1
    tally.suppose(
        unclassed, "request_class", OTHER_CLASS, say("the requests are listed under this class until it is corrected")
    )
    return tally


def twin(uscc: str, received_on: date, subject: str) -> Twin:
    """Return what a request without a number is known by; a telephone in its wording may be masked."""
    return uscc, received_on, phones.mask_within(subject)


def _twin_of(request: Request) -> Twin:
    return twin(request.uscc, request.received_on, request.subject)


def _request_fault(
    values: Mapping[str, Any], row: RosterRow, stored: Request | None, today: date, named: Mapping[str, str]
) -> Fault | None:
    if values.get("request_class", OTHER_CLASS) is None:
        return "request_class", _no_class(row.values["request_class"], named)
    if len(values["subject"]) > LONGEST_SUBJECT:
        count = len(values["subject"])
        return "subject", say(
            "the text has {count} characters; the maximum is {most}", count=count, most=LONGEST_SUBJECT
        )
    if values["received_on"] > today:
        return "received_on", say("is in the future")
    if stored is not None and (stored.uscc, stored.received_on) != (values["uscc"], values["received_on"]):
        return "request_no", say(
            "request {number} belongs to {uscc}, received on {on}", number=values["request_no"], uscc=stored.uscc,
            on=stored.received_on,
        )  # fmt: skip
    odd = next((name for name in DAYS if name in values and not 1 <= values[name] <= MOST_DAYS), None)
    return None if odd is None else (odd, say("a deadline has 1 to {most:working day|working days}", most=MOST_DAYS))


def _no_class(words: str, named: Mapping[str, str]) -> Message:
    close = nearest_spellings.nearest(words.casefold(), list(named), share=0.6)
    if close:
        return say("no class has this name; did you mean {close}?", close=close[0])
    return say("no class has this name; see `esm request classes`")


def _request(values: Mapping[str, Any], promise: Mapping[str, int]) -> Request:
    return Request(
        uscc=values["uscc"], received_on=values["received_on"], request_class=values.get("request_class", OTHER_CLASS),
        nature=values.get("nature", Nature.HELP), subject=values["subject"],
        **{name: values.get(name, promise[name]) for name in DAYS},
    )  # fmt: skip


def _correct(writing: Writing, number: int, stored: Request, values: Mapping[str, Any]) -> Changes:
    changes = differences(stored, {name: values[name] for name in WORDS if name in values})
    if changes:
        requests.correct_request(writing, number, {name: new for name, (_, new) in changes.items()})
    return changes
