"""The districts of a city, and what became of their databases, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from esm.domain.desk.district_answer import DistrictAnswer, DistrictState, DistrictUpgrade
from esm.domain.desk.integrity import Flaw, FlawKind
from esm.sheets.desk.history import china_time
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, optional

_HEAD_DIGITS = 16  # as many as `esm db check --head` is given in its example


def state_sheet(states: Sequence[DistrictAnswer[DistrictState]]) -> Sheet:
    """Return a row for each district of the city; the keys are the contract of `esm city list --format json`."""
    head, at = optional("answer.head"), optional("answer.last_operation.at")
    columns = (
        Column("district", _("District")),
        Column("place", _("Place"), needs_room=True),
        Column("revision", _("Schema"), optional("answer.revision")),
        Column("head", _("Head of the journal"), head, table=False),
        Column("told_head", _("Head of the journal"), lambda each: (head(each) or "")[:_HEAD_DIGITS], data=False,
               needs_room=True),
        Column("in_scope", _("In scope"), optional("answer.in_scope")),
        Column("last_operation", _("Last operation"), optional("answer.last_operation.id"), table=False),
        Column("last_at", _("Last operation"), lambda each: at(each) and china_time(at(each))),
        Column("problem", _("Problem"), _problem),
    )  # fmt: skip
    return Sheet(
        "districts", _("Districts of the city"), columns, cells(columns, states), (), _("The city has no district yet.")
    )


def flaw_sheet(checked: Sequence[DistrictAnswer[list[Flaw]]]) -> Sheet:
    """Return what is wrong with the databases of the city, a row for each finding."""
    found = [
        (each.district, flaw)
        for each in checked
        for flaw in ([Flaw(FlawKind.UNREADABLE, each.trouble)] if each.trouble else each.answer or ())
    ]
    columns = (
        Column("district", _("District"), lambda row: row[0]),
        Column("kind", _("Kind"), lambda row: coded("kind")(row[1])),
        Column("detail", _("Details"), lambda row: tell(row[1].detail)),
    )
    fine = _("Every database is intact and agrees with its journal.")
    return Sheet("flaws", _("Check of the city"), columns, cells(columns, found), (), fine)


def upgrade_sheet(upgrades: Sequence[DistrictAnswer[DistrictUpgrade]]) -> Sheet:
    """Return what became of each district; one that was at this version already was left alone."""
    columns = (
        Column("district", _("District")),
        Column("before", _("Schema before"), optional("answer.before")),
        Column("after", _("Schema"), optional("answer.after")),
        Column("backup", _("Backup"), optional("answer.backup")),
        Column("problem", _("Problem"), _trouble),
    )
    empty = _("The city has no district yet.")
    return Sheet("upgrades", _("Upgrade of the city"), columns, cells(columns, upgrades), (), empty)


def _trouble(each: DistrictAnswer[Any]) -> str | None:
    return None if each.trouble is None else tell(each.trouble)


def _problem(each: DistrictAnswer[DistrictState]) -> str | None:
    if each.answer is None or each.answer.is_readable:
        return _trouble(each)
    return _("of another schema")
