"""The above-scale watch as a report: the counts for a leader on top, the lists for the office below."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from gettext import gettext as _

from esm.domain.register.above_scale_thresholds import Threshold
from esm.domain.register.entry_window import EntryWindow
from esm.domain.register.threshold_watch import LIST_KINDS, LinePosition, ListKind, ThresholdWatch
from esm.errors import say
from esm.sheets.register.enterprises import revenue_band
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import coded, enterprise_columns, optional

SHOWN_ROWS = 20


def scale_report(watch: ThresholdWatch, *, exact: bool = False) -> Report:
    """Return the watch; its keys are the contract of `esm scale --format json`.

    Tables show the first rows of each list; the other formats hold every one. `exact`: also the revenue itself.
    """
    facts = (
        Fact("as_of", _("As of"), watch.as_of),
        Fact("enterprises", _("Enterprises watched"), watch.enterprises),
        Fact("registered", _("On the register"), watch.registered),
        Fact("in_order", _("Consistent with the register, not borderline"), watch.in_order),
        *(Fact(f"count_{kind}", _title(kind, watch), len(watch.lists[kind]), data=False) for kind in LIST_KINDS),
    )
    lists = [scale_sheet(watch, kind, exact=exact) for kind in LIST_KINDS]
    parts = [part for whole in lists for part in (replace(whole, table=False), _excerpt(whole)) if part]
    bands = _("A band includes its lower bound but not its upper bound; `--exact` shows the figures.")
    return Report(_("Above-scale watch"), facts, (_windows(watch), *parts), () if exact else (bands,))


def scale_sheet(watch: ThresholdWatch, kind: ListKind, *, exact: bool = False) -> Sheet:
    """Return one list whole; its keys are those of the same list in the report."""
    rows = cells(_columns(watch, kind, exact=exact), watch.lists[kind])
    notes = (_advice(kind),) if rows else ()
    return Sheet(kind, _title(kind, watch), _columns(watch, kind, exact=exact), rows, notes, _empty(watch))


def _empty(watch: ThresholdWatch) -> str:
    """Return that a list is empty, of how many enterprises, and how many of them could not be compared."""
    if not watch.enterprises:
        return _("There was nothing to look at: no enterprise is on record.")
    unknown = len(watch.lists[ListKind.UNDECIDABLE]) + len(watch.lists[ListKind.UNCHECKED])
    if unknown:
        return tell(say(
            "This list is empty: looked at {count:enterprise|enterprises}, {unknown} of them without the figures.",
            count=watch.enterprises, unknown=unknown,
        ))  # fmt: skip
    return tell(say("This list is empty: looked at {count:enterprise|enterprises}.", count=watch.enterprises))


def _excerpt(whole: Sheet) -> Sheet | None:
    """Return the first rows, or nothing where nobody stands: the count on top says so already."""
    if not whole.rows:
        return None
    left = len(whole.rows) - SHOWN_ROWS
    more = _("{count} more: `esm scale --list {kind}`.").format(count=left, kind=whole.key)
    notes = (*whole.notes, more) if left > 0 else whole.notes
    return replace(whole, key=f"first_{whole.key}", rows=whole.rows[:SHOWN_ROWS], notes=notes, empty="", data=False)


def _title(kind: ListKind, watch: ThresholdWatch) -> str:
    told = {
        ListKind.NURSERY: _("Near the threshold: at most {percent}% below it"),
        ListKind.AT_RISK: _("Registered, less than {percent}% above the threshold"),
    }.get(kind, term(kind).label)
    return told.format(percent=watch.nursery_percent)


def _advice(kind: ListKind) -> str:
    return {
        "not_registered": _(
            "Annual entry is for enterprises that reached the threshold; those newly opened this "
            "year may enter monthly, but the roster does not show which these are."
        ),
        "below_line": _("Report their exit from the register, or have their figures corrected."),
        "nursery": _("Support their growth; they may enter the register once they reach the threshold."),
        "at_risk": _("Watch them: below the threshold they must exit the register."),
        "undecidable": _("Fill in what is missing in the roster; until then they are not in scope."),
        "unchecked": _("The register decides; fill in what is missing, so that it can be compared with the threshold."),
        "no_line": _(
            "They are not assessed by revenue; those that differ from the register are also in the lists above."
        ),
    }[kind]


def _windows(watch: ThresholdWatch) -> Sheet:
    whom = {
        "annual": _("enterprises that reached the threshold"),
        "monthly": _("newly opened enterprises"),
        "all_year": _("construction, property development"),
    }
    columns = (
        Column("route", _("Entry into the register"), coded("route")),
        Column("for_whom", _("Applies to"), lambda window: whom[window.route], data=False),
        Column("opens_on", _("Opens")),
        Column("closes_on", _("Closes")),
        Column("declare_by", _("Submit by")),
        Column("open", _("Window open"), lambda window: window.is_open(watch.as_of), table=False),
        Column("days_left", _("Days left"), lambda window: window.days_left(watch.as_of), table=False),
        Column("told_days", _("Current state"), lambda window: _days(window, watch), data=False),
    )
    return Sheet("windows", _("Entry windows"), columns, cells(columns, list(watch.windows.values())))


def _days(window: EntryWindow, watch: ThresholdWatch) -> str:
    left = window.days_left(watch.as_of)
    if left is None:
        return _("closed, days until opening: {days}").format(days=(window.opens_on - watch.as_of).days)
    return _("open, last day") if left == 0 else _("open, days left: {days}").format(days=left)


def _columns(watch: ThresholdWatch, kind: ListKind, *, exact: bool) -> tuple[Column, ...]:
    has_line = kind in {"not_registered", "below_line", "nursery", "at_risk"}
    days_left = {route: window.days_left(watch.as_of) for route, window in watch.windows.items()}
    windows, line = watch.windows, "prediction.threshold."
    words = cache(_standard)

    def standard(one: LinePosition) -> str:
        return words(one.prediction.threshold)

    return (
        *enterprise_columns("watched."),
        Column("subdistrict", _("Subdistrict"), "watched.subdistrict"),
        Column("industry_code", _("Industry code"), "watched.industry_code", kind in _WITH_INDUSTRY),
        Column("register", _("Register"), coded("watched.register"), table=False),
        Column("told_register", _("Register"), _register, kind in _WITH_REGISTER, data=False),
        Column("enters_on", _("Enters on"), "watched.enters_on", table=False),
        Column("group", _("Industry group"), coded(f"{line}group"), table=False),
        Column("measure", _("Criterion"), coded(f"{line}measure"), table=False),
        Column("line", _("Threshold (10 000 yuan)"), optional(f"{line}line"), table=False),
        Column("employees_line", _("Threshold (employees)"), optional(f"{line}employees"), table=False),
        Column("line_since", _("Threshold since"), optional(f"{line}effective_from"), table=False),
        Column("source", _("Source"), optional(f"{line}source"), table=False),
        Column("standard", _("Standard"), standard, has_line or kind == "no_line", data=False),
        Column("revenue_band", _("Revenue band (10 000 yuan)"), _band, has_line and not exact),
        *((Column("revenue", _("Annual revenue (10 000 yuan)"), "watched.revenue", has_line),) if exact else ()),
        Column("employees", _("Employees"), "watched.employees", table=False),
        Column("qualified", _("Construction qualification"), "watched.qualified", kind == "no_line"),
        Column("missing", _("Missing field"), coded("prediction.missing"), kind in {"undecidable", "unchecked"}),
        Column("route", _("Route"), coded("route"), kind in {"not_registered", "nursery"}),
        Column("closes_on", _("Closes"), lambda one: one.route and windows[one.route].closes_on, table=False),
        Column("days_left", _("Days left"), lambda one: one.route and days_left[one.route], table=False),
    )


_WITH_INDUSTRY = {"undecidable", "unchecked", "no_line"}
_WITH_REGISTER = {"not_registered", "unchecked", "no_line"}


def _register(standing: LinePosition) -> str:
    enters_on = standing.watched.enters_on
    return term(standing.watched.register).label if enters_on is None else _("from {day}").format(day=enters_on)


def _band(standing: LinePosition) -> Term | None:
    return revenue_band(standing.watched.revenue)


def _standard(threshold: Threshold | None) -> str:
    """Return what a threshold asks for, in words."""
    if threshold is None:
        return _("no threshold for this industry")
    if threshold.line is None:
        return {
            "qualification": _("holds a contracting qualification"),
            "activity": _("every developer, whatever the revenue"),
        }[threshold.measure]
    asked = _("{measure} of {line}").format(measure=term(threshold.measure).label, line=threshold.line)
    if threshold.employees is None:
        return asked
    return _("{asked}, or {employees} employees").format(asked=asked, employees=threshold.employees)
