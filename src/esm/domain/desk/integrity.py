"""The condition of the database, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from esm.domain.values.codes import Code
from esm.errors import Message, say


class FlawKind(Code):
    """What can be wrong with a database."""

    DAMAGED = "damaged", say("damaged"), "文件损坏"
    ORPHAN = "orphan", say("orphaned record"), "缺少所属记录"
    JOURNAL = "journal", say("journal broken"), "操作日志损坏"
    HEAD = "head", say("head missing"), "操作日志校验码缺失"
    CHANGED = "changed", say("changed outside esm"), "在 esm 之外改动"
    DEFINITIONS = "definitions", say("view or trigger"), "视图或触发器"
    CLOCK = "clock", say("visit clock wrong"), "走访计时有误"
    UNREADABLE = "unreadable", say("not readable"), "无法读取"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with the database."""

    kind: FlawKind
    detail: Message


@dataclass(frozen=True, slots=True)
class Condition:
    """What stands in the database: its schema, rows by table, operations, and the journal's head."""

    revision: str
    rows: tuple[tuple[str, int], ...]
    operations: int
    head: str
