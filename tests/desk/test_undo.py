"""Undo: an operation is taken back by another one, and afterwards the tables are what they were, row by row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content, small_district
from tests.conftest import HEADER, budget

from esm.domain.visits.contact_made import Channel
from esm.errors import EsmError, NotFound, RuleRefused
from esm.storage.database import connection, journal
from esm.storage.database import settings as stored_settings
from esm.storage.database.connection import Writing
from esm.storage.database.place import FilePlace, Place
from esm.storage.pairing import pairings
from esm.usecases.desk import undo
from esm.usecases.register import cadres, enterprises
from esm.usecases.visits import log as visiting

Step = tuple[Callable[..., object], dict[str, Any]]
FIRST = date(2026, 6, 1)


def add_enterprise(writing: Writing, number: int, values: dict[str, Any], today: date) -> None:
    enterprises.add_enterprise(writing, {"uscc": small_district.CODES[number], "name": f"企{number}", **values}, today)


def edit_enterprise(writing: Writing, number: int, values: dict[str, Any], today: date) -> None:
    enterprises.edit_enterprise(writing, small_district.CODES[number], values, today)


def exit_enterprise(writing: Writing, number: int, on: date, today: date) -> None:
    enterprises.exit_enterprise(writing, small_district.CODES[number], on, today)


def add_cadre(writing: Writing, number: int, values: dict[str, Any], today: date) -> None:
    assert today
    cadres.add_cadre(writing, {"staff_no": f"100{number}", "name": f"尹{number}", **values})


def edit_cadre(writing: Writing, number: int, values: dict[str, Any], today: date) -> None:
    cadres.edit_cadre(writing, f"100{number}", values, today)


def leave(writing: Writing, number: int, on: date, today: date) -> None:
    cadres.leave_office(writing, f"100{number}", on, today)


def log(writing: Writing, number: int, on: date, channel: str, today: date) -> None:
    visiting.log(writing, small_district.CODES[number], done_on=on, today=today, cadre="1001", channel=Channel(channel))


def cancel(writing: Writing, visit_id: int, today: date) -> None:
    visiting.cancel(writing, visit_id, today=today)


def set_cadence(writing: Writing, tier: str, months: int, today: date) -> None:
    stored_settings.store(writing, f"cadence_months_{tier}", str(months), today)


NUMBERS = st.integers(0, 4)
DAYS = st.integers(0, 175).map(lambda count: FIRST + timedelta(days=count))
ENTERPRISE = st.fixed_dictionaries({}, optional={
    "name": st.sampled_from(["甲", "乙"]), "tier": st.sampled_from("ABC"), "contact_phone": st.just("19900000001"),
    "subdistrict": st.sampled_from(["东街", None]), "industry_code": st.sampled_from(["C3983", "5271", None]),
    "above_scale": st.sampled_from([True, False, None]), "enrolled_on": DAYS,
})  # fmt: skip
CADRE = st.fixed_dictionaries({}, optional={
    "name": st.sampled_from(["甲", "乙"]), "department": st.sampled_from(["工信局", "税务局", None]),
    "capacity": st.sampled_from([0, 1, 3, None]), "expertise": st.sampled_from([(), ("C39", "F")]),
})  # fmt: skip


def step(act: Callable[..., object], **words: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(act), st.fixed_dictionaries({**words, "today": DAYS}))


STEPS = st.one_of(
    step(add_enterprise, number=NUMBERS, values=ENTERPRISE),
    step(edit_enterprise, number=NUMBERS, values=ENTERPRISE),
    step(exit_enterprise, number=NUMBERS, on=DAYS),
    step(add_cadre, number=NUMBERS, values=CADRE),
    step(edit_cadre, number=NUMBERS, values=CADRE),
    step(leave, number=NUMBERS, on=DAYS),
    step(log, number=NUMBERS, on=DAYS, channel=st.sampled_from(["on_site", "phone"])),
    step(cancel, visit_id=st.integers(1, 4)),
    step(set_cadence, tier=st.sampled_from("abc"), months=st.integers(1, 3)),
)


def do(place: Place, act: Callable[..., object], words: dict[str, Any]) -> None:
    """Do one step as one operation; one that esm refuses is none."""
    try:
        small_district.write(place, lambda writing: act(writing, **words))
    except EsmError:
        return


def operations(place: Place) -> int:
    return len(database_content.dump(place)["operation"])


@budget(20)
@given(steps=st.lists(STEPS, min_size=4, max_size=8))
def test_undo_walks_back_through_any_history_and_redo_forward(
    settled_template: Path, tmp_path: Path, steps: list[Step]
) -> None:
    place = FilePlace(Path(shutil.copy(settled_template, tmp_path / "walk.db")))
    states = [database_content.business(place)]
    for act, words in steps:
        before = operations(place)
        do(place, act, words)
        states += [database_content.business(place)] * (operations(place) - before)
    for earlier, later in reversed(list(pairwise(states))):
        small_district.undo(place)
        assert database_content.business(place) == earlier
        small_district.undo(place, operations(place))
        assert database_content.business(place) == later
        small_district.undo(place)
        assert database_content.business(place) == earlier
    assert database_content.flaws(place) == []


def test_undo_takes_back_the_last_operation_whole(settled_place: Place) -> None:
    before = database_content.business(settled_place)
    small_district.enrol(settled_place, 4)
    assert small_district.undo(settled_place) == 7
    assert database_content.business(settled_place) == before


def test_undo_takes_back_a_big_operation_whole(settled_place: Place) -> None:
    before = database_content.business(settled_place)
    with connection.writing(settled_place, HEADER) as writing:
        for number in range(500):
            cadres.add_cadre(writing, {"staff_no": f"n{number}", "name": "尹"})
    small_district.undo(settled_place)
    assert database_content.business(settled_place) == before


def test_rows_that_made_room_for_one_another_are_taken_back_in_the_order_that_leaves_room(settled_place: Place) -> None:
    days = [date(2026, 7, 1), date(2026, 7, 5), date(2026, 7, 9)]
    small_district.write(settled_place, lambda writing: pairings.begin(writing, [
        pairings.NewPairing(enterprise_id=2, cadre_id=1, start_on=start_on, end_on=end_on)
        for start_on, end_on in pairwise(days)]))  # fmt: skip
    before = database_content.business(settled_place)
    with connection.writing(settled_place, HEADER) as writing:
        pairings.change(writing, 2, {"end_on": "2026-07-03"})
        pairings.change(writing, 3, {"start_on": "2026-07-03"})
    undone = small_district.undo(settled_place)
    assert database_content.business(settled_place) == before
    assert small_district.undo(settled_place, undone + 1) == undone + 1
    assert [row[6] for row in database_content.business(settled_place)["pairing"]] == [None, "2026-07-03", "2026-07-09"]


def test_undo_writes_an_operation_of_its_own_that_names_the_other(settled_place: Place) -> None:
    small_district.undo(settled_place)
    with connection.reading(settled_place) as reading:
        newest, undone, *_ = undo.history(reading)
    assert (newest.operation.id, newest.operation.undoes, newest.is_undone) == (7, 6, False)
    assert (undone.operation.id, undone.is_undone) == (6, True)


def test_the_history_keeps_what_was_undone(settled_place: Place) -> None:
    before = database_content.dump(settled_place)
    small_district.undo(settled_place)
    after = database_content.dump(settled_place)
    for table in ("change", "operation"):
        assert after[table][: len(before[table])] == before[table]


def test_undo_of_an_undo_is_redo(settled_place: Place) -> None:
    before = database_content.business(settled_place)
    small_district.undo(settled_place)
    small_district.undo(settled_place, 7)
    assert database_content.business(settled_place) == before
    with connection.reading(settled_place) as reading:
        assert [entry.is_undone for entry in undo.history(reading, 3)] == [False, True, False]


def test_bare_undo_steps_back_over_what_is_undone_and_over_undos(settled_place: Place) -> None:
    assert [small_district.undo(settled_place) for _ in range(3)] == [6, 5, 4]
    small_district.undo(settled_place, 9)  # the undo of operation 4: it is done again
    assert small_district.undo(settled_place) == 4
    assert [small_district.undo(settled_place) for _ in range(3)] == [3, 2, 1]
    with pytest.raises(RuleRefused, match="nothing to undo"):
        small_district.undo(settled_place)


def test_an_operation_is_undone_once_only(settled_place: Place) -> None:
    small_district.undo(settled_place, 6)
    with pytest.raises(RuleRefused, match="Operation 6 has already been undone"):
        small_district.undo(settled_place, 6)


def test_an_unknown_operation_is_not_found(settled_place: Place) -> None:
    with pytest.raises(NotFound, match="no operation 99"):
        small_district.undo(settled_place, 99)


def test_a_dry_run_of_undo_leaves_everything_as_it_was(settled_place: Place) -> None:
    before = database_content.dump(settled_place)
    with connection.reading(settled_place) as reading:
        chosen = undo.operation_to_undo(reading, None)
    with connection.writing(settled_place, HEADER, dry_run=True) as writing:
        assert undo.undo(writing, chosen, small_district.TODAY) == 1  # the visit
    assert database_content.dump(settled_place) == before


def refusal(place: Place, operation_id: int) -> str:
    """Return why an operation cannot be undone; nothing may have changed."""
    before = database_content.dump(place)
    with pytest.raises(RuleRefused) as caught:
        small_district.undo(place, operation_id)
    assert database_content.dump(place) == before
    return str(caught.value)


def test_undo_is_refused_when_a_row_was_changed_again(settled_place: Place) -> None:
    small_district.write(
        settled_place, lambda writing: edit_enterprise(writing, 1, {"name": "甲"}, small_district.TODAY)
    )
    small_district.write(
        settled_place, lambda writing: edit_enterprise(writing, 1, {"name": "乙"}, small_district.TODAY)
    )
    assert "operation 8 depends on it" in refusal(settled_place, 7)
    assert "operation 8 depends on it" in refusal(settled_place, 2)


def test_undo_is_refused_when_a_later_row_hangs_on_it(settled_place: Place) -> None:
    small_district.visit(settled_place, 1, small_district.TODAY, channel="phone")
    assert "operation 7 depends on it" in refusal(settled_place, 2)


def test_undo_is_refused_when_a_row_was_deleted_since(settled_place: Place) -> None:
    small_district.write(settled_place, lambda writing: pairings.end(writing, 1, FIRST))
    assert "operation 7 depends on it" in refusal(settled_place, 5)


def test_undoing_the_later_operation_first_clears_the_way(settled_place: Place) -> None:
    small_district.visit(settled_place, 1, small_district.TODAY, channel="phone")
    small_district.undo(settled_place, 7)
    small_district.undo(settled_place, 2)
    assert len(database_content.dump(settled_place)["enterprise"]) == 2


def test_an_older_operation_that_nothing_built_on_is_taken_back_alone(settled_place: Place) -> None:
    small_district.enrol(settled_place, 4)
    small_district.undo(settled_place, 3)
    assert [row[1] for row in database_content.dump(settled_place)["enterprise"]] == [
        small_district.CODES[n] for n in (0, 1, 4)
    ]


def log_again(place: Place) -> int:
    """Cancel the visit, then log the same one: the cancelled one can no longer stand beside it."""
    small_district.write(place, lambda writing: cancel(writing, 1, small_district.TODAY))
    small_district.visit(place, 0, date(2026, 9, 1))
    return 7


def pair_again(place: Place) -> int:
    """End the pairing, then pair the enterprise with another cadre."""
    small_district.write(place, lambda writing: pairings.end(writing, 1, date(2026, 10, 1)))
    new = pairings.NewPairing(enterprise_id=1, cadre_id=1, start_on=date(2026, 10, 1))
    small_district.write(place, lambda writing: pairings.begin(writing, [new]))
    return 7


def enrol_again(place: Place) -> int:
    """Undo an enrolment, then enrol the same enterprise anew: the old one can no longer be redone."""
    small_district.undo(place, 2)
    small_district.enrol(place, 1)
    return 7


@pytest.mark.parametrize("build", [log_again, pair_again, enrol_again])
def test_undo_is_refused_when_a_later_row_took_the_place(settled_place: Place, build: Callable[[Place], int]) -> None:
    undone = build(settled_place)
    with connection.reading(settled_place) as reading:
        later = journal.operations(reading.connection, 1)[0].id
    assert f"operation {later} depends on it" in refusal(settled_place, undone)


def test_an_operation_of_an_older_schema_cannot_be_taken_back(settled_place: Place) -> None:
    with connection.reading(settled_place) as reading:
        chosen = undo.operation_to_undo(reading, None)
    with pytest.raises(RuleRefused, match="older schema"), connection.writing(settled_place, HEADER) as writing:
        undo.undo(writing, replace(chosen, revision="0000"), small_district.TODAY)


def test_two_who_undo_the_same_operation_undo_it_once(settled_place: Place) -> None:
    before = database_content.business(settled_place)
    with connection.reading(settled_place) as reading:
        chosen = undo.operation_to_undo(reading, None)
    small_district.undo(settled_place)
    with pytest.raises(RuleRefused), connection.writing(settled_place, HEADER) as writing:
        undo.undo(writing, chosen, small_district.TODAY)
    small_district.undo(settled_place, 7)
    assert database_content.business(settled_place) == before
