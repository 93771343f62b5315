"""A contact with an enterprise; it is a visit that counts when it took place on site and somebody was met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.values.codes import Code
from esm.errors import say


class Channel(Code):
    """How an enterprise was contacted."""

    ON_SITE = "on_site", say("on site"), "实地", "现场 实地走访 现场走访 上门 上门走访 入企 入企走访"
    PHONE = "phone", say("phone"), "电话", "电话联系 电话走访"
    ONLINE = "online", say("online"), "线上", "网络 视频 视频会议 微信"
    MEETING = "meeting", say("meeting"), "会议", "座谈 座谈会"


class VisitOutcome(Code):
    """Whether somebody was met, and if not, why."""

    MET = "met", say("met"), "已联系上", "已见面 见到 已见 见面 已走访 已联系"
    NOT_REACHED = (
        "not_reached",
        say("not reached"),
        "未联系上",
        "未见到企业人员 未见到人 未见到 未见 未遇 联系不上 无人 扑空",
    )
    REFUSED = "refused", say("refused"), "谢绝走访", "拒访 拒绝"
    MOVED = "moved", say("moved away"), "已搬迁", "搬迁 迁出"
    CLOSED = "closed", say("closed down"), "已停业", "已关停 关闭 已关闭 关停 停业 歇业 停产 注销"


class Business(Code):
    """How business is, as the enterprise says."""

    GROWING = "growing", say("growing"), "向好", "增长 上升 良好 好"
    STEADY = "steady", say("steady"), "平稳", "持平 正常 一般 稳定"
    SHRINKING = "shrinking", say("shrinking"), "下滑", "下降 困难 减少 差"
    STOPPED = "stopped", say("stopped"), "停产", "停工 停业 歇业"


class Satisfaction(Code):
    """Satisfaction of the enterprise with the service."""

    SATISFIED = "satisfied", say("satisfied"), "满意", "非常满意"
    PARTLY = "partly", say("partly satisfied"), "基本满意", "一般"
    DISSATISFIED = "dissatisfied", say("dissatisfied"), "不满意", "不满"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One contact. `recorded_on` is the day of its entry, later than `done_on` when entered late."""

    uscc: str
    staff_no: str
    done_on: date
    recorded_on: date
    channel: Channel = Channel.ON_SITE
    outcome: VisitOutcome = VisitOutcome.MET
    minutes: str | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None
    met_with: str | None = None
    business: Business | None = None
    satisfaction: Satisfaction | None = None

    @property
    def days_late(self) -> int:
        """Return how many days after it took place it was entered."""
        return (self.recorded_on - self.done_on).days

    @property
    def counts(self) -> bool:
        """Return whether it moves the clock (docs/rules.md, Vocabulary)."""
        return self.channel == Channel.ON_SITE and self.outcome == VisitOutcome.MET and self.cancelled_on is None


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What was promised to an enterprise, and the last day for it."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDetails:
    """What a visit is told to have been, beyond day, channel and outcome; `companions` are names of cadres."""

    met_with: str | None = None
    business: Business | None = None
    satisfaction: Satisfaction | None = None
    companions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    promises: tuple[NewPromise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideVisit:
    """A visit by another department: it burdens the enterprise, but moves no clock of the scheme."""

    uscc: str
    department: str
    done_on: date
    recorded_on: date
    minutes: str | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """A form about one visit that was filled in and understood; `enterprise` and `cadre` are still words.

    `requests` were raised on it, each what is asked for and its class; `policies` were explained.
    """

    enterprise: str
    done_on: date
    cadre: str | None
    channel: Channel
    outcome: VisitOutcome
    minutes: str | None
    details: VisitDetails
    requests: tuple[tuple[str, str], ...] = ()
    policies: tuple[str, ...] = ()
