"""Makes the example district: district.zh.xlsx and district.en/*.csv, the same bytes on every run.

`python examples/make_district.py [FOLDER]` writes into FOLDER, or beside this script. Everything is
invented, out of the lists in source/words.toml, and stands as on 23 November 2026.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent.parent))

from examples.source import policies, requests, rosters, service
from examples.source.words import WORDS, Rows, Words

DATES_AS_TEXT = {"done_on": 9, "start_on": 11, "enrolled_on": 13}  # one in so many is typed as text


def main() -> None:
    """Write all files into the folder of the command line, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    cadres = rosters.cadres(Random("cadres"))
    enterprises = rosters.enterprises(Random("enterprises"))
    pairings = service.pairings(Random("pairings"), cadres, enterprises)
    absences = service.absences(Random("absences"), cadres)
    recusals = service.recusals(Random("recusals"), cadres, enterprises, pairings)
    visits = service.visits(Random("visits"), cadres, enterprises, pairings, absences)
    raised = requests.requests(Random("requests"), enterprises, visits)
    told = policies.briefings(Random("briefings"), enterprises, visits)
    applied = policies.applications(Random("applications"), told)
    paid = policies.reliefs(Random("reliefs"), enterprises, applied)
    matters = [raised, requests.moves(raised), policies.policies(), told, applied, paid]
    district = [cadres, enterprises, pairings, recusals, absences, visits, *matters]
    _write_csv(folder / "district.en", district)
    _write_workbook(folder / "district.zh.xlsx", district)


def _write_csv(folder: Path, district: Sequence[Rows]) -> None:
    folder.mkdir(exist_ok=True)
    for sheet, rows in zip(WORDS["sheets"], district, strict=True):
        keys = [key for key, _ in sheet["columns"]]
        with (folder / f"{sheet['key']}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(keys)
            writer.writerows([_english(row.get(key)) for key in keys] for row in rows)


def _english(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Words():
            return value.en
        case tuple():
            return ";".join(value)
        case _:
            return str(value)  # dates are ISO


def _write_workbook(path: Path, district: Sequence[Rows]) -> None:
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": datetime(2026, 11, 23, tzinfo=UTC)})
    title = workbook.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    header = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    plain, day = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    for sheet, rows in zip(WORDS["sheets"], district, strict=True):
        page, columns = workbook.add_worksheet(sheet["name"]), sheet["columns"]
        page.merge_range(0, 0, 0, len(columns) - 1, sheet["title"], title)
        page.set_row(0, 28)
        page.freeze_panes(2, 0)
        for place, (key, label) in enumerate(columns):
            cells = [_chinese(row.get(key), key, number) for number, row in enumerate(rows)]
            page.set_column(place, place, max(map(_width, [label, *cells])) + 2)
            page.write_string(1, place, label, header)
            for number, cell in enumerate(cells, 2):
                if isinstance(cell, date):
                    page.write_datetime(number, place, cell, day)
                elif cell is not None:
                    page.write(number, place, cell, plain if isinstance(cell, str) else None)
    workbook.close()


def _chinese(value: Any, key: str, number: int) -> Any:
    match value:
        case bool():
            return "是" if value else "否"
        case Words():
            return value.zh
        case tuple():
            return "、".join(value)
        case str() if key == "industry_code":
            return value[1:]
        case date() if key in DATES_AS_TEXT:
            day = f"{value.year}年{value.month}月{value.day}日", f"{value.year}.{value.month}.{value.day}"
            return {5: day[0], 8: day[1]}.get(number % DATES_AS_TEXT[key], value)
        case _:
            return value


def _width(cell: Any) -> int:
    """Return the columns that a cell takes, at most 48: a Chinese character takes two."""
    shown = cell if isinstance(cell, str) else "2026-11-23" if isinstance(cell, date) else str(cell or "")
    return min(48, sum(1 + (character > "ÿ") for character in shown))


if __name__ == "__main__":
    main()
