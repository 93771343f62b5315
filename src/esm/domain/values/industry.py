"""Industry codes of GB/T 4754-2017: a section letter, then the digits of division, group and class."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from esm.domain.values.raw_text import RawCell, fold, number_text, tidy, too_long
from esm.errors import Listed, Message, say

_FIRST_DIVISIONS = {
    "A": 1, "B": 6, "C": 13, "D": 44, "E": 47, "F": 51, "G": 53, "H": 61, "I": 63, "J": 66,
    "K": 70, "L": 71, "M": 73, "N": 76, "O": 80, "P": 83, "Q": 84, "R": 86, "S": 91, "T": 97,
}  # fmt: skip
_LAST_DIVISION = 97
_SECTION_OF = {
    f"{division:02}": max(letter for letter, first in _FIRST_DIVISIONS.items() if first <= division)
    for division in range(1, _LAST_DIVISION + 1)
}
# The sections by their names in the standard, in Chinese and in English, and by what people call them.
_NAMES = {
    "A": "农、林、牧、渔业 农业 林业 牧业 畜牧业 渔业 agriculture farming forestry fishing",
    "B": "采矿业 矿业 mining",
    "C": "制造业 工业制造 manufacturing manufacture",
    "D": "电力、热力、燃气及水生产和供应业 供电 供水 供热 供气 power utilities",
    "E": "建筑业 建筑施工 construction building",
    "F": "批发和零售业 批发零售业 商贸业 wholesale retail trade",
    "G": "交通运输、仓储和邮政业 物流业 快递业 transport logistics storage post",
    "H": "住宿和餐饮业 住宿餐饮业 酒店业 旅馆业 accommodation catering hotels restaurants",
    "I": "信息传输、软件和信息技术服务业 软件信息业 互联网 information software it",
    "J": "金融业 银行业 保险业 证券业 finance banking insurance",
    "K": "房地产业 地产业 realestate property",
    "L": "租赁和商务服务业 租赁商务服务业 leasing businessservices",
    "M": "科学研究和技术服务业 科研 科技服务业 research",
    "N": "水利、环境和公共设施管理业 环保业 environment",
    "O": "居民服务、修理和其他服务业 householdservices repair",
    "P": "教育 教育业 培训业 education",
    "Q": "卫生和社会工作 医疗卫生 health healthcare",
    "R": "文化、体育和娱乐业 文体娱乐业 culture sport entertainment",
    "S": "公共管理、社会保障和社会组织 publicadministration",
    "T": "国际组织 internationalorganisations",
}
_FOLDED_NAMES = {letter: tuple(map(fold, names.split(" "))) for letter, names in _NAMES.items()}
_CODE = re.compile(r"([A-T])([0-9]{0,4})")


@lru_cache(maxsize=65_536)
def full_code(code: str) -> str:
    """Return the code in half-width capitals with its section letter: `3983` is `C3983`.

    A code of one digit or of no known division is returned without a letter. Answers are kept, for it is asked often.
    """
    plain = "".join(unicodedata.normalize("NFKC", code).upper().split())
    return _SECTION_OF.get(plain[:2], "") + plain


def section(code: str) -> str | None:
    """Return the section letter of a code with or without its letter, or None for what is no code."""
    found = _CODE.fullmatch(full_code(code))
    if found is None:
        return None
    letter, digits = found.groups()
    return letter if len(digits) < 2 or _SECTION_OF.get(digits[:2]) == letter else None


def section_named(words: str) -> str | None:
    """Return the letter of the one section whose name the words are, or are a part of: 餐饮 is H, 服务业 is none."""
    plain = fold(words)
    core = plain.removesuffix("业").removesuffix("行")
    exact = {letter for letter, names in _FOLDED_NAMES.items() if plain in names}
    is_part = len(core) > 1 and not core.isascii()
    near = exact or {letter for letter, names in _FOLDED_NAMES.items() if is_part and core in "|".join(names)}
    return near.pop() if len(near) == 1 else None


def industry_code(cell: RawCell) -> str | Message | None:
    """Return an industry code of GB/T 4754 in half-width capitals, with its letter if it was written."""
    plain = (too_long(cell) or tidy(cell)) if isinstance(cell, str) else number_text(cell)
    if isinstance(plain, Message) or not plain:
        return plain or None
    if not isinstance(cell, str) and len(plain) not in {2, 4}:
        return say("the code is stored as a number and may have lost a leading zero: format the column as text")
    return _industry_code(plain)


@lru_cache(maxsize=4096)
def _industry_code(plain: str) -> str | Message:
    written = "".join(plain.removeprefix("'").upper().split())
    if section(written):
        return written
    meant = section_named(written)
    if meant is None:
        return say("{code} is not an industry code of GB/T 4754, such as C or C39", code=written)
    return _not_the_name(written, meant)


def _not_the_name(name: str | Listed, codes: str | Listed) -> Message:
    return say("write the code of the GB/T 4754 section, not its name {name}; is it {code}?", name=name, code=codes)


def prefixes(cell: RawCell) -> tuple[str, ...] | Message | None:
    """Return the industry codes of a list separated by commas, semicolons or `、`, each once."""
    if not isinstance(cell, str):
        single = industry_code(cell)
        return (single,) if isinstance(single, str) else single
    plain = too_long(cell) or tidy(cell)
    if isinstance(plain, Message):
        return plain
    # Some names hold a `、` of their own.
    parts = [plain] if section_named(plain) else list(filter(None, map(str.strip, re.split("[,、;]", plain))))
    read = {part: _industry_code(part) for part in parts}
    faults = {part: fault for part, fault in read.items() if isinstance(fault, Message)}
    if not faults:
        return tuple(dict.fromkeys(map(str, read.values()))) or None
    meant = list(filter(None, map(section_named, faults)))
    if len(meant) < len(faults):
        return next(fault for part, fault in faults.items() if not section_named(part))
    return _not_the_name(Listed(faults), Listed(meant))
