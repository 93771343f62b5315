"""Columns that many listings have, and listings of groups and of facts: each is declared here once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from gettext import gettext as _
from operator import attrgetter, itemgetter
from typing import Any

from esm.domain.values.intervals import last_day
from esm.sheets.sheet.code_words import stated_term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Sheet, cells

Groups = Sequence[tuple[str | None, Any]]


def optional(path: str) -> Callable[[Any], Any]:
    """Return what follows a path of attributes from a record; None where one of them is."""
    first, _dot, rest = path.partition(".")
    step = attrgetter(first)
    if not rest:
        return step
    others = optional(rest)
    return lambda record: None if (found := step(record)) is None else others(found)


def coded(path: str) -> Callable[[Any], Cell]:
    """Return what takes a coded value from a record, with its word; None where there is none."""
    value = optional(path)
    return lambda record: stated_term(value(record))


def enterprise_columns(path: str = "") -> tuple[Column, Column]:
    """Return an enterprise: its credit code for machines, and its name; `path` leads to both, as in `row.`."""
    return (
        Column("uscc", _("Credit code"), f"{path}uscc", table=False),
        Column("enterprise", _("Enterprise"), f"{path}enterprise"),
    )


def interval_columns() -> tuple[Column, Column, Column]:
    """Return an interval: its first day, and its end, which machines read as kept and people as the last day."""
    return (
        Column("start_on", _("From")),
        Column("end_on", _("Until (exclusive)"), table=False),
        Column("last_day", _("Until (inclusive)"), lambda each: last_day(each.end_on), data=False),
    )


def of_part(part: Callable[[Any], Any], columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return the same columns for records of which `part` is what they are about."""

    def within(getter: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
        return lambda record: getter(part(record))

    return tuple(replace(column, cell=within(column.getter)) for column in columns)


def name_or(other: str) -> Callable[[str | None], str]:
    """Return what labels a group by its name, or as `other` where it has none."""
    return lambda name: other if name is None else name


def group_sheet(
    key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str], columns: Sequence[Column]
) -> Sheet:
    """Return what is known of each group; `titles` are those of the sheet and of the groups in it.

    Machines read the key of a group, people its label.
    """
    title, heading = titles
    named = (
        Column("key", heading, itemgetter(0), table=False),
        Column("label", heading, lambda group: label(group[0]), data=False),
        *of_part(itemgetter(1), columns),
    )
    return Sheet(key, title, named, cells(named, groups))


def facts_for_people(title: str, facts: Iterable[Fact]) -> Sheet:
    """Return what is known of one record, as people see it."""
    rows = [(fact.label, fact.value) for fact in facts if fact.table and fact.value not in {None, ""}]
    return Sheet("facts", title, (Column("item", _("Item")), Column("entry", _("Entry"))), rows, data=False)


def facts_for_machines(key: str, title: str, records: Iterable[Sequence[Fact]]) -> Sheet:
    """Return records with the same facts, a row each, which people do not see."""
    known = [[fact for fact in facts if fact.data] for facts in records]
    columns = tuple(Column(fact.key, fact.label) for fact in (known[0] if known else ()))
    return Sheet(key, title, columns, [tuple(fact.value for fact in facts) for facts in known], table=False)
