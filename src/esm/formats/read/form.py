"""Reads a completed form: a workbook, or text saved from an editor."""

from __future__ import annotations

from pathlib import Path

from esm.formats.read import csv
from esm.formats.read import file as intake
from esm.sheets.exchange.grid import Grid
from esm.sheets.visits.form import parse_form_text


def read(path: Path) -> list[Grid]:
    """Return the rows of the form, label and entry. Raises InputRefused if the file cannot be read."""
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".csv"}:
        return intake.read(path)
    return [of_text(csv.decode(intake.content(path), str(path)), str(path))]


def of_text(text: str, file: str) -> Grid:
    """Return the rows of a text form."""
    return Grid(file, "", parse_form_text(text))
