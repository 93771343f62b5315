"""The example row of each sheet of the template, in both languages; an import passes over it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from esm.domain.register.cadres import Rank
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.column_spec import ColumnSpec
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell

MARKS = {"zh": "示例：", "en": "Example: "}
STARTS = ("示例：", "示例:", "Example:", "Example：", "example:")

# By column, or by sheet and column where a column of that key is in several sheets.
_TEXTS: Mapping[str, tuple[str, str]] = {
    "cadres.name": ("示例甲", "A. Example"),
    "enterprises.name": ("江畔示例机械有限公司", "Riverside Example Machines Co., Ltd."),
    "department": ("经济发展局", "Economy office"),
    "title": ("科长", "Head of section"),
    "subdistrict": ("江畔街道", "Riverside"),
    "address": ("江畔街道一号", "1 Riverside Road"),
    "contact_name": ("联系人甲", "A. Contact"),
    "contact_title": ("办公室主任", "Office manager"),
    "recusals.reason": ("近亲属任职", "A relative works there"),
    "absences.reason": ("年休假", "Annual leave"),
    "met_with": ("虚构乙 总经理", "Xu Gouyi, general manager"),
    "minutes": ("介绍政策，企业反映用工困难", "Explained policies; staff is hard to find"),
}
_KINDS: Mapping[Kind, Cell] = {
    "code": "91339907MA0000001D",
    "staff_no": "1001",
    "phone": "19900001234",
    Rank: Rank.SECTION_HEAD,
    "integer": 1,
    "money": Decimal(3200),
    "yes_no": True,
    "date": date(2026, 3, 1),
    "time": "14:30",
    "industry": "C3983",
    "prefixes": ("C39", "C40"),
    "email": "name@example.cn",
}
_NOT_YET = {"end_on", "left_on", "exited_on", "deputy"}


# What nobody but the example is called: left in a row, it was meant to be typed over.
INVENTED = frozenset(
    word for key in ("cadres.name", "enterprises.name", "address", "contact_name") for word in _TEXTS[key]
)


def cell(sheet: str, column: ColumnSpec, lang: str, *, is_first: bool) -> Cell:
    """Return what the example of a sheet has in a column; its first cell says that it is one."""
    if column.key in _NOT_YET and not column.is_required:
        return None
    if column.key == "end_on":
        return date(2026, 3, 8)
    texts = _TEXTS.get(f"{sheet}.{column.key}") or _TEXTS.get(column.key)
    value = _value(column.kind) if texts is None else texts[lang == "en"]
    return f"{MARKS[lang]}{value}" if is_first else value


def _value(kind: Kind) -> Cell:
    return _KINDS.get(kind) or (term(next(iter(kind))) if isinstance(kind, type) else None)
