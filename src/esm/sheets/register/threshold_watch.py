"""The above-scale watch as a report: the counts for a leader on top, the lists for the office below."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _

from esm.domain.register.above_scale_thresholds import Threshold
from esm.domain.register.entry_window import EntryWindow
from esm.domain.register.threshold_watch import LIST_KINDS, LinePosition, ListKind, ThresholdWatch
from esm.sheets.register.enterprises import revenue_band
from esm.sheets.sheet.code_words import stated_term, term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet

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
    return Report(
        _("Above-scale watch"),
        facts,
        (_windows(watch), *(part for whole in lists for part in (_data_only(whole), _excerpt(whole)) if part)),
        (_("A band includes its lower bound but not its upper bound; `--exact` shows the figures."),)
        if not exact
        else (),
    )


def scale_sheet(watch: ThresholdWatch, kind: ListKind, *, exact: bool = False) -> Sheet:
    """Return one list whole; its keys are those of the same list in the report."""
    standards = {each: _standard(each) for each in {one.prediction.threshold for one in watch.lists[kind]}}
    rows = [_row(standing, watch, standards, exact=exact) for standing in watch.lists[kind]]
    notes = (_advice(kind, watch),) if rows else ()
    return Sheet(kind, _title(kind, watch), _columns(kind, exact=exact), rows, notes, _("This list is empty."))


def _data_only(whole: Sheet) -> Sheet:
    return Sheet(whole.key, whole.title, whole.columns, whole.rows, whole.notes, whole.empty, table=False)


def _excerpt(whole: Sheet) -> Sheet | None:
    """Return the first rows, or nothing where nobody stands: the count on top says so already."""
    if not whole.rows:
        return None
    left = len(whole.rows) - SHOWN_ROWS
    more = _("{count} more: `esm scale --list {kind}`.").format(count=left, kind=whole.key)
    notes = (*whole.notes, more) if left > 0 else whole.notes
    return Sheet(f"first_{whole.key}", whole.title, whole.columns, whole.rows[:SHOWN_ROWS], notes, data=False)


def _title(kind: ListKind, watch: ThresholdWatch) -> str:
    return {
        "not_registered": _("Above the threshold, not registered"),
        "below_line": _("Registered, below the threshold"),
        "nursery": _("Near the threshold: at most {percent}% below it"),
        "at_risk": _("Registered, less than {percent}% above the threshold"),
        "undecidable": _("Undecidable"),
        "unchecked": _("Register not checked, figures missing"),
        "no_line": _("Not assessed by revenue"),
    }[kind].format(percent=watch.nursery_percent)


def _advice(kind: ListKind, watch: ThresholdWatch) -> str:
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
    columns = (
        Column("route", _("Entry into the register")), Column("for_whom", _("Applies to"), data=False),
        Column("opens_on", _("Opens")), Column("closes_on", _("Closes")), Column("declare_by", _("Submit by")),
        Column("open", _("Window open"), table=False), Column("days_left", _("Days left"), table=False),
        Column("told_days", _("Current state"), data=False),
    )  # fmt: skip
    whom = {
        "annual": _("enterprises that reached the threshold"),
        "monthly": _("newly opened enterprises"),
        "all_year": _("construction, property development"),
    }
    rows = [
        (term(each.route), whom[each.route], each.opens_on, each.closes_on, each.declare_by,
         each.is_open(watch.as_of), each.days_left(watch.as_of), _days(each, watch))
        for each in watch.windows.values()
    ]  # fmt: skip
    return Sheet("windows", _("Entry windows"), columns, rows)


def _days(window: EntryWindow, watch: ThresholdWatch) -> str:
    left = window.days_left(watch.as_of)
    if left is None:
        return _("closed, days until opening: {days}").format(days=(window.opens_on - watch.as_of).days)
    return _("open, last day") if left == 0 else _("open, days left: {days}").format(days=left)


def _columns(kind: ListKind, *, exact: bool) -> tuple[Column, ...]:
    has_line = kind in {"not_registered", "below_line", "nursery", "at_risk"}
    return (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("subdistrict", _("Subdistrict")),
        Column("industry_code", _("Industry code"), table=kind in {"undecidable", "unchecked", "no_line"}),
        Column("register", _("Register"), table=False),
        Column("told_register", _("Register"), table=kind in {"not_registered", "unchecked", "no_line"}, data=False),
        Column("enters_on", _("Enters on"), table=False),
        Column("group", _("Industry group"), table=False),
        Column("measure", _("Criterion"), table=False),
        Column("line", _("Threshold (10 000 yuan)"), table=False),
        Column("employees_line", _("Threshold (employees)"), table=False),
        Column("line_since", _("Threshold since"), table=False),
        Column("source", _("Source"), table=False),
        Column("standard", _("Standard"), table=has_line or kind == "no_line", data=False),
        Column("revenue_band", _("Revenue band (10 000 yuan)"), table=has_line and not exact),
        *((Column("revenue", _("Annual revenue (10 000 yuan)"), table=has_line),) if exact else ()),
        Column("employees", _("Employees"), table=False),
        Column("qualified", _("Construction qualification"), table=kind == "no_line"),
        Column("missing", _("Missing field"), table=kind in {"undecidable", "unchecked"}),
        Column("route", _("Route"), table=kind in {"not_registered", "nursery"}),
        Column("closes_on", _("Closes"), table=False),
        Column("days_left", _("Days left"), table=False),
    )


def _row(
    standing: LinePosition, watch: ThresholdWatch, standards: Mapping[Threshold | None, str], *, exact: bool
) -> tuple[Cell, ...]:
    each, prediction, threshold = standing.watched, standing.prediction, standing.prediction.threshold
    line: tuple[Cell, ...] = (None,) * 6
    if threshold is not None:
        group, measure = term(threshold.group), term(threshold.measure)
        line = (group, measure, threshold.line, threshold.employees, threshold.effective_from, threshold.source)
    entry: tuple[Cell, ...] = (None,) * 3
    if standing.route is not None:
        window = watch.windows[standing.route]
        entry = (term(standing.route), window.closes_on, window.days_left(watch.as_of))
    register = term(each.register)
    return (
        each.uscc, each.enterprise, each.subdistrict, each.industry_code, register,
        register.label if each.enters_on is None else _("from {day}").format(day=each.enters_on), each.enters_on,
        *line, standards[threshold], revenue_band(each.revenue), *((each.revenue,) if exact else ()), each.employees,
        each.qualified, stated_term(prediction.missing), *entry,
    )  # fmt: skip


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
