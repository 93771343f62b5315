"""The cadres whom sheets name without a staff number: found by name, or numbered where that is asked for or safe."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from esm.domain.exchange.import_summary import Assumption, Question
from esm.domain.register.cadres import Cadre, PostState
from esm.domain.register.columns import CADRES
from esm.domain.values.person_list import WrittenPerson, is_like_a_name, people
from esm.domain.values.raw_text import fold
from esm.errors import Message, say
from esm.usecases.exchange.roster.identities import Identities, unnamed
from esm.usecases.exchange.roster.roster_rows import RosterRow, Unresolved

_LEFT_POST = say("this cadre is no longer in post: name the cadre who serves the enterprise now, or remove the row")
_TOLD = ("department", "title", "rank", "phone")


def persons_in(number: str) -> tuple[WrittenPerson, ...]:
    """Return the persons of a cell of staff numbers, which may list several: 1001、1002."""
    found = people(number)
    return found if isinstance(found, tuple) else ()


class NamedCadres:
    """Finds the staff numbers of who is named; `rows` are those of the cadres of whom a sheet tells more."""

    def __init__(self, known: Identities, today: date, *, may_number: bool) -> None:
        self.known, self.today, self.may_number = known, today, may_number
        self.rows: list[RosterRow] = []
        self.questions: list[Question] = []
        self.claimed: set[str] = set()  # who stands in this import already
        self._numbered: Counter[tuple[str, str]] = Counter()
        self._left: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], tuple[str, str]] = {}

    def named_in(self, row: RosterRow, owner: str, *, may_number: bool) -> list[str]:
        """Return the staff numbers of those whom a row names as `owner`, in their order.

        With `may_number` somebody like whom nobody is called gets a number; Raises Unresolved for everybody else whom
        the name does not tell.
        """
        if row.values.get(f"{owner}.in_post") is PostState.LEFT:
            raise Unresolved(f"{owner}.in_post", _LEFT_POST, question="left_post")
        told = {key: row.values[f"{owner}.{key}"] for key in _TOLD if f"{owner}.{key}" in row.values}
        found = []
        for position, person in enumerate(self._persons(row, owner)):
            about = _about(told, position, person)
            number = self._number(row, owner, person, about, may_number=may_number)
            found.append(number)
            self._ask_about_remark(row, owner, person, number, about)
            if may_number:
                self._tell(row, owner, number, person, about)
        return found

    def _ask_about_remark(
        self, row: RosterRow, owner: str, person: WrittenPerson, number: str, about: dict[str, Any]
    ) -> None:
        """Say what stands in brackets beside a name and is no department of the person: （代）."""
        stored = self.known.cadres.get(number)
        known = [about.get("department"), about.get("title"), stored and stored.department, stored and stored.title]
        remark = fold(person.remark)
        if not remark or any(remark in fold(each) or fold(each) in remark for each in known if each):
            return
        words = say("“{remark}” beside the name is not imported: identified as {number}", remark=person.remark,
                    number=f"{number} {person.name}")  # fmt: skip
        place = row.cells.get(f"{owner}.name", "")
        self.questions.append(Question("remark", row.file, row.sheet, place, person.name, words))

    def _persons(self, row: RosterRow, owner: str) -> list[WrittenPerson]:
        named = list(row.values.get(f"{owner}.name", ()))
        if owner != "cadre" or "staff_no" not in row.values:
            return named
        numbers = persons_in(row.values["staff_no"])
        if row.values["staff_no"] in self.known.cadres or len(numbers) < 2:
            first = named[0] if named else WrittenPerson()
            return [replace(first, staff_no=row.values["staff_no"]), *named[1:]]
        return list(numbers)

    def _number(
        self, row: RosterRow, owner: str, person: WrittenPerson, about: dict[str, Any], *, may_number: bool
    ) -> str:
        known, place = self.known, f"{owner}.name" if f"{owner}.name" in row.values else "staff_no"
        if person.staff_no and person.staff_no not in known.cadres and person.name and may_number:
            known.add_cadre(Cadre(staff_no=person.staff_no, name=person.name, **about))
            return person.staff_no
        found = None if person.staff_no else self.namesake(row, place, person, about)
        if found is None and may_number and person.name and not person.staff_no:
            near = [each for each in known.nearest(person) if not _has_other_phone(known.cadres[each], about)]
            is_like = is_like_a_name(person.name) and (not near or known.namesakes(person))
            if self.may_number or is_like:
                return self.give_number(row, person, about)
            if not near:
                words = say(
                    "is {name} a person? Add the staff number, or let --number-cadres give one", name=person.name
                )
                raise Unresolved(place, words, question="cadre")
            if is_like_a_name(person.name):
                raise Unresolved(place, known.like(person, near))
        number = found or known.number(person, about.get("department", ""), about.get("phone", ""))
        if isinstance(number, Message):
            raise unnamed(place, number, "staff_no")
        return number

    def namesake(self, row: RosterRow, place: str, person: WrittenPerson, about: dict[str, Any]) -> str | None:
        """Return the number of the one whom a name means, or None for somebody new. Raises Unresolved for several.

        Somebody of another department and phone is asked about, and is another one where both stand in the file.
        """
        found = self.known.namesakes(person, about.get("department", ""), about.get("phone", ""))
        if len(found) > 1:
            raise Unresolved(place, self.known.several(person, found))
        if not found:
            return None
        stored = self.known.cadres[found[0]]
        if _is_other(stored, about):
            if found[0] in self.claimed:
                return None
            words = say(
                "{staff_no} {name} is in {stored} on record and in {told} in the file: treated "
                "as one person",
                staff_no=stored.staff_no, name=stored.name, stored=stored.department, told=about["department"],
            )  # fmt: skip
            self.questions.append(
                Question("same_cadre", row.file, row.sheet, row.cells.get(place, ""), person.name, words)
            )
        self.claimed.add(found[0])
        return found[0]

    def give_number(self, row: RosterRow, person: WrittenPerson, about: dict[str, Any]) -> str:
        """Return a new staff number for somebody, after the largest there is."""
        number = self.known.next_number()
        self.known.add_cadre(Cadre(staff_no=number, name=person.name, **about))
        self.claimed.add(number)
        place = row.file, row.sheet
        self._numbered[place] += 1
        first, _ = self._first.get(place, (number, number))
        self._first[place] = first, number
        return number

    def left_on(self, row: RosterRow) -> date | None:
        """Return the day on which somebody no longer in post left: today, or None where one is on record."""
        stored = self.known.cadres.get(row.values.get("staff_no", ""))
        if stored is not None and stored.left_on is not None:
            return None
        self._left[row.file, row.sheet] += 1
        return self.today

    def is_called(self, staff_no: str, name: str) -> bool:
        """Return whether a cadre on record has a name to the letter."""
        stored = self.known.cadres.get(staff_no)
        return stored is not None and stored.name == name

    def assumed(self) -> list[Assumption]:
        """Return how many cadres were numbered in each sheet, and how many left on a day that nothing tells."""
        left = [
            Assumption(file, sheet, "left_on", self.today, count, say("no longer in post from today on"))
            for (file, sheet), count in self._left.items()
        ]
        return left + [
            Assumption(
                file, sheet, "staff_no", f"{first}–{last}" if first != last else first, self._numbered[file, sheet],
                say("cadres without a staff number are added with these numbers, which they keep"),
            )
            for (file, sheet), (first, last) in self._first.items()
        ]  # fmt: skip

    def _tell(self, row: RosterRow, owner: str, number: str, person: WrittenPerson, about: dict[str, Any]) -> None:
        """Note what a row says of a cadre beyond the name."""
        if not person.name and not about:
            return
        values = {"staff_no": number, "name": person.name or self.known.cadres[number].name, **about}
        prefix = f"{owner}."
        letters = {key.removeprefix(prefix): at for key, at in row.letters.items() if key.startswith(prefix)}
        if "staff_no" in row.letters:
            letters["staff_no"] = row.letters["staff_no"]
        self.rows.append(row._replace(kind=CADRES.key, values=values, letters=letters))


def _about(told: dict[str, Any], position: int, person: WrittenPerson) -> dict[str, Any]:
    """Return what a row tells of the one at a position: lists by position, everything else of the first."""
    about: dict[str, Any] = {}
    for key, value in told.items():
        parts = value if isinstance(value, tuple) else (value,)
        if position < len(parts):
            about[key] = parts[position]
    if person.phone:
        about.setdefault("phone", person.phone)
    return about


def _has_other_phone(stored: Cadre, about: dict[str, Any]) -> bool:
    """Return whether two of like names are two persons: each has a telephone of its own."""
    return bool(stored.phone and about.get("phone") and stored.phone != about["phone"])


def _is_other(stored: Cadre, about: dict[str, Any]) -> bool:
    department, phone = about.get("department"), about.get("phone")
    differs = department and stored.department and fold(department) != fold(stored.department)
    return bool(differs and not (phone and phone == stored.phone))
