"""The words by which a ledger of requests tells where each stands, and those by which it leaves it open."""

from __future__ import annotations

import re

from esm.domain.requests.states import RequestOutcome
from esm.domain.values.cell_parsing import YES_NO
from esm.domain.values.codes import Code
from esm.domain.values.raw_text import fold
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
# Words of a result by which nobody can say that it is solved, and those of which one at least says it.
DOUBTFUL = re.compile(
    "[未没]|不(?!锈)|无法|部分|基本|暂缓|暂时|搁置|解释|撤回|撤诉|撤销|自行|驳回|拒绝|拒批|婉拒|放弃|取消|终止|失败|重复"
    "|待|正在|继续|下一步|持续|仍在|拟|将"
)
SOLVING = re.compile(
    "解决|落实|到位|办成|办妥|办好|办结|成功|完成|兑现|发放|拨付|到账|开通|修[复好]|恢复|满足|达成|招到|录用|获批|已通过"
    "|签订|减免|整改|缓解"
)
CLOSING = re.compile("(?<![未待])(?:已(?:经)?(?:全部|基本)?(?:办结|完成|解决|销号|落实|处理)|办结|办理完毕|销号)")
_FIRM = "(?:该?(?:企业|公司|申请人|诉求人|对方|其))"
_MATTER = "(?:(?:该|本|此)?(?:项|条|个)?(?:诉求|申请|请求|事项|问题|要求))"
_VERDICTS = (
    (
        LedgerState.WITHDRAWN,
        f"{_FIRM}?(?:已|主动|自行|自愿|要求|申请|提出)*(?:撤回|撤销|撤诉|撤件|放弃|取消)了?{_MATTER}?",
    ),
    (
        LedgerState.REJECTED,
        f"(?:经.{{1,4}})?{_MATTER}?(?:已|予以|被)*(?:驳回|退回|不予受理|不予支持|不予办理|不予采纳){_MATTER}?",
    ),
    (
        RequestOutcome.EXPLAINED,
        (
        f"(?:经.{{1,4}})?(?:{_FIRM}|{_MATTER})?(?:不符合?|不满足|达不到|未达到|不属于|超出)"
        f"(?:.{{0,10}}(?:政策|规定|条件|要求|标准|法规|范围))(?:已|并|均)*(?:[向对给与]?{_FIRM})?"
        "(?:做好|作好|做了|作了|进行|[作做]出)?了?(?:耐心|充分|政策)?(?:解释|说明)+(?:工作|清楚|到位)?"
        ),
    ),
)  # fmt: skip
_PLAIN = tuple((meant, re.compile(words)) for meant, words in _VERDICTS)


def verdict(words: str) -> LedgerState | RequestOutcome | None:
    """Return what a text says plainly of the end of a request: withdrawn, rejected or explained; None for any other."""
    plain = fold(words)
    return next((meant for meant, pattern in _PLAIN if pattern.fullmatch(plain)), None)
