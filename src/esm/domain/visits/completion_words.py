"""What a sheet says of whether a visit took place (完成情况): done, not done, or what was done instead."""

from __future__ import annotations

import re

from esm.domain.values.cell_parsing import YES_NO
from esm.domain.values.codes import Code
from esm.domain.values.raw_text import fold
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.errors import say

_INSTEAD = re.compile("^(?:已?(?:改为|改成|改用|改|转为|以|通过|采取|采用))|(?:方式|形式)?(?:完成|进行|联系|走访)?$")


class Completion(Code):
    """Whether a visit took place."""

    DONE = "done", say("took place"), "已完成", "完成 走访完成 已走访 已开展 已落实 已上门 按期完成 按时完成 逾期完成"
    NOT_DONE = (
        "not_done",
        say("did not take place"),
        "未完成",
        "未走访 未开展 待走访 待完成 计划中 未开始 取消 已取消 改期 已改期 延期 已延期 推迟 未安排 进行中",
    )


def completion_of(text: str) -> Completion | Channel | VisitOutcome | None:
    """Return whether a visit took place, how the enterprise was contacted instead, or who was not met.

    None for other words.
    """
    is_done = YES_NO.get(text.strip().casefold())
    if is_done is not None:
        return Completion.DONE if is_done else Completion.NOT_DONE
    instead = _INSTEAD.sub("", fold(text))
    words = (text, instead)
    return next(
        (found for kind in (Completion, Channel, VisitOutcome) for word in words if (found := kind.parse(word))), None
    )
