"""The rolling clock, held against a second one written plainly after the rules, with no SQL and no dateutil."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content, small_district
from tests.conftest import HEADER, budget

from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.storage.database import connection
from esm.storage.database import settings as stored_settings
from esm.storage.database.connection import Writing
from esm.storage.database.place import FilePlace, Place
from esm.storage.pairing import pairings
from esm.storage.schedule import due_list
from esm.usecases.register import cadres, enterprises
from esm.usecases.visits import log

SCHEME_START = date(2012, 1, 1)
Standing = tuple[str, date | None, date]  # tier, last visit, due date
Entry = tuple[date | None, date, date]  # last visit, anchor, due date


def plus_months(day: date, months: int) -> date:
    """Return the day `months` calendar months later; where that month is too short, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass
class Register:
    """What happened to one enterprise, told as it happened: stretches in scope, visits, and tiers by first day."""

    stretches: list[tuple[date, date | None]]
    visits: dict[int, date] = field(default_factory=dict)
    contacts: set[date] = field(default_factory=set)  # days of visits that count and of those that do not
    tiers: dict[date, str] = field(default_factory=lambda: {date.min: "C"})

    def tier_on(self, day: date) -> str:
        return self.tiers[max(first for first in self.tiers if first <= day)]

    def stretch_on(self, day: date) -> int | None:
        for which, (start, end) in enumerate(self.stretches):
            if start <= day and (end is None or day < end):
                return which
        return None

    def clock(self, which: int, tier: str, known_until: date, district: District) -> Entry:
        """Return last visit, anchor and due date in one stretch, from what is known until a day."""
        start = self.stretches[which][0]
        last = max((day for day in self.visits.values() if day <= known_until), default=None)
        anchor = last or max(start, district.scheme_start)
        if which > 0 and last is not None:  # it left and came back: the clock starts anew at the latest then
            anchor = max(last, start)
        return last, anchor, plus_months(anchor, district.months_on(tier, known_until))


@dataclass
class District:
    """The enterprises by number, and the settings: months by tier and first day."""

    enterprises: dict[int, Register] = field(default_factory=dict)
    months: dict[str, dict[date, int]] = field(default_factory=lambda: {tier: {date.min: 2} for tier in "ABC"})
    scheme_start: date = SCHEME_START

    def months_on(self, tier: str, day: date) -> int:
        return self.months[tier][max(first for first in self.months[tier] if first <= day)]


@dataclass
class Desk:
    """Does each thing twice: with esm, and in the naive district. Time only moves forward."""

    writing: Writing
    today: date
    district: District = field(default_factory=District)

    def pass_days(self, days: int, _word: str) -> None:
        self.today += timedelta(days=days)

    def enrol(self, number: int, word: str) -> None:
        if number in self.district.enterprises:
            return
        on = self.today - timedelta(days=ord(word) % 40)
        values = {
            "uscc": small_district.CODES[number],
            "name": "甲",
            "above_scale": True,
            "enrolled_on": on,
            "tier": "C",
        }
        enterprises.add_enterprise(self.writing, values, self.today)
        self.district.enterprises[number] = Register([(on, None)])

    def visit(self, number: int, word: str) -> None:
        register = self.district.enterprises.get(number)
        if register is None:
            return
        on = max(self.today - timedelta(days=ord(word) % 30), register.stretches[-1][0])
        if on in register.contacts:
            return
        counts = word not in "ab"
        channel, outcome = {"a": ("phone", "met"), "b": ("on_site", "not_reached")}.get(word, ("on_site", "met"))
        code = small_district.CODES[number]
        recorded = log.log(
            self.writing,
            code,
            done_on=on,
            today=self.today,
            cadre="1001",
            channel=Channel(channel),
            outcome=VisitOutcome(outcome),
        )
        register.contacts.add(on)
        if counts:
            register.visits[recorded.record.id] = on

    def cancel(self, number: int, word: str) -> None:
        register = self.district.enterprises.get(number)
        if register is not None and register.visits:
            visit_id = sorted(register.visits)[ord(word) % len(register.visits)]
            log.cancel(self.writing, visit_id, today=self.today)
            register.contacts.remove(register.visits.pop(visit_id))

    def leave(self, number: int, _word: str) -> None:
        register = self.district.enterprises.get(number)
        if register is not None and register.stretches[-1][1] is None and register.stretches[-1][0] < self.today:
            enterprises.exit_enterprise(self.writing, small_district.CODES[number], self.today, self.today)
            register.stretches[-1] = (register.stretches[-1][0], self.today)

    def come_back(self, number: int, _word: str) -> None:
        register = self.district.enterprises.get(number)
        if register is not None and register.stretches[-1][1] is not None:
            values = {"enrolled_on": self.today}
            enterprises.edit_enterprise(self.writing, small_district.CODES[number], values, self.today)
            register.stretches.append((self.today, None))

    def change_tier(self, number: int, word: str) -> None:
        register = self.district.enterprises.get(number)
        if register is not None:
            tier = "ABC"[ord(word) % 3]
            enterprises.edit_enterprise(self.writing, small_district.CODES[number], {"tier": tier}, self.today)
            register.tiers[self.today] = tier

    def change_cadence(self, number: int, word: str) -> None:
        tier = "ABC"[ord(word) % 3]
        stored_settings.store(self.writing, f"cadence_months_{tier.lower()}", str(number + 1), self.today)
        self.district.months[tier][self.today] = number + 1

    def change_scheme_start(self, number: int, _word: str) -> None:
        self.district.scheme_start = date(2024, 1, 31) + timedelta(days=30 * number)
        stored_settings.store(self.writing, "scheme_start_on", self.district.scheme_start.isoformat(), date.min)


def stored(writing: Writing) -> dict[str, Entry]:
    """Return the clock table: code -> (last visit, anchor, due date)."""
    rows = writing.rows("SELECT uscc, last_visit_on, anchor_on, due_on FROM clock ORDER BY uscc")
    return {uscc: tuple(None if day is None else date.fromisoformat(day) for day in days) for uscc, *days in rows}  # type: ignore[misc]


def expected(district: District) -> dict[str, Entry]:
    """Return the clock of every enterprise by its newest stretch and tier and all visits."""
    return {
        small_district.CODES[number]: register.clock(
            len(register.stretches) - 1, register.tier_on(date.max), date.max, district
        )
        for number, register in district.enterprises.items()
    }


def listed(writing: Writing, day: date) -> dict[str, Standing]:
    return {
        row.uscc: (row.tier, row.last_visit_on, row.due_on)
        for row in due_list.due_rows(writing, day, due_list.DueFilter())
    }


def expected_on(district: District, day: date) -> dict[str, Standing]:
    """Return who was in scope on a day, with the tier of that day and what was known until then."""
    standing = {}
    for number, register in district.enterprises.items():
        which = register.stretch_on(day)
        if which is not None:
            tier = register.tier_on(day)
            last, _, due = register.clock(which, tier, day, district)
            standing[small_district.CODES[number]] = (tier, last, due)
    return standing


ACTS = [Desk.pass_days, Desk.enrol, Desk.visit, Desk.visit, Desk.cancel, Desk.leave, Desk.come_back,
        Desk.change_tier, Desk.change_cadence, Desk.change_scheme_start]  # fmt: skip
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), LETTERS), min_size=8, max_size=40)
STARTS = st.sampled_from([date(2023, 12, 29), date(2024, 2, 27), date(2025, 12, 28), date(2026, 8, 29)])


@pytest.fixture(scope="module")
def staffed(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with one cadre; what the tests write there is rolled back."""
    path = tmp_path_factory.mktemp("staffed") / "staffed.db"
    path.write_bytes(empty_database.read_bytes())
    small_district.employ(path, "1001")
    return path


def play(writing: Writing, start: date, steps: list[tuple[object, int, str]]) -> Desk:
    desk = Desk(writing, start)
    for act, number, word in [(Desk.enrol, 0, "e"), (Desk.enrol, 1, "x"), *steps]:
        act(desk, number * 20 + ord(word) % 7 if act is Desk.pass_days else number, word)  # type: ignore[operator]
    return desk


@budget(80)
@given(start=STARTS, steps=STEPS)
def test_the_clock_is_the_naive_one_after_anything_that_happened(
    staffed: Path, start: date, steps: list[tuple[object, int, str]]
) -> None:
    with connection.writing(FilePlace(staffed), HEADER, dry_run=True) as writing:
        desk = play(writing, start, steps)
        assert stored(writing) == expected(desk.district)


def turning_points(district: District) -> set[date]:
    """Return the days on which something changed, and those just before."""
    registers = district.enterprises.values()
    days = {day for register in registers for stretch in register.stretches for day in stretch if day is not None}
    days |= {day for register in registers for day in (*register.contacts, *register.tiers)}
    days = {day for day in days.union(*district.months.values()) if day != date.min}
    return days | {day - timedelta(days=1) for day in days}


@budget(80)
@given(start=STARTS, steps=STEPS)
def test_the_due_list_of_a_past_day_is_what_was_true_then(
    staffed: Path, start: date, steps: list[tuple[object, int, str]]
) -> None:
    with connection.writing(FilePlace(staffed), HEADER, dry_run=True) as writing:
        desk = play(writing, start, steps)
        for day in {desk.today, *turning_points(desk.district)}:
            assert listed(writing, day) == expected_on(desk.district, day)


MONTH_ENDS = [
    (date(2025, 12, 31), 2, date(2026, 2, 28)),
    (date(2023, 12, 31), 2, date(2024, 2, 29)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 48, date(2028, 2, 29)),
    (date(2026, 6, 30), 2, date(2026, 8, 30)),
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2026, 7, 31), 2, date(2026, 9, 30)),
]


@pytest.mark.parametrize(("anchor", "months", "due"), MONTH_ENDS)
def test_a_due_date_stops_at_the_end_of_a_short_month(writing: Writing, anchor: date, months: int, due: date) -> None:
    stored_settings.store(writing, "cadence_months_c", str(months), date.min)
    desk = Desk(writing, anchor)
    enterprises.add_enterprise(
        writing, {"uscc": small_district.CODES[0], "name": "甲", "above_scale": True, "enrolled_on": anchor}, desk.today
    )
    assert stored(writing)[small_district.CODES[0]][2] == due
    assert plus_months(anchor, months) == due


def test_every_day_of_ten_years_has_its_due_date(writing: Writing) -> None:
    enterprises.add_enterprise(
        writing, {"uscc": small_district.CODES[0], "name": "甲", "above_scale": True}, date(2023, 1, 1)
    )
    cadres.add_cadre(writing, {"staff_no": "1001", "name": "尹"})
    log.log(writing, small_district.CODES[0], done_on=date(2023, 1, 1), today=date(2023, 1, 1), cadre="1001")
    for days in range(3653):
        day = date(2023, 1, 1) + timedelta(days=days)
        writing.connection.execute("UPDATE visit SET done_on = ?", (day.isoformat(),))
        assert stored(writing) == {small_district.CODES[0]: (day, day, plus_months(day, 2))}


@pytest.fixture
def two(writing: Writing) -> Writing:
    """Return a database with two enterprises of June and a visit to the first in September."""
    for number in range(2):
        values = {
            "uscc": small_district.CODES[number],
            "name": "甲",
            "above_scale": True,
            "enrolled_on": date(2026, 6, 1),
        }
        enterprises.add_enterprise(writing, values, small_district.TODAY)
    cadres.add_cadre(writing, {"staff_no": "1001", "name": "尹"})
    log.log(writing, small_district.CODES[0], done_on=date(2026, 9, 1), today=small_district.TODAY, cadre="1001")
    return writing


NEVER = (None, date(2026, 6, 1), date(2026, 8, 1))
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 1), date(2026, 11, 1))


def test_a_visit_that_turns_out_to_be_another_enterprise_s_moves_both_clocks(two: Writing) -> None:
    assert list(stored(two).values()) == [SEPTEMBER, NEVER]
    two.connection.execute("UPDATE visit SET enterprise_id = 2")
    assert list(stored(two).values()) == [NEVER, SEPTEMBER]


def test_a_visit_that_is_taken_away_puts_the_clock_back(two: Writing) -> None:
    two.connection.execute("DELETE FROM visit")
    assert list(stored(two).values()) == [NEVER, NEVER]


def test_a_visit_before_the_first_enrolment_starts_the_clock(two: Writing) -> None:
    two.connection.execute("UPDATE visit SET done_on = '2026-05-20'")
    assert stored(two)[small_district.CODES[0]] == (date(2026, 5, 20), date(2026, 5, 20), date(2026, 7, 20))


def test_two_visits_on_one_day_count_once(two: Writing) -> None:
    cadres.add_cadre(two, {"staff_no": "1002", "name": "尹"})
    second = log.log(two, small_district.CODES[0], done_on=date(2026, 9, 1), today=small_district.TODAY, cadre="1002")
    assert stored(two)[small_district.CODES[0]] == SEPTEMBER
    log.cancel(two, second.record.id, today=small_district.TODAY)
    assert stored(two)[small_district.CODES[0]] == SEPTEMBER


def test_a_new_cadre_does_not_reset_the_clock(place: Place) -> None:
    small_district.settle(place)
    before = database_content.dump(place)["clock"]
    small_district.employ(place, "1002")
    small_district.write(place, lambda writing: pairings.end(writing, 1, date(2026, 11, 1)))
    new = pairings.NewPairing(enterprise_id=1, cadre_id=2, start_on=date(2026, 11, 1))
    small_district.write(place, lambda writing: pairings.begin(writing, [new]))
    assert database_content.dump(place)["clock"] == before
