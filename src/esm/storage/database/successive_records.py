"""Records that hold for some days and then give way to others: groups of enterprises, settings, recusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esm.storage.database.connection import Writing
from esm.storage.database.row_values import iso


def change_from(
    writing: Writing, table: str, owner: Mapping[str, Any], columns: Sequence[str], values: Mapping[str, Any],
    since: date, *, until_next: bool = False,
) -> None:  # fmt: skip
    """Let these values of an owner's records hold from a day on; what held before that day stays as it was.

    `owner` are the columns that say whose records they are, `columns` are all that a record tells beside its days.
    With `until_next` the records that begin later stay as they are.
    """
    rows = writing.rows(
        f"""SELECT id, start_on, end_on, {", ".join(columns)} FROM {table}
            WHERE {" AND ".join(f"{column} = :{column}" for column in owner)} AND (end_on IS NULL OR end_on > :since)
            ORDER BY start_on {"LIMIT 1" if until_next else ""}""",
        **owner, since=since,
    )  # fmt: skip
    for row_id, start_on, end_on, *told in rows:
        if start_on >= iso(since):
            writing.change(table, row_id, values)
        else:
            writing.change(table, row_id, {"end_on": since})
            record = {**dict(zip(columns, told, strict=True)), **values}
            writing.insert(table, [{**owner, **record, "start_on": since, "end_on": end_on}])
