"""What a visit to one enterprise should ask: its own open points, the most important first (docs/rules.md, Visits)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from esm.domain.register import scope_status
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.schedule.due_list import DueRow
from esm.domain.visits.contact_made import Business, Satisfaction, Visit, VisitOutcome
from esm.domain.visits.records import PromiseRecord
from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import enterprises, scope_stretches
from esm.storage.reports.earlier_revenue import earlier_revenue
from esm.storage.schedule import due_list
from esm.storage.visits import pauses, promises, visits
from esm.usecases.visits import open_items, open_policies


def questions(reading: Reading, known: Enterprise, row: DueRow | None, today: date) -> Iterator[Message]:
    """Yield what one could ask; `row` is the clock of the enterprise, None where it is not in scope."""
    found = visits.find_visits(reading, uscc=known.uscc, until=today)
    latest_first = [each.visit for each in found if each.visit.cancelled_on is None]
    promised = promises.open_promises(reading, today, uscc=known.uscc)
    yield from _question_on_pause(reading, known.uscc, today)
    yield from _question_on_nobody_met(latest_first)
    yield from () if row is None else _question_on_clock(reading, row, today)
    yield from _questions_on_business(reading, known, row, latest_first, today)
    yield from (_question_on_promise(each, today) for each in promised if each.is_late(today))
    yield from open_items.questions(reading, known.uscc, today)
    yield from (_question_on_promise(each, today) for each in promised if not each.is_late(today))
    yield from open_policies.questions(reading, known.uscc, today)
    yield from _question_on_contact(reading, known, today)
    yield from _questions_on_unknowns(known)


def nothing_open(reading: Reading, uscc: str, today: date) -> Message:
    """Return what is known, and since when, where there is nothing to ask about."""
    last, verified_on = due_list.last_visit_on(reading, uscc), enterprises.verified_on(reading, uscc, today)
    if last is None or verified_on is None:
        return say("No question arises from the record. Ask what has changed.")
    return say(
        "No question arises from the record: last visit on {last}, contact verified on {verified}. "
        "Ask what has changed since.",
        last=last, verified=verified_on,
    )  # fmt: skip


def _question_on_pause(reading: Reading, uscc: str, today: date) -> Iterator[Message]:
    pause = pauses.running_pauses(reading, today).get(uscc)
    if pause is not None:
        reason = pause.reason or "–"
        yield say("Visits are paused ({reason}). Does the reason still hold, and when is a visit welcome again?",
                  reason=reason)  # fmt: skip


def _question_on_nobody_met(latest_first: Sequence[Visit]) -> Iterator[Message]:
    last = next(iter(latest_first), None)
    if last is not None and last.outcome != VisitOutcome.MET:
        yield say(
            "Nobody was met on {on}. Is the enterprise still operating, and who can be contacted?", on=last.done_on
        )


def _question_on_clock(reading: Reading, row: DueRow, today: date) -> Iterator[Message]:
    """Yield what a first visit has to find out, or one that comes too late."""
    days = (today - row.due_on).days
    if row.last_visit_on is None:
        yield say("Never visited, in scope since {since}. Who runs it, what does it do, and "
                  "what does it need?",
                  since=_in_scope_since(reading, row.uscc, today))  # fmt: skip
    elif days > 0 and not row.is_paused:
        yield say("Not visited since {last}, {days:day|days} overdue. What has changed there since?",
                  last=row.last_visit_on, days=days)  # fmt: skip


def _in_scope_since(reading: Reading, uscc: str, today: date) -> date:
    stretches = scope_stretches.of_enterprise(reading, enterprises.ids(reading, uscc)[uscc])
    return max(each.start_on for each in stretches if each.start_on <= today)


def _questions_on_business(
    reading: Reading, known: Enterprise, row: DueRow | None, latest_first: Sequence[Visit], today: date
) -> Iterator[Message]:
    """Yield what worries: poor business, falling revenue, figures below the line, an enterprise not content."""
    business = next((visit for visit in latest_first if visit.business is not None), None)
    if business is not None and business.business in {Business.SHRINKING, Business.STOPPED}:
        yield say(
            "Business was poor on {on}. What is the current situation of orders, staff and cash?", on=business.done_on
        )
    before = None if known.revenue is None else earlier_revenue(reading, known.uscc, today, known.revenue)
    if known.revenue is not None and before is not None and known.revenue < before:
        share = int(100 * (before - known.revenue) / before)
        yield say("Revenue fell by {share}% against the figure before. What is behind it, and what would help?",
                  share=share)  # fmt: skip
    if row is not None and row.basis == scope_status.ScopeBasis.REGISTER and (
        scope_status.prediction(known, today).above is False
    ):  # fmt: skip
        yield say("On the register, but below the threshold by its figures. What revenue does it expect this year?")
    content = next((visit for visit in latest_first if visit.satisfaction is not None), None)
    if content is not None and content.satisfaction != Satisfaction.SATISFIED:
        yield say("The enterprise was not fully satisfied on {on}. What should be improved?", on=content.done_on)


def _question_on_promise(promise: PromiseRecord, today: date) -> Message:
    named = {"words": promise.words, "due": promise.due_on}
    if promise.is_late(today):
        return say("“{words}” was promised by {due}. What has been done?", **named)
    return say("“{words}” is promised by {due}. What progress has been made, and what can be reported today?", **named)


def _question_on_contact(reading: Reading, known: Enterprise, today: date) -> Iterator[Message]:
    verified_on = enterprises.verified_on(reading, known.uscc, today)
    stale_days = settings.load(reading, today).stale_contact_days
    if known.contact_name and (verified_on is None or (today - verified_on).days > stale_days):
        yield say("Is {name} still the contact person?", name=known.contact_name)


def _questions_on_unknowns(known: Enterprise) -> Iterator[Message]:
    asked = (
        (known.contact_name, say("Who is the contact person, and what is their job title?")),
        (known.contact_phone, say("On what number can the enterprise be reached?")),
        (known.address, say("Where does the enterprise operate?")),
        (known.industry_code, say("What is its main activity?")),
        (known.revenue, say("What was its revenue last year?")),
        (known.employees, say("How many employees does it have?")),
    )
    yield from (question for value, question in asked if value is None)
