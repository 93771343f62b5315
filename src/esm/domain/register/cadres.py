"""Cadres, who serve enterprises, and the days on which they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.values.codes import Code, Grade
from esm.domain.values.intervals import holds
from esm.errors import say


class Rank(Grade):
    """What a cadre is; a grade without an office counts as the office of its level (公务员职务与职级并行规定)."""

    STAFF = 1, say("staff"), "科员", "一级科员 二级科员 办事员"
    DEPUTY_SECTION_HEAD = 2, say("deputy section head"), "副科", "副科级 副科长级 乡科级副职 三级主任科员 四级主任科员"
    SECTION_HEAD = 3, say("section head"), "正科", "正科级 正科长级 乡科级正职 一级主任科员 二级主任科员 主任科员"
    DEPUTY_DIVISION_HEAD = 4, say("deputy division head"), "副处", "副处级 县处级副职 三级调研员 四级调研员 副调研员"
    DIVISION_HEAD = 5, say("division head"), "正处", "正处级 县处级正职 一级调研员 二级调研员 调研员"


class PostState(Code):
    """What lists say of a cadre's post; it is not kept, but ends the time in post (docs/rules.md, Import)."""

    IN_POST = "in_post", say("in post"), "在岗", "是 在职 在编 在任 现职 在岗在编 在册 正常"
    LEFT = (
        "left", say("no longer in post"), "离岗",
        (
            "否 不在岗 离任 离职 退休 调离 调出 调走 辞职 辞退 内退 去世 退居二线 离岗退养 已离任 已离职 已离岗 已退休"
            " 已调离 已调出 已调走 已辞职 已去世"
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """An official who serves enterprises. `capacity` None means the setting `default_capacity`."""

    staff_no: str
    name: str
    department: str | None = None
    title: str | None = None
    rank: int | None = None
    subdistrict: str | None = None
    expertise: tuple[str, ...] = ()
    phone: str | None = None
    capacity: int | None = None
    active_from: date | None = None
    left_on: date | None = None
    email: str | None = None

    def is_in_post(self, on: date) -> bool:
        """Return whether the half-open interval [active_from, left_on) holds `on`."""
        return holds(self.active_from, self.left_on, on)


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence, half-open; `deputy_no` and `deputy` name who stands in, if anybody does."""

    staff_no: str
    start_on: date
    end_on: date
    reason: str | None
    deputy_no: str | None
    deputy: str | None
