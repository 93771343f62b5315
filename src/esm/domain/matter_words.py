"""The words for requests and policies that rosters and options hold, in both languages, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from esm.domain.cell_text import RawCell, fold, text, tidy
from esm.domain.request import MOVES, NATURES, OUTCOMES, REASONS
from esm.errors import Message, say

Words = Mapping[str, str]


def _words(codes: tuple[str, ...], **chinese: str) -> Words:
    """Return the codes and their Chinese spellings, separated by blanks, as they are compared."""
    spelled = {fold(code): code for code in codes}
    return spelled | {fold(word): code for code, words in chinese.items() for word in words.split()}


NATURE = _words(
    NATURES, consult="咨询 个案咨询", help="求助 帮助 协调帮助", complaint="投诉 投诉维权", suggestion="建议"
)
OUTCOME = _words(
    OUTCOMES,
    solved="已解决 解决",
    partly_solved="部分解决",
    explained="已解释 解释说明 政策不允许",
    withdrawn="已撤回 撤回",
    shelved="挂起 暂缓",
)
MOVE = _words(
    MOVES,
    accept="受理",
    reject="不予受理 不受理",
    dispatch="交办 转办",
    dispute="异议",
    answer="答复",
    support="协办答复",
    extend="延期",
    close="办结",
    confirm="回访确认 确认",
    reopen="重办",
    withdraw="撤回",
    elevate="提级",
)
REASON = _words(
    REASONS,
    dispatches="两次交办未办结",
    departments="涉及多个部门",
    overdue="超期较久",
    by_hand="人工提级",
)
ANSWER = _words(
    ("applied", "declined", "not_applicable"),
    applied="已申报 申报",
    declined="放弃",
    not_applicable="不适用",
)
RELIEF = _words(
    ("tax_cut", "fee_cut", "subsidy", "loan"),
    tax_cut="减税",
    fee_cut="降费 减费",
    subsidy="补贴 补助 奖补",
    loan="贷款",
)
SIZE = _words(
    ("micro", "small", "medium", "large"),
    micro="微型 微型企业",
    small="小型 小型企业",
    medium="中型 中型企业",
    large="大型 大型企业",
)
TIER = _words(("A", "B", "C"), A="A级 A类", B="B级 B类", C="C级 C类")


def one(words: Words, cell: RawCell) -> str | Message | None:
    """Return the code that a cell stands for."""
    written = text(cell)
    if not isinstance(written, str):
        return written
    found = words.get(fold(written))
    return say("this is none of {allowed}", allowed=_allowed(words)) if found is None else found


def several(words: Words, cell: RawCell) -> tuple[str, ...] | Message | None:
    """Return the codes of a list separated by commas, semicolons or `、`, each once, in the order of the codes."""
    written = text(cell)
    if not isinstance(written, str):
        return written
    parts = [part for part in re.split("[,、;]", tidy(written)) if part.strip()]
    found = [words.get(fold(part)) for part in parts]
    if None in found:
        return say("this is none of {allowed}", allowed=_allowed(words))
    return tuple(code for code in dict.fromkeys(words.values()) if code in found) or None


def _allowed(words: Words) -> str:
    return ", ".join(dict.fromkeys(words.values()))
