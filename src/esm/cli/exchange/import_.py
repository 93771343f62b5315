"""`esm import`: imports rosters, and visits told in texts from phones."""

from __future__ import annotations

import os
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.exchange import mapping_file
from esm.cli.exchange.import_options import ImportOptions
from esm.cli.exchange.marked_workbook import MarkedWorkbook
from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.domain.exchange.import_summary import Assumption, ImportSummary
from esm.errors import InputRefused, Problem, UsageRefused, say
from esm.formats.read import file as intake
from esm.formats.write.atomic_file import require_free
from esm.sheets.exchange import import_answer
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.understood_sheets import read_as
from esm.sheets.exchange.visit_texts.found_texts import FoundTexts, all_texts
from esm.usecases.exchange import load
from esm.usecases.exchange.roster import roster_parser


@change("esm import district.xlsx", "esm import cadres.csv enterprises.csv --dry-run")
def import_(
    desk: Context,
    files: Annotated[
        list[Path],
        argument(
            "FILE...",
            _(
                "Workbooks (.xlsx, .xls) or CSV files: cadres, enterprises, pairings, recusals, absences, visits, "
                "requests, policies; texts from the forms of `esm week`; - is standard input."
            ),
        ),
    ],
    *,
    asked: ImportOptions,
) -> None:
    """Import rosters, all or nothing."""
    choices = _choices(desk, asked)
    files = _each_once(desk, files)
    mapping = mapping_file.read(asked.chosen or (), asked.mapping_path)
    kept = [*desk.place.files, *files]
    if asked.write_mapping is not None:
        require_free(asked.write_mapping, force=desk.output.force, keep_away_from=kept)
    marked = None if asked.errors is None else _marked_workbook(desk, asked.errors, files)
    with desk.busy(say("Importing")):
        grids, texts = _contents(files)
        read = roster_parser.read_sheets(grids, mapping, asked.hidden)
        if marked is None:
            grids.clear()  # a large roster need not be held twice
    if desk.output.kind == "table":
        desk.note(*read_as(tuple(read.columns)))
    with desk.busy(say("Importing")), desk.making() as writing:
        summary = load.load(
            writing, read, choices, files=[str(file) for file in files], today=desk.today, texts=texts
        )  # fmt: skip
    if marked is not None:
        desk.note(marked.write(grids, summary.problems))
    if asked.write_mapping is not None:
        desk.note(mapping_file.write(asked.write_mapping, summary.understood, kept, force=desk.output.force))
    _answer(desk, summary, skip_bad=asked.skip_bad, is_marked=marked is not None, texts=texts.count)


def _choices(desk: Context, asked: ImportOptions) -> load.Choices:
    return load.Choices(
        above_scale=asked.above_scale, skip_bad=asked.skip_bad, may_number=asked.number_cadres,
        is_strict=asked.is_strict, exit_missing_on=_exit_day(desk, asked),
    )  # fmt: skip


def _contents(files: list[Path]) -> tuple[list[Grid], FoundTexts]:
    """Return the sheets of all files, and the texts from phones in them."""
    found = list(map(intake.read_any, files))
    grids = [grid for each in found if isinstance(each, list) for grid in each]
    return grids, all_texts(each for each in found if isinstance(each, FoundTexts))


def _marked_workbook(desk: Context, path: Path, files: list[Path]) -> MarkedWorkbook:
    others = files if desk.output.target is None else [*files, desk.output.target]
    return MarkedWorkbook(path, [*desk.place.files, *others], force=desk.output.force)


def _each_once(desk: Context, files: list[Path]) -> list[Path]:
    """Return each file once; read twice, its rows would contradict themselves."""
    first: dict[str, Path] = {}
    for file in files:
        if first.setdefault(os.path.realpath(file), file) is not file:
            desk.note(say("{file} is given more than once; it is read only once.", file=file))
    return list(first.values())


def _exit_day(desk: Context, asked: ImportOptions) -> date | None:
    """Return the exit date of missing enterprises. Raises UsageRefused where faulty rows would count as missing."""
    if not asked.exit_missing:
        if asked.exit_on is not None:
            raise UsageRefused(say("--exit-on needs --exit-missing."), say("Use both, or omit --exit-on."))
        return None
    if asked.skip_bad:
        raise UsageRefused(
            say("--exit-missing and --skip-bad cannot be used together: a skipped row would count as missing."),
            say("Correct the file first."),
        )
    return desk.day(asked.exit_on)


def _answer(desk: Context, summary: ImportSummary, *, skip_bad: bool, is_marked: bool, texts: int) -> None:
    """Show the summary; errors that were not skipped go to standard error, in JSON also to standard output."""
    refused = summary.is_refused or (bool(summary.problems) and not skip_bad)
    if not refused or desk.output.kind != "table" or desk.output.target is not None:
        desk.show(import_answer.import_report(summary))
    if summary.is_refused:
        raise InputRefused(
            say("Assumptions would be needed ({count}); nothing was imported.", count=len(summary.assumed)),
            say("Add the missing columns or cells, or import without --strict."),
            [*summary.problems, *map(_as_problem, summary.assumed)],
        )
    if refused and not summary.understood and texts:
        raise InputRefused(
            say("Texts that cannot be taken: {count}; nothing was imported.", count=summary.rejected),
            say("Ask for them again, or take only the others with --skip-bad."),
            summary.problems,
        )
    if refused:
        raise InputRefused(
            say("The rosters contain errors (rows: {count}); nothing was imported.", count=summary.rejected),
            say("Correct the cells and import again, or import only the valid rows with --skip-bad.")
            if is_marked
            else say(
                "Correct the cells and import again (--errors FILE.xlsx marks them in a copy), or import "
                "only the valid rows with --skip-bad."
            ),
            summary.problems,
        )
    if summary.problems:
        raise typer.Exit(1)


def _as_problem(one: Assumption) -> Problem:
    """Return what would be assumed as what is wrong with a sheet."""
    reason = say(
        "{field} is assumed in {rows:row|rows}: {consequence}",
        field=import_answer.field_label(one.field),
        rows=one.rows,
        consequence=one.consequence,
    )
    return Problem(one.file, one.sheet, "", "", reason)
