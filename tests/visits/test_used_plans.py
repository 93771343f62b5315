"""Which visit uses up which plan: one table of examples for the rule and for what stands in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import pytest
from tests import district
from tests.district import Cadre, District, Enterprise, Plan, Span, code

from esm.domain.visits.contact_made import Channel, Visit
from esm.domain.visits.used_plans import CountedVisit, used_up, used_up_anew
from esm.storage.database.connection import Writing
from esm.storage.visits import visits

FIRST = date(2026, 9, 1)


@dataclass(frozen=True)
class Example:
    """Days of plans; visits as (day, day of entry), those of one entry day entered together; and who uses up what.

    Days count from the first of September. `used` holds the place of a visit for every plan, None where it is open;
    then the visit `cancelled` is, and `left` holds the same.
    """

    plans: tuple[int, ...]
    visits: tuple[tuple[int, int], ...]
    used: tuple[int | None, ...]
    cancelled: int
    left: tuple[int | None, ...]


EXAMPLES = {
    "the visit uses up the earliest plan": Example((10, 70), ((8, 8),), (0, None), 0, (None, None)),
    "whatever the order in which the plans were made": Example((70, 10), ((8, 8),), (None, 0), 0, (None, None)),
    "each visit that is the latest uses up one": Example((10, 70), ((8, 8), (68, 68)), (0, 1), 1, (0, None)),
    "the earlier one cancelled, the later takes its place": Example(
        (10, 70), ((8, 8), (68, 68)), (0, 1), 0, (1, None)
    ),
    "one entered after a later one uses up none": Example((10, 70), ((68, 68), (8, 69)), (0, None), 1, (0, None)),
    "and takes the place of the later one when that is cancelled": Example(
        (10, 70), ((68, 68), (69, 69)), (0, 1), 1, (0, None)
    ),
    "two on one day are one": Example((10, 70), ((8, 8), (8, 9)), (0, None), 0, (1, None)),
    "those entered together are taken by their days": Example((10, 70), ((68, 80), (8, 80)), (1, 0), 0, (1, None)),
    "more visits than plans": Example((10,), ((8, 8), (68, 68)), (0,), 0, (1,)),
}  # fmt: skip


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_rule_says_which_visit_uses_up_which_plan(example: Example) -> None:
    plans = sorted(range(len(example.plans)), key=lambda plan: example.plans[plan])
    counted = [CountedVisit(place, day(on), day(entry)) for place, (on, entry) in enumerate(example.visits)]
    users: dict[int, int | None] = dict.fromkeys(range(len(plans)))
    last_on = None
    for _entry, together in groupby(counted, key=lambda visit: visit.recorded_on):
        entered = list(together)
        users |= used_up([plan for plan in plans if users[plan] is None], entered, last_on)
        last_on = max([visit.done_on for visit in entered] + ([] if last_on is None else [last_on]))
    assert tuple(users.values()) == example.used
    gone = counted[example.cancelled]
    used_since = [plan for plan in plans if (user := users[plan]) is not None and counted[user].done_on >= gone.done_on]
    left = [visit for visit in counted if visit != gone and visit.done_on >= gone.done_on]
    assert tuple((users | used_up_anew(used_since, left)).values()) == example.left


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_database_keeps_what_the_rule_says(writing: Writing, example: Example) -> None:
    staff = [f"{1001 + place}" for place in range(len(example.visits))]
    plans = tuple(Plan(code(1), day(on), FIRST) for on in example.plans)
    district.store(
        writing,
        District((Enterprise(1, (Span(FIRST),)),), tuple(map(Cadre, staff)), plans=plans),
    )
    ids: list[int] = []
    entries = [
        (Visit(uscc=code(1), staff_no=staff[place], done_on=day(on), recorded_on=day(entry)), 1, place + 1)
        for place, (on, entry) in enumerate(example.visits)
    ]
    for _entry, together in groupby(entries, key=lambda each: each[0].recorded_on):
        ids += visits.add(writing, list(together))

    def users() -> tuple[int | None, ...]:
        rows = writing.rows("SELECT visit_id FROM plan ORDER BY id")
        return tuple(None if visit_id is None else ids.index(visit_id) for (visit_id,) in rows)

    assert users() == example.used
    visits.cancel(writing, ids[example.cancelled], on=day(90), reason=None)
    assert users() == example.left


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_visit_that_is_corrected_to_count_uses_up_what_it_would_have(writing: Writing, example: Example) -> None:
    staff = [f"{1001 + place}" for place in range(len(example.visits))]
    plans = tuple(Plan(code(1), day(on), FIRST) for on in example.plans)
    district.store(writing, District((Enterprise(1, (Span(FIRST),)),), tuple(map(Cadre, staff)), plans=plans))
    ids = visits.add(
        writing,
        [
            (
                Visit(
                    uscc=code(1), staff_no=staff[place], done_on=day(on), recorded_on=day(entry), channel=Channel.PHONE
                ),
                1,
                place + 1,
            )
            for place, (on, entry) in enumerate(example.visits)
        ],
    )
    counted = [
        CountedVisit(visit_id, day(on), day(on)) for visit_id, (on, _entry) in zip(ids, example.visits, strict=True)
    ]
    for visit in sorted(counted, key=lambda visit: (visit.done_on, visit.id)):
        visits.change(writing, visit.id, {"channel": "on_site"})
    planned = writing.rows("SELECT id, visit_id FROM plan ORDER BY planned_on, id")
    expected = used_up([plan_id for plan_id, _visit_id in planned], counted, None)
    assert {plan_id: visit_id for plan_id, visit_id in planned if visit_id is not None} == expected
