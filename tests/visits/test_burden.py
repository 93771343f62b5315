"""Who is visited too much, and who never: counted by hand."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.burden import Burden, BurdenRow

AS_OF, SINCE = date(2026, 11, 23), date(2026, 10, 25)


def row(number: int, days: int, last_on: date | None = AS_OF) -> BurdenRow:
    return BurdenRow(f"U{number}", f"江畔{number}", "C", None, days, days, 0, (), last_on)


def burden(*rows: BurdenRow, many: int = 3) -> Burden:
    return Burden(AS_OF, SINCE, many, rows)


def test_it_is_too_much_from_the_number_of_days_that_the_setting_names() -> None:
    found = burden(row(1, 2), row(2, 3), row(3, 4))
    assert [each.days for each in found.visited_too_often] == [4, 3]


def test_those_visited_too_much_stand_with_the_most_days_first_then_by_code() -> None:
    found = burden(row(3, 3), row(2, 5), row(1, 3))
    assert [each.uscc for each in found.visited_too_often] == ["U2", "U1", "U3"]


def test_never_visited_is_who_has_no_visit_at_all_and_not_who_had_none_of_late() -> None:
    long_ago = row(1, 0, date(2024, 1, 1))
    assert [each.uscc for each in burden(long_ago, row(2, 0, None)).never_visited] == ["U2"]


def test_the_days_are_counted_without_a_hole_and_add_up_to_all_in_scope() -> None:
    found = burden(row(1, 0), row(2, 3), row(3, 0), row(4, 1))
    assert found.by_days == ((0, 2), (1, 1), (2, 0), (3, 1))
    assert burden().by_days == ((0, 0),)
