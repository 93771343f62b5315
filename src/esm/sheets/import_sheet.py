"""What an import did, as a report."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.summary import ImportSummary
from esm.sheets.sheet import Column, Fact, Report, Sheet
from esm.sheets.wording import tell


def import_report(summary: ImportSummary) -> Report:
    """Return the summary; its keys are the contract of `esm import --format json`."""
    added, updated, unchanged = (sum(counts[place] for counts in summary.counts.values()) for place in range(3))
    names = {
        "cadres": _("Cadres"), "enterprises": _("Enterprises"), "pairings": _("Pairings"), "recusals": _("Recusals"),
        "absences": _("Absences"), "visits": _("Visits"),
    }  # fmt: skip
    by_sheet = (
        Column("sheet", _("Sheet"), table=False), Column("label", _("Sheet"), data=False), Column("added", _("Added")),
        Column("updated", _("Updated")), Column("unchanged", _("Unchanged")),
    )  # fmt: skip
    faults = (
        Column("file", _("File")), Column("sheet", _("Sheet")), Column("cell", _("Cell")), Column("value", _("Value")),
        Column("reason", _("Why")),
    )  # fmt: skip
    sheets = [
        Sheet("sheets", _("By sheet"), by_sheet, [(key, names[key], *counts) for key, counts in summary.counts.items()])
    ]
    rows = [(fault.file, fault.sheet, fault.cell, fault.value, tell(fault.reason)) for fault in summary.problems]
    sheets.append(Sheet("errors", _("Faults"), faults, rows, (), _("No faults.")))
    return Report(
        _("Import"),
        (
            Fact("files", _("Files"), summary.files),
            Fact("added", _("Added"), added),
            Fact("updated", _("Updated"), updated),
            Fact("unchanged", _("Unchanged"), unchanged),
            Fact("rejected", _("Rejected"), summary.rejected),
        ),
        tuple(sheets),
        tuple(tell(note) for note in summary.notes),
    )
