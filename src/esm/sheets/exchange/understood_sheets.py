"""What each sheet of an import is read as, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from esm.domain.exchange.import_summary import UnderstoodColumn
from esm.domain.exchange.sheet_catalogue import SHEETS
from esm.domain.values.grouping import grouped
from esm.errors import Listed, Message, say
from esm.sheets.exchange.recognised_sheet import LEFT_OUT
from esm.sheets.sheet.message_translation import language

_NOT_IMPORTED = (None, LEFT_OUT)


def read_as(understood: Sequence[UnderstoodColumn]) -> list[Message]:
    """Return for each sheet, in a sentence, what it is read as, and which of its columns are not imported."""
    found = grouped(understood, lambda one: (one.file, one.sheet, one.kind))
    return [_sentence(file, sheet, kind, columns) for (file, sheet, kind), columns in found.items()]


def _sentence(file: str, sheet: str, kind: str, columns: Sequence[UnderstoodColumn]) -> Message:
    known = sum(one.field not in _NOT_IMPORTED for one in columns)
    left = [one.header or one.column for one in columns if one.field in _NOT_IMPORTED]
    told = {"file": file, "sheet": sheet, "kind": SHEETS[kind].head(language()), "known": known, "all": len(columns)}
    if left:
        return say(
            "{file}, {sheet}: read as {kind} – {known} of {all} columns; not imported: {headers}",
            headers=Listed(left),
            **told,
        )
    return say("{file}, {sheet}: read as {kind} – all {all:column|columns}", **told)
