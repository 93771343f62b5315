"""The words by which a ledger of requests tells where each stands, and those by which it leaves it open."""

from __future__ import annotations

import re

from esm.domain.values.cell_parsing import YES_NO
from esm.domain.values.codes import Code
from esm.errors import say


class LedgerState(Code):
    """Where a ledger says that a request stands; an open one has come as far as its days and departments tell."""

    RECEIVED = "received", say("received"), "待受理", "未受理 待处理 待办理 待办 新收 待交办 待转办"
    OPEN = "open", say("not closed"), "未办结", "未销号 未完成 未解决 在办 未办理完成 未完结 否"
    ACCEPTED = (
        "accepted",
        say("being dealt with"),
        "办理中",
        "已受理 正在办理 处理中 推进中 进行中 跟踪中 跟进中 协调中 正在推进 正在处理 正在协调 持续推进 持续跟踪",
    )
    DISPATCHED = "dispatched", say("dispatched"), "已交办", "已转办 已派单 已分办 已流转"
    ANSWERED = "answered", say("answered"), "已答复", "已回复 已反馈 待销号 待办结 待确认 待回访"
    CLOSED = (
        "closed",
        say("closed"),
        "已办结",
        "办结 已销号 销号 已完成 完成 办理完成 已完结 办理完毕 办毕 已办理 已处理",
    )
    CONFIRMED = "confirmed", say("confirmed"), "已回访", "回访完成 已确认"
    REJECTED = "rejected", say("rejected"), "不予受理", "不受理 已退回"
    WITHDRAWN = "withdrawn", say("withdrawn"), "已撤回", "撤回 企业撤回"


class ClosedMark(Code):
    """What the column 是否销号 says: 是, 已销号 and √ mean closed."""

    CLOSED = LedgerState.CLOSED
    OPEN = LedgerState.OPEN

    @classmethod
    def parse(cls, text: str) -> ClosedMark | None:
        """Return what a word or a tick stands for."""
        plain = text.strip().casefold()
        is_closed = YES_NO.get(plain)
        if is_closed is not None:
            return cls.CLOSED if is_closed else cls.OPEN
        return super().parse(text)


class Contentment(Code):
    """Whether the enterprise is satisfied with what came of its request."""

    YES = "yes", say("satisfied"), "满意", "非常满意 很满意 比较满意 较满意 基本满意 是"
    NO = "no", say("not satisfied"), "不满意", "不太满意 很不满意 非常不满意 不满 否"


OPEN_STATES = (
    LedgerState.RECEIVED, LedgerState.OPEN, LedgerState.ACCEPTED, LedgerState.DISPATCHED, LedgerState.ANSWERED,
)  # fmt: skip
CLOSED_STATES = (LedgerState.CLOSED, LedgerState.CONFIRMED)
# Words of a result by which nobody can say that it is solved.
DOUBTFUL = re.compile(
    "未解决|没有解决|无法|不能|不予|不符合|不满足|部分|暂缓|暂不|暂时|搁置|解释|撤回|撤诉|撤销|自行|驳回|拒绝|待|正在|继续|下一步|持续|仍在|拟|将"
)
CLOSING = re.compile("(?<![未待])(?:已(?:经)?(?:全部|基本)?(?:办结|完成|解决|销号|落实|处理)|办结|办理完毕|销号)")
