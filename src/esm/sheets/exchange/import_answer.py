"""What an import did, as a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from esm.domain.exchange.import_summary import Assumption, FieldChange, ImportSummary, Question, UnderstoodColumn
from esm.domain.exchange.sheet_catalogue import BOOK, ROSTER_SHEETS, SHEETS
from esm.domain.register.similar_names import NameQuestions
from esm.domain.requests.class_tree import OTHER_CLASS, SHIPPED
from esm.domain.requests.columns import LEDGER_TOLD, REQUESTS
from esm.domain.values import phones
from esm.domain.values.codes import Worded
from esm.errors import Problem
from esm.sheets.exchange.fault_kinds import reasons
from esm.sheets.exchange.recognised_sheet import LEFT_OUT
from esm.sheets.exchange.visit_texts.taken_visits import taken_sheet
from esm.sheets.reports.dossier import field_cell
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import language, tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells

MOST_LISTED = 200
# What people see first: what is wrong, what was understood and supposed, what is asked; then the counts.
_FIRST = (
    "reasons",
    "errors",
    "texts",
    "understood",
    "notable",
    "recognised_by_values",
    "assumed",
    "questions",
    "asked",
    "sheets",
)
_ORDER = {key: place for place, key in enumerate(_FIRST)}


def import_report(summary: ImportSummary) -> Report:
    """Return the summary; its keys are the contract of `esm import --format json`.

    People see at most `MOST_LISTED` rows of each listing and how many more there are; machines see all.
    """
    added, updated, unchanged = (sum(counts[place] for counts in summary.counts.values()) for place in range(3))
    exited = sum(missing.has_exited for missing in summary.missing)
    sheets = sorted((_by_sheet(summary), *_listings(summary)), key=lambda sheet: _ORDER.get(sheet.key, len(_ORDER)))
    if not summary.problems:
        sheets.sort(key=lambda sheet: sheet.key == "errors")
    return Report(
        _("Import"),
        (
            Fact("files", _("Files"), summary.files),
            Fact("added", _("Added"), added),
            Fact("updated", _("Updated"), updated),
            Fact("unchanged", _("Unchanged"), unchanged),
            Fact("exited", _("Exited (missing)"), exited, table=bool(exited)),
            Fact("rejected", _("Rejected"), summary.rejected),
        ),
        tuple(part for sheet in sheets for part in _shorten(sheet)),
        tuple(phones.mask_within(tell(note)) for note in summary.notes),
    )


def fault_cells(problem: Problem) -> tuple[str, str, str, str, str]:
    """Return where a fault stands, what stands there, with any phone number masked, and why it is one."""
    value, reason = map(phones.mask_within, (problem.value, tell(problem.reason)))
    return problem.file, problem.sheet, problem.cell, value, reason


def _sheet(key: str) -> Term:
    return Term(key, SHEETS[key].head(language()))


def _by_sheet(summary: ImportSummary) -> Sheet:
    columns = (
        Column("sheet", _("Sheet"), table=False), Column("label", _("Sheet"), data=False), Column("added", _("Added")),
        Column("updated", _("Updated")), Column("unchanged", _("Unchanged")),
    )  # fmt: skip
    rows = [(key, _sheet(key).label, *counts) for key, counts in summary.counts.items()]
    return Sheet("sheets", _("By sheet"), columns, rows)


def _listings(summary: ImportSummary) -> list[Sheet]:
    """Return what there is to look at one by one; what is empty is not shown to people, but for the faults."""
    sheet, key = Column("sheet", _("Sheet"), lambda one: _sheet(one.sheet)), Column("key", _("Key"))
    changes = (
        sheet, key, Column("field", _("Field"), _field),
        Column("old", _("Before"), lambda change: field_cell(change.field, change.old)),
        Column("new", _("Now"), lambda change: field_cell(change.field, change.new)),
    )  # fmt: skip
    missing = (sheet, key, Column("name", _("Name")), Column("exited", _("Exited now"), "has_exited"))
    kinds = (Column("reason", _("Reason")), Column("count", _("Cells")))
    faults = (
        Column("file", _("File")), Column("sheet", _("Sheet")), Column("cell", _("Cell")), Column("value", _("Value")),
        Column("reason", _("Reason")),
    )  # fmt: skip
    assumed = (
        Column("file", _("File")), Column("sheet", _("Sheet")),
        Column("field", _("Field"), lambda one: Term(one.field, field_label(one.field))),
        Column("value", _("Assumed"), _assumed_value), Column("rows", _("Rows")),
        Column("consequence", _("Consequence"), lambda one: tell(one.consequence)),
    )  # fmt: skip
    found = [
        *_columns_taken(summary.understood),
        taken_sheet(summary.taken),
        Sheet("assumed", _("Assumptions, because the files do not state it"), assumed, cells(assumed, summary.assumed)),
        Sheet("changes", _("Changed"), changes, cells(changes, summary.changes)),
        Sheet("missing", _("On record, but not in the file"), missing, cells(missing, summary.missing)),
        *_questions(summary.questions, summary.names or NameQuestions()),
        Sheet("reasons", _("Errors by kind"), kinds, reasons(summary.problems)),
        Sheet("errors", _("Errors"), faults, list(map(fault_cells, summary.problems)), (), _("No errors.")),
    ]
    return [
        replace(listing, table=listing.table and (bool(listing.rows) or listing.key == "errors")) for listing in found
    ]


def _columns_taken(understood: Sequence[UnderstoodColumn]) -> list[Sheet]:
    """Return what each column was taken for, and again those of which not the header alone says so."""
    columns = (
        Column("file", _("File")), Column("sheet", _("Sheet")),
        Column("kind", _("Read as"), lambda one: _sheet(one.kind)), Column("column", _("Column")),
        Column("header", _("Header")), Column("field", _("Assigned to"), _taken_for),
        Column("ground", _("Recognised by"), _ground),
    )  # fmt: skip
    by_values = [one for one in understood if one.ground == "values"]
    notable = [one for one in understood if one.ground not in {"header", None}]
    return [
        Sheet("understood", _("Columns"), columns, cells(columns, understood), table=False),
        Sheet("notable", _("Columns not known by their header alone"), columns, cells(columns, notable), data=False),
        Sheet("recognised_by_values", "", columns, cells(columns, by_values), table=False),
    ]


def _questions(open_ones: Sequence[Question], names: NameQuestions) -> list[Sheet]:
    """Return what somebody has to decide, and who may be one and the same, a listing for each kind.

    Machines get both in one listing.
    """
    place = (
        Column("kind", _("Kind"), table=False), Column("file", _("File")), Column("sheet", _("Sheet")),
        Column("cell", _("Cell")), Column("value", _("Value"), lambda one: phones.mask_within(one.value)),
        Column("question", _("Question"), lambda one: phones.mask_within(tell(one.words))),
    )  # fmt: skip
    firms = (
        Column("uscc", _("New")), Column("name", _("Name")), Column("other_uscc", _("On record")),
        Column("other_name", _("Name on record")), Column("score", _("Similarity (of 100)")),
    )  # fmt: skip
    asked, alike = cells(place, open_ones), cells(firms, names.enterprises)
    notes = (_("Nothing was merged."),)
    every = [(*row, *_BLANK[len(place) :]) for row in asked]
    every += [("similar_name", *_BLANK[1 : len(place)], *row) for row in alike]
    return [
        Sheet("questions", "", (*place, *firms), every, table=False),
        Sheet("asked", _("To be decided"), place, asked, data=False),
        Sheet("alike", _("Possible duplicates: similar enterprise names"), firms, alike, notes, data=False),
        Sheet("namesakes", _("Possible duplicates: cadres with the same name"), *_namesakes(names), notes),
        Sheet(
            "like_subdistricts",
            _("Possible duplicates: two spellings of a subdistrict"),
            (Column("subdistrict", _("New spelling")), Column("other_subdistrict", _("Other spelling"))),
            names.subdistricts,
            notes,
        ),
    ]


def _namesakes(names: NameQuestions) -> tuple[tuple[Column, ...], list[tuple[Cell, ...]]]:
    columns = (
        Column("name", _("Cadre")), Column("staff_no", _("New staff no.")), Column("department", _("Department")),
        Column("other_staff_no", _("Other staff no.")), Column("other_name", _("Name on record"), table=False),
        Column("other_department", _("Other department")),
    )  # fmt: skip
    return columns, [
        (one.name, one.staff_no, one.department, other.staff_no, other.name, other.department)
        for one, other in names.cadres
    ]


_BLANK: tuple[Cell, ...] = (None,) * 11


_DAYS_OF_LEDGERS = [column.key for column in (*REQUESTS.columns, *LEDGER_TOLD) if column.kind == "date"]


def _assumed_value(one: Assumption) -> Cell:
    """Return a value that was supposed, in the words for its code where it has one."""
    value = one.value
    if isinstance(value, Worded):
        return term(value)
    if value == OTHER_CLASS:
        return Term(OTHER_CLASS, tell(SHIPPED[OTHER_CLASS]))
    if value in _DAYS_OF_LEDGERS:
        return Term(str(value), field_label(str(value), REQUESTS.key))
    return value if value is None or isinstance(value, date) else str(value)


def field_label(key: str, sheet: str | None = None) -> str:
    """Return what people call a column: of a sheet, or of the first that has it."""
    specs = (*ROSTER_SHEETS, *BOOK) if sheet is None else (SHEETS[sheet],)
    columns = (column for spec in specs for column in (*spec.columns, *spec.told))
    return next((column.head(language()) for column in columns if column.key == key), key)


def _taken_for(one: UnderstoodColumn) -> Cell:
    if one.field in {None, LEFT_OUT}:
        return one.field
    owner, _dot, key = one.field.partition(".")
    sheet = owner if owner in SHEETS else {"enterprise": "enterprises"}.get(owner, "cadres")
    return Term(one.field, f"{SHEETS[sheet].head(language())}: {field_label(key, sheet)}")


def _ground(one: UnderstoodColumn) -> Cell:
    words = {
        "header": _("its header"), "neighbour": _("its neighbours"), "values": _("its values"),
        "person": _("another person"), "map": "--map", "mapping": "--mapping",
    }  # fmt: skip
    return one.ground and Term(one.ground, words[one.ground])


def _shorten(sheet: Sheet) -> tuple[Sheet, ...]:
    more = len(sheet.rows) - MOST_LISTED
    if more <= 0:
        return (sheet,)
    note = _("Further rows not listed: {count}.").format(count=more)
    return replace(sheet, rows=sheet.rows[:MOST_LISTED], notes=(note,), data=False), replace(sheet, table=False)


def _field(change: FieldChange) -> Term:
    columns = SHEETS[change.sheet].columns
    label = next((column.head(language()) for column in columns if column.key == change.field), change.field)
    return Term(change.field, label)
