"""What stands around the table of a sheet: a unit of money above it, totals, notes and signatures below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from esm.domain.values.money import UNITS as MONEY_UNITS
from esm.domain.values.raw_text import RawCell, fold, half_width

_SAID = re.compile(r"(?:单\s*位|units?)\s*[::]([^()]*)|\(([^()]*)\)", re.IGNORECASE)
_APART = re.compile("[、;/|和或]|,(?![0-9])")
_NAMES = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
_UNIT = re.compile(f"(?:单位|人民币)*({_NAMES})")
_AMOUNTS_IN = re.compile(f"(?:收入|营收|金额|产值)[^,;。]{{0,6}}(?:为|是|以|按)({_NAMES})")
_LAST_ROWS = 10
_ENGLISH_UNITS = {"yuan": "元", "10000yuan": "万元", "millionyuan": "百万元", "100millionyuan": "亿元"}

_COUNT = (
    r"(?:合|总|小|累|共)\s*计|本\s*页|以上|以下空白|共\s*[0-9一二三四五六七八九十百千]+\s*[家户个名人]"
    r"|.{1,12}[小合]\s*计\s*$"
)
_NOTE = r"备\s*注|说\s*明|附\s*注|注\s*[0-9]*\s*[:：.、]|填\s*表\s*人|(?:数据|资料)来源"
_SIGNED = (
    r"(?:填表|填报|制表|编制|报送|报出|审核|复核|审批|经办|联系|统计|单位|部门|分管|主要|主管|科室)?"
    r"(?:人|者|负责人|领导|单位|部门|日期|时间|电话|签字|签章|盖章|填表|制表|审核|复核|审批|经办)"
    r"\s*(?:[(（][^)）]*[)）])?\s*[:：]"
    r"|[(（]?\s*(?:单位)?(?:签字|签名|签章|盖章|公章|印章)\s*[)）]?\s*$"
)
_REMARK = re.compile(rf"\s*(?:{_COUNT}|{_NOTE}|{_SIGNED}|total\b|subtotal\b|notes?\b|prepared by\b)", re.IGNORECASE)

_LONGEST_TITLE = 1000  # characters in which a unit is looked for
_LONGEST_SIGN = 200  # characters by which a remark is known
_DATE = re.compile(r"\s*20[0-9]{2}\s*(?:年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|([-/.])[0-9]{1,2}\1[0-9]{1,2})\s*")


_HEADING = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.].{1,40}|.{1,12}(?:街道|镇|乡|开发区|高新区|经开区|园区)\s*(?:[(].{0,12}[)])?:?"
)


def unit_said(above: Iterable[Sequence[RawCell]], below: Sequence[Sequence[RawCell]]) -> tuple[str, Decimal] | None:
    """Return the unit of money that title rows or the notes under the table name, as in `单位：亿元`.

    With it comes how many 10 000 yuan it counts. None when they name none, or more than one.
    """
    notes = [row for row in below[-_LAST_ROWS:] if remark(row) is not None]
    found = {name for row in (*above, *notes) for cell in row if isinstance(cell, str) for name in _units(cell)}
    return next(((name, MONEY_UNITS[name]) for name in found), None) if len(found) == 1 else None


def _units(cell: str) -> Iterable[str]:
    plain = half_width(cell[:_LONGEST_TITLE])
    yield from _AMOUNTS_IN.findall(plain)
    for said in _SAID.findall(plain):
        for part in _APART.split("".join(said)):
            unit = _UNIT.fullmatch(fold(part))
            name = unit[1] if unit else _ENGLISH_UNITS.get(fold(part))
            if name is not None:
                yield name


def remark(cells: Iterable[RawCell]) -> str | None:
    """Return the text of a row without a required value that is a total, a note or a signature, or else None.

    Its first text tells; a date that stands alone is the day of the signature.
    """
    filled = [cell for cell in cells if cell not in {None, ""}]
    first = filled[0] if filled else None
    text = f"{first:%Y-%m-%d}" if isinstance(first, date) else first
    if not isinstance(text, str):
        return None
    is_date = len(filled) == 1 and _DATE.fullmatch(text) is not None
    return text.strip() if is_date or _REMARK.match(text.strip()[:_LONGEST_SIGN]) else None


def heading_text(cells: Iterable[RawCell], *, is_sure: bool) -> str | None:
    """Return the one text of a row that heads those below it, 二、城西街道（12家）, or None where it is none.

    With `is_sure` the text must look like a heading, since it stands where a value may be.
    """
    filled = {cell for cell in cells if cell not in {None, ""}}
    text = next(iter(filled)) if len(filled) == 1 else None
    if not isinstance(text, str) or text.strip().isdigit():
        return None
    plain = half_width(text.strip()[:_LONGEST_SIGN])
    return text.strip() if not is_sure or _HEADING.fullmatch(plain) else None
