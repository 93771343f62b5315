"""The journal as sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from gettext import gettext as _
from itertools import pairwise

from esm import operating_system
from esm.domain.desk.history import HistoryEntry, Operation
from esm.domain.desk.reminder_log import with_number
from esm.domain.values import phones
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells

_PHONE_OPTION = re.compile("--(?:contact-)?phone")
CHINA = timezone(timedelta(hours=8))


def history_sheet(entries: Sequence[HistoryEntry]) -> Sheet:
    """Return the operations, newest first; times are those of China."""
    columns = (
        Column("id", _("No."), "operation.id"),
        Column("at", _("When"), lambda entry: china_time(entry.operation.at)),
        Column("today", _("Effective date"), "operation.today", table=False),
        Column("actor", _("Operator"), "operation.actor"),
        Column("host", _("Computer"), "operation.host", table=False),
        Column("command", _("Command"), lambda entry: command_text(entry.operation)),
        Column("changes", _("Rows"), "operation.changes"),
        Column("undoes", _("Undoes"), "operation.undoes"),
        Column("undone", _("Undone"), "is_undone"),
        Column("hash", _("Seal"), "operation.hash", table=False),
    )
    return Sheet("operations", _("History"), columns, cells(columns, entries), (), _("There are no operations yet."))


def undo_report(operation: Operation, rows: int) -> Report:
    """Return what was taken back."""
    return Report(
        _("Undone"),
        (
            Fact("operation", _("Operation"), operation.id),
            Fact("command", _("Command"), command_text(operation)),
            Fact("rows", _("Rows restored"), rows),
        ),
    )


def command_text(operation: Operation) -> str:
    """Return the command as it can be typed again, but for telephone numbers, which are masked."""
    words = [
        phones.mask(word) if _PHONE_OPTION.fullmatch(before) else phones.mask_within(with_number(word))
        for before, word in pairwise(("", *operation.command))
    ]
    return operating_system.typed(words)


def china_time(at: str) -> str:
    """Return a moment of the journal as people in China read it."""
    return datetime.fromisoformat(at).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
