"""Free text about a visit that says what no column does: that nobody was met, or that nobody went."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from esm.domain.values.raw_text import RawCell
from esm.domain.visits.columns import VISITS
from esm.domain.visits.completion_words import Completion, completion_of
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.domain.visits.doubtful_visit_words import NOT_MET, NOT_ON_SITE
from esm.errors import say
from esm.sheets.exchange.header_words import PLANNED
from esm.sheets.exchange.recognised_sheet import Ground
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows, Unresolved

_RESULTS = frozenset(("done_on", "outcome", "minutes", "problem", "completion"))
_DAY = re.compile("时间|日期|月份")
_DECIDED_BY = (("outcome", NOT_MET, "走访结果"), ("channel", NOT_ON_SITE, "走访方式"))


def doubtful_text(sheet: SheetRows, row: RosterRow) -> None:
    """Refuse a row whose text may say that the visit does not count, where no cell decides it. Raises Unresolved.

    Who says with `--map` that the column is minutes has read it.
    """
    text = row.values.get("minutes")
    heading = next((each for each in sheet.found.headings if each.column.key == "minutes"), None)
    if text is None or heading is None or heading.ground is Ground.MAP:
        return
    for key, words, column in _DECIDED_BY:
        found = words.search(text)
        if found and key not in row.values:
            reason = say(
                'the text says “{word}”, and {column} is blank: fill it in, or state that the '
                'text is not decisive: --map "{header}=visits.minutes"',
                word=found[0], column=column, header=heading.header,
            )  # fmt: skip
            raise Unresolved("minutes", reason, question=key)


def is_planned_only(sheet: SheetRows, cells: Sequence[RawCell], values: Mapping[str, Any]) -> bool:
    """Return whether a row of a plan with its results, 计划时间 and 实际走访时间, has the planned day and no result."""
    if sheet.found.spec is not VISITS or values.keys() & _RESULTS:
        return False
    planned = (at for at, header in sheet.found.unknown if PLANNED.search(header) and _DAY.search(header))
    return any(at < len(cells) and cells[at] not in {None, ""} for at in planned)


def took_place(row: RosterRow) -> dict[str, Any] | None:
    """Return what 完成情况 says of channel and outcome, nothing where it is done or not told; None for no visit.

    Raises Unresolved where it is not understood, or where another column says otherwise.
    """
    text = row.values.get("completion")
    if text is None:
        return {}
    said = completion_of(text)
    if said is None:
        reason = say(
            "did the visit take place? Write 已完成 or 未完成, or what was done instead: one of {channels}, {outcomes}",
            channels=Channel.choices(), outcomes=VisitOutcome.choices(),
        )  # fmt: skip
        raise Unresolved("completion", reason, question="outcome")
    if said is Completion.NOT_DONE:
        if "outcome" in row.values or "problem" in row.values:
            raise Unresolved(
                "completion", say("the visit did not take place, but another column describes it"), question="outcome"
            )
        return None
    key = {Channel: "channel", VisitOutcome: "outcome"}.get(type(said), "")
    if key and row.values.get(key, said) is not said:
        raise Unresolved("completion", say("another column says {other}", other=row.values[key].label), question=key)
    return {key: said} if key else {}
