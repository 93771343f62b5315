"""Rosters for tests: invented enterprises with valid codes, written as CSV files or as one workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import Esm
from xlsxwriter import Workbook

from esm.domain.values import credit_code

EXAMPLES = Path(__file__).parents[1] / "examples"
ENGLISH = [str(path) for path in sorted((EXAMPLES / "district.en").glob("*.csv"))]
CHINESE = str(EXAMPLES / "district.zh.xlsx")


def code(number: int) -> str:
    """Return a valid credit code in an area that does not exist."""
    first = f"91339907MA{number:07d}"
    return first + credit_code.check_character(first)


def csv_file(folder: Path, name: str, *lines: str) -> str:
    """Write a CSV roster of these lines, the first being the header; return its path."""
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """Write a workbook with these rows under each sheet's name, from the top; return its path."""
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return str(path)


def told(esm: Esm, *words: str, **given: Any) -> Any:
    """Return the JSON that a command prints."""
    return json.loads(esm(*words, "--format", "json", **given).out)
