"""Enterprises, which are served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esm.domain.values.codes import Code
from esm.errors import say

_DAY_BEFORE = re.compile("^[0-9]{4}[年.-](?:[0-9]{1,2}[月.-]?)?(?:[0-9]{1,2}日?)?")
_MOVED_AWAY = re.compile("已?(?:外迁|迁出|迁离|迁往|搬出|搬离)[到至往]?(?:[本我外他]?[区县市地]|(?:本|我)?辖区|外地)?")
Changes = dict[str, tuple[object, object]]


class Tier(Code):
    """How important an enterprise is."""

    A = "A", say("A"), "A", "A级 A类 A档"
    B = "B", say("B"), "B", "B级 B类 B档"
    C = "C", say("C"), "C", "C级 C类 C档"


TIERS: tuple[str, ...] = tuple(Tier)


class RegistrationStatus(Code):
    """What lists say of an enterprise's life; it is not kept, but decides scope (docs/rules.md, Import)."""

    ACTIVE = (
        "active",
        say("active"),
        "存续",
        (
            "在业 开业 在营 正常 在册 正常经营 正常生产 存续在营开业在册 生产 营业 在产 在库 新增 入库 新增入库"
            " 月度新增 年度新增"
        ),
    )
    IDLE = "idle", say("at a standstill"), "停产", "停业 歇业 半停产 停工 停产歇业 关停 停产停业 休业"
    STRUCK_OFF = (
        "struck_off", say("struck off"), "注销",
        (
            "吊销 已注销 已吊销 吊销未注销 吊销已注销 撤销 已撤销 退库 已退库 退统 已退统 退规 已退规 注销退库"
            " 吊销退库 迁出 已迁出 月度退库 年度退库"
        ),
    )  # fmt: skip

    @classmethod
    def parse(cls, text: str) -> RegistrationStatus | None:
        """Return what a word stands for, a day before it apart: 2026年已退库; who moved away is off the register."""
        plain = _DAY_BEFORE.sub("", text.strip(), count=1)
        moved = cls.STRUCK_OFF if _MOVED_AWAY.fullmatch(plain) else None
        return super().parse(text) or super().parse(plain) or moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A legal unit on the register. `revenue` is in 10 000 yuan a year; `above_scale` None: not said."""

    uscc: str
    name: str
    industry_code: str | None = None
    subdistrict: str | None = None
    address: str | None = None
    revenue: Decimal | None = None
    employees: int | None = None
    qualified: bool | None = None
    tier: str = "C"
    above_scale: bool | None = None
    enrolled_on: date | None = None
    exited_on: date | None = None
    contact_name: str | None = None
    contact_title: str | None = None
    contact_phone: str | None = None
