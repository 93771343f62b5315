"""The words that head the columns of each sheet, and the units of amounts among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from esm.domain.exchange.sheet_catalogue import SHEETS
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.money import UNITS as MONEY_UNITS
from esm.domain.values.raw_text import fold, half_width
from esm.sheets.exchange.recognised_sheet import Heading

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}|<[^<>]*>")
_ACTUAL = re.compile("^实际上?的?")
PLANNED = re.compile(
    "计划|拟|预计|预定|应|要求|时限|限时|下一?次|上一?次"
)  # of a day: not the one on which it was done
# Of a questionnaire: 1、您的企业名称, 5、请描述您的诉求.
_QUESTION = re.compile(
    r"^(?:[(]?[0-9]{1,2}[)、.:]\s*)?(?:请(?:描述|填写|选择|输入|简述|说明|留下|详细描述))?(?:您所在的?|您的?|贵)?(?:主要的?)?"
)
_ONE = Decimal(1)
_REMEMBERED = 65_536  # headers: each is compared with every sheet
_ENGLISH_UNITS = {
    **dict.fromkeys(("yuan", "cny", "rmb"), MONEY_UNITS["元"]),
    **dict.fromkeys(("10000yuan", "10000cny", "10000rmb"), _ONE),
    **dict.fromkeys(("millionyuan", "millioncny", "millionrmb"), Decimal(100)),
    **dict.fromkeys(("100millionyuan", "100millioncny", "100millionrmb"), MONEY_UNITS["亿元"]),
}
_UNITS: Mapping[str, Decimal] = {
    **{start + unit: size for unit, size in MONEY_UNITS.items() for start in ("", "单位", "人民币", "单位人民币")},
    **_ENGLISH_UNITS,
}


def heading_of(spec: SheetSpec, position: int, header: str) -> Heading | None:
    """Return the column that a header names, what it has in brackets apart; an amount keeps its unit."""
    index = header_index(spec.key)
    column, unit = index.get(folded(header), (None, None))
    if column is None:
        column, unit = index.get(folded_outside_brackets(header), (None, None))
        if column is not None and column.kind in {"money", "yuan"}:
            return None
    if column is None and _ACTUAL.match(header):
        column, unit = index.get(folded_outside_brackets(_ACTUAL.sub("", header, count=1)), (None, None))
        column = column if column is not None and column.kind == "date" else None
    if column is None and (asked := _asked_for(header)):
        column, unit = index.get(folded_outside_brackets(asked), (None, None))
    return None if column is None else Heading(column, position, header, unit)


def _words(column: ColumnSpec) -> tuple[str, ...]:
    """Return what heads a column; of what a sheet tells of a cadre the bare words are not enough: whose are they?"""
    owner, _, key = column.key.rpartition(".")
    if owner in {"", "enterprise"}:
        return column.names
    return (column.key, *column.aliases) if key == "name" else (column.key,)


@lru_cache(maxsize=_REMEMBERED)
def _asked_for(header: str) -> str:
    """Return what a question asks for, as questionnaires head their columns; nothing where it is none."""
    plain = half_width(header)
    asked = _QUESTION.sub("", plain, count=1)
    return asked if asked != plain else ""


@lru_cache(maxsize=_REMEMBERED)
def folded(header: str) -> str:
    """Return how headers are compared."""
    return fold(header)


@lru_cache(maxsize=_REMEMBERED)
def folded_outside_brackets(header: str) -> str:
    """Return how headers are compared once what they have in brackets is taken away."""
    return fold(_BRACKETED.sub("", half_width(header)))


@cache
def header_index(key: str) -> Mapping[str, tuple[ColumnSpec, Decimal | None]]:
    """Return every folded header of a sheet with its column and the unit of its amounts."""
    spec = SHEETS[key]
    columns = (*spec.told, *spec.columns)  # the sheet's own words go before those of others
    index: dict[str, tuple[ColumnSpec, Decimal | None]] = {
        fold(name): (column, None) for column in columns for name in _words(column)
    }
    for column in columns:
        if column.kind in {"money", "yuan"}:
            bare = [fold(name) for name in (column.key, *column.aliases)]
            index.update({name + fold(unit): (column, size) for name in bare for unit, size in _UNITS.items()})
    return index
