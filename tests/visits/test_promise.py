"""When a promise is overdue: its day has passed, and it was not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from esm.domain.visits.records import PromiseRecord

DUE = date(2026, 11, 20)
PROMISE = PromiseRecord(1, "X", "江畔一号", 7, "1001", "尹虚一", "联系供电部门", date(2026, 11, 2), DUE, None)


@pytest.mark.parametrize(("days", "is_late"), [(-1, False), (0, False), (1, True)])
def test_a_promise_is_late_after_its_day_unless_it_was_kept(days: int, is_late: bool) -> None:
    today = DUE + timedelta(days=days)
    assert PROMISE.is_late(today) is is_late
    assert not replace(PROMISE, kept_on=DUE).is_late(today)
