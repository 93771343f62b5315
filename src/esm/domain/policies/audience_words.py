"""For whom a policy is, in the words of a list (适用对象), put into the rules that decide who is eligible.

Rules of different fields all have to hold; so 小微企业 or 规上制造业企业 can be put, 制造业企业、新升规企业 cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from esm.domain.register.enterprise_record import Tier
from esm.domain.register.size import Size
from esm.domain.values import industry
from esm.domain.values.raw_text import fold, half_width

RULES = ("industries", "tiers", "sizes", "above_scale", "newly_entered")
Rules = Mapping[str, Any]

_APART = re.compile("[、,;/\\n\\r]+")
_AND = re.compile("[和及与或]|以及")
_NEW = re.compile(
    "(?:当年|年度|本年度)*(?:新(?:入库|入统|纳统|升规|进规|上规|增规上|纳规|增入库|增入统)"
    "|首次(?:入库|入统|升规|上规|纳统|(?:纳入|进入|列入)(?:规上|四上|规模以上)(?:企业)?(?:统计|名录|库)?)|小升规)的?"
)
_ABOVE = re.compile("(?:规模以上|限额以上|规上|限上|四上)的?")
_SIZES: Mapping[str, tuple[Size, ...]] = {
    "大中小微型?": tuple(Size),
    "中小微型?": (Size.MICRO, Size.SMALL, Size.MEDIUM),
    "中小型?": (Size.MICRO, Size.SMALL, Size.MEDIUM),  # by law micro enterprises are 中小企业 too
    "小型?微型?": (Size.MICRO, Size.SMALL),
    "大中型": (Size.MEDIUM, Size.LARGE),
    "大型": (Size.LARGE,),
    "中型": (Size.MEDIUM,),
    "小型": (Size.SMALL,),
    "微型": (Size.MICRO,),
}
_TIER = re.compile("([ABC])[类级档]的?")
_INDUSTRIES: Mapping[str, tuple[str, ...]] = {
    "工业": ("B", "C", "D"), "制造业": ("C",), "批发业": ("F51",), "零售业": ("F52",), "批零业": ("F",),
    "商贸业": ("F",),
    "商贸流通业": ("F",), "商贸": ("F",), "商贸流通": ("F",), "批发零售业": ("F",), "住宿业": ("H61",),
    "餐饮业": ("H62",),
    "制造": ("C",), "建筑": ("E",), "批发": ("F51",), "零售": ("F52",), "住宿": ("H61",), "餐饮": ("H62",),
    "房地产": ("K",),
}  # fmt: skip
_WHERE = re.compile("^(?:(?:在|注册地?在)?(?:全|本|我|该)?(?:区|县|市|辖区|街道|镇)(?:内|域内)?(?:注册|登记)?的?)")
_ENDS = re.compile("(?:(?<![ABC])类|行业)?的?(?:企业|公司|市场主体|经营主体|法人单位)$")
_ALL = frozenset(("", "所有", "全部", "各类", "全体", "不限", "全区", "各", "所有的", "全区所有", "一切"))


def audience_rules(words: str) -> Rules | str:
    """Return the rules that the words of a list mean, or the words among them that are not understood.

    No rules: the policy is for every enterprise. The words as they are come back where each part is understood and
    the rules cannot say them together.
    """
    parts = [part for part in _APART.split(half_width(words)) if fold(part)]
    found: list[Rules] = []
    for part in parts:
        rules = _rules(part)
        several = [_rules(each) for each in _AND.split(part)] if rules is None else [rules]
        known = [each for each in several if each is not None]
        if len(known) < len(several):
            return part.strip()
        found += known
    together = _together(found)
    return words if together is None else together


def _rules(part: str) -> Rules | None:
    """Return the rules of one kind of enterprise, None where a word is not understood."""
    rest = _WHERE.sub("", part.strip().upper().replace(" ", ""))
    rest = _ENDS.sub("", rest)
    rules: dict[str, Any] = {}
    rest, is_new = _NEW.subn("", rest)
    rest, is_above = _ABOVE.subn("", rest)
    if is_new:
        rules["newly_entered"] = True
    if is_above:
        rules["above_scale"] = True
    tier = _TIER.search(rest)
    if tier is not None:
        rules["tiers"], rest = (Tier(tier[1]),), rest.replace(tier[0], "", 1)
    for pattern, sizes in _SIZES.items():
        cut = re.sub(f"^{pattern}的?|{pattern}$", "", rest, count=1)
        if cut != rest and len(rest) - len(cut) > 1:
            rules["sizes"], rest = sizes, cut
            break
    rest = _ENDS.sub("", rest).strip("的")
    if rest in _ALL or (rest == "企业" and rules):
        return rules
    industries = _industries(rest)
    return None if industries is None else {**rules, "industries": industries}


def _industries(words: str) -> tuple[str, ...] | None:
    known = _INDUSTRIES.get(words)
    if known is not None:
        return known
    letter = industry.section_named(words) if words.endswith("业") else None
    return None if letter is None else (letter,)


def _together(found: Sequence[Rules]) -> Rules | None:
    """Return the rules under which an enterprise is of any of these kinds, None where there are none."""
    if not found or any(not rules for rules in found):
        return {}
    first = found[0]
    if any(rules.keys() != first.keys() for rules in found):
        return None
    differing = [key for key in first if any(rules[key] != first[key] for rules in found)]
    if len(differing) > 1:
        return None
    return {key: _union(rules[key] for rules in found) if key in differing else value for key, value in first.items()}


def _union(values: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    """Return what any of the lists has, sizes and tiers in their order."""
    every = dict.fromkeys(each for value in values for each in value)
    order = [*Size, *Tier]
    return tuple(sorted(every, key=order.index)) if every.keys() <= set(order) else tuple(every)
