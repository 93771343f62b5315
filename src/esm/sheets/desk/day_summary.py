"""The desk of a day as one screen: a line an answer, and below it the command that goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from gettext import gettext as _

from esm.domain.desk.day_summary import DaySummary
from esm.domain.desk.table_words import table_words
from esm.errors import Listed, say
from esm.sheets.reports.coverage_verdict import answers
from esm.sheets.sheet.day_words import weekday_in_words
from esm.sheets.sheet.message_translation import as_text, day_text, tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells

SCREEN = 24  # lines
LONG_COMMAND = 30  # characters of a command without its words, after which it may need a second line
MOST_NAMES = 2
PROMISES = ("served", "in_scope", "unserved", "due_in_period", "visited_of_due", "overdue")
COUNTS = ("due_this_week", "requests_late", "promises_late", "plans_called_off")
GoOn = Callable[..., str]  # the words of a command -> the line to type


def day_report(summary: DaySummary, go_on: GoOn | None) -> Report:
    """Return the day; the keys are the contract of `esm today --format json`. Without `go_on` it names no command.

    Where commands take more than a line each, the changes have no table of their own.
    """
    is_tight = go_on is not None and len(go_on()) > LONG_COMMAND
    counts = (
        summary.due_this_week, len(summary.late_requests), len(summary.late_promises), len(summary.called_off)
    )  # fmt: skip
    figures = [getattr(summary.total, name) for name in PROMISES]
    return Report(
        _title(summary.today),
        (
            *_data(summary.today, summary.since, figures, counts),
            *_lines(_told(summary, counts, is_tight=is_tight), go_on),
        ),
        (_changed_sheet(summary, is_table=not is_tight),),
        lines=SCREEN,
    )


def beginning_report(today: date, place: str, go_on: GoOn | None) -> Report:
    """Return how to begin where there is no database; every figure is unknown."""
    steps = (
        (_("Database"), _("There is none yet at {place}.").format(place=place), ()),
        (_("To look around"), _("The example district:"), ("demo",)),
        (_("Your own district"), _("A workbook to fill in:"), ("template", "roster.xlsx")),
        ("", _("Then read it in:"), ("import", "roster.xlsx")),
    )
    nothing = (None,) * len(PROMISES)
    changed = Sheet("changed", "", _changed_columns(), (), table=False)
    data = _data(today, None, nothing, nothing)
    return Report(_title(today), (*data, *_lines(steps, go_on)), (changed,))


def _title(today: date) -> str:
    return _("Today: {weekday}, {day}").format(weekday=weekday_in_words(today), day=day_text(today))


def _data(
    today: date, since: date | None, figures: Iterable[int | None], counts: Iterable[int | None]
) -> Iterator[Fact]:
    yield Fact("today", "", today, table=False)
    for name, figure in zip(PROMISES, figures, strict=False):
        yield Fact(f"promises.{name}", "", figure, table=False)
    for name, count in zip(COUNTS, counts, strict=False):
        yield Fact(name, "", count, table=False)
    yield Fact("since", "", since, table=False)


def _lines(told: Iterable[tuple[str, Cell, tuple[str, ...]]], go_on: GoOn | None) -> Iterator[Fact]:
    for number, (label, value, words) in enumerate(told):
        yield Fact(f"told_{number}", label, value, data=False)
        if go_on is not None and words:
            yield Fact(f"command_{number}", "", go_on(*words), data=False)


def _told(
    summary: DaySummary, counts: tuple[int, ...], *, is_tight: bool
) -> Iterator[tuple[str, Cell, tuple[str, ...]]]:
    """Yield label, answer and the words of the command that goes on."""
    served, visited = answers(summary.total, is_open=summary.is_period_open)
    due, late_requests, late_promises, called_off = counts
    first = ("assign", "--dry-run") if summary.total.unserved else ("report", "coverage")
    yield served.label, served.value, first if summary.total.in_scope else ("template", "roster.xlsx")
    yield visited.label, visited.value, ("due", "--limit", "20")
    within = (summary.until - summary.today).days
    yield (
        _("Due this week"),
        _("{count} by {weekday}, {day}").format(
            count=due, weekday=weekday_in_words(summary.until), day=day_text(summary.until)
        ),
        ("due", "--within", str(within)),
    )
    holders = [record.holder or _("the office itself") for record in summary.late_requests]
    yield _("Requests overdue"), _waiting(late_requests, holders), ("request", "list")
    promisers = [promise.cadre for promise in summary.late_promises]
    yield _("Promises overdue"), _waiting(late_promises, promisers), ("visit", "promise", "list")
    visitors = [plan.cadre for plan in summary.called_off]
    since = ("visit", "list", "--called-off", "--since", summary.since.isoformat())
    yield _("Plans called off"), _waiting(called_off, visitors), since
    yield _("Changed"), _kinds_since(summary) if is_tight else _since(summary), ("history",)


def _since(summary: DaySummary) -> str:
    return _("since {weekday}, {day}, the last working day before today").format(
        weekday=weekday_in_words(summary.since), day=day_text(summary.since)
    )


def _kinds_since(summary: DaySummary) -> str:
    counts = {each.subject: each.added + each.changed + each.removed for each in summary.changed}
    kinds = [tell(say("{name} ({count})", name=table_words(table), count=count)) for table, count in counts.items()]
    kinds = kinds or [_("none")]
    return tell(say("since {day}: {kinds}", day=day_text(summary.since), kinds=Listed.first(kinds, MOST_NAMES)))


def _waiting(count: int, names: Iterable[str]) -> str:
    """Return how many there are and with whom, the most first."""
    if not count:
        return _("none")
    most = sorted(Counter(names).items(), key=lambda each: (-each[1], each[0]))
    listed = [tell(say("{name} ({count})", name=name, count=number)) for name, number in most]
    return tell(say("{count}: {names}", count=count, names=Listed.first(listed, MOST_NAMES)))


def _changed_columns() -> tuple[Column, ...]:
    return (
        Column("subject", _("Records"), lambda each: Term(each.subject, as_text(table_words(each.subject)))),
        Column("added", _("Added")),
        Column("changed", _("Changed")),
        Column("removed", _("Removed")),
        Column("actors", _("Operator")),
    )


def _changed_sheet(summary: DaySummary, *, is_table: bool) -> Sheet:
    columns = _changed_columns()
    rows = cells(columns, summary.changed)
    return Sheet("changed", _("Changed records"), columns, rows, (), _("Nothing was changed."), table=is_table)
