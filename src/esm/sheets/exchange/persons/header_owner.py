"""What a header says by itself of the person whose column it heads: 服务专员电话, or 电话 under 服务专员."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from esm.domain.values.raw_text import fold, half_width


class Owner(StrEnum):
    """Whom a column describes; `OTHER` is a person of the enterprise who is not its contact, or who filled it in.

    `FORMER` is the cadre who served before: 原服务专员.
    """

    ENTERPRISE = "enterprise"
    CADRE = "cadre"
    DEPUTY = "deputy"
    COMPANION = "companion"
    FORMER = "former"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Header:
    """The text that heads a column, and that of the group above it, where there is one."""

    text: str
    group: str = ""

    @property
    def whole(self) -> str:
        """Return both texts as one; the column's own stands alone where it begins with the group's."""
        return self.text if self.text.startswith(self.group) else self.group + self.text

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

    @property
    def is_of_any(self) -> bool:
        """Return whether it is of a cadre without saying of which: 责任单位."""
        return self.owner is Owner.CADRE and self.field == "department" and not (self.person or self.is_bare)


TIE = (
    "(?:包联|包保|包抓|包挂|包干|包企|包片|挂钩|挂联|挂点|挂职|挂包|联系|联企|联挂|联点|结对|帮扶|帮包|助企|派驻|驻企|驻点|驻厂"
    "|对接|对口|服务|走访|走企|入企|责任|牵头|带队|领衔|分管|负责|督导|主管|首席|一对一|一企一策|专职|跟踪)"
)
_WHO = (
    "(?:领导|干部|人员|人|专员|责任人|联络员|联络人|指导员|服务员|经理人?|管家|秘书|组长|组员|班长|成员|特派员|同志|员"
    "|官|代表|店小二)"
)
FIRM = "(?:企业|公司|厂家?|厂方|单位|项目)"
_LEVEL = "(?:[区县市镇乡]级?|街道|镇街|乡镇|部门|科室|社区|园区)"
_LEADER = "(?:(?:区|县|市|市区|区县)(?:级|四套班子|委|政府)?领导|(?:镇|街道|乡镇|镇街|班子)领导|领导)"
_PERSONS = {
    Owner.DEPUTY: "[b][角岗](?:人员|干部)?|(?:副岗|备岗|替补)(?:人员)?|(?:协助|协同)(?:人员?|干部)",
    Owner.COMPANION: "(?:同行|陪同|随同|同访|参加|其他走访|共同走访|参与|随访)(?:人员?|干部|走访人员?)?",
    Owner.ENTERPRISE: f"{FIRM}?(?:方|的)?(?:联系人|接待人员?|受访人员?|被走访人员?|对接人)|{FIRM}联络[员人]",
    Owner.OTHER: (
        f"{FIRM}?(?:主要)?(?:负责人|法定代表人|法人代表|法人|代表人|总经理|董事长|厂长|老板|会计|财务(?:负责人|人员)?)"
        "|统计(?:负责人|人员|员)?|填表人?|填报人?|经办人?|审核人?|制表人?"
    ),
    Owner.CADRE: (
        f"(?:规上)?(?:{FIRM}|{_LEVEL})?(?:{TIE}){{1,3}}(?:第一)?{_WHO}|(?:服务)?(?:企业)?(?:服务)?(?:经理人|专员)|企业(?:秘书|管家|特派员|指导员|店小二)|{_LEADER}|(?:{TIE}){_LEADER}"
        "|干部|第一责任人|客户经理|网格(?:[员长]|负责人|管理员|指导员)|(?:部门|(?:{TIE})(?:单位|部门))?联络[员人]|专班(?:班长|组长|成员|人员|联络员)?|[a][角岗](?:人员|干部)?|主岗(?:人员)?"
        "|主办(?:人员?|干部)"
    ),
}
_OWNERS = {owner: re.compile(f"(?:{words})") for owner, words in _PERSONS.items()}
# What a person has, by the key in its sheet; the longer words first, for they end in shorter ones.
_PARTS = {
    "landline": "(?:办公室?|固定|单位|座机)(?:联系)?电话(?:号码?)?|座机(?:号码?)?|固话",
    "phone": "(?:联系|移动|手机)?(?:电话|手机)(?:号码?)?|手机号码?|联系方式|号码",
    "title": "(?:(?:工作)?单位|部门)(?:及|和|与)?职务(?:职级)?|(?:现任)?职务(?:职级)?|职位|岗位",
    "department": "(?:所在|工作)?(?:单位部门|部门单位|单位|部门|科室|处室)",
    "rank": "(?:行政)?职级|行政级别|职务层次",
    "in_post": "是否在[岗职任]|[在任][岗职](?:情况|状态)|人员状态",
    "staff_no": "工号",
    "name": "姓名|名字|名单",
}
_PART = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _PARTS.items()))
_AND_PHONE = re.compile("(?:及|和|与)(?:联系)?(?:电话|方式|手机)(?:号码?)?$")
_ENDS = re.compile(f"(?P<owner>.+?)(?:{_PART.pattern})")
_OF_A_FIRM = re.compile(FIRM)
_OF_A_TIE = re.compile(f"(?:{TIE}){{1,3}}|专班(?:负责)?|联络")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_FORMER = re.compile("(?:原任?|前任?|调整前的?|变更前的?|轮换前的?|上一?任|旧)")
_PRESENT = re.compile("(?:现任?|调整后的?|变更后的?|轮换后的?|新任?|最新|当前)")
_LONGEST = 60
_REMEMBERED = 65_536  # headers
_CONTACT_KEYS = {"name": "contact_name", "title": "contact_title", "phone": "contact_phone"}


@lru_cache(maxsize=_REMEMBERED)  # every kind of sheet asks it of the same row
def explicit_owner(header: Header) -> Ownership | None:
    """Return what the header or its group says by itself: 服务专员电话, or 电话 under 服务专员."""
    whole = plain_header(header.whole)
    former = _FORMER.match(whole)
    if former is not None:
        group = _FORMER.sub("", plain_header(header.group), count=1)
        of_one = _present(_FORMER.sub("", plain_header(header.text), count=1), group)
        return of_one and replace(of_one, owner=Owner.FORMER, person=former[0] + of_one.person)
    if _PRESENT.match(whole):
        group = _PRESENT.sub("", plain_header(header.group), count=1)
        return _present(_PRESENT.sub("", plain_header(header.text), count=1), group)
    return _present(plain_header(header.text), plain_header(header.group))


def _present(text: str, group: str) -> Ownership | None:
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
    if _OF_A_FIRM.fullmatch(whose) and part in {"phone", "landline"}:
        return Ownership(Owner.ENTERPRISE, part)
    return None


@lru_cache(maxsize=_REMEMBERED)
def bare_part(header: Header) -> str | None:
    """Return what a header has of a person without saying of whom: 电话."""
    part = _PART.fullmatch(plain_header(header.text))
    return None if part is None else part.lastgroup


def _person(text: str) -> Owner | None:
    return next((owner for owner, words in _OWNERS.items() if words.fullmatch(text)), None)


@lru_cache(maxsize=_REMEMBERED)
def plain_header(text: str) -> str:
    """Return how the words of a header are compared, without what stands in brackets."""
    plain = text if len(text) <= _LONGEST else ""  # what is as long names no person
    return fold(_BRACKETED.sub("", half_width(plain)))


def field_of(owner: Owner, part: str) -> str:
    """Return the key in a person's sheet of what it has; a contact's stand in the sheet of its enterprise."""
    plain = part.removeprefix("contact_")
    return _CONTACT_KEYS.get(plain, plain) if owner is Owner.ENTERPRISE else plain
