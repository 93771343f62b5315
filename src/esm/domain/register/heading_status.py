"""What a title says of the enterprises below it: 退库企业名单 lists those that left, 入库企业 those that came."""

from __future__ import annotations

import re
from enum import Enum, auto

from esm.domain.register.enterprise_record import RegistrationStatus
from esm.domain.register.name_extraction import hint_of
from esm.domain.values.raw_text import half_width

_LONGEST = 40  # characters; longer ones are notes
_NUMBER = re.compile("[(]?[0-9一二三四五六七八九十]{1,3}[.、)]")
_SENTENCE = re.compile("[,;:。!?]")
_WITHOUT = re.compile("不含|不包[括含]|剔除|扣除|除外|风险|预警|疑似|可能|临近|拟[退注]|应退|[未不]退")
_CAME = re.compile("入退?库|入统|升规|新增|在库|存续|在营|含|[及和、]|变[动更]")


class TitledStatus(Enum):
    """What becomes of the enterprises under a title."""

    LEFT = auto()
    STANDS_STILL = auto()
    CAME = auto()
    MIXED = auto()


_OF_STATUS = {
    RegistrationStatus.STRUCK_OFF: TitledStatus.LEFT,
    RegistrationStatus.IDLE: TitledStatus.STANDS_STILL,
}


def titled_status(text: str) -> TitledStatus | None:
    """Return what a title, the heading of a block or the name of a sheet says, or None where it speaks of no change.

    A title of both kinds, 入库退库企业名单, tells of no row which it is. Notes in whole sentences are no titles.
    """
    plain = _NUMBER.sub("", half_width(text.strip()[: _LONGEST + 1]), count=1)
    if len(plain) > _LONGEST or _SENTENCE.search(plain) or _WITHOUT.search(plain):
        return None
    came, status = _CAME.search(plain), hint_of(plain)
    if status is None:
        return TitledStatus.CAME if came else None
    return TitledStatus.MIXED if came else _OF_STATUS.get(status)
