"""Recording visits: what moves the clock, what is refused, and how a mistake is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.conftest import Ran
from tests.district import code

from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.domain.visits.records import RecordedVisit
from esm.errors import NotFound, RuleRefused
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import plans
from esm.storage.visits import visits
from esm.usecases.register import enterprises as enterprise_records
from esm.usecases.schedule import due_list
from esm.usecases.visits import log as visiting

ENROLLED = date(2026, 9, 1)
TODAY = date(2026, 11, 23)
HANDOVER = date(2026, 11, 1)
DAY = timedelta(days=1)


@pytest.fixture
def desk(writing: Writing) -> Writing:
    """Return a district of one enterprise that 1001 served until November, and 1002 since."""
    firm = Enterprise(uscc=code(1), name="江畔一号有限公司", above_scale=True, enrolled_on=ENROLLED)
    enterprises.add(writing, [firm], TODAY)
    cadres.add(writing, [Cadre(staff_no=f"100{n}", name=f"尹虚{n}") for n in (1, 2, 3)])
    served = [(1, ENROLLED, HANDOVER), (2, HANDOVER, None)]
    pairings.begin(
        writing,
        [pairings.NewPairing(enterprise_id=1, cadre_id=key, start_on=start, end_on=end) for key, start, end in served],
    )
    return writing


def log(
    desk: Writing, done_on: date = TODAY, *, cadre: str | None = None, channel: str = "on_site", outcome: str = "met"
) -> RecordedVisit:
    return visiting.log(
        desk, code(1), done_on=done_on, today=TODAY, cadre=cadre, channel=Channel(channel),
        outcome=VisitOutcome(outcome),
    )  # fmt: skip


def plan(desk: Writing, *days: date) -> None:
    plans.add(
        desk,
        [
            {"enterprise_id": 1, "cadre_id": 2, "due_on": str(day), "planned_on": str(day), "provisional": 0,
             "made_on": str(ENROLLED)}
            for day in days
        ],
    )  # fmt: skip


def planned(desk: Writing) -> list[date]:
    return [each.planned_on for each in plans.open_plans(desk)]


def due_on(desk: Writing) -> date:
    (visit,) = due_list.due_visits(desk, TODAY, within=99).visits
    return visit.row.due_on


def said(recorded: RecordedVisit) -> str:
    return " ".join(map(str, recorded.notes))


def test_a_visit_moves_the_clock_two_months_on(desk: Writing) -> None:
    assert due_on(desk) == date(2026, 11, 1)
    assert log(desk).due_on == date(2027, 1, 23)
    assert due_on(desk) == date(2027, 1, 23)


def test_without_a_name_the_visitor_is_who_served_on_that_day(desk: Writing) -> None:
    assert log(desk, HANDOVER - DAY).record.visit.staff_no == "1001"
    assert log(desk, HANDOVER).record.visit.staff_no == "1002"


def test_the_record_says_when_it_took_place_and_when_it_was_entered(desk: Writing) -> None:
    visit = log(desk, HANDOVER).record.visit
    assert (visit.done_on, visit.recorded_on, visit.counts) == (HANDOVER, TODAY, True)


def test_a_late_entry_of_an_older_visit_leaves_the_clock_alone(desk: Writing) -> None:
    log(desk)
    assert log(desk, HANDOVER).due_on == date(2027, 1, 23)


def test_a_visit_of_today_is_taken_and_one_in_the_future_refused(desk: Writing) -> None:
    log(desk, TODAY)
    with pytest.raises(RuleRefused, match="is in the future"):
        log(desk, TODAY + DAY)


def test_a_refusal_of_a_rule_ends_with_four(desk: Writing) -> None:
    with pytest.raises(RuleRefused) as refused:
        log(desk, TODAY + DAY)
    assert refused.value.exit_code == 4


def test_a_visit_before_the_enrolment_is_refused(desk: Writing) -> None:
    log(desk, ENROLLED)
    with pytest.raises(RuleRefused, match="was enrolled on 2026-09-01"):
        log(desk, ENROLLED - DAY, cadre="1001")


def test_an_unknown_enterprise_or_cadre_is_not_found(desk: Writing) -> None:
    with pytest.raises(NotFound, match="8888"):
        log(desk, cadre="8888")
    with pytest.raises(NotFound, match="海外"):
        visiting.log(desk, "海外", done_on=TODAY, today=TODAY)


def test_a_visitor_who_was_not_paired_counts_and_is_said(desk: Writing) -> None:
    recorded = log(desk, cadre="1003")
    assert recorded.due_on == date(2027, 1, 23)
    assert "was not paired" in said(recorded)
    assert said(log(desk, cadre="1002")).count("was not paired") == 0


def test_where_nobody_serves_the_visitor_must_be_named(desk: Writing) -> None:
    cadres.edit(desk, cadres.load(desk)["1002"], {"left_on": TODAY}, TODAY)
    with pytest.raises(RuleRefused, match="No cadre served"):
        log(desk)
    assert log(desk, cadre="1003").record.visit.counts


def test_a_visitor_must_have_been_in_post_on_the_day(desk: Writing) -> None:
    cadres.edit(desk, cadres.load(desk)["1002"], {"left_on": TODAY}, TODAY)
    assert log(desk, TODAY - DAY, cadre="1002").record.visit.counts
    with pytest.raises(RuleRefused, match="was not in post"):
        log(desk, TODAY, cadre="1002")


def test_the_same_entry_twice_is_refused(desk: Writing) -> None:
    log(desk)
    with pytest.raises(RuleRefused, match="is already recorded"):
        log(desk)


@pytest.mark.parametrize("order", [("phone", "on_site"), ("on_site", "phone")])
def test_a_call_and_a_visit_of_one_day_are_one_entry_that_counts(desk: Writing, order: tuple[str, str]) -> None:
    plan(desk, date(2026, 11, 20))
    entries = [
        visiting.log(desk, code(1), done_on=TODAY, today=TODAY, channel=Channel(channel), minutes=channel)
        for channel in order
    ]
    assert entries[0].record.id == entries[1].record.id
    visit = entries[1].record.visit
    assert (visit.channel, visit.minutes) == ("on_site", "\n".join(order))
    assert due_on(desk) == date(2027, 1, 23)
    assert planned(desk) == []


def test_an_entry_that_is_corrected_to_a_call_opens_its_plan_and_one_to_a_visit_uses_one_up(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20), date(2026, 12, 20))
    visit_id = log(desk).record.id
    visits.change(desk, visit_id, {"channel": "phone"})
    assert planned(desk) == [date(2026, 11, 20), date(2026, 12, 20)]
    visits.change(desk, visit_id, {"channel": "on_site"})
    assert planned(desk) == [date(2026, 12, 20)]


def test_two_cadres_on_one_day_are_two_entries_that_count_once(desk: Writing) -> None:
    first, second = log(desk), log(desk, cadre="1001")
    assert "count once" in said(second)
    assert first.due_on == second.due_on == date(2027, 1, 23)
    assert len(visiting.find_visits(desk)[0]) == 2


@pytest.mark.parametrize(
    ("channel", "outcome"),
    [("phone", "met"), ("online", "met"), ("meeting", "met"), ("on_site", "not_reached"), ("on_site", "refused"),
     ("on_site", "moved"), ("on_site", "closed")],
)  # fmt: skip
def test_only_a_contact_on_site_with_somebody_met_moves_the_clock(desk: Writing, channel: str, outcome: str) -> None:
    recorded = log(desk, channel=Channel(channel), outcome=VisitOutcome(outcome))
    assert recorded.due_on == date(2026, 11, 1)
    assert "this one does not" in said(recorded)


def test_cancelling_puts_the_clock_back(desk: Writing) -> None:
    log(desk, HANDOVER)
    latest = log(desk)
    cancelled = visiting.cancel(desk, latest.record.id, today=TODAY, reason="wrong enterprise")
    assert (cancelled.due_on, due_on(desk)) == (date(2027, 1, 1), date(2027, 1, 1))


def test_cancelling_one_of_two_visits_of_a_day_leaves_the_clock_alone(desk: Writing) -> None:
    log(desk)
    second = log(desk, cadre="1001")
    assert visiting.cancel(desk, second.record.id, today=TODAY).due_on == date(2027, 1, 23)


def test_a_cancelled_visit_stays_on_record_with_its_reason(desk: Writing) -> None:
    visiting.cancel(desk, log(desk).record.id, today=TODAY, reason="wrong enterprise")
    (record,), _total = visiting.find_visits(desk)
    assert (record.visit.cancelled_on, record.visit.cancel_reason) == (TODAY, "wrong enterprise")


def test_after_cancelling_the_entry_can_be_made_again(desk: Writing) -> None:
    visiting.cancel(desk, log(desk, channel="phone").record.id, today=TODAY)
    assert log(desk).due_on == date(2027, 1, 23)


def test_a_visit_is_cancelled_only_once(desk: Writing) -> None:
    visit_id = log(desk).record.id
    visiting.cancel(desk, visit_id, today=TODAY)
    with pytest.raises(RuleRefused, match="already"):
        visiting.cancel(desk, visit_id, today=TODAY)


def test_a_visit_that_is_not_on_record_cannot_be_cancelled(desk: Writing) -> None:
    with pytest.raises(NotFound, match="no visit 99"):
        visiting.cancel(desk, 99, today=TODAY)


def test_a_counted_visit_uses_up_the_earliest_open_plan(desk: Writing) -> None:
    plan(desk, date(2026, 12, 20), date(2026, 10, 20))
    log(desk)
    assert planned(desk) == [date(2026, 12, 20)]


def test_a_phone_call_uses_up_no_plan(desk: Writing) -> None:
    plan(desk, date(2026, 12, 20))
    log(desk, channel="phone")
    assert planned(desk) == [date(2026, 12, 20)]


def test_a_late_entry_of_an_older_visit_uses_up_no_plan(desk: Writing) -> None:
    log(desk)
    plan(desk, date(2026, 12, 20))
    log(desk, HANDOVER)
    assert planned(desk) == [date(2026, 12, 20)]


def test_a_second_cadre_on_the_same_day_uses_up_no_second_plan(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20), date(2026, 12, 20))
    log(desk)
    log(desk, cadre="1001")
    assert planned(desk) == [date(2026, 12, 20)]


def test_cancelling_opens_the_plan_again(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20), date(2026, 12, 20))
    visiting.cancel(desk, log(desk).record.id, today=TODAY)
    assert planned(desk) == [date(2026, 11, 20), date(2026, 12, 20)]


def test_cancelling_one_of_two_visits_of_a_day_leaves_the_plan_to_the_other(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20), date(2026, 12, 20))
    first, second = log(desk), log(desk, cadre="1001")
    visiting.cancel(desk, first.record.id, today=TODAY)
    assert planned(desk) == [date(2026, 12, 20)]
    visiting.cancel(desk, second.record.id, today=TODAY)
    assert planned(desk) == [date(2026, 11, 20), date(2026, 12, 20)]


def test_cancelling_an_earlier_visit_opens_the_plan_of_the_later_one(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20), date(2026, 12, 20))
    first, _ = log(desk, HANDOVER), log(desk)
    visiting.cancel(desk, first.record.id, today=TODAY)
    assert planned(desk) == [date(2026, 12, 20)]


def test_a_visit_corrected_to_count_no_more_opens_its_plan_and_back_uses_it_up(desk: Writing) -> None:
    plan(desk, date(2026, 11, 20))
    logged = log(desk)
    visits.change(desk, logged.record.id, {"outcome": "refused"})
    assert planned(desk) == [date(2026, 11, 20)]
    visits.change(desk, logged.record.id, {"outcome": "met"})
    assert planned(desk) == []


def test_a_visit_is_found_by_enterprise_cadre_and_days_both_inclusive(desk: Writing) -> None:
    for day in (HANDOVER - DAY, HANDOVER, TODAY):
        log(desk, day)
    mine, _mine = visiting.find_visits(desk, enterprise="江畔一号", cadre="1002")
    assert [record.visit.done_on for record in mine] == [TODAY, HANDOVER]
    between, _between = visiting.find_visits(desk, since=HANDOVER - DAY, until=HANDOVER)
    assert [record.visit.done_on for record in between] == [HANDOVER, HANDOVER - DAY]
    newest, total = visiting.find_visits(desk, limit=1)
    assert [record.visit.done_on for record in newest] == [TODAY]
    assert total == len(visiting.find_visits(desk)[0])


def test_a_visit_out_of_scope_is_said_and_shows_no_due_date(desk: Writing) -> None:
    enterprise_records.exit_enterprise(desk, code(1), TODAY - DAY, TODAY)
    inside, outside = log(desk, TODAY - 2 * DAY, cadre="1002"), log(desk, TODAY, cadre="1002")
    said = "The enterprise was not in scope on that date; no visit was due."
    assert [said in map(str, recorded.notes) for recorded in (inside, outside)] == [False, True]
    assert (inside.due_on, outside.due_on) == (None, None)


def test_the_command_line_says_who_is_due_next(esm: Callable[..., Ran]) -> None:
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", str(ENROLLED))
    esm("cadre", "add", "1001", "--name", "尹虚")
    assert esm("visit", "log", code(1), "--cadre", "1001", "--on", "2026-11-24").code == 4
    ran = esm("visit", "log", code(1), "--met", "Manager", "--cadre", "1001", "--on", "2026-11-20")
    assert (ran.code, "2027-01-20" in ran.out) == (0, True)
