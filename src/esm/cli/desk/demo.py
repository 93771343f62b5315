"""`esm demo`: a realistic example district; its three main tables first, then requests and policies."""

from __future__ import annotations

import sys
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm import operating_system
from esm.cli.shell.command_decorators import command
from esm.cli.shell.context import Context
from esm.cli.shell.options import Listing, Output, argument
from esm.errors import RuleRefused, StorageRefused, say
from esm.formats.read import file as intake
from esm.sheets.exchange import import_answer
from esm.sheets.pairing import assignment
from esm.sheets.policies import policy
from esm.sheets.reports import coverage as coverage_sheet
from esm.sheets.requests import request_list
from esm.sheets.schedule import due_list
from esm.sheets.schedule import plan as schedule_sheet
from esm.sheets.sheet.sheet import Document, Sheet
from esm.usecases.exchange import load
from esm.usecases.exchange.roster import roster_parser
from esm.usecases.pairing import assignment as assigning
from esm.usecases.policies import policy_queries
from esm.usecases.reports import coverage as reporting
from esm.usecases.requests import request_queries
from esm.usecases.schedule import due_list as reminding
from esm.usecases.schedule import plan as scheduling

REFERENCE_DAY = "2026-11-23"  # the example district is as on this day


@command("esm demo demo")
def demo(
    desk: Context, folder: Annotated[Path, argument("[DIR]", _("Folder for the new database."))] = Path("demo")
) -> None:
    """Load the example district into a new database and show its main tables.

    Raises RuleRefused if the folder is taken.
    """
    path = folder / "district.db"
    if path.exists() and path.stat().st_size:
        raise RuleRefused(say("{path} already exists.", path=path), say("Choose another folder, or remove that file."))
    desk = Context(replace(desk.options, db=str(path), today=REFERENCE_DAY))
    files = _files(desk)
    grids = [grid for file in files for grid in intake.read(file)]
    with desk.making() as writing:
        read = roster_parser.read_sheets(grids)
        summary = load.load(writing, read, files=[str(file) for file in files], today=desk.today)
    imported = replace(import_answer.import_report(summary), sheets=())
    assigned = desk.decide(assigning.propose, assigning.apply, desk.today)
    plan = desk.decide(scheduling.propose, scheduling.apply, desk.today)
    with desk.reading() as reading:
        due = reminding.due_visits(reading, desk.today, limit=15)
        coverage = reporting.coverage(reading, desk.today)
        requests = request_queries.listing(reading, desk.today)
        policies = policy_queries.policy_list(reading, desk.today)
    # Nothing is shown before all is made, so that a reader who leaves early leaves no half of a district.
    _show(desk, ["import", *(str(file) for file in files)], imported)
    _show(desk, ["assign", "--summary"], assignment.pairing_report(assigned, is_short=True))
    _show(desk, ["schedule"], replace(schedule_sheet.schedule_report(plan), sheets=()))
    _show(desk, ["due", "--limit", "15"], due_list.due_sheet(due), limit=15)
    _show(
        desk,
        ["report", "coverage"],
        coverage_sheet.coverage_excerpt(coverage_sheet.coverage_report(coverage)),
    )
    _show(desk, ["request", "list"], request_list.request_sheet(requests))
    _show(desk, ["policy", "list"], policy.policy_sheet(policies))
    sys.stdout.write("\n")
    desk.note(say("To explore further: {command}", command=_line(desk, ["--help"])))


def _files(desk: Context) -> list[Path]:
    """Return the example files in the language in use, from the installed package or a checkout."""
    shipped = Path(__file__).parents[2] / "examples"
    examples = shipped if shipped.is_dir() else Path(__file__).parents[4] / "examples"
    if examples.is_relative_to(Path.cwd()):
        examples = examples.relative_to(Path.cwd())  # short enough to be typed again
    files = (
        [examples / "district.zh.xlsx"]
        if desk.options.lang == "zh"
        else sorted((examples / "district.en").glob("*.csv"))
    )
    if not files or not files[0].exists():
        raise StorageRefused(say("The example district was not found at {path}.", path=examples), say("Reinstall esm."))
    return files


def _line(desk: Context, words: list[str]) -> str:
    language = ["--lang", "zh"] if desk.options.lang == "zh" else []
    return operating_system.typed(["esm", *language, "--db", str(desk.place), "--today", REFERENCE_DAY, *words])


def _show(desk: Context, words: list[str], shown: Document, limit: int | None = None) -> None:
    sys.stdout.write(f"\n$ {_line(desk, words)}\n")
    desk.output = Listing(limit=limit) if isinstance(shown, Sheet) else Output()
    desk.show(shown)
