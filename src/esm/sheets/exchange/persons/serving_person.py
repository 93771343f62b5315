"""Of several persons whom the columns of a sheet name beside an enterprise: who serves it, and what is of the others.

Who goes there is not to be guessed: of 包联领导 and 服务专员 somebody says which one it is (docs/rules.md, Import).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from esm.sheets.exchange.persons.header_owner import Owner, Ownership
from esm.sheets.exchange.recognised_sheet import Ground, Heading

_SERVING = (Owner.CADRE, Owner.DEPUTY)
_LEADER = re.compile("领导|领衔|带队|分管")
_DIVISION = re.compile("[科处]室")  # of the leader's own department
_BY_SOMEBODY = (Ground.MAP, Ground.MAPPING)
Meaning = tuple[int, Heading]


@dataclass(frozen=True, slots=True)
class OfOnePerson:
    """What the columns mean that are of the one who serves, where those of others stand, and why they are left out.

    `rivals` name the persons any of whom may be the one.
    """

    meanings: tuple[Meaning, ...]
    others: Mapping[int, Ground]
    rivals: tuple[Heading, ...]


def of_one_person(known: Sequence[Meaning], owned: Sequence[Ownership | None]) -> OfOnePerson:
    """Leave out what is told of another cadre than the one who serves, of a former one, and second telephones."""
    named = [(heading, one) for _, heading in known if (one := owned[heading.position]) and _is_name(one)]
    said = {one.owner: one.person for heading, one in named if heading.ground in _BY_SOMEBODY}
    chosen = {**{one.owner: one.person for _, one in reversed(named)}, **said}
    kept = [meaning for meaning in known if not _is_of_another(meaning[1], owned, chosen, said)]
    others = {heading.position: Ground.PERSON for _, heading in known}
    for position, one in enumerate(owned):
        if one is not None and one.owner is Owner.FORMER:
            others[position] = Ground.PERSON
        elif one is not None and one.field == "landline":
            others[position] = Ground.NEIGHBOUR
    for _, heading in kept:
        others.pop(heading.position, None)
    return OfOnePerson(tuple(kept), others, tuple(_rivals(named, said)))


def _is_name(one: Ownership) -> bool:
    return one.field == "name" and one.owner in _SERVING


def _is_of_another(
    heading: Heading, owned: Sequence[Ownership | None], chosen: Mapping[Owner, str], said: Mapping[Owner, str]
) -> bool:
    """Return whether a column is of another person; a name only where somebody says that another one is meant."""
    one = owned[heading.position]
    if one is None or one.owner not in chosen or heading.ground in _BY_SOMEBODY:
        return False
    person = chosen[one.owner]
    if one.field == "name":
        return one.owner in said and not one.is_about(person)
    if not one.is_of_any:
        return not one.is_about(person)
    return _is_department_of_another(heading.header, heading.position, owned, person)


def _is_department_of_another(header: str, position: int, owned: Sequence[Ownership | None], person: str) -> bool:
    """Return whether 牵头单位 is not the department of who serves: who leads, has an own one or is not alone."""
    if _LEADER.search(person) and not _DIVISION.search(header):
        return True
    people = [one for one in owned if one is not None and one.owner is Owner.CADRE]
    if any(one.field == "department" and not one.is_of_any and one.is_about(person) for one in people):
        return True
    are_several = any(one.field == "name" and not one.is_about(person) for one in people)
    return are_several and not _is_beside(position, owned, person)


def _is_beside(position: int, owned: Sequence[Ownership | None], person: str) -> bool:
    beside = [*owned[max(position - 1, 0) : position], *owned[position + 1 : position + 2]]
    return any(one is not None and one.owner is Owner.CADRE and one.person == person for one in beside)


def _rivals(named: Sequence[tuple[Heading, Ownership]], said: Mapping[Owner, str]) -> list[Heading]:
    """Return the columns that name cadres any of whom may serve; none where they are one and the same."""
    people = [(heading, one) for heading, one in named if one.owner is Owner.CADRE and Owner.CADRE not in said]
    if all(one.is_about(people[0][1].person) for _, one in people):
        return []
    return [heading for heading, _ in people]
