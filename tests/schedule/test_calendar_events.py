"""Whether a planned visit is still to come: it stands, and its day is today or later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from esm.domain.schedule.calendar_event import Appointment, Status
from esm.storage.schedule.workdays import official_calendar

TODAY = date(2026, 11, 23)


def appointed(on: date, starts_at: str | None = None, status: Status = "confirmed") -> Appointment:
    return Appointment(
        plan_id=1, sequence=0, uscc="X", enterprise="江畔一号", address=None, staff_no="1001", cadre="尹虚一",
        planned_on=on, starts_at=starts_at, due_on=None, status=status,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "is_later"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize(("status", "stands"), [("tentative", True), ("confirmed", True), ("cancelled", False)])
def test_a_visit_is_to_come_from_today_on_unless_it_was_called_off(
    status: Status, stands: bool, days: int, is_later: bool
) -> None:
    appointment = appointed(TODAY + timedelta(days=days), status=status)
    assert appointment.is_to_come(TODAY) is (stands and is_later)


@pytest.mark.parametrize(
    ("on", "starts_at", "days", "alarm_on"),
    [
        ("2026-12-09", None, 1, "2026-12-08"),
        ("2026-12-09", None, 0, "2026-12-09"),
        ("2026-12-07", None, 1, "2026-12-04"),  # Sunday is off
        ("2026-10-08", None, 1, "2026-09-30"),  # the days of National Day are off
        ("2026-10-12", None, 2, "2026-10-10"),  # a Saturday made up for
        ("2026-12-13", None, 0, "2026-12-11"),  # agreed for a Sunday
        ("2026-12-09", "14:30", 0, "2026-12-09"),
        ("2026-12-09", "09:00", 0, "2026-12-08"),  # at nine the visit begins
        ("2026-12-07", "08:30", 0, "2026-12-04"),
    ],
)
def test_the_reminder_comes_at_nine_of_a_working_day_before_the_visit_begins(
    on: str, starts_at: str | None, days: int, alarm_on: str
) -> None:
    alarm = appointed(date.fromisoformat(on), starts_at).alarm(days, official_calendar())
    assert alarm == datetime.fromisoformat(f"{alarm_on}T09:00:00")
