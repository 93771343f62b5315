"""A desk at work around the turn of a year: a real database beside plain values, compared after every step."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests import district_oracle, small_district
from tests.conftest import HEADER, budget
from tests.district import ALWAYS, Cadre, District, Enterprise, Pairing, Profile, Span, Visit, code

from esm.domain.visits.contact_made import Channel
from esm.storage.database import connection
from esm.storage.database.connection import Writing
from esm.storage.database.place import FilePlace
from esm.storage.pairing import pairings
from esm.storage.reports import coverage
from esm.storage.visits import visits
from esm.usecases.desk import integrity
from esm.usecases.register import cadres as register_cadres
from esm.usecases.register import enterprises
from esm.usecases.schedule import due_list
from esm.usecases.visits import log as visiting

FIRST = date(2027, 12, 26)
LAST = FIRST + timedelta(days=9)
WATCHED = (FIRST, date(2028, 2, 29), date(2028, 3, 1), date(2028, 3, 4))
SEEDED = 3
STAFF = ("1001", "1002")

numbers = st.integers(1, SEEDED + 2)
staff = st.sampled_from(STAFF)


class Desk(RuleBasedStateMachine):
    """Does each thing in the database and to `told`; `before` holds what an undo goes back to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.today = FIRST
        self.told = District(
            tuple(Enterprise(n, (Span(FIRST),)) for n in range(1, SEEDED + 1)), tuple(map(Cadre, STAFF))
        )
        self.before: list[District] = []

    def act(self, change: Callable[[Writing], object], after: District) -> None:
        with connection.writing(FilePlace(self.path), HEADER) as writing:
            change(writing)
        self.before.append(self.told)
        self.told = after

    def found(self, number: int) -> Enterprise | None:
        return next((each for each in self.told.enterprises if each.number == number), None)

    def with_enterprise(self, changed: Enterprise) -> District:
        return replace(
            self.told,
            enterprises=tuple(changed if each.number == changed.number else each for each in self.told.enterprises),
        )

    def without_pairing(self, told: District, number: int) -> District:
        """Return the district with the running pairing ended today; one that began today held no day."""
        kept = []
        for pair in told.pairings:
            if pair.uscc != code(number) or pair.span.end_on is not None:
                kept.append(pair)
            elif pair.span.start_on < self.today:
                kept.append(replace(pair, span=Span(pair.span.start_on, self.today)))
        return replace(told, pairings=tuple(kept))

    @precondition(lambda self: self.today < LAST)
    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), LAST)

    @rule(number=numbers, back=st.integers(0, 9), tier=st.sampled_from("ABC"))
    def enrol(self, number: int, back: int, tier: str) -> None:
        if self.found(number):
            return
        entered = self.today - timedelta(days=back)
        firm = Enterprise(number, (Span(entered),), (Profile(tier),))
        values = {"uscc": firm.uscc, "name": firm.name, "tier": tier, "above_scale": True, "enrolled_on": entered}
        self.act(
            lambda writing: enterprises.add_enterprise(writing, values, self.today),
            replace(self.told, enterprises=(*self.told.enterprises, firm)),
        )

    @rule(number=numbers, tier=st.sampled_from("ABC"))
    def change_tier(self, number: int, tier: str) -> None:
        firm = self.found(number)
        if firm is None or firm.profiles[-1].tier == tier:
            return
        *old, last = firm.profiles
        if last.span.start_on < self.today:
            old.append(replace(last, span=Span(last.span.start_on, self.today)))
        begun = ALWAYS if not old else self.today
        changed = replace(firm, profiles=(*old, Profile(tier, span=Span(begun))))
        self.act(
            lambda writing: enterprises.edit_enterprise(writing, firm.uscc, {"tier": tier}, self.today),
            self.with_enterprise(changed),
        )

    @rule(number=numbers)
    def exit(self, number: int) -> None:
        firm = self.found(number)
        if firm is None or firm.scopes[-1].end_on is not None or firm.scopes[-1].start_on >= self.today:
            return
        *old, last = firm.scopes
        changed = replace(firm, scopes=(*old, Span(last.start_on, self.today)))
        self.act(
            lambda writing: enterprises.exit_enterprise(writing, firm.uscc, self.today, self.today),
            self.without_pairing(self.with_enterprise(changed), number),
        )

    @rule(number=numbers)
    def come_back(self, number: int) -> None:
        firm = self.found(number)
        if firm is None or firm.scopes[-1].end_on is None:
            return
        self.act(
            lambda writing: enterprises.edit_enterprise(writing, firm.uscc, {"enrolled_on": self.today}, self.today),
            self.with_enterprise(replace(firm, scopes=(*firm.scopes, Span(self.today)))),
        )

    @rule(number=numbers, staff_no=staff)
    def pair(self, number: int, staff_no: str) -> None:
        firm = self.found(number)
        if firm is None or firm.scopes[-1].end_on or district_oracle.paired(self.told, firm.uscc, self.today):
            return

        def begin(writing: Writing) -> None:
            ids = writing.value("SELECT id FROM enterprise WHERE uscc = :uscc", uscc=firm.uscc)
            beginning = pairings.NewPairing(enterprise_id=ids, cadre_id=1 + STAFF.index(staff_no), start_on=self.today)
            pairings.begin(writing, [beginning])

        pair = Pairing(firm.uscc, staff_no, Span(self.today))
        self.act(begin, replace(self.told, pairings=(*self.told.pairings, pair)))

    @rule(number=numbers)
    def end_pairing(self, number: int) -> None:
        if not district_oracle.paired(self.told, code(number), self.today):
            return

        def end(writing: Writing) -> None:
            (held,) = [pair for pair in pairings.active_pairings(writing, self.today) if pair.uscc == code(number)]
            pairings.end(writing, held.id, self.today)

        self.act(end, self.without_pairing(self.told, number))

    @rule(staff_no=staff)
    def leave(self, staff_no: str) -> None:
        cadres = tuple(
            replace(each, left_on=self.today) if each.staff_no == staff_no else each for each in self.told.cadres
        )
        if district_oracle.is_in_post(self.told, staff_no, self.today):
            self.act(
                lambda writing: register_cadres.leave_office(writing, staff_no, self.today, self.today),
                replace(self.told, cadres=cadres),
            )

    @rule(number=numbers, staff_no=staff, back=st.integers(0, 9), channel=st.sampled_from(["on_site"] * 4 + ["phone"]))
    def log(self, number: int, staff_no: str, back: int, channel: str) -> None:
        firm = self.found(number)
        if firm is None or firm.scopes[-1].start_on > self.today:
            return
        on = max(self.today - timedelta(days=back), firm.scopes[-1].start_on)
        visit = Visit(firm.uscc, staff_no, on, channel)
        standing = {(each.uscc, each.staff_no, each.done_on) for each in self.told.visits if not each.is_cancelled}
        if (visit.uscc, staff_no, on) in standing or not district_oracle.is_in_post(self.told, staff_no, on):
            return
        self.act(
            lambda writing: visiting.log(
                writing, firm.uscc, done_on=on, today=self.today, cadre=staff_no, channel=Channel(channel)
            ),
            replace(self.told, visits=(*self.told.visits, visit)),
        )

    @rule(which=st.integers(0, 9))
    def cancel(self, which: int) -> None:
        standing = [visit for visit in self.told.visits if not visit.is_cancelled]
        if not standing:
            return
        gone = standing[which % len(standing)]

        def cancel(writing: Writing) -> None:
            entries = visits.find_visits(
                writing, uscc=gone.uscc, staff_no=gone.staff_no, since=gone.done_on, until=gone.done_on
            )
            (visit_id,) = [entry.id for entry in entries if entry.visit.cancelled_on is None]
            visiting.cancel(writing, visit_id, today=self.today)

        left = tuple(replace(visit, is_cancelled=True) if visit is gone else visit for visit in self.told.visits)
        self.act(cancel, replace(self.told, visits=left))

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        small_district.undo(self.path)
        self.told = self.before.pop()

    @invariant()
    def the_figures_are_the_naive_ones(self) -> None:
        with connection.reading(FilePlace(self.path)) as reading:
            for on in (self.today, *WATCHED):
                listed = due_list.due_visits(reading, on, within=district_oracle.AHEAD)
                assert [district_oracle.plainly(visit) for visit in listed.visits] == district_oracle.due_list(
                    self.told, on, district_oracle.AHEAD
                )
                assert coverage.unserved_enterprises(reading, on) == district_oracle.unserved(self.told, on)

    @invariant()
    def the_pairings_on_record_are_those_made(self) -> None:
        with connection.reading(FilePlace(self.path)) as reading:
            held = {
                (pair.uscc, pair.staff_no, Span(pair.start_on, pair.end_on)) for pair in pairings.find_pairings(reading)
            }
        assert held == {(pair.uscc, pair.staff_no, pair.span) for pair in self.told.pairings}

    @invariant()
    def the_database_is_whole_and_says_what_its_journal_says(self) -> None:
        with connection.reading(FilePlace(self.path)) as reading:
            assert integrity.flaws(reading) == []


def seed(writing: Writing) -> None:
    for number in range(1, SEEDED + 1):
        values = {"uscc": code(number), "name": f"江畔{number}号有限公司", "above_scale": True, "enrolled_on": FIRST}
        enterprises.add_enterprise(writing, values, FIRST)
    for staff_no in STAFF:
        register_cadres.add_cadre(writing, {"staff_no": staff_no, "name": f"尹{staff_no}"})


def test_whatever_a_desk_does_the_figures_are_what_the_rules_say(path: Path, tmp_path: Path) -> None:
    small_district.write(path, seed)

    class SeededDesk(Desk):
        def __init__(self) -> None:
            super().__init__(Path(shutil.copy(path, tmp_path / "desk.db")))

    run_state_machine_as_test(SeededDesk, settings=settings(budget(20), stateful_step_count=20))
