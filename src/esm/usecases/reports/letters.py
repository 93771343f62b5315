"""Who has to be written to because something is overdue."""

from __future__ import annotations

from datetime import date

from esm.domain.reports.letters import LetterHead, LookedAt, SupervisionLetter, letters
from esm.domain.schedule.due_list import with_state
from esm.domain.values.intervals import DAY
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.policies.progress import servers
from esm.storage.reports import coverage
from esm.storage.schedule.due_list import DueFilter, due_rows
from esm.usecases.register.first_record import require_records
from esm.usecases.requests import request_queries


def looked_at(reading: Reading, as_of: date) -> LookedAt:
    """Return how much the letters of a day are about, overdue or not."""
    requests = request_queries.records(reading, as_of, open_only=True)
    return LookedAt(len(pairings.demands(reading, as_of)), len(requests))


def supervision_letters(reading: Reading, as_of: date) -> list[SupervisionLetter]:
    """Return the letters of a day, without numbers. Raises RuleRefused for a day before the first record."""
    require_records(reading, as_of)
    rules = settings.load(reading, as_of)
    calendar = request_queries.calendar(reading)
    answer_by = calendar.workday_after(as_of, rules.letter_answer_days)
    rows = due_rows(reading, as_of, DueFilter(as_of - DAY))
    return letters(
        LetterHead(
            issued_on=as_of, answer_by=answer_by, is_provisional=calendar.is_provisional(answer_by),
            issuing_office=rules.issuing_office,
        ),
        [with_state(row, as_of, rules.due_soon_days) for row in rows if not row.is_paused],
        {uscc: server.department for uscc, server in servers(reading, as_of).items()},
        [record for record in request_queries.records(reading, as_of, open_only=True) if record.progress.is_late],
        coverage.unserved_enterprises(reading, as_of),
    )  # fmt: skip
