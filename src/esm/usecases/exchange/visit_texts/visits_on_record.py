"""Whether a visit that a text tells is on record already, with all that belongs to it."""

from __future__ import annotations

from esm.domain.visits.check_code import folded
from esm.domain.visits.contact_made import NewPromise, Visit, VisitForm
from esm.domain.visits.records import VisitRecord
from esm.storage.database.connection import Reading
from esm.storage.policies import progress
from esm.storage.requests import requests
from esm.storage.visits import promises, visits


def visit_on_record(reading: Reading, form: VisitForm) -> VisitRecord | None:
    """Return the visit by which all that a form tells is on record already, cancelled or not."""
    found = visits.find_visits(
        reading, uscc=form.enterprise, staff_no=form.cadre, since=form.done_on, until=form.done_on
    )
    return next((each for each in found if each.visit.staff_no == form.cadre and _tells_all(reading, each, form)), None)


def _tells_all(reading: Reading, record: VisitRecord, form: VisitForm) -> bool:
    """Return whether a visit on record, with what belongs to it, leaves nothing of a form to add."""
    if not _tells_same(record.visit, form) or record.visit.cancelled_on is not None:
        return _tells_same(record.visit, form)
    promised = {NewPromise(each.words, each.due_on) for each in promises.promises_of_visit(reading, record.id)}
    loaded = requests.load(reading, form.done_on, uscc=form.enterprise) if form.requests else []
    raised = {folded(each.request.subject) for each in loaded if each.request.visited_on == form.done_on}
    return (
        promised.issuperset(form.details.promises)
        and raised.issuperset(folded(subject) for subject, _class in form.requests)
        and all(progress.is_briefed(reading, code, form.enterprise, form.done_on) for code in form.policies)
    )


def _tells_same(visit: Visit, form: VisitForm) -> bool:
    """Return whether a visit says what a form says; one that counts may be joined with a contact that does not."""
    told = form.details
    is_joined = (visit.channel, visit.outcome) != (form.channel, form.outcome)
    if is_joined and not visit.counts:
        return False
    pairs = [(told.met_with, visit.met_with), (told.business, visit.business), (told.satisfaction, visit.satisfaction)]
    if any(words not in {None, known} for words, known in pairs) and not (is_joined and form.minutes):
        return False
    return form.minutes is None or f"\n{form.minutes}\n" in f"\n{visit.minutes or ''}\n"
