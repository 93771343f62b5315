"""Looking at the record of visits: prompts for a phone call, and a random sample of call-backs."""

from __future__ import annotations

from datetime import date
from random import Random

from esm.domain.values import intervals
from esm.domain.visits import audit
from esm.domain.visits.audit import AuditScope, EnteredVisit
from esm.domain.visits.check_findings import Finding, FindingKind
from esm.errors import say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.visits import visit_entry_history as entries
from esm.usecases.visits.finding_responsibility import with_places


def audit_scope(reading: Reading, today: date, *, since: date | None = None, imported: bool = False) -> AuditScope:
    """Return how many visits since a day are looked at, by default since the period before this one.

    The visits of the first import are left out unless asked for: how they were entered says nothing.
    """
    first = _default_since(today, since)
    entered = entries.entered_visits(reading, first, today)
    left_out = 0 if imported else sum(visit.is_history for visit in entered)
    return AuditScope(first, len(entered) - left_out, left_out)


def prompts(reading: Reading, today: date, *, since: date | None = None, imported: bool = False) -> list[Finding]:
    """Return what in these visits is worth a phone call."""
    rules = settings.load(reading, today)
    found = audit.prompts(_visits(reading, today, since, imported=imported), rules.late_entry_days)
    return with_places(reading, today, found)


def sample(
    reading: Reading, today: date, *, size: int, seed: str, since: date | None = None, imported: bool = False
) -> list[Finding]:
    """Return visits drawn at random for a call back; the same seed and the same visits give the same sample."""
    visits = _visits(reading, today, since, imported=imported)
    drawn = Random(seed).sample(visits, min(size, len(visits)))  # noqa: S311 - a sample, no secret
    return with_places(reading, today, map(_call_back, sorted(drawn, key=lambda visit: visit.id)))


def _visits(reading: Reading, today: date, since: date | None, *, imported: bool) -> list[EnteredVisit]:
    entered = entries.entered_visits(reading, _default_since(today, since), today)
    return [visit for visit in entered if imported or not visit.is_history]


def _call_back(visit: EnteredVisit) -> Finding:
    if visit.met_with is None:
        detail = say("verify visit {id} of {cadre} on {on}", id=visit.id, cadre=visit.cadre, on=visit.done_on)
    else:
        detail = say("verify with {met} visit {id} of {cadre} on {on}",
                     met=visit.met_with, id=visit.id, cadre=visit.cadre, on=visit.done_on)  # fmt: skip
    return Finding(FindingKind.CALL_BACK, visit.uscc, visit.staff_no, visit.enterprise, detail)


def _default_since(today: date, since: date | None) -> date:
    if since is not None:
        return since
    this = intervals.period_of(today)
    return intervals.period_of(this.start_on - intervals.DAY).start_on
