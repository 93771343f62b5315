"""The words for requests and policies that rosters and options hold, in both languages, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from esm.domain.policies.policy import ANSWERS, RELIEF_KINDS
from esm.domain.register.size import SIZES
from esm.domain.requests.states import MOVES, NATURES, OUTCOMES, REASONS
from esm.domain.values.cells import PlainKind
from esm.domain.values.money import yuan
from esm.domain.values.text import Parser, RawCell, fold, text, tidy
from esm.errors import Message, say

Words = Mapping[str, str]


def _words(codes: tuple[str, ...], **chinese: str) -> Words:
    """Return the codes and their Chinese spellings, separated by blanks, as they are compared."""
    spelled = {fold(code): code for code in codes}
    return spelled | {fold(word): code for code, words in chinese.items() for word in words.split()}


NATURE = _words(
    NATURES,
    consult="question 咨询 个案咨询",
    help="求助 帮助 协调帮助",
    complaint="投诉 投诉维权",
    suggestion="建议",
)
OUTCOME = _words(
    OUTCOMES,
    solved="已解决 解决",
    partly_solved="部分解决",
    explained="explained,notallowed 已解释(政策不允许) 已解释 解释说明 政策不允许",
    withdrawn="已撤回 撤回",
    shelved="挂起 暂缓",
)
MOVE = _words(
    MOVES,
    accept="accepted 已受理 受理",
    reject="rejected 不予受理 不受理",
    dispatch="dispatched 已交办 交办 转办",
    dispute="disputed 有异议 异议",
    answer="answered 已答复 答复",
    support="supportanswered 协办已答复 协办答复",
    extend="extended 已延期 延期",
    close="closed 已办结 办结",
    confirm="confirmed 已回访 回访",
    reopen="reopened 已重办 重办",
    withdraw="withdrawn 已撤回 撤回",
    elevate="elevated 已提级 提级",
)
REASON = _words(
    REASONS,
    dispatches="dispatchedtwicewithoutclosing 两次交办未办结",
    departments="needsseveraldepartments 涉及多个部门",
    overdue="longoverdue 严重逾期",
    by_hand="elevatedbyhand 人工提级",
)
ANSWER = _words(
    ANSWERS,
    applied="appliedfor 已申报 申报",
    declined="放弃",
    not_applicable="doesnotapply 不适用",
)
RELIEF = _words(
    RELIEF_KINDS,
    tax_cut="减税",
    fee_cut="降费 减费",
    subsidy="补贴 补助 奖补",
    loan="贷款",
)
SIZE = _words(
    SIZES,
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
    """Return the codes, each but a letter with the word that stands for it in a Chinese workbook."""
    chinese = {code: word for word, code in reversed([*words.items()]) if not word.isascii() and len(code) > 1}
    return ", ".join(f"{code} {chinese.get(code, '')}".rstrip() for code in dict.fromkeys(words.values()))


PARSERS: Mapping[PlainKind, Parser] = {
    "nature": partial(one, NATURE),
    "case_outcome": partial(one, OUTCOME),
    "move": partial(one, MOVE),
    "reason": partial(one, REASON),
    "answer": partial(one, ANSWER),
    "relief": partial(one, RELIEF),
    "yuan": yuan,
    "tiers": partial(several, TIER),
    "sizes": partial(several, SIZE),
}
