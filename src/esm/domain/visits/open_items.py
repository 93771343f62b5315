"""What is open with an enterprise: lines of a brief, and what a successor takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.values.codes import Code
from esm.errors import Message, say


class OpenItemKind(Code):
    """What is open."""

    PROMISE = "promise", say("promise"), "承诺"
    REQUEST = "request", say("request"), "诉求"
    POLICY = "policy", say("policy"), "政策"
    MONEY = "money", say("payment"), "资金到账"


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line of a section: a day, who or what it concerns, and what is to be known."""

    on: date | None
    who: str | None
    what: str | Message
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A part of the page; `empty` is said when it has no line."""

    key: str
    title: Message
    lines: tuple[BriefLine, ...]
    empty: Message


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What a successor must know of an enterprise: what is open until when, news of a request, what was paid."""

    kind: OpenItemKind
    text: str | Message
    due_on: date | None = None
