"""Words by which a list says that a policy holds no longer: （已废止）, 自2026年1月1日起停止执行."""

from __future__ import annotations

import re

_ENDED = re.compile(
    "(?<![未不])已经?(?:废止|失效|停止|到期|过期|终止|截止|结束)|[(（](?:废止|失效|停止执行)[)）]"
    "|(?<![未不])停止(?:执行|实施|受理|申报|兑现)"
)
_OF_OTHERS = re.compile("(?:关于|同时|此前|原|旧)[^,，;；。]*(?:废止|失效|停止|终止)")


def says_ended(text: str) -> bool:
    """Return whether a text plainly says that the policy beside it has ended, and not an earlier one by it."""
    return bool(_ENDED.search(text)) and _OF_OTHERS.search(text) is None
