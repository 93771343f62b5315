"""Whether a planned visit is still to come: it stands, and its day is today or later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esm.domain.schedule.calendar_events import Appointment, Status

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("days", "is_later"), [(-1, False), (0, True), (1, True)])
@pytest.mark.parametrize(("status", "stands"), [("tentative", True), ("confirmed", True), ("cancelled", False)])
def test_a_visit_is_to_come_from_today_on_unless_it_was_called_off(
    status: Status, stands: bool, days: int, is_later: bool
) -> None:
    appointment = Appointment(
        plan_id=1, sequence=0, uscc="X", enterprise="江畔一号", address=None, staff_no="1001", cadre="尹虚一",
        planned_on=TODAY + timedelta(days=days), due_on=None, status=status, changed_on=TODAY,
    )  # fmt: skip
    assert appointment.is_to_come(TODAY) is (stands and is_later)
