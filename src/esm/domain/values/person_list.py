"""The persons whom one cell names: 王一禾、李双木, `1001 王一禾`, 王一禾（经信局）19900000001."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esm.domain.values import phones
from esm.domain.values.raw_text import LONGEST_NAME, fold, parser_of_text
from esm.errors import say

_APART = re.compile(r"[、,;/|\n\r]+")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[、,;/|\s]))[(]?[0-9]{1,2}(?:[.、)](?![0-9])|(?=[\u4e00-\u9fff]))")
_MARKS = re.compile("[\u2460-\u2473\u2600-\u27bf\u25a0-\u25ff*#·•※]")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_STAFF_NO = re.compile("[A-Za-z]{0,3}[0-9]{3,10}")
_SPELLED = re.compile("[\u4e00-\u9fff]")
_MOST = 20
# What stands where nobody is named yet.
_NOBODY = frozenset(("空缺", "暂缺", "待定", "未定", "待明确", "待安排", "缺", "空", "暂无", "无"))
# The surnames that nine in ten people have, and the usual ones of two characters.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤尤柳岳戚章祝华俞鲍费凌柏窦施屠喻"
)
_LIKE_A_NAME = re.compile(
    f"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|(?:欧阳|上官|司马|诸葛|皇甫|东方)[\u4e00-\u9fff]{{1,2}})"
)


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """A person as a cell names one: a name, a staff number or both, and what stands beside them."""

    name: str = ""
    staff_no: str = ""
    phone: str = ""
    remark: str = ""

    def __str__(self) -> str:
        """Return what names the person, with no telephone."""
        return " ".join(filter(None, (self.staff_no, self.name)))


def is_like_a_name(text: str) -> bool:
    """Return whether a text looks like a person's name: a usual surname and one or two characters."""
    return _LIKE_A_NAME.fullmatch("".join(text.split())) is not None


@parser_of_text
def people(plain: str) -> object:
    """Return the persons that a cell names, in their order, or what is wrong with one of them."""
    found = [person for piece in _pieces(plain) if (person := _person(piece)) is not None]
    too_long = next((each for each in found if len(each.name) > LONGEST_NAME), None)
    if too_long is not None or len(found) > _MOST:
        return say("no person is recognised here: separate names by 、 (at most {most})", most=_MOST)
    return tuple(found) or None


def _pieces(plain: str) -> list[str]:
    parts = [part for part in _APART.split(_NUMBERED.sub("、", _MARKS.sub(" ", plain))) if part.strip()]
    return [piece for part in parts for piece in _by_blanks(part.strip())]


def _by_blanks(part: str) -> list[str]:
    """Return the names that blanks set apart; those inside a short name, 王 伟, and beside a number stay."""
    words = part.split()
    are_names = len(words) > 1 and all(len(word) > 1 and _SPELLED.match(word) for word in words)
    return words if are_names and not _BRACKETED.search(part) else [part]


def _person(piece: str) -> WrittenPerson | None:
    phone, text = phones.taken_out(piece)
    remarks = [" ".join(filter(None, found)) for found in _BRACKETED.findall(text)]
    words = _BRACKETED.sub(" ", text).split()
    staff_no = next((word for word in words if _STAFF_NO.fullmatch(word)), "")
    name = "".join(word for word in words if word != staff_no) if _SPELLED.search(text) else " ".join(
        word for word in words if word != staff_no
    )  # fmt: skip
    if not (fold(name) or staff_no) or (name in _NOBODY and not staff_no):
        return None
    return WrittenPerson(name, staff_no, phone, " ".join(filter(None, remarks)))
