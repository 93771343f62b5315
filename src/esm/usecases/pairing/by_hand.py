"""Pairing one enterprise by hand: the hard rules of `esm assign` bind people too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esm.domain.pairing.penalty import Demand, Penalty, penalty
from esm.domain.pairing.proposal import Pair, PairChange
from esm.domain.pairing.records import PairingChange, PairingRecord
from esm.domain.register.cadres import Cadre
from esm.domain.values.intervals import holds
from esm.domain.values.settings import Settings
from esm.errors import Message, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies as stored_deputies
from esm.storage.pairing import pairings, recusals
from esm.storage.register import cadres, enterprises
from esm.storage.register.cadres import StoredCadre
from esm.storage.schedule import due_list
from esm.usecases.pairing import allowed_deputies, assignment
from esm.usecases.register import absences, lookup, pin_limits


def pair(
    writing: Writing,
    enterprise: str,
    cadre: str,
    today: date,
    *,
    pin: bool | None = None,
    reason: str | None = None,
    deputies: Sequence[str] | None = None,
) -> PairingChange:
    """Let a cadre serve an enterprise from today on; the pairing it replaces ends the same day.

    `pin` None leaves a pin as it is, `deputies` None leaves the deputies, as far as they still may be any. Refused: out
    of scope, out of post, recused, full, an enterprise that is pinned to somebody else, and a pairing that would
    overlap a later one; a deputy who is the cadre, out of post or recused.
    """
    demand = demand_in_scope(writing, lookup.enterprise(writing, enterprise), today)
    stored = cadres.load(writing, [lookup.cadre(writing, cadre)])
    ((staff_no, found),) = stored.items()
    (person,) = cadres.on_day(writing, today, staff_no)
    held = pairings.active_pairing(writing, demand.uscc, today)
    rules = settings.load(writing, today)
    _require_allowed(writing, demand, found.cadre, held, today)
    chosen = None if deputies is None else allowed_deputies.allowed_ids(writing, demand.uscc, staff_no, deputies, today)
    if held is not None and held.staff_no == staff_no:
        price = penalty(demand, assignment.offer(found.cadre, 1), rules)
        return _change(writing, held, price, today, pin=pin, deputies=chosen)
    load = _highest_load(writing, staff_no, today, besides=demand.uscc)
    _require_room(person, load, rules)
    _require_nothing_later(writing, demand.uscc, today)
    price = replace(penalty(demand, assignment.offer(found.cadre, 1), rules), load=rules.weights.load * load)
    why = assignment.reason(_pair_by_hand(demand.uscc, staff_no, held, price), by_hand=True, reason=reason)
    _take_over(writing, demand.uscc, found, held, today, is_pinned=bool(pin), why=why)
    _give_deputies(writing, demand.uscc, chosen, held, today)
    notes = _notes(writing, demand.uscc, staff_no, today, rules, is_pinned=bool(pin))
    made = current_pairing(writing, demand.uscc, today)
    return PairingChange(made, held, price, due_list.due_on(writing, demand.uscc, today), notes)


def unpair(writing: Writing, enterprise: str, today: date) -> PairingChange:
    """End the pairing of an enterprise today, pinned or not; refused where nobody serves it."""
    uscc = lookup.enterprise(writing, enterprise)
    held = pairings.active_pairing(writing, uscc, today)
    if held is None:
        name = enterprises.load(writing, [uscc])[uscc].enterprise.name
        raise RuleRefused(
            say("{name} has no cadre on {today}.", name=name, today=today),
            say("See `esm enterprise show {uscc}` for its pairings.", uscc=uscc),
        )
    pairings.end(writing, held.id, today)
    notes = [say("It is now unserved; `esm assign --freeze` gives it a cadre and changes no other pairing.")]
    if held.start_on >= today:
        notes.insert(0, say("The pairing started on {start} and is removed.", start=held.start_on))
    return PairingChange(replace(held, end_on=today), None, None, due_list.due_on(writing, uscc, today), tuple(notes))


def demand_in_scope(reading: Reading, uscc: str, today: date) -> Demand:
    """Return an enterprise as the pairing sees it; one out of scope is refused."""
    found = next((demand for demand in pairings.demands(reading, today) if demand.uscc == uscc), None)
    if found is None:
        name = enterprises.load(reading, [uscc])[uscc].enterprise.name
        raise RuleRefused(
            say("{name} is not in scope on {today} and cannot be paired.", name=name, today=today),
            say("See `esm enterprise show {uscc}`.", uscc=uscc),
        )
    return found


def current_pairing(reading: Reading, uscc: str, today: date) -> PairingRecord:
    """Return the pairing of an enterprise that has just been made or changed."""
    found = pairings.active_pairing(reading, uscc, today)
    if found is None:
        raise LookupError(uscc)
    return found


def _require_allowed(reading: Reading, demand: Demand, cadre: Cadre, held: PairingRecord | None, today: date) -> None:
    staff_no, uscc = cadre.staff_no, demand.uscc
    if not cadre.is_in_post(today):
        raise RuleRefused(
            say("{name} is not in post on {today}.", name=cadre.name, today=today),
            say("See `esm cadre show {staff_no}`; choose a cadre who is in post.", staff_no=staff_no),
        )
    recusal = recusals.find_recusal(reading, staff_no, uscc, today)
    if recusal is not None:
        raise RuleRefused(
            say("{name} is recused from it: {reason}.", name=cadre.name, reason=recusal.reason.rstrip(".。")),
            say(
                "Choose another cadre; if the reason no longer applies, first run `esm recuse {staff_no} "
                "{uscc} --end`.",
                staff_no=staff_no,
                uscc=uscc,
            ),
        )
    if held is not None and held.is_pinned and held.staff_no != staff_no:
        raise RuleRefused(
            say("{enterprise} is pinned to {cadre}.", enterprise=held.enterprise, cadre=held.cadre),
            say("End that pairing first: `esm unpair {uscc}`.", uscc=uscc),
        )


def _require_room(cadre: Cadre, load: int, rules: Settings) -> None:
    capacity = assignment.offer(cadre, rules.default_capacity).capacity
    if load >= capacity:
        raise RuleRefused(
            say("{name} is at capacity: serves {load} of {capacity}.",
                name=cadre.name, load=load, capacity=capacity),
            say(
                "Raise the capacity: `esm cadre edit {staff_no} --capacity {more}`; or end a pairing: `esm unpair`.",
                staff_no=cadre.staff_no, more=load + 1,
            ),
        )  # fmt: skip


def _require_nothing_later(reading: Reading, uscc: str, today: date) -> None:
    later = [pair for pair in pairings.find_pairings(reading, uscc=uscc) if pair.start_on > today]
    if later:
        raise RuleRefused(
            say("The pairing of {uscc} starts only on {start}, after {today}.",
                uscc=uscc, start=later[0].start_on, today=today),
            say("Pair them on that date or later."),
        )  # fmt: skip


def _highest_load(reading: Reading, staff_no: str, today: date, *, besides: str) -> int:
    """Return the most enterprises in scope that the cadre serves at once, from today on, without the one named."""
    in_scope = {demand.uscc for demand in pairings.demands(reading, today)} - {besides}
    own = [pair for pair in pairings.find_pairings(reading, staff_no=staff_no) if pair.uscc in in_scope]
    days = {today, *(pair.start_on for pair in own if pair.start_on > today)}
    return max(sum(holds(pair.start_on, pair.end_on, on) for pair in own) for on in days)


def _pair_by_hand(uscc: str, staff_no: str, held: PairingRecord | None, price: Penalty) -> Pair:
    if held is None:
        return Pair(uscc, staff_no, PairChange.NEW, None, price, ())
    return Pair(uscc, staff_no, PairChange.MOVED, held.staff_no, price, ())


def _take_over(
    writing: Writing, uscc: str, cadre: StoredCadre, held: PairingRecord | None, today: date, *, is_pinned: bool,
    why: str,
) -> None:  # fmt: skip
    """Begin a pairing in place of the one that is held."""
    if held is not None:
        pairings.end(writing, held.id, today)
    beginning = pairings.NewPairing(
        enterprise_id=enterprises.ids(writing)[uscc], cadre_id=cadre.id, start_on=today, is_pinned=is_pinned, why=why
    )
    with pin_limits.within_capacity(writing, today, [cadre.cadre.staff_no]):
        pairings.begin(writing, [beginning])


def _give_deputies(
    writing: Writing, uscc: str, chosen: Sequence[int] | None, held: PairingRecord | None, today: date
) -> None:
    """Give a pairing that begins the chosen deputies, or those of the pairing it replaces."""
    if chosen is None:
        stored_deputies.carry_over(writing, {} if held is None else {uscc: held.deputies}, today)
    else:
        stored_deputies.replace(writing, {current_pairing(writing, uscc, today).id: chosen})


def _change(
    writing: Writing,
    held: PairingRecord,
    price: Penalty,
    today: date,
    *,
    pin: bool | None,
    deputies: Sequence[int] | None,
) -> PairingChange:
    """Change the pin and the deputies of a pairing that is there already; refuse when there is nothing to change."""
    if pin in (None, held.is_pinned) and deputies is None:
        raise RuleRefused(
            say("{cadre} already serves {enterprise}, since {start}.",
                cadre=held.cadre, enterprise=held.enterprise, start=held.start_on),
            say("Add --pin, --no-pin, --deputy or --no-deputy to change only that."),
        )  # fmt: skip
    if pin is not None:
        with pin_limits.within_capacity(writing, today, [held.staff_no]):
            pairings.change(writing, held.id, {"pinned": pin})
    if deputies is not None:
        stored_deputies.replace(writing, {held.id: deputies})
    changed = current_pairing(writing, held.uscc, today)
    return PairingChange(changed, None, price, due_list.due_on(writing, held.uscc, today))


def _notes(
    reading: Reading, uscc: str, staff_no: str, today: date, rules: Settings, *, is_pinned: bool
) -> tuple[Message, ...]:
    is_over = (staff_no, uscc) in assignment.rotated_pairs(reading, today, rules.maximum_tenure_months)
    away = absences.absence_note(reading, staff_no, today, current_pairing(reading, uscc, today).deputies)
    if not is_over or is_pinned:
        return away
    return (
        *away,
        say("The cadre has reached the rotation limit for it: without a pin, `esm assign` will reassign it."),
    )
