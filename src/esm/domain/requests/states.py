"""A request of an enterprise (诉求): its states, the transitions between them, and what is recorded of each transition.

`TRANSITIONS` is the one definition of what may follow what; everything else that is known of a request on a
day follows from its transitions up to that day (see `domain.requests.progress`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.values.codes import Code
from esm.domain.values.settings import Settings
from esm.errors import Message, say

LONGEST_SUBJECT = 500  # characters: a sentence or two; what was said at length stands in the minutes of the visit
MOST_DAYS = 250  # working days, about a year: the longest deadline that can be meant


class RequestState(Code):
    """Where a request stands."""

    RECEIVED = "received", say("received"), "待受理"
    ACCEPTED = "accepted", say("accepted"), "已受理"
    DISPATCHED = "dispatched", say("dispatched"), "已交办"
    DISPUTED = "disputed", say("disputed"), "有异议"
    ANSWERED = "answered", say("answered"), "已答复"
    CLOSED = "closed", say("closed"), "已办结"
    CONFIRMED = "confirmed", say("confirmed"), "已回访"
    REJECTED = "rejected", say("rejected"), "不予受理"
    WITHDRAWN = "withdrawn", say("withdrawn"), "已撤回"


class TransitionKind(Code):
    """The moves, as each is called once it was made."""

    ACCEPT = "accept", say("accepted"), "已受理", "受理"
    REJECT = "reject", say("rejected"), "不予受理", "不受理"
    DISPATCH = "dispatch", say("dispatched"), "已交办", "交办 转办"
    DISPUTE = "dispute", say("disputed"), "有异议", "异议"
    ANSWER = "answer", say("answered"), "已答复", "答复"
    SUPPORT = "support", say("support answered"), "协办已答复", "协办答复"
    EXTEND = "extend", say("extended"), "已延期", "延期"
    CLOSE = "close", say("closed"), "已办结", "办结"
    CONFIRM = "confirm", say("confirmed"), "已回访", "回访"
    REOPEN = "reopen", say("reopened"), "已退回重办", "已重办 重办"
    WITHDRAW = "withdraw", say("withdrawn"), "已撤回", "撤回"
    ELEVATE = "elevate", say("escalated"), "已提级", "提级"


# What each command of a request does, as a verb.
ACTIONS: Mapping[str, Message] = {
    "accept": say("accept"), "reject": say("reject"), "dispatch": say("dispatch"), "dispute": say("dispute"),
    "answer": say("answer"), "extend": say("extend"), "close": say("close"), "confirm": say("confirm"),
    "reopen": say("reopen"), "withdraw": say("withdraw"), "elevate": say("escalate"),
}  # fmt: skip


class Nature(Code):
    """What kind of thing an enterprise asks for."""

    CONSULT = "consult", say("question"), "咨询", "个案咨询"
    HELP = "help", say("help"), "求助", "帮助 协调帮助"
    COMPLAINT = "complaint", say("complaint"), "投诉", "投诉维权"
    SUGGESTION = "suggestion", say("suggestion"), "建议"


class RequestOutcome(Code):
    """What came of a request."""

    SOLVED = "solved", say("solved"), "已解决", "解决"
    PARTLY_SOLVED = "partly_solved", say("partly solved"), "部分解决"
    EXPLAINED = (
        "explained",
        say("explained, not allowed by law"),
        "解释说明（政策法规不支持）",
        "已解释（政策不允许） 已解释 解释说明 政策不允许",
    )
    WITHDRAWN = "withdrawn", say("withdrawn"), "已撤回", "撤回"
    SHELVED = "shelved", say("shelved"), "暂缓办理", "挂起 暂缓"


class EscalationReason(Code):
    """Why a request climbs the ladder."""

    DISPATCHES = "dispatches", say("dispatched twice without closing"), "两次交办未办结"
    DEPARTMENTS = "departments", say("needs several departments"), "涉及多个部门"
    OVERDUE = "overdue", say("long overdue"), "严重逾期"
    BY_HAND = "by_hand", say("escalated by hand"), "人工提级"


# state -> transition -> the state that follows; a transition that is not named there is refused.
TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    "received": {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn", "elevate": "received"},
    "accepted": {
        "dispatch": "dispatched", "close": "closed", "extend": "accepted", "withdraw": "withdrawn",
        "elevate": "accepted",
    },
    "dispatched": {
        "dispatch": "dispatched", "dispute": "disputed", "answer": "answered", "support": "dispatched",
        "extend": "dispatched", "withdraw": "withdrawn", "elevate": "dispatched",
    },
    "disputed": {"dispatch": "dispatched", "extend": "disputed", "withdraw": "withdrawn", "elevate": "disputed"},
    "answered": {
        "dispatch": "dispatched", "answer": "answered", "support": "answered", "close": "closed",
        "extend": "answered", "withdraw": "withdrawn", "elevate": "answered",
    },
    "closed": {"confirm": "confirmed", "reopen": "accepted"},
    "confirmed": {"reopen": "accepted"},
    "rejected": {},
    "withdrawn": {},
}  # fmt: skip
OPEN = ("received", "accepted", "dispatched", "disputed", "answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an enterprise asked for. The days are working days that were promised when it was received."""

    uscc: str
    received_on: date
    request_class: str
    nature: Nature
    subject: str
    accept_days: int
    answer_days: int
    close_days: int
    staff_no: str | None = None
    visited_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One transition: who made it, when, and what it needs to say.

    `department` is the one that gets the request, or that answers; `until_on` the new deadline of an
    extension; `days` the working days of a hard case; `reason` why it was elevated. An acceptance and a close keep
    the deadline that they were judged by, and a close its working days, so that no later list of holidays judges anew.
    """

    kind: TransitionKind
    done_on: date
    who: str | None = None
    department: str | None = None
    supporting: tuple[str, ...] = ()
    note: str | None = None
    until_on: date | None = None
    days: int | None = None
    outcome: RequestOutcome | None = None
    basis: str | None = None
    is_satisfied: bool | None = None
    reason: EscalationReason | None = None
    deadline_on: date | None = None
    days_taken: int | None = None


def first_impossible(transitions: Sequence[Transition]) -> int | None:
    """Return the place of the first transition that those before it do not allow, None when there is none."""
    state, on = "received", date.min
    for place, transition in enumerate(transitions):
        if transition.kind not in TRANSITIONS[state] or transition.done_on < on:
            return place
        state, on = TRANSITIONS[state][transition.kind], transition.done_on
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What the user says of a new request; the words are as typed, None where they say nothing.

    `visit_id` is the visit on which it was raised, `hard` asks for the longer deadline.
    """

    subject: str
    request_class: str
    nature: Nature = Nature.HELP
    received_on: date | None = None
    visit_id: int | None = None
    cadre: str | None = None
    hard: bool = False


def promised_days(settings: Settings, *, hard: bool = False) -> dict[str, Any]:
    """Return the working days that a request received now is promised."""
    return {
        "accept_days": settings.request_accept_days,
        "answer_days": settings.request_answer_days,
        "close_days": settings.request_hard_days if hard else settings.request_close_days,
    }
