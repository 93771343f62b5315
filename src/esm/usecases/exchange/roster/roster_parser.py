"""Reading rosters: from the raw cells of files to records and the list of everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from esm.domain.exchange.hidden_content_choice import HiddenContent
from esm.domain.exchange.import_summary import Assumption, Question, UnderstoodColumn
from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.requests.columns import REQUESTS
from esm.domain.values.column_spec import SheetSpec
from esm.errors import Message, Problem, say
from esm.sheets.exchange import column_values, header_row
from esm.sheets.exchange.fillable_workbook import UNREAD
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.recognised_sheet import LEFT_OUT
from esm.sheets.exchange.user_column_mapping import NO_ASSIGNMENTS, ColumnMapping
from esm.usecases.exchange.roster.assumptions.heading_states import suppose_states
from esm.usecases.exchange.roster.assumptions.subdistricts import suppose_subdistricts
from esm.usecases.exchange.roster.header_faults import fullest_row, why_not_understood
from esm.usecases.exchange.roster.identities import OnRecord
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows
from esm.usecases.exchange.roster.row_contradictions import clashes
from esm.usecases.exchange.roster.row_splitting import resolve
from esm.usecases.exchange.roster.sheet_parser import read_sheet
from esm.usecases.exchange.roster.stacked_tables import tables

_BARE = say("there is a header, but no rows below it")


@dataclass(frozen=True, slots=True)
class Roster:
    """What the files hold: the good rows, every fault of the others, and what was left out.

    `rows` are those of each sheet of the book, in the order of the files. `named` are the keys of all rows, faulty
    ones too, of the sheets of cadres and enterprises that are there.
    """

    rows: Mapping[str, tuple[RosterRow, ...]]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    understood: tuple[UnderstoodColumn, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The sheets of all files, those understood with their rows."""

    read: Sequence[tuple[Grid, SheetRows | None]]

    @property
    def sheets(self) -> list[SheetRows]:
        """Return the sheets that were understood."""
        return [sheet for _, sheet in self.read if sheet is not None]

    @property
    def understood(self) -> set[str]:
        """Return the files of which at least one sheet was understood."""
        return {grid.file for grid, sheet in self.read if sheet is not None}

    @property
    def others(self) -> list[tuple[Grid, list[str]]]:
        """Return the sheets that were not understood, each with the texts of its fullest row."""
        return [(grid, fullest_row(grid)) for grid, sheet in self.read if sheet is None]

    @property
    def columns(self) -> Iterator[UnderstoodColumn]:
        """Yield what each column of the sheets is taken for."""
        for grid, sheet in self.read:
            if sheet is None:
                continue
            kind = sheet.found.spec.key
            told: list[tuple[int, str, str | None, str | None]] = [
                (each.position, each.header, column_values.mapped_name(sheet.found, each.column), each.ground.value)
                for each in sheet.found.headings
            ]
            told += [(position, header, None, None) for position, header in sheet.found.unknown]
            told += [(each.position, each.header, LEFT_OUT, each.ground.value) for each in sheet.found.left_out]
            for position, header, field_name, ground in sorted(told):
                yield UnderstoodColumn(
                    grid.file, grid.sheet, kind, grid.letters(position), header, field_name, ground
                )  # fmt: skip

    @property
    def bare(self) -> list[Grid]:
        """Return the sheets that have a header and nothing else."""
        return [grid for grid, sheet in self.read if sheet is not None and sheet.is_bare]


def read_sheets(
    grids: Sequence[Grid], mapping: ColumnMapping = NO_ASSIGNMENTS, hidden: HiddenContent | None = None
) -> ReadFiles:
    """Return the sheets of files with their rows; `mapping` says what some headers mean, `hidden` what is hidden."""
    read = []
    for grid in grids:
        assigned = mapping.of(grid.sheet)
        found = tables(grid, partial(header_row.find, mapping=assigned))
        read += [(table, read_sheet(table, header, assigned, hidden)) for table, header in found]
    return ReadFiles(read)


def roster(files: ReadFiles, known: OnRecord, today: date, *, number_cadres: bool = False) -> Roster:
    """Return the records of all sheets in terms of codes and numbers, and every fault at once.

    A row with a fault is in no record. Of two rows with the same key, and of two pairings of one
    enterprise that overlap, the later one is at fault.
    """
    for sheet in files.sheets:
        suppose_subdistricts(sheet, known.subdistricts)
        suppose_states(sheet)
    resolved = resolve(files.sheets, known, today, number_cadres=number_cadres)
    problems = [*_faults_of_files(files), *(problem for sheet in files.sheets for problem in sheet.problems)]
    problems += resolved.problems
    if len(files.bare) == len(files.sheets):
        problems += [Problem(grid.file, grid.sheet, "", "", _BARE) for grid in files.bare]
    rows = {}
    for spec in BOOK:
        own, clashing = _without_clashes(spec, files.sheets)
        rows[spec.key] = _with_derived(own, resolved.derived[spec.key], spec)
        problems += clashing
    assumed = (*(each for sheet in files.sheets for each in sheet.assumed), *resolved.assumed)
    questions = (*(each for sheet in files.sheets for each in sheet.questions), *resolved.questions)
    return Roster(
        rows, tuple(problems), (*_notes(files), *resolved.notes), _named(files.sheets, resolved.derived),
        tuple(files.columns), assumed, questions,
    )  # fmt: skip


def _with_derived(own: tuple[RosterRow, ...], derived: Sequence[RosterRow], spec: SheetSpec) -> tuple[RosterRow, ...]:
    """Return the rows of a sheet with those that other sheets tell; of one key its own row goes first.

    Rows whose key is not known yet, such as new requests, are all kept.
    """
    if not derived:
        return own
    more: dict[tuple[object, ...], RosterRow] = {}
    unkeyed = []
    for row in derived:
        key = tuple(map(row.values.get, spec.unique))
        if None in key and spec is REQUESTS:
            unkeyed.append(row)
        else:
            more[key] = row
    first = []
    for row in own:
        other = more.pop(tuple(map(row.values.get, spec.unique)), None)
        first.append(row if other is None else row._replace(values={**other.values, **row.values}))
    return (*first, *more.values(), *unkeyed)


def _without_clashes(spec: SheetSpec, sheets: Sequence[SheetRows]) -> tuple[tuple[RosterRow, ...], list[Problem]]:
    """Return the rows of a sheet in all files, and what is wrong with those that contradict others."""
    own = [sheet for sheet in sheets if sheet.found.spec is spec]
    found = list(clashes(spec, [row for sheet in own for row in _in_order(sheet)]))
    at_fault = {id(row) for row, _, _ in found}
    rows = tuple(row for sheet in own for row in sheet.rows if id(row) not in at_fault)
    return rows, [row.problem(key, reason) for row, key, reason in found]


def _faults_of_files(files: ReadFiles) -> Iterator[Problem]:
    first_of_each_file = list({grid.file: grid for grid, _ in reversed(files.read)}.values())[::-1]
    for grid in first_of_each_file:
        if grid.file not in files.understood:
            yield why_not_understood(grid.file, files.others)


def _notes(files: ReadFiles) -> Iterator[Message]:
    understood, bare = files.understood, files.bare
    for grid, _ in files.read:
        if grid.file in understood:
            yield from grid.notes
    for sheet in files.sheets:
        yield from sheet.notes
    if len(bare) < len(files.sheets):
        for grid in bare:
            yield say("{file}, {sheet}: {reason}", file=grid.file, sheet=grid.sheet, reason=_BARE)
    for grid, texts in files.others:
        if texts and grid.file in understood and grid.sheet not in UNREAD:
            yield say("{file}, {sheet}: not a roster sheet, not imported", file=grid.file, sheet=grid.sheet)


def _named(sheets: Sequence[SheetRows], derived: Mapping[str, Sequence[RosterRow]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for sheet in sheets:
        spec = sheet.found.spec
        if spec in (CADRES, ENTERPRISES):
            (key,) = spec.unique
            names = frozenset(row.values[key] for row in (*sheet.rows, *sheet.refused) if key in row.values)
            found[spec.key] = found.get(spec.key, frozenset()) | names
            found[spec.key] |= {row.values[key] for row in derived.get(spec.key, ())}
    return found


def _in_order(sheet: SheetRows) -> list[RosterRow]:
    return sorted((*sheet.rows, *sheet.refused), key=lambda row: row.number) if sheet.refused else sheet.rows
