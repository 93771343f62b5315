"""Days without visits, and who is visited too much or never, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from esm.domain.values.ratio import Ratio
from esm.domain.visits.burden import Burden, BurdenRow
from esm.domain.visits.pauses import QuietDays
from esm.errors import say
from esm.sheets.sheet.message_translation import tell, word
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import enterprise_columns

KINDS = {"pause": say("paused"), "blackout": say("blacked out")}


def quiet_days_report(peace: QuietDays) -> Report:
    """Return the days without visits of one enterprise."""
    columns = (
        Column("kind", _("Kind"), lambda each: Term(each.kind, word(KINDS[each.kind].template))),
        Column("start_on", _("From")),
        Column("until", _("Until (inclusive)"), "last_day"),
        Column("reason", _("Reason")),
    )
    rows = cells(columns, peace.intervals)
    facts = (Fact("uscc", _("Credit code"), peace.uscc), Fact("enterprise", _("Enterprise"), peace.enterprise))
    sheet = Sheet("stretches", _("Days without visits"), columns, rows, (), _("It may be visited on any day."))
    return Report(_("Days without visits"), facts, (sheet,))


def burden_report(burden: Burden) -> Report:
    """Return who is visited too much, by whom, and who never; days on which several came count once."""
    total = len(burden.rows)
    facts = (
        Fact("as_of", _("As of"), burden.as_of),
        Fact("since", _("Since"), burden.since),
        Fact("many", _("Excessive from (days)"), burden.many),
        Fact("in_scope", _("In scope"), total),
        Fact("told_too_much", _("Visited too often"), Ratio(len(burden.visited_too_often), total), data=False),
        Fact("never_visited", _("Never visited"), burden.never_visited_count),
        Fact(
            "told_never", _("Never visited by anybody"), Ratio(len(burden.never_visited_by_anybody), total), data=False
        ),
        Fact("too_much", _("Visited too often"), len(burden.visited_too_often), table=False),
        Fact("never", _("Never visited by anybody"), len(burden.never_visited_by_anybody), table=False),
    )
    none = _("None.") if burden.rows else _("No enterprise is in scope.")
    days = (Column("days", _("Days visited")), Column("enterprises", _("Enterprises")))
    spread = Sheet("by_days", _("How often"), days, list(burden.by_days))
    return Report(
        _("Visit load of enterprises"),
        facts,
        (
            _enterprise_sheet(
                "too_much_enterprises", _("Visited too often"), burden.visited_too_often, none, data=False
            ),
            _enterprise_sheet(
                "never_enterprises", _("Never visited by anybody"), burden.never_visited_by_anybody, none, data=False
            ),
            spread,
            _enterprise_sheet("enterprises", _("All in scope"), burden.rows, table=False),
        ),
        tuple(_notes(burden)),
    )


def _notes(burden: Burden) -> Iterator[str]:
    if burden.visited_too_often:
        yield _("Consider a joint visit: visits in one week can be combined. A day with several visits counts once.")
    if not any(row.outside_days for row in burden.rows):
        yield tell(
            say("Only visits of the scheme are counted: no visit of another department since {day} is on record.",
                day=burden.since)
        )  # fmt: skip


def _enterprise_sheet(
    key: str, title: str, rows: Sequence[BurdenRow], empty: str = "", *, table: bool = True, data: bool = True
) -> Sheet:
    columns = (
        *enterprise_columns(), Column("tier", _("Tier")), Column("subdistrict", _("Subdistrict")),
        Column("days", _("Days visited")), Column("own_days", _("By the scheme"), needs_room=True),
        Column("outside_days", _("By others"), needs_room=True), Column("visitors", _("Visitors"), needs_room=True),
        Column("last_on", _("Last visit")),
    )  # fmt: skip
    return Sheet(key, title, columns, cells(columns, rows), (), empty, table=table, data=data)
