"""Whether the two promises are kept, in a sentence each: what the coverage report says first."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.reports.coverage import CoverageCounters
from esm.sheets.sheet.sheet import Fact


def answers(total: CoverageCounters, *, is_open: bool) -> tuple[Fact, Fact]:
    """Return for each promise whether it is kept, and by how much it is not; `is_open`: the period is not over yet."""
    return (
        Fact("served_answer", _("Everyone served"), _served(total), data=False),
        Fact("visited_answer", _("Visited every two months"), _visited(total, is_open=is_open), data=False),
    )


def _served(total: CoverageCounters) -> str:
    if not total.in_scope:
        return _("No enterprise is in scope.")
    if not total.unserved:
        return _("Kept: all {whole} served.").format(whole=total.in_scope)
    return _("Not kept: {count} of {whole} unserved.").format(count=total.unserved, whole=total.in_scope)


def _visited(total: CoverageCounters, *, is_open: bool) -> str:
    """Return both clocks: who is overdue on the day, and in a period that is over who was not visited in it."""
    owing, missed = total.on_time_rolling + total.overdue, total.due_in_period - total.visited_of_due
    parts = []
    if total.overdue:
        parts.append(_("{count} of {whole} overdue").format(count=total.overdue, whole=owing))
    if missed and not is_open:
        parts.append(_("{count} of {whole} not visited").format(count=missed, whole=total.due_in_period))
    if parts:
        return _("Not kept: {parts}.").format(parts=_("; ").join(parts))
    return _("Kept: none of {whole} overdue.").format(whole=owing) if owing else _("No enterprise is to be visited.")
