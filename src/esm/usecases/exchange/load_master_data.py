"""Taking in the two master records: first whoever is new, then, once the past is told, what changes today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any

from esm.domain.register import scope_status
from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.values import phones
from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.intervals import FOREVER, is_unbroken
from esm.errors import Message, say
from esm.storage.database.connection import AT_ONCE, Writing
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Fault, Incoming, IncomingRow, Rules, upsert


def _with_a_past(rows: Sequence[RosterRow], key: str) -> frozenset[str]:
    """Return whose records over time are told without a gap to the end, so that nothing need be supposed of them."""
    held: dict[str, dict[date, date]] = defaultdict(dict)
    for row in rows:
        held[row.values[key]][row.values.get("start_on", date.min)] = row.values.get("end_on", FOREVER)
    return frozenset(owner for owner, intervals in held.items() if is_unbroken(intervals))


def _mask_fault(row: RosterRow, field: str, stored: str | None) -> Fault | None:
    """Return what is wrong with a masked phone that does not stand for the one on record."""
    phone = row.values.get(field)
    if phone is None or "*" not in phone or (stored is not None and phones.mask(stored) == phone):
        return None
    return field, say(
        "the number is masked and matches none on record: write all its digits, or export with --with-phones"
    )


class IncomingCadres:
    """The rows of cadres, on their way in."""

    def __init__(self, writing: Writing, rows: Sequence[RosterRow], postings: Sequence[RosterRow], today: date) -> None:
        self.writing, self.rows, self.today = writing, rows, today
        self.tally = Tally()
        self.known = cadres.load(writing) if rows else {}
        self.has_past = _with_a_past(postings, "staff_no")
        self.has_postings = bool(postings)

    def enter(self) -> None:
        """Store whoever is new."""
        self.rows = [row for row in self.rows if self._is_sound(row)]
        new = [Cadre(**row.values) for row in self.rows if row.values["staff_no"] not in self.known]
        cadres.add(self.writing, [cadre for cadre in new if cadre.staff_no not in self.has_past])
        cadres.restore(self.writing, [cadre for cadre in new if cadre.staff_no in self.has_past])
        self.tally.added = len(new)

    def correct(self) -> None:
        """Change what differs on record, from today on."""
        known = cadres.load(self.writing) if self.has_postings else self.known
        for row in self.rows:
            staff_no = row.values["staff_no"]
            if staff_no not in self.known and staff_no not in self.has_past:
                continue
            values = {name: value for name, value in row.values.items() if name != "phone" or "*" not in value}
            changes = cadres.edit(self.writing, known[staff_no], values, self.today)
            if staff_no in self.known:
                self.tally.update(row, changes)

    def _is_sound(self, row: RosterRow) -> bool:
        stored = self.known.get(row.values["staff_no"])
        old = None if stored is None else stored.cadre
        phone = None if old is None else old.phone
        return not self.tally.refuses(row, _term_fault(row, old), _mask_fault(row, "phone", phone))


def _term_fault(row: RosterRow, old: Cadre | None) -> Fault | None:
    left_on = row.values.get("left_on", old and old.left_on)
    active_from = row.values.get("active_from", old and old.active_from)
    if left_on is None or active_from is None or left_on > active_from:
        return None
    place = "left_on" if "left_on" in row.values else "active_from"
    return place, say("leaves on {end}, which is not after {start}", end=left_on, start=active_from)


class IncomingEnterprises:
    """The rows of enterprises, on their way in."""

    def __init__(
        self,
        writing: Writing,
        rows: Sequence[RosterRow],
        profiles: Sequence[RosterRow],
        today: date,
        *,
        above_scale: bool,
    ) -> None:
        self.writing, self.rows, self.today = writing, rows, today
        self.given: Mapping[str, Any] = {"above_scale": True} if above_scale else {}
        self.tally = Tally()
        self.known = enterprises.load(writing) if rows else {}
        self.has_past = _with_a_past(profiles, "uscc")
        self.has_profiles = bool(profiles)

    def enter(self) -> None:
        """Store whoever is new."""
        self.rows = [row for row in self.rows if self._is_sound(row)]
        new = [row for row in self.rows if row.values["uscc"] not in self.known]
        verified = {row.values["uscc"]: row.values.get("verified_on") for row in new}
        for start in range(0, len(new), AT_ONCE):
            made = [Enterprise(**self._values(row)) for row in new[start : start + AT_ONCE]]
            unknown = [each for each in made if each.uscc not in self.has_past]
            enterprises.add(self.writing, unknown, self.today, verified)
            enterprises.restore(self.writing, [each for each in made if each.uscc in self.has_past], verified)
        self.tally.added = len(new)
        on_register = [row for row in new if self._values(row).get("above_scale")]
        undated = [row for row in on_register if not {"enrolled_on", "exited_on"} & row.values.keys()]
        told = [row for row in undated if row.values["uscc"] not in self.has_past]
        self.tally.suppose(told, "enrolled_on", self.today, _ENROLLED_TODAY)

    def correct(self) -> None:
        """Change what differs on record, from today on."""
        known = enterprises.load(self.writing) if self.has_profiles else self.known
        for row in self.rows:
            uscc = row.values["uscc"]
            if uscc not in self.known and uscc not in self.has_past:
                continue
            changes = enterprises.edit(self.writing, known[uscc], self._values(row), self.today)
            if uscc in self.known:
                self.tally.update(row, changes)
                if "verified_on" in row.values:
                    enterprises.verify(self.writing, known[uscc].id, row.values["verified_on"])
        if self.rows:
            self.tally.notes += _standings(self.writing, {row.values["uscc"] for row in self.rows}, self.today)

    def _values(self, row: RosterRow) -> Mapping[str, Any]:
        if not self.given and "verified_on" not in row.values and "*" not in row.values.get("contact_phone", ""):
            return row.values
        return {
            name: value
            for name, value in {**self.given, **row.values}.items()
            if name != "verified_on" and (name != "contact_phone" or "*" not in value)
        }

    def _is_sound(self, row: RosterRow) -> bool:
        stored = self.known.get(row.values["uscc"])
        old = None if stored is None else stored.enterprise
        phone = None if old is None else old.contact_phone
        return not self.tally.refuses(row, _exit_fault(row, old), _mask_fault(row, "contact_phone", phone))


_ENROLLED_TODAY = say("counted as enrolled today: no visit is due for two months, and this period does not assess them")


def _exit_fault(row: RosterRow, old: Enterprise | None) -> Fault | None:
    exited_on, enrolled_on = row.values.get("exited_on"), row.values.get("enrolled_on", old and old.enrolled_on)
    if exited_on is None or enrolled_on is None or exited_on > enrolled_on:
        return None
    return "exited_on", say("exits on {end}, which is not after {start}", end=exited_on, start=enrolled_on)


def _standings(writing: Writing, usccs: Set[str], today: date) -> list[Message]:
    """Return what to say of the enterprises of the file whom the register does not put in scope or out of it."""
    listed = enterprises.on_day(writing, today, register_is_silent=True)
    counts = Counter(
        scope_status.status(enterprise, basis, today) for enterprise, basis in listed if enterprise.uscc in usccs
    )
    notes = []
    if counts[scope_status.ScopeStatus.PREDICTED]:
        notes.append(
            say(
                "In scope only by prediction, because the register does not state it: {count}",
                count=counts[scope_status.ScopeStatus.PREDICTED],
            )
        )
    if counts[scope_status.ScopeStatus.UNDECIDABLE]:
        notes.append(
            say(
                "Not in scope, because a field needed to decide is missing: {count}; see `esm check`",
                count=counts[scope_status.ScopeStatus.UNDECIDABLE],
            )
        )
    return notes


def upsert_absences(incoming: Incoming, spec: SheetSpec) -> Tally:
    """Store absences; a deputy whom nobody knows, or who is the cadre, is refused."""

    def fault(entry: IncomingRow) -> Fault | None:
        deputy, staff_no = entry.values.get("deputy"), entry.values["staff_no"]
        if deputy is None or (deputy in incoming.keys.cadres and deputy != staff_no):
            return None
        return "deputy", say("is not the staff number of another cadre")

    return upsert(incoming, spec, Rules(fault_on_record=fault))
