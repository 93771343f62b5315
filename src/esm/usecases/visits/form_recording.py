"""Recording visits from what their forms say, with the requests and briefings that they brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.requests.records import VisitFollowUp
from esm.domain.visits.contact_made import VisitForm
from esm.domain.visits.records import RecordedVisit
from esm.errors import NotFound, RuleRefused, UsageRefused, say
from esm.storage.database.connection import Writing
from esm.usecases.visits import log
from esm.usecases.visits.completed_form import PlacedForm
from esm.usecases.visits.raised_on_visit import record_follow_up


@dataclass(frozen=True, slots=True)
class RecordedForm:
    """A visit that was just recorded, and what it brought."""

    visit: RecordedVisit
    raised: VisitFollowUp


def record_form(writing: Writing, form: VisitForm, today: date) -> RecordedForm:
    """Record the visit of one form. RuleRefused as `log.log`, and where nothing is told of a meeting."""
    recorded = log.log(
        writing, form.enterprise, done_on=form.done_on, today=today, cadre=form.cadre,
        channel=form.channel, outcome=form.outcome, minutes=form.minutes, details=form.details,
    )  # fmt: skip
    log.require_account(recorded.record.visit)
    return RecordedForm(recorded, record_follow_up(writing, recorded.record, form.requests, form.policies, today=today))


def record_forms(writing: Writing, forms: Sequence[PlacedForm], today: date) -> list[RecordedForm]:
    """Record the visits of forms in their order; the first that is refused is named among several, and refuses all."""
    done = []
    for each in forms:
        try:
            done.append(record_form(writing, each.form, today))
        except (NotFound, RuleRefused, UsageRefused) as refused:
            if len(forms) == 1:
                raise
            sentence = say("{place}: {reason}", place=each.place, reason=refused.message)
            raise type(refused)(sentence, refused.hint) from refused
    return done
