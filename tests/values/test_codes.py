"""Coded values: one class tells the codes, the words of both languages, the CHECK and the options."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import CheckConstraint
from tests import catalogue, codes
from tests.conftest import Esm

from esm.cli.shell import app
from esm.cli.shell.help import Listed
from esm.cli.shell.options import CodeParser
from esm.domain.register.size import Size
from esm.domain.requests.states import (
    TRANSITIONS,
    RequestState,
    TransitionKind,
)
from esm.domain.values import cell_parsing
from esm.domain.values.codes import Worded
from esm.domain.values.raw_text import fold
from esm.domain.visits.contact_made import Business, Channel, Satisfaction, VisitOutcome
from esm.errors import Message
from esm.storage.database.schema.tables import metadata


def accepted(**words: str) -> dict[str, object]:
    """Return each word with its code; words are separated by blanks."""
    return {word: code for code, several in words.items() for word in several.split()}


KINDS = codes.kinds()
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
# Every word that rosters could hold before the classes were made, folded: none is ever refused.
EVER_ACCEPTED: dict[type[Worded], dict[str, object]] = {
    Channel: {
        "onsite": "on_site", "phone": "phone", "online": "online", "meeting": "meeting",
        **dict.fromkeys(["实地", "实地走访", "现场", "现场走访", "上门", "上门走访", "入企", "入企走访"], "on_site"),
        **dict.fromkeys(["电话", "电话联系", "电话走访"], "phone"),
        **dict.fromkeys(["线上", "网络", "视频", "视频会议", "微信"], "online"),
        **dict.fromkeys(["会议", "座谈", "座谈会"], "meeting"),
    },
    VisitOutcome: {
        "met": "met", "notreached": "not_reached", "refused": "refused", "moved": "moved", "closed": "closed",
        **dict.fromkeys(["见到", "已见", "已见面", "见面", "已走访", "已联系上"], "met"),
        **dict.fromkeys(["未见到", "未见", "未遇", "未联系上", "联系不上", "无人"], "not_reached"),
        **dict.fromkeys(["拒访", "拒绝", "谢绝走访"], "refused"),
        **dict.fromkeys(["movedaway", "搬迁", "已搬迁", "迁出"], "moved"),
        **dict.fromkeys(["closeddown", "关闭", "已关闭", "关停", "已关停", "停业", "歇业", "停产", "注销"], "closed"),
    },
    Business: {
        **{word: word for word in ("growing", "steady", "shrinking", "stopped")},
        **dict.fromkeys(["向好", "增长", "上升", "良好", "好"], "growing"),
        **dict.fromkeys(["平稳", "持平", "正常", "一般", "稳定"], "steady"),
        **dict.fromkeys(["下滑", "下降", "困难", "减少", "差"], "shrinking"),
        **dict.fromkeys(["停产", "停工", "停业", "歇业"], "stopped"),
    },
    Satisfaction: {
        **{word: word for word in ("satisfied", "partly", "dissatisfied")},
        **dict.fromkeys(["满意", "非常满意"], "satisfied"),
        **dict.fromkeys(["基本满意", "一般", "partlysatisfied"], "partly"),
        **dict.fromkeys(["不满意", "不满"], "dissatisfied"),
    },
}  # fmt: skip


@each_kind
def test_code_label_and_every_word_stand_for_their_member(kind: type[Worded]) -> None:
    words = [
        (word, member)
        for member in kind
        for word in (str(member), str(member.label), member.chinese, *member.also.split())
    ]
    assert all(fold(word) for word, _member in words)
    assert [(word, kind.parse(f" {word.upper()}\u3000")) for word, _member in words] == words


@each_kind
def test_what_stands_for_nothing_is_nothing(kind: type[Worded]) -> None:
    assert kind.parse("") is None
    assert kind.parse("什么") is None


@each_kind
def test_the_catalogue_has_the_chinese_of_the_class(kind: type[Worded]) -> None:
    chinese = catalogue.translated()
    stored = {member: chinese.get(str(member.label)) for member in kind}
    assert {member: entry and entry.string for member, entry in stored.items()} == {
        member: member.chinese for member in kind
    }


@pytest.mark.parametrize("kind", EVER_ACCEPTED, ids=lambda kind: kind.__name__)
def test_a_word_that_was_ever_accepted_still_is(kind: type[Worded]) -> None:
    words = EVER_ACCEPTED[kind]
    assert {word: kind.parse(word) for word in words} == words


def test_a_code_is_text_to_json_to_sql_and_in_a_sentence() -> None:
    assert f"{Channel.PHONE}" == str(Channel.PHONE) == "phone"
    assert json.dumps([Channel.PHONE]) == '["phone"]'
    assert sqlite3.connect(":memory:").execute("SELECT ?", [Channel.PHONE]).fetchone() == ("phone",)


def options(command: Any, path: str = "esm") -> Iterator[tuple[str, Any]]:
    """Yield every option under a command, with the words that lead to it."""
    for parameter in command.params:
        yield f"{path} {max(parameter.opts, key=len)}", parameter
    for name, child in getattr(command, "commands", {}).items():
        yield from options(child.load() if isinstance(child, Listed) else child, f"{path} {name}")


OPTIONS = dict(options(app.tree()))
CODED = {path: option for path, option in OPTIONS.items() if isinstance(getattr(option.type, "func", None), CodeParser)}


@pytest.mark.parametrize("path", CODED)
def test_a_coded_option_takes_codes_and_the_words_of_both_languages(path: str) -> None:
    option = CODED[path]
    for member in option.type.func.kind:
        for word in (str(member), str(member).upper(), str(member.label), member.chinese):
            assert option.type.convert(word, option, None) is member, word


def test_every_option_with_a_list_of_codes_is_coded() -> None:
    assert len(CODED) > 15
    listed = {path for path, option in OPTIONS.items() if hasattr(option.type, "choices")}
    names_of_programs = {"esm completion shell"}
    assert {path for path in listed if not path.endswith((" --format", " --list"))} == names_of_programs


def test_a_word_that_no_code_has_is_a_misuse_that_lists_the_codes(esm: Esm) -> None:
    ran = esm("visit", "list", "--channel", "传真")
    assert (ran.code, ran.out) == (2, "")
    assert "--channel: “传真” is not one of on_site, phone, online, meeting." in ran.err


def test_the_words_of_a_table_find_its_rows_again(esm: Esm, districts: dict[str, Path]) -> None:
    for lang, word in (("en", "on site"), ("zh", "实地")):
        found = esm("visit", "list", "--channel", word, "--format", "json", db=districts[lang])
        assert found.out == esm("visit", "list", "--channel", "on_site", "--format", "json", db=districts[lang]).out
        assert found.code == 0


def test_a_list_of_codes_is_read_in_the_order_of_the_codes() -> None:
    assert cell_parsing.codes_of(Size)("大型、small；微型企业") == (Size.MICRO, Size.SMALL, Size.LARGE)
    assert isinstance(cell_parsing.codes_of(Size)("small, huge"), Message)


def test_the_table_of_states_names_every_state_and_every_move() -> None:
    assert list(TRANSITIONS) == list(RequestState)
    assert {kind for moves in TRANSITIONS.values() for kind in moves} == set(TransitionKind)
    assert {state for moves in TRANSITIONS.values() for state in moves.values()} <= set(RequestState)


def test_a_column_of_codes_allows_the_codes_of_a_class_and_no_others() -> None:
    allowed = {
        f"{table.name}.{column.name}": re.findall(r"'(\w+)'", str(rule.sqltext))
        for table in metadata.tables.values()
        for column in table.columns
        for rule in column.constraints
        if isinstance(rule, CheckConstraint) and " IN ('" in str(rule.sqltext)
    }
    assert len(allowed) > 12
    assert [name for name, listed in allowed.items() if listed not in [list(map(str, kind)) for kind in KINDS]] == [
        "change.kind"  # I, U and D are the triggers' own
    ]
