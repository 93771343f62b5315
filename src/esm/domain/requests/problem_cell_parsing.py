"""What stands under 存在问题 or 诉求: requests, the words that there is none, or words that leave it open.

docs/rules.md, Import: a text is taken for none only where each part of it says so.
"""

from __future__ import annotations

import re

from esm.domain.values.raw_text import fold, is_blank_word
from esm.errors import Message, say

_APART = re.compile(r"[,，;；。.!！\s]+")
_WHO = "(?:(?:该|本)?(?:企业|公司|厂|对方|负责人|单位)(?:方|本身)?)"
_WHEN = "(?:目前|暂时|当前|现阶段|本次|此次|本月|本周|近期|均|现|尚)"
_SAYS = "(?:反映|表示|反馈|称|说|告知)"
_KIND = (
    "(?:新增?|新的|其他|其它|别的|任何|相关|明显|突出|具体|特别|特殊|重大|较大|大的|困难|实际|什么|的"
    "|(?:需要?|待)(?:解决|协调|帮助|反映|提出)*)"
)
_MATTER = "(?:问题|诉求|困难|需求|情况|难题|要求|意见|建议|异常|事项|困难诉求|问题诉求|意见建议)"
_NONE = re.compile(
    f"{_WHO}?{_SAYS}?{_WHEN}*{_WHO}?{_WHEN}*"
    "(?:(?:没有?|暂?无|不存在)(?:反映|提出|存在|收集到?|发现)?|未(?:反映|提出|存在|收集到?|收到|发现|有))了?"
    f"{_KIND}*(?:{_MATTER}(?:[及和与]?{_KIND}*{_MATTER})*)?(?:需要?(?:解决|协调|反映))?|none|no|nil"
)
_FIELD = (
    "(?:生产|经营|运行|运营|发展|销售|订单|用工|用电|用水|用气|用地|用能|融资|资金|物流|项目|建设|安全|环保|总体|整体|各项|方面"
    "|情况|状况|状态|工作|业务|效益|市场|设备|基本|一切|都|较为|比较|较|非常|十分|很|均|、|和|及)"
)
_FINE = re.compile(
    f"{_WHO}?{_SAYS}?{_WHEN}*{_WHO}?{_WHEN}*{_FIELD}*(?:良好|正常|平稳|稳定|稳步|有序|顺利|较好|向好|充足|饱满|好)+"
    "(?:运行|发展|生产|经营|推进|进行|开展|增长)?"
)
_SAME = re.compile(
    "(?:情况|问题|诉求|内容)?(?:同|见|参见|参照|详见|如)(?:上次?|前次?|上月|上周|上期|上述|附件|附表|纪要|记录|台账).{0,4}"
    "|另附|附后"
)
_TROUBLE = re.compile(
    "缺|难|望|盼|建议|请|需|想|要求|不[足够便畅能]|紧张|问题|困|慢|高|窄|无法|太|急|招|降|减少|影响|堵|短|拖欠|停|亏|贵|涨"
)
_NUMBER = re.compile(
    r"(?:(?:^|(?<=[;；。，,\n\r\s、]))\s*(?:(?P<digits>[0-9]{1,2})(?:[)）、．:：]|[.](?![0-9]))"
    r"|(?P<spelled>[一二三四五六七八九十])[、．.])"
    r"|[(（](?P<bracketed>[0-9]{1,2}|[一二三四五六七八九十])[)）]|(?P<circled>[\u2460-\u2473]))\s*"
)
_SPELLED = "一二三四五六七八九十"
_FIRST_CIRCLED = 0x2460


def says_none(words: str) -> bool:
    """Return whether each part of a text says that there is none, or that all is well: 生产正常，暂无新增诉求."""
    return is_blank_word(words) or all(map(_is_none, _parts(words)))


def _parts(words: str) -> list[str]:
    return [part for part in _APART.split(words) if fold(part)]


def _is_none(part: str) -> bool:
    return _denies(part) or _FINE.fullmatch(fold(part)) is not None


def _denies(part: str) -> bool:
    """Return whether a part says that there is none, `无问题、诉求` and `无问题、无诉求` alike."""
    return any(all(_NONE.fullmatch(fold(each)) for each in parts if fold(each)) for parts in ([part], part.split("、")))


def doubt_of(words: str) -> Message | None:
    """Return why nobody can say whether a text that is not blank is a request, or which; None where it is one."""
    parts = _parts(words)
    if any(_SAME.fullmatch(fold(part)) for part in parts):
        return say("refers to another text: write the request itself, or 无 where there is none")
    others = [part for part in parts if not _is_none(part)]
    is_mixed = len(others) < len(parts)
    if is_mixed and (any(map(_denies, parts)) or not any(map(_TROUBLE.search, others))):
        return say("is there a request or not? Write the request alone, or 无 where there is none")
    return None


def numbered_points(words: str) -> tuple[str, ...]:
    """Return the points of a text that are numbered from 1, `1.缺焊工；2.道路窄`, without their numbers; else none."""
    found = list(_NUMBER.finditer(words))
    if len(found) < 2 or words[: found[0].start()].strip() or list(map(_number, found)) != [*range(1, len(found) + 1)]:
        return ()
    ends = [*(each.start() for each in found[1:]), len(words)]
    points = [words[one.end() : end].strip(" \t\r\n;；。，,、") for one, end in zip(found, ends, strict=True)]
    return tuple(points) if all(map(fold, points)) else ()


def _number(found: re.Match[str]) -> int:
    if found["circled"]:
        return ord(found["circled"]) - _FIRST_CIRCLED + 1
    written = found["digits"] or found["spelled"] or found["bracketed"]
    return _SPELLED.index(written) + 1 if written in _SPELLED else int(written)
