"""Taking in policies and what enterprises did with them."""

from __future__ import annotations

from collections.abc import Mapping

from esm.domain.policies.audience_words import RULES
from esm.domain.policies.columns import BRIEFINGS
from esm.domain.values import nearest_spellings
from esm.domain.values.column_spec import SheetSpec
from esm.errors import say
from esm.storage.database.row_values import iso
from esm.storage.exchange import tables
from esm.storage.policies import policies
from esm.usecases.exchange import payment_numbers
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Keys, Tally
from esm.usecases.exchange.upsert import Fault, Incoming, IncomingRow, Rules, upsert

_ENDS = ("until_on", "validity")


def upsert_policies(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store policies; one that ends before it begins is refused."""
    known = policies.load(incoming.writing) if incoming.rows[spec.key] else {}

    def ends_before_start(row: RosterRow) -> Fault | None:
        stored = known.get(row.values["code"])
        start_on = row.values.get("start_on", stored and stored.policy.start_on)
        until_on = row.values.get("until_on", stored and stored.policy.until_on)
        if start_on is None or until_on is None or until_on >= start_on:
            return None
        reason = say("the last day {until} is before the first, {start}", until=until_on, start=start_on)
        return "until_on", reason

    tally = upsert(incoming, spec, Rules(ends_before_start))
    fresh = [row for row in incoming.rows[spec.key] if row.values["code"] not in known]
    for_all = filter(_is_for_whom_unsaid, fresh)
    tally.suppose(for_all, "audience", None, say("not stated for whom: they apply to every enterprise"))
    endless = (row for row in fresh if row.letters.keys().isdisjoint(_ENDS))
    tally.suppose(endless, "until_on", None, say("no column states the end: in force until ended"))
    return tally


def _is_for_whom_unsaid(row: RosterRow) -> bool:
    """Return whether no column of a list says for whom a policy is."""
    return "audience" not in row.values and row.letters.keys().isdisjoint(RULES)


def upsert_steps(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store what enterprises did with policies; what speaks of an unknown policy or of a day to come is refused."""
    made = tables.visit_ids(incoming.writing) if spec is BRIEFINGS and incoming.rows[spec.key] else {}

    def visit(entry: IncomingRow) -> dict[str, int | None]:
        values = entry.values
        key = entry.ids["enterprise_id"] or 0, values.get("staff_no", ""), values["done_on"]
        return {"visit_id": made.get(key) if values.get("on_visit") else None}

    rules = Rules(
        lambda row: _step_fault(row, incoming) or _visit_fault(row, incoming.keys, made),
        additions=visit if spec is BRIEFINGS else lambda _entry: {},
    )
    return upsert(incoming, spec, rules)


def upsert_payments(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store what arrived, as `upsert_steps` does, with the numbers of a day's payments."""
    refused = Tally()
    good = [row for row in incoming.rows[spec.key] if not refused.refuses(row, _step_fault(row, incoming))]
    numbered = payment_numbers.with_numbers(good, payment_numbers.amounts_by_day(incoming.writing), refused)
    tally = upsert(incoming, spec, rows=numbered)
    tally.problems += refused.problems
    return tally


def _step_fault(row: RosterRow, incoming: Incoming) -> Fault | None:
    code, keys = row.values["policy"], incoming.keys
    if code not in keys.policies:
        close = nearest_spellings.nearest(code, list(keys.policies), share=0.5)
        if close:
            return "policy", say("no policy has this code; did you mean {close}?", close=close[0])
        return "policy", say("no policy has this code; add it to the sheet of policies")
    if row.values["done_on"] > incoming.today:
        return "done_on", say("is in the future")
    return None


def _visit_fault(row: RosterRow, keys: Keys, made: Mapping[tuple[int, str, str], int]) -> Fault | None:
    """Return what is wrong with a briefing on a visit that nobody made; unknown keys are told of elsewhere."""
    uscc, staff_no = row.values["uscc"], row.values.get("staff_no", "")
    if not row.values.get("on_visit") or uscc not in keys.enterprises or (staff_no and staff_no not in keys.cadres):
        return None
    if (keys.enterprises[uscc], staff_no, iso(row.values["done_on"])) in made:
        return None
    return "on_visit", say(
        "no visit of this cadre on that date is on record; record it, or state that it was not on a visit"
    )
