"""What the checker finds before a visit is overdue: nobody who can go, no free day, a plan after the due date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import district
from tests.district import Cadre, District, Enterprise, Pairing, Span, code

from esm.domain.visits.check_findings import Finding
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import BEGINNING, iso
from esm.usecases.reports import check

ENROLLED = date(2026, 1, 5)
DUE = date(2026, 3, 5)  # a Thursday; the window opens on 12 February, before the Spring Festival of 15 to 23 February
TODAY = date(2026, 2, 2)
DAY = timedelta(days=1)
KINDS = ("absent_without_deputy", "no_free_day", "planned_late")


def found(writing: Writing, today: date = TODAY) -> list[tuple[str, str | None]]:
    """Return (kind, staff number) of what stands against the next visits."""
    return [(each.kind, each.staff_no) for each in findings(writing, today)]


def findings(writing: Writing, today: date = TODAY) -> list[Finding]:
    return [each for each in check.findings(writing, today) if each.kind in KINDS]


def settle(
    writing: Writing, *, number: int = 1, pauses: tuple[Span, ...] = (), left_on: date | None = None,
    scope: Span | None = None, visits_per_day: int = 2,
) -> None:  # fmt: skip
    """Let cadre 1001 serve some enterprises due on one day, with a second cadre in post."""
    firms = tuple(Enterprise(n, (scope or Span(ENROLLED),), pauses=pauses) for n in range(1, number + 1))
    pairs = tuple(Pairing(firm.uscc, "1001", Span(ENROLLED)) for firm in firms)
    people = (Cadre("1001", left_on=left_on), Cadre("1002"))
    district.store(
        writing, District(firms, people, pairs, settings={"visits_per_day": str(visits_per_day)})
    )  # fmt: skip


def away(writing: Writing, start_on: date, end_on: date, *, cadre: int = 1, deputy: int | None = None) -> None:
    writing.insert(
        "absence", [{"cadre_id": cadre, "start_on": iso(start_on), "end_on": iso(end_on), "deputy_id": deputy}]
    )


def plan(writing: Writing, enterprise: int, on: date, *, made_on: date = TODAY, confirmed: int = 0) -> None:
    writing.insert("plan", [{"enterprise_id": enterprise, "cadre_id": 1, "due_on": iso(DUE), "planned_on": iso(on),
                             "made_on": iso(made_on), "confirmed": confirmed, "provisional": 0}])  # fmt: skip


def test_nothing_stands_against_a_visit_with_a_free_day(writing: Writing) -> None:
    settle(writing)
    assert found(writing) == []


@pytest.mark.parametrize(
    ("start_on", "end_on", "is_found"),
    [
        (DUE - 7 * DAY, DUE + DAY, True),  # eight days, the due date is the last of them
        (DUE - 6 * DAY, DUE + DAY, False),  # seven days are not more than seven
        (DUE - 8 * DAY, DUE, False),  # back on the due date
        (DUE, DUE + 8 * DAY, True),
        (DUE + DAY, DUE + 9 * DAY, False),
    ],
)
def test_a_long_absence_over_the_due_date_needs_a_deputy(
    writing: Writing, start_on: date, end_on: date, is_found: bool
) -> None:
    settle(writing)
    away(writing, start_on, end_on)
    assert found(writing) == [("absent_without_deputy", "1001")] * is_found


def test_a_deputy_who_can_go_by_the_due_date_is_enough(writing: Writing) -> None:
    settle(writing)
    away(writing, DUE - 9 * DAY, DUE + 9 * DAY, deputy=2)
    assert found(writing) == []


def test_a_deputy_who_is_away_or_recused_is_nobody(writing: Writing) -> None:
    settle(writing, number=2)
    away(writing, DUE - 9 * DAY, DUE + 9 * DAY, deputy=2)
    writing.insert("recusal", [{"cadre_id": 2, "enterprise_id": 1, "reason": "former employer", "start_on": BEGINNING}])
    assert [each.uscc for each in findings(writing)] == [code(1)]
    away(writing, DUE - 9 * DAY, DUE + DAY, cadre=2)
    assert [each.uscc for each in findings(writing)] == [code(1), code(2)]


def test_a_window_without_a_day_of_the_cadre_is_found(writing: Writing) -> None:
    settle(writing)
    away(writing, date(2026, 2, 12), DUE)
    assert found(writing) == []  # the due date is left
    away(writing, DUE, DUE + DAY)
    assert found(writing) == [("no_free_day", "1001")]


def test_a_cadre_who_leaves_before_the_window_has_no_day_in_it(writing: Writing) -> None:
    settle(writing, left_on=date(2026, 2, 12))
    assert found(writing) == [("no_free_day", "1001")]


def test_days_full_of_visits_to_others_are_not_free(writing: Writing) -> None:
    settle(writing, number=2, visits_per_day=1)
    away(writing, date(2026, 2, 12), date(2026, 3, 4))
    away(writing, DUE, DUE + DAY)
    plan(writing, 2, DUE - DAY)
    assert [(each.kind, each.uscc) for each in findings(writing)] == [("no_free_day", code(1))]


def test_weekends_and_holidays_are_no_days(writing: Writing) -> None:
    settle(writing)
    writing.insert("setting", [{"key": "window_days", "value": "0", "start_on": BEGINNING}])
    assert found(writing) == []
    writing.insert("holiday", [{"falls_on": iso(DUE), "worked": 0, "name": "x", "notice": "local", "source": "x"}])
    assert found(writing) == [("no_free_day", "1001")]
    plan(writing, 1, DUE, confirmed=1)
    assert found(writing) == []  # agreed all the same


def test_a_next_plan_after_the_due_date_is_found(writing: Writing) -> None:
    settle(writing)
    plan(writing, 1, DUE + DAY)
    assert found(writing) == [("planned_late", "1001")]
    assert found(writing, TODAY - DAY) == []  # not made yet
    plan(writing, 1, DUE)
    assert found(writing) == []


@pytest.mark.parametrize(
    "given", [{"pauses": (Span(DUE, DUE + DAY),)}, {"scope": Span(ENROLLED, DUE)}], ids=["paused", "left"]
)
def test_where_no_visit_falls_due_nothing_stands_against_one(writing: Writing, given: dict[str, tuple[Span]]) -> None:
    settle(writing, **given)  # type: ignore[arg-type]
    away(writing, ENROLLED, DUE + 9 * DAY)
    plan(writing, 1, DUE + DAY)
    assert found(writing) == []


def test_who_is_overdue_is_found_as_overdue_only(writing: Writing) -> None:
    settle(writing)
    away(writing, ENROLLED, DUE + 9 * DAY)
    plan(writing, 1, DUE + 2 * DAY)
    assert {kind for kind, _who in found(writing, DUE)} == set(KINDS)
    assert found(writing, DUE + DAY) == []
