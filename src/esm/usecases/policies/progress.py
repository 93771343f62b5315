"""How far policies come: recording briefings, answers of enterprises, and relief."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.domain.policies.policy import Payment, Policy, PolicyAnswer
from esm.domain.policies.records import RecordedSteps
from esm.errors import Message, RuleRefused, say
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.storage.policies import progress
from esm.storage.policies.policies import StoredPolicy
from esm.storage.register import cadres, enterprises
from esm.usecases.policies import policy_queries
from esm.usecases.policies.publication import stored_policy
from esm.usecases.register import lookup


def record_briefing(
    writing: Writing,
    name: str,
    names: Sequence[str],
    *,
    done_on: date,
    today: date,
    cadre: str | None = None,
    visit_id: int | None = None,
) -> RecordedSteps:
    """Record that a policy was explained to enterprises; on a visit, with its day and cadre."""
    stored = stored_policy(writing, name)
    notes: list[Message] = []
    usccs = [lookup.enterprise(writing, each) for each in names]
    for uscc in usccs:
        on, staff_no = done_on, lookup.cadre(writing, cadre) if cadre is not None else None
        if visit_id is not None:
            visited = lookup.visit(writing, visit_id, uscc).visit
            on, staff_no = visited.done_on, visited.staff_no
        _require_open(stored.policy, on, today)
        staff_no = staff_no or pairings.server_on(writing, uscc, on)
        is_new = progress.record_briefing(
            writing, policy_id=stored.id, enterprise_id=enterprises.load(writing, [uscc])[uscc].id, done_on=on,
            cadre_id=None if staff_no is None else cadres.load(writing, [staff_no])[staff_no].id, visit_id=visit_id,
        )  # fmt: skip
        if not is_new:
            notes.append(say("{uscc}: the briefing on that date was already on record.", uscc=uscc))
    return _recorded_steps(writing, stored, usccs, today, notes)


def record_answer(
    writing: Writing, name: str, enterprise: str, *, kind: PolicyAnswer, done_on: date, today: date, note: str | None
) -> RecordedSteps:
    """Record that an enterprise applied, declined, or that the policy does not apply to it."""
    stored, uscc = stored_policy(writing, name), lookup.enterprise(writing, enterprise)
    if kind == PolicyAnswer.APPLIED:
        _require_open(stored.policy, done_on, today)
        _require_begun(stored.policy, done_on)
    else:
        _require_past(done_on, today)
    enterprise_id = enterprises.load(writing, [uscc])[uscc].id
    progress.record_answer(
        writing, policy_id=stored.id, enterprise_id=enterprise_id, kind=kind, done_on=done_on, note=note
    )
    return _recorded_steps(writing, stored, [uscc], today, [])


def record_relief(writing: Writing, name: str, enterprise: str, payment: Payment, *, today: date) -> RecordedSteps:
    """Record money that arrived; before the policy began is refused, and so is twice a day unless that is meant."""
    stored, uscc = stored_policy(writing, name), lookup.enterprise(writing, enterprise)
    _require_past(payment.done_on, today)
    _require_begun(stored.policy, payment.done_on)
    enterprise_id = enterprises.load(writing, [uscc])[uscc].id
    known = progress.record_relief(writing, policy_id=stored.id, enterprise_id=enterprise_id, payment=payment)
    if known is not None:
        raise RuleRefused(
            say(
                "A payment of this kind on that date is already on record for {uscc}: {known}.",
                uscc=uscc,
                known=known,
            ),
            say(
                "If there was a further payment that day, add --again; if it was entered wrongly, first "
                "undo it with `esm undo`."
            ),
        )
    return _recorded_steps(writing, stored, [uscc], today, [])


def _require_past(done_on: date, today: date) -> None:
    if done_on > today:
        raise RuleRefused(say("{on} is in the future.", on=done_on), say("Record it after it has happened."))


def _require_open(policy: Policy, done_on: date, today: date) -> None:
    _require_past(done_on, today)
    if policy.until_on is not None and done_on > policy.until_on:
        raise RuleRefused(
            say("The policy {code} ended on {until}.", code=policy.code, until=policy.until_on),
            say("Check the date, or correct the policy with `esm policy edit`."),
        )


def _require_begun(policy: Policy, done_on: date) -> None:
    if policy.start_on is not None and done_on < policy.start_on:
        raise RuleRefused(
            say(
                "The policy {code} starts on {start}, after {on}.", code=policy.code, start=policy.start_on, on=done_on
            ),
            say("Check the date, or correct the policy with `esm policy edit`."),
        )


def _recorded_steps(
    writing: Writing, stored: StoredPolicy, usccs: Sequence[str], today: date, notes: Sequence[Message]
) -> RecordedSteps:
    found = {standing.uscc: standing for standing in policy_queries.standings(writing, today, [stored])}
    shown = tuple(found[uscc] for uscc in dict.fromkeys(usccs) if uscc in found)
    doubts = [
        say("{name} is not eligible for {code}.", name=standing.enterprise, code=stored.policy.code)
        for standing in shown
        if standing.is_eligible is False
    ]
    return RecordedSteps(stored.policy, shown, (*notes, *doubts))
