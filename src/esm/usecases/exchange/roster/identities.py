"""Whom a row means: by code or number, and where these are missing, by name (docs/rules.md, Import)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from esm.domain.pairing.records import PairingRecord
from esm.domain.policies.policy import Policy
from esm.domain.register.cadres import Cadre
from esm.domain.register.name_extraction import without_former_name
from esm.domain.values import nearest_spellings
from esm.domain.values.grouping import grouped
from esm.domain.values.person_list import WrittenPerson
from esm.domain.values.raw_text import fold
from esm.errors import Listed, Message, say
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.policies import policies
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange.roster.roster_rows import Unnamed, Unresolved

_SHOWN = 5
_APART = re.compile("[、,，;；/\\s]+")
_LIKE_A_FIRM = re.compile("(?:公司|集团|[厂店社所行院]|中心|合伙|商行|经营部|分部)$")
_FIRST_NUMBER = 1001


class OnRecord:
    """Who is on record, each read when it is first asked for, and once; without a database, nobody."""

    def __init__(self, reading: Reading | None = None, on: date = date.min) -> None:
        self._reading, self._on = reading, on

    @cached_property
    def enterprises(self) -> Mapping[str, str]:
        """The names of enterprises by code."""
        return dict(enterprises.names(self._reading)) if self._reading is not None else {}

    @cached_property
    def cadres(self) -> Mapping[str, Cadre]:
        """The cadres by staff number."""
        stored = cadres.load(self._reading) if self._reading is not None else {}
        return {key: each.cadre for key, each in stored.items()}

    @cached_property
    def serving(self) -> Mapping[str, PairingRecord]:
        """The pairings of the day, by code."""
        held = pairings.active_pairings(self._reading, self._on) if self._reading is not None else []
        return {pairing.uscc: pairing for pairing in held}

    @cached_property
    def subdistricts(self) -> Collection[str]:
        """The subdistricts as anybody writes them."""
        return cadres.subdistricts(self._reading) if self._reading is not None else ()

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """The policies by code."""
        stored = policies.load(self._reading) if self._reading is not None else {}
        return {code: each.policy for code, each in stored.items()}


class Identities:
    """Everybody whom a roster may name: on record, and in its own sheets."""

    def __init__(self, known: OnRecord) -> None:
        self._known = known

    @cached_property
    def enterprises(self) -> dict[str, str]:
        """The names of enterprises by code, with those of the sheets."""
        return dict(self._known.enterprises)

    @cached_property
    def cadres(self) -> dict[str, Cadre]:
        """The cadres by staff number, with those of the sheets."""
        return dict(self._known.cadres)

    @cached_property
    def _firms(self) -> dict[str, list[str]]:
        """The codes of each name, folded, old names too."""
        return grouped(self._known.enterprises, lambda uscc: fold(self._known.enterprises[uscc]))

    @cached_property
    def _people(self) -> dict[str, list[str]]:
        """The staff numbers of each name, folded."""
        return grouped(self._known.cadres, lambda staff_no: fold(self._known.cadres[staff_no].name))

    def add_enterprise(self, uscc: str, name: str) -> None:
        """Take note of an enterprise, under its new name where it had another."""
        self.enterprises[uscc] = name
        codes = self._firms.setdefault(fold(name), [])
        if uscc not in codes:
            codes.append(uscc)

    def add_cadre(self, cadre: Cadre) -> None:
        """Take note of a cadre, with what is newest."""
        self.cadres[cadre.staff_no] = cadre
        numbers = self._people.setdefault(fold(cadre.name), [])
        if cadre.staff_no not in numbers:
            numbers.append(cadre.staff_no)

    def code(self, name: str) -> str | Message:
        """Return the code of the one enterprise of a name, or why there is none."""
        found = self._firms.get(fold(name)) or self._firms.get(fold(without_former_name(name)), [])
        if len(found) == 1:
            return found[0]
        if found:
            return say("several enterprises have this name: {candidates}; add the credit code", candidates=_list(found))
        several = [part for part in _APART.split(name) if fold(part) in self._firms or _LIKE_A_FIRM.search(part)]
        if len(several) > 1:
            return say("names several enterprises: {candidates}; write one row for each", candidates=_list(several))
        close = nearest_spellings.nearest(fold(name), list(filter(None, self._firms)), share=0.7)
        if close:
            near = self._firms[close[0]][0]
            return say(
                "no enterprise has this name; did you mean {name} ({uscc})? Otherwise add its credit code",
                name=self.enterprises[near], uscc=near,
            )  # fmt: skip
        return say("a credit code is required here: no enterprise on record is called {name}", name=name)

    def contradicts_code(self, uscc: str, name: str) -> Message | None:
        """Return what is wrong with a name beside the code of another enterprise."""
        stored = self.enterprises.get(uscc)
        if stored is None or fold(name) in fold(stored) or fold(stored) in fold(name):
            return None
        return say("{uscc} is {stored}, not {name}: correct the code or the name", uscc=uscc, stored=stored, name=name)

    def contradicts_number(self, staff_no: str, name: str) -> Message | None:
        """Return what is wrong with a name beside the staff number of somebody else."""
        stored = self.cadres.get(staff_no)
        if stored is None or not name or fold(stored.name) == fold(name):
            return None
        return say(
            "{staff_no} is {stored}, not {name}: correct the number or the name", staff_no=staff_no,
            stored=stored.name, name=name,
        )  # fmt: skip

    def namesakes(self, person: WrittenPerson, department: str = "", phone: str = "") -> list[str]:
        """Return the staff numbers that a name may mean; of several those of the department, then of the phone."""
        found = self._people.get(fold(person.name), []) if person.name else []
        for said, key in ((department or person.remark, "department"), (phone or person.phone, "phone")):
            alike = [each for each in found if said and fold(getattr(self.cadres[each], key) or "") == fold(said)]
            if len(found) > 1 and alike:
                found = alike
        return list(found)

    def number(self, person: WrittenPerson, department: str = "", phone: str = "") -> str | Message:
        """Return the staff number of the one cadre whom a cell names, or why there is none."""
        if person.staff_no and (person.staff_no in self.cadres or not person.name):
            return self.contradicts_number(person.staff_no, person.name) or person.staff_no
        found = self.namesakes(person, department, phone)
        if len(found) == 1:
            return found[0]
        if found:
            return self.several(person, found)
        close = self.nearest(person)
        if close:
            return say(
                "no cadre is called {name}; did you mean {candidates}?", name=person.name,
                candidates=_list(self._described(close)),
            )  # fmt: skip
        return say("no cadre on record is called {name}: add this cadre first", name=person.name)

    def several(self, person: WrittenPerson, numbers: Iterable[str]) -> Message:
        """Return what is wrong with a name that several cadres have."""
        return say(
            "several cadres are called {name}: {candidates}; add the staff number", name=person.name,
            candidates=_list(self._described(numbers)),
        )  # fmt: skip

    def nearest(self, person: WrittenPerson) -> list[str]:
        """Return the staff numbers of those whose names are most like a name."""
        close = nearest_spellings.nearest(fold(person.name), list(filter(None, self._people)), share=0.6)
        return self._people[close[0]] if close else []

    def like(self, person: WrittenPerson, near: Iterable[str]) -> Message:
        """Return what is wrong with a name that is like those of others, and how it is taken for somebody new."""
        return say(
            "no cadre is called {name}; did you mean {candidates}? Correct the name, or add a "
            "new cadre with --number-cadres",
            name=person.name, candidates=_list(self._described(near)),
        )  # fmt: skip

    def next_number(self) -> str:
        """Return the staff number after the largest of digits alone; the first is 1001."""
        digits = [number for number in self.cadres if number.isascii() and number.isdigit()]
        largest = max(digits, key=int, default=None)
        return str(_FIRST_NUMBER) if largest is None else str(int(largest) + 1).zfill(len(largest))

    def _described(self, numbers: Iterable[str]) -> list[str]:
        people = [self.cadres[number] for number in numbers]
        return [" ".join(filter(None, (each.staff_no, each.name, each.department))) for each in people]


def unnamed(key: str, reason: Message, missing: str) -> Unresolved:
    """Return the fault of a name that does not tell who is meant; one that is like nobody's has no candidates."""
    is_like_nobody = not reason.parameters.keys() & {"candidates", "uscc"}
    return Unnamed(key, reason, missing=missing) if is_like_nobody else Unresolved(key, reason)


def _list(texts: list[str]) -> Listed:
    return Listed.first(texts, _SHOWN)
