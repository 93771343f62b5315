"""A name as an office's list writes it: ★1.虚构甲有限公司（停产）19900000001 is a name with much around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esm.domain.register.enterprise_record import RegistrationStatus
from esm.domain.values import phones
from esm.domain.values.raw_text import fold

_MARKS = "\u2460-\u2473\u2600-\u27bf\u25a0-\u25ff*#·•※"
_BEFORE = re.compile(rf"^[{_MARKS}\s]*(?:[(（]?[0-9]{{1,4}}[.．、)）](?![0-9]))?[{_MARKS}\s]*")
_AFTER = re.compile(rf"[{_MARKS}\s]+$")
_STATE = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,12})[)）\]】]$")
# 原 alone begins the name of a firm before it changed, 原料 and 原创 do not.
_FORMER = re.compile(
    r"\s*[(（\[【](?:(?:原名称?|原称|曾用名|更名前|前身|旧[称名]).+"
    r"|原(?![料材油木煤浆生酒种创]).{3,}(?:公司|集团|[厂店社所院行]|中心))[)）\]】]$"
)
_SPELLED = "[\u4e00-\u9fff]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_SPELLED})[ \t]*[\r\n]+[ \t]*(?={_SPELLED})|[\r\n]+(?={_SPELLED})")
_BREAK = re.compile(r"[\r\n]+")
_GONE = re.compile("(?<![未不拟])(?:注销|吊销|退库|退统|退规)|破产|清算|迁出|外迁")
_STILL = re.compile("停产|停业|歇业|停工|关停|搬迁")
_NEW = ("新增", "新入库", "规上", "新建", "重点", "试点")


@dataclass(frozen=True, slots=True)
class WrittenName:
    """The name itself, and what stood around it: a telephone, and the state of the enterprise."""

    name: str
    phone: str = ""
    status: RegistrationStatus | None = None


def written_name(text: str) -> WrittenName:
    """Return the name in a text that has marks, a number, a state, a telephone or line breaks in or around it."""
    phone, rest = phones.taken_out(text)
    rest = _BREAK.sub(" ", _BREAK_IN_CHINESE.sub("", rest))
    rest = _AFTER.sub("", _BEFORE.sub("", rest, count=1))
    rest = without_former_name(rest)
    state = _STATE.search(rest)
    status = RegistrationStatus.parse(state[1]) if state else None
    if state and (status is not None or state[1] in _NEW):
        rest = without_former_name(rest[: state.start()].rstrip())
    return WrittenName(rest or text, phone, status) if fold(rest) else WrittenName(text)


def without_former_name(text: str) -> str:
    """Return a name without the former one in brackets behind it: （原虚构泵厂）."""
    return _FORMER.sub("", text, count=1)


def hint_of(text: str) -> RegistrationStatus | None:
    """Return the state of which a longer text speaks, so that somebody has to decide: 企业已申请注销."""
    if _GONE.search(text):
        return RegistrationStatus.STRUCK_OFF
    return RegistrationStatus.IDLE if _STILL.search(text) else None
