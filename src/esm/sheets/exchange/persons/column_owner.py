"""Whose a column is: the group above its header, its neighbours and the other columns of the sheet tell.

A name, a title and a telephone that stand together are one person's (docs/rules.md, Import): beside 服务专员 they are
the cadre's, beside 联系人 those of the enterprise's contact. What nothing decides is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from esm.sheets.exchange.persons.header_owner import (
    FIRM,
    TIE,
    Header,
    Owner,
    Ownership,
    bare_part,
    explicit_owner,
    field_of,
    plain_header,
)

_ALLOTTED = re.compile(f"(?:{TIE}){{1,3}}{FIRM}(?:名称)?")  # 包联企业: whoever is named here serves it
_IDENTITY = re.compile("企业|公司|单位名称|单位详细名称|统一社会信用代码|信用代码|地址|主体名称")
# Of whom a bare word may be said although only cadres have it in a roster.
_OF_CADRES = {"staff_no", "rank", "department"}
_NOTHING_SAID: Mapping[int, Ownership] = {}


def ownerships(
    headers: Sequence[Header], name_of: Owner | None = None, said: Mapping[int, Ownership] = _NOTHING_SAID
) -> list[Ownership | None]:
    """Return what each column says of a person, or None where its header speaks of none.

    `name_of` is whose a bare 姓名 is in this kind of sheet where no other column tells; `said` is what a person says of
    the columns at some positions.
    """
    explicit = [said.get(position) or explicit_owner(header) for position, header in enumerate(headers)]
    persons = {each.owner for each in explicit if each is not None}
    names = [position for position, header in enumerate(headers) if bare_part(header) == "name"]
    if name_of is not None and names and not persons:
        persons = {name_of}
        if any(_ALLOTTED.fullmatch(plain_header(header.text)) for header in headers):
            explicit[names[0]] = Ownership(name_of, "name")
    found: list[Ownership | None] = []
    had: set[str] = set()  # what the person has whose columns stand here
    for position, header in enumerate(headers):
        one = explicit[position]
        if one is None:
            part = bare_part(header)
            one = None if part is None else _of_neighbours(part, position, headers, explicit, found, had, persons)
            if one is None and part == "name" and name_of is not None:
                one = Ownership(name_of, part, is_bare=True)
        before = found[-1] if found else None
        if one is not None and before is not None and _is_liaison(header, one, before):
            one = replace(one, rival=before.owner)
        if one is None or before is None or before.owner is not one.owner or (one.field == "name" and not one.is_bare):
            had = set()
        if one is not None:
            had.add(one.field)
        found.append(one)
    return [each and replace(each, field=field_of(each.owner, _part_of(each, found))) for each in found]


def _part_of(one: Ownership, found: Sequence[Ownership | None]) -> str:
    """Return what a column has of a person; a landline is the telephone of whoever has no other."""
    if one.field != "landline":
        return one.field
    own = (each for each in found if each is not None and each.owner is one.owner and each.is_about(one.person))
    return one.field if any(each.field == "phone" for each in own) else "phone"


def _is_liaison(header: Header, one: Ownership, before: Ownership) -> bool:
    """Return whether 联系人 after a department of the cadres may be the one of that department."""
    is_plain = (
        one.owner is Owner.ENTERPRISE
        and one.field == "name"
        and plain_header(header.whole) in {"联系人", "联系人姓名", "对接人"}
    )
    return is_plain and before.owner is Owner.CADRE and before.field == "department"


def _of_neighbours(
    part: str,
    position: int,
    headers: Sequence[Header],
    explicit: Sequence[Ownership | None],
    found: Sequence[Ownership | None],
    had: set[str],
    persons: set[Owner],
) -> Ownership | None:
    """Return whose a bare word is: the person's on its left, else the one's on its right whom it introduces.

    Right of the enterprise itself it is the contact's; with nobody beside it, and both in the sheet, there are two
    readings.
    """
    left = found[position - 1] if position else None
    right = explicit[position + 1] if position + 1 < len(headers) else None
    if left is not None and part not in had and (part != "name" or left.field in _OF_CADRES):
        return Ownership(left.owner, part, is_bare=True, rival=left.rival, person=left.person)
    if right is not None and right.field == "name" and part in {"title", "department", "rank", "staff_no"}:
        return Ownership(right.owner, part, is_bare=True, person=right.person)
    if not persons & {Owner.CADRE, Owner.DEPUTY}:
        return None  # the sheet itself says whose it is
    if part in _OF_CADRES or not any(_IDENTITY.search(plain_header(header.whole)) for header in headers):
        return Ownership(Owner.CADRE, part, is_bare=True)
    if position and left is None and _IDENTITY.search(plain_header(headers[position - 1].text)):
        return Ownership(Owner.ENTERPRISE, part, is_bare=True)
    return Ownership(Owner.ENTERPRISE, part, is_bare=True, rival=Owner.CADRE)
