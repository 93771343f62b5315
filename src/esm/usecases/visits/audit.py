"""Looking at the record of visits: prompts for a phone call, and a random sample of call-backs."""

from __future__ import annotations

from datetime import date
from random import Random

from esm.domain.values import intervals
from esm.domain.visits import audit
from esm.domain.visits.audit import EnteredVisit
from esm.domain.visits.check_findings import Finding, FindingKind
from esm.errors import say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.visits import audit as entries


def prompts(reading: Reading, today: date, since: date | None = None) -> list[Finding]:
    """Return what in the visits since a day is worth a phone call, by default since the period before this one."""
    rules = settings.load(reading, today)
    return audit.prompts(entries.entered_visits(reading, _default_since(today, since), today), rules.late_entry_days)


def sample(reading: Reading, today: date, *, size: int, seed: str, since: date | None = None) -> list[Finding]:
    """Return visits drawn at random for a call back; the same seed and the same visits give the same sample."""
    visits = entries.entered_visits(reading, _default_since(today, since), today)
    drawn = Random(seed).sample(visits, min(size, len(visits)))  # noqa: S311 - a sample, no secret
    return [_call_back(visit) for visit in sorted(drawn, key=lambda visit: visit.id)]


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
