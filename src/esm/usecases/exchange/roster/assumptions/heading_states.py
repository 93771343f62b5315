"""States of enterprises that a sheet tells once for many rows: in its name, its title or the heading of a block.

docs/rules.md, Import: the enterprises of a list of those who left are not in scope, which is told as assumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from esm.domain.exchange.import_summary import Assumption
from esm.domain.register.columns import ENTERPRISES
from esm.domain.register.enterprise_record import RegistrationStatus
from esm.domain.register.heading_status import TitledStatus, titled_status
from esm.errors import Message, Problem, say
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows

_STATES = {TitledStatus.LEFT: RegistrationStatus.STRUCK_OFF, TitledStatus.STANDS_STILL: RegistrationStatus.IDLE}
_TOLD_BY = frozenset(("status", "exited_on"))  # columns that tell it row by row
_FROM_TITLE = say("no column states it: taken from the title, the heading above the rows or the name of the sheet")


def suppose_states(sheet: SheetRows) -> None:
    """Fill in the state of the rows of a list of enterprises that its titles tell, and note it as assumed.

    Rows of which only a title of both kinds speaks are refused, unless a column tells more.
    """
    if sheet.found.spec is not ENTERPRISES or sheet.found.is_of_esm or sheet.found.keys & _TOLD_BY:
        return
    titles = _title(sheet)
    headings = [(number, said) for number, text in sheet.sections if (said := titled_status(text)) is not None]
    kept: list[RosterRow] = []
    undecided: list[RosterRow] = []
    counts: Counter[RegistrationStatus] = Counter()
    for row in sheet.rows:
        said = next((said for number, said in reversed(headings) if number < row.number), titles)
        status = _STATES.get(said) if said is not None else None
        if said is TitledStatus.MIXED and "above_scale" not in row.values:
            undecided.append(row)
            continue
        if status is None:
            kept.append(row)
            continue
        counts[status] += 1
        kept.append(row._replace(values={**row.values, "status": status}))
    sheet.rows = kept
    sheet.assumed += [
        Assumption(sheet.file, sheet.sheet, "status", status, count, _FROM_TITLE) for status, count in counts.items()
    ]
    if undecided:
        _refuse(sheet, undecided)


def _title(sheet: SheetRows) -> TitledStatus | None:
    """Return what the title nearest to the header says, or else the name of the sheet; of both kinds only at last."""
    said = [found for text in (*reversed(sheet.titles), sheet.sheet) if (found := titled_status(text)) is not None]
    return next((found for found in said if found is not TitledStatus.MIXED), next(iter(said), None))


def _refuse(sheet: SheetRows, rows: Sequence[RosterRow]) -> None:
    reason: Message = say(
        "the title names both entries and exits, and no column states which is which: add a "
        "column 经营状态 (存续, 注销) or 退库日期, or a sheet for each kind"
    )
    sheet.problems.append(Problem(sheet.file, sheet.sheet, str(rows[0].number), "", reason))
    sheet.refused += rows
