"""The deadlines that what was done was judged by: no later list of holidays judges it anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from esm.domain.requests import progress
from esm.storage.database.connection import Writing
from esm.storage.requests import requests, transitions
from esm.usecases.requests import request_queries


def keep_deadlines(writing: Writing, *, anew: Collection[int] = ()) -> None:
    """Write down, by the calendar in force, the deadline of every acceptance and close that has none on record.

    The requests `anew`, whose transitions were corrected, are judged again (docs/rules.md, Requests).
    """
    recorded, days = transitions.by_request(writing), request_queries.calendar(writing)
    for stored in requests.load(writing, date.max):
        current = progress.replay(stored.request, (), days, date.max)
        if current is None:
            continue
        for row_id, known in recorded.get(stored.id, ()):
            plain = replace(known, deadline_on=None, days_taken=None) if stored.id in anew else known
            judged = progress.with_deadline(current, plain)
            if judged != known:
                transitions.correct(
                    writing, row_id, {"deadline_on": judged.deadline_on, "days_taken": judged.days_taken}
                )
            current = progress.with_transition(current, judged)
