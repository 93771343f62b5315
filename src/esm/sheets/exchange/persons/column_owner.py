"""Whose a column is: the group above its header, its neighbours and the other columns of the sheet tell.

A name, a title and a telephone that stand together are one person's (docs/rules.md, Import): beside 服务专员 they are
the cadre's, beside 联系人 those of the enterprise's contact. What nothing decides is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from esm.domain.values.raw_text import fold, half_width


class Owner(StrEnum):
    """Whom a column describes; `OTHER` is a person of the enterprise who is not its contact, or who filled it in."""

    ENTERPRISE = "enterprise"
    CADRE = "cadre"
    DEPUTY = "deputy"
    COMPANION = "companion"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Header:
    """The text that heads a column, and that of the group above it, where there is one."""

    text: str
    group: str = ""

    @property
    def whole(self) -> str:
        """Return both texts as one; the column's own stands for a group that repeats it."""
        return self.text if self.group == self.text else self.group + self.text

    def __bool__(self) -> bool:
        """Return whether anything heads the column."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Ownership:
    """What a column says of a person: `field` is its key in that person's sheet.

    `is_bare` says that the header alone does not name the person; `rival` is the other owner, where two are possible.
    `person` is the word for the one of several whom it is about, where it stands beside or in the header: 包联领导.
    """

    owner: Owner
    field: str
    is_bare: bool = False
    rival: Owner | None = None
    person: str = ""

    def is_about(self, person: str) -> bool:
        """Return whether it may be about the one whom a word names: 专员 may be the 服务专员."""
        return self.person in person or person in self.person


_TIE = (
    "(?:包联|包保|包抓|包挂|包干|包企|包片|挂钩|挂联|挂点|挂职|挂包|联系|联企|联挂|联点|结对|帮扶|帮包|助企|驻企|驻点|驻厂"
    "|对接|对口|服务|走访|走企|入企|责任|牵头|领衔|分管|负责|督导|主管|首席|一对一|一企一策|专职|跟踪)"
)
_WHO = (
    "(?:领导|干部|人员|人|专员|责任人|联络员|联络人|指导员|服务员|经理人?|管家|秘书|组长|组员|班长|成员|特派员|同志|员"
    "|官|代表|店小二)"
)
_FIRM = "(?:企业|公司|厂家?|厂方|单位|项目)"
_LEVEL = "(?:[区县市镇乡]级?|街道|镇街|乡镇|部门|科室|社区|园区)"
_LEADER = "(?:(?:区|县|市|市区|区县)(?:级|四套班子|委|政府)?领导|(?:镇|街道|乡镇|镇街|班子)领导|领导)"
_PERSONS = {
    Owner.DEPUTY: "[b][角岗](?:人员|干部)?|(?:副岗|备岗|替补)(?:人员)?|(?:协助|协同)(?:人员?|干部)",
    Owner.COMPANION: "(?:同行|陪同|随同|同访|参加|其他走访|共同走访|参与|随访)(?:人员?|干部|走访人员?)?",
    Owner.ENTERPRISE: f"{_FIRM}?(?:方|的)?(?:联系人|接待人员?|受访人员?|被走访人员?|对接人)|{_FIRM}联络[员人]",
    Owner.OTHER: (
        f"{_FIRM}?(?:主要)?(?:负责人|法定代表人|法人代表|法人|代表人|总经理|董事长|厂长|老板|会计|财务(?:负责人|人员)?)"
        "|统计(?:负责人|人员|员)?|填表人?|填报人?|经办人?|审核人?|制表人?"
    ),
    Owner.CADRE: (
        f"(?:规上)?(?:{_FIRM}|{_LEVEL})?(?:{_TIE}){{1,3}}(?:第一)?{_WHO}|(?:服务)?(?:企业)?(?:服务)?(?:经理人|专员)|企业(?:秘书|管家|特派员|指导员|店小二)|{_LEADER}|(?:{_TIE}){_LEADER}"
        "|干部|第一责任人|客户经理|网格[员长]|联络[员人]|专班(?:班长|组长|成员|人员|联络员)?|[a][角岗](?:人员|干部)?|主岗(?:人员)?"
        "|主办(?:人员?|干部)"
    ),
}
_OWNERS = {owner: re.compile(f"(?:{words})") for owner, words in _PERSONS.items()}
# What a person has, by the key in its sheet; the longer words first, for they end in shorter ones.
_PARTS = {
    "phone": "(?:联系|移动|办公|手机|固定)?(?:电话|手机)(?:号码?)?|手机号码?|联系方式|号码",
    "title": "(?:(?:工作)?单位|部门)(?:及|和|与)?职务(?:职级)?|(?:现任)?职务(?:职级)?|职位|岗位",
    "department": "(?:所在|工作)?(?:单位部门|部门单位|单位|部门|科室|处室)",
    "rank": "(?:行政)?职级|行政级别",
    "staff_no": "工号",
    "name": "姓名|名字|名单",
}
_PART = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _PARTS.items()))
_AND_PHONE = re.compile("(?:及|和|与)(?:联系)?(?:电话|方式|手机)(?:号码?)?$")
_ENDS = re.compile(f"(?P<owner>.+?)(?:{_PART.pattern})")
_OF_A_FIRM = re.compile(_FIRM)
_OF_A_TIE = re.compile(f"(?:{_TIE}){{1,3}}|专班(?:负责)?|联络")
_ALLOTTED = re.compile(f"(?:{_TIE}){{1,3}}{_FIRM}(?:名称)?")  # 包联企业: whoever is named here serves it
_IDENTITY = re.compile("企业|公司|单位名称|单位详细名称|统一社会信用代码|信用代码|地址|主体名称")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_LONGEST = 60
_CONTACT_KEYS = {"name": "contact_name", "title": "contact_title", "phone": "contact_phone"}
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
    explicit = [said.get(position) or _explicit(header) for position, header in enumerate(headers)]
    persons = {each.owner for each in explicit if each is not None}
    names = [position for position, header in enumerate(headers) if _bare_part(header) == "name"]
    if name_of is not None and names and not persons:
        persons = {name_of}
        if any(_ALLOTTED.fullmatch(_plain(header.text)) for header in headers):
            explicit[names[0]] = Ownership(name_of, "name")
    found: list[Ownership | None] = []
    had: set[str] = set()  # what the person has whose columns stand here
    for position, header in enumerate(headers):
        one = explicit[position]
        if one is None:
            part = _bare_part(header)
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
    return [each and replace(each, field=field_of(each.owner, each.field)) for each in found]


def _is_liaison(header: Header, one: Ownership, before: Ownership) -> bool:
    """Return whether 联系人 after a department of the cadres may be the one of that department."""
    is_plain = (
        one.owner is Owner.ENTERPRISE
        and one.field == "name"
        and _plain(header.whole) in {"联系人", "联系人姓名", "对接人"}
    )
    return is_plain and before.owner is Owner.CADRE and before.field == "department"


def field_of(owner: Owner, part: str) -> str:
    """Return the key in a person's sheet of what it has; a contact's stand in the sheet of its enterprise."""
    plain = part.removeprefix("contact_")
    return _CONTACT_KEYS.get(plain, plain) if owner is Owner.ENTERPRISE else plain


def _explicit(header: Header) -> Ownership | None:
    """Return what the header or its group says by itself: 服务专员电话, or 电话 under 服务专员."""
    text, group = _plain(header.text), _plain(header.group)
    if group and group != text:
        owner = _person(group) or (Owner.CADRE if _OF_A_TIE.fullmatch(group) else None)
        part = _PART.fullmatch(text)
        if owner is not None and part is not None:
            return Ownership(owner, str(part.lastgroup), person=group)
        if owner is None and _OF_A_FIRM.fullmatch(group) and part is not None and part.lastgroup in _CONTACT_KEYS:
            return Ownership(Owner.ENTERPRISE, str(part.lastgroup), is_bare=True)
    person = _AND_PHONE.sub("", text)
    owner = _person(person)
    if owner is not None:
        return Ownership(owner, "name", person=person)
    if _PART.fullmatch(text):
        return Ownership(Owner.CADRE, "staff_no") if text == "工号" else None
    return _with_part(text)


def _with_part(text: str) -> Ownership | None:
    ends = _ENDS.fullmatch(text)
    if ends is None:
        return None
    part = next(key for key in _PARTS if ends[key] is not None)
    whose = ends["owner"]
    owner = _person(whose)
    if owner is not None:
        return Ownership(owner, part, person=whose)
    if _OF_A_TIE.fullmatch(whose) and part != "name":
        return Ownership(Owner.CADRE, part)
    if _OF_A_FIRM.fullmatch(whose) and part == "phone":
        return Ownership(Owner.ENTERPRISE, part)
    return None


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
    if part in _OF_CADRES or not any(_IDENTITY.search(_plain(header.whole)) for header in headers):
        return Ownership(Owner.CADRE, part, is_bare=True)
    if position and left is None and _IDENTITY.search(_plain(headers[position - 1].text)):
        return Ownership(Owner.ENTERPRISE, part, is_bare=True)
    return Ownership(Owner.ENTERPRISE, part, is_bare=True, rival=Owner.CADRE)


def _bare_part(header: Header) -> str | None:
    part = _PART.fullmatch(_plain(header.text))
    return None if part is None else part.lastgroup


def _person(text: str) -> Owner | None:
    return next((owner for owner, words in _OWNERS.items() if words.fullmatch(text)), None)


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    plain = text if len(text) <= _LONGEST else ""  # what is as long names no person
    return fold(_BRACKETED.sub("", half_width(plain)))
