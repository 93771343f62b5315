"""Taking in policies and what enterprises did with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esm.domain.values import spelling
from esm.errors import Message, say
from esm.sheets.exchange import request_columns as sheet
from esm.sheets.exchange.column_spec import SheetSpec
from esm.storage.database.connection import Writing
from esm.storage.database.iso_dates import iso
from esm.storage.exchange import tables
from esm.storage.policies import policies
from esm.usecases.exchange import keyed_rows, payment_numbers
from esm.usecases.exchange.roster import Row
from esm.usecases.exchange.tally import Keys, Tally


def take(writing: Writing, told: Mapping[str, Sequence[Row]], keys: Keys, today: date) -> dict[str, Tally]:
    """Store the sheets of policies; what speaks of an unknown policy or of a day to come is refused."""
    tallies = {sheet.POLICIES.key: _policies(writing, told.get(sheet.POLICIES.key, ()), keys)}
    known = {code: stored.id for code, stored in policies.load(writing).items()}
    for spec in (sheet.BRIEFINGS, sheet.APPLICATIONS, sheet.RELIEFS):
        tallies[spec.key] = _steps(writing, spec, told.get(spec.key, ()), keys, known, today)
    return tallies


def _policies(writing: Writing, rows: Sequence[Row], keys: Keys) -> Tally:
    known = policies.load(writing) if rows else {}
    refused, good = Tally(), []
    for row in rows:
        stored = known.get(row.values["code"])
        start_on = row.values.get("start_on", stored and stored.policy.start_on)
        until_on = row.values.get("until_on", stored and stored.policy.until_on)
        if start_on is not None and until_on is not None and until_on < start_on:
            refused.refuse(row, "until_on", say("the last day {until} lies before the first, {start}",
                                                until=until_on, start=start_on))  # fmt: skip
        else:
            good.append(row)
    tally = keyed_rows.take(writing, sheet.POLICIES, good, keys)
    tally.problems += refused.problems
    return tally


def _steps(
    writing: Writing, spec: SheetSpec, rows: Sequence[Row], keys: Keys, known: Mapping[str, int], today: date
) -> Tally:
    refused, good = Tally(), []
    made = tables.visit_ids(writing) if spec is sheet.BRIEFINGS and rows else {}
    for row in rows:
        fault = _step_fault(row, known, today) or _visit_fault(row, keys, made)
        if fault is None:
            good.append(row)
        else:
            refused.refuse(row, *fault)
    if spec is sheet.RELIEFS:
        good = payment_numbers.numbered(good, payment_numbers.amounts(writing), refused)

    def links(values: Mapping[str, Any], ids: Mapping[str, int]) -> dict[str, Any]:
        found: dict[str, Any] = {"policy_id": known[values["policy"]]}
        if spec is sheet.BRIEFINGS:
            staff_no = values.get("staff_no", "")
            visit = (ids["enterprise_id"], staff_no, values["done_on"])
            found |= {
                "cadre_id": keys.cadres.get(staff_no),
                "visit_id": made.get(visit) if values.get("on_visit") else None,
            }
        return found

    tally = keyed_rows.take(writing, spec, good, keys, links)
    tally.problems += refused.problems
    return tally


def _step_fault(row: Row, known: Mapping[str, int], today: date) -> tuple[str, Message] | None:
    code = row.values["policy"]
    if code not in known:
        close = spelling.nearest(code, list(known), share=0.5)
        if close:
            return "policy", say("no policy has this code; did you mean {close}?", close=close[0])
        return "policy", say("no policy has this code; add it to the sheet of policies")
    if row.values["done_on"] > today:
        return "done_on", say("lies in the future")
    return None


def _visit_fault(row: Row, keys: Keys, made: Mapping[tuple[int, str, str], int]) -> tuple[str, Message] | None:
    """Return what is wrong with a briefing on a visit that nobody made; unknown keys are told of elsewhere."""
    uscc, staff_no = row.values["uscc"], row.values.get("staff_no", "")
    if not row.values.get("on_visit") or uscc not in keys.enterprises or (staff_no and staff_no not in keys.cadres):
        return None
    if (keys.enterprises[uscc], staff_no, iso(row.values["done_on"])) in made:
        return None
    return "on_visit", say("no visit of this cadre on that day is on record; log it, or say that it was on no visit")
