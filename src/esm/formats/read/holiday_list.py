"""Reads a list of holidays and make-up working days: JSON of holiday-cn, or a table with 日期, 类型, 名称."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from esm.errors import InputRefused, say
from esm.formats.read import file
from esm.sheets.exchange.grid import Cell, Grid
from esm.sheets.schedule.holiday_entries import DATE_HEADERS, KIND_HEADERS, NAME_HEADERS, CalendarEntry, CalendarFile


def read(path: Path) -> CalendarFile:
    """Return the entries of the file with their positions. Raises InputRefused if the format is unknown."""
    if path.suffix.lower() == ".json":
        return _from_json(path)
    grids = file.read(path)
    for grid in grids:
        found = _from_grid(grid)
        if found is not None:
            return found
    raise InputRefused(
        say("{file} is not a calendar: no row has the headers 日期, 类型 and 名称.", file=path),
        say("Save the list as CSV with these three columns, or use the JSON published by holiday-cn."),
    )


def _from_json(path: Path) -> CalendarFile:
    try:
        loaded = json.loads(file.content(path).decode("utf-8-sig"))
        year = None if loaded.get("year") is None else int(loaded["year"])
        entries = tuple(_json_entry(number, day) for number, day in enumerate(loaded["days"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputRefused(
            say("{file} is not a calendar in JSON: `year` and `days` are expected.", file=path),
            say("Use the file of one year as published by holiday-cn."),
        ) from error
    return CalendarFile(str(path), year, entries)


def _json_entry(number: int, day: dict[str, Any]) -> CalendarEntry:
    return CalendarEntry(f"days[{number}]", str(day["date"]), str(day["isOffDay"]), str(day["name"]))


def _from_grid(grid: Grid) -> CalendarFile | None:
    for index, row in enumerate(grid.rows):
        columns = [_column(row, headers) for headers in (DATE_HEADERS, KIND_HEADERS, NAME_HEADERS)]
        if -1 not in columns:
            rows = enumerate(grid.rows[index + 1 :], start=grid.first_row + index + 1)
            entries = [_entry(number, [_text(row, column) for column in columns]) for number, row in rows if any(row)]
            return CalendarFile(grid.file, None, tuple(entries))
    return None


def _entry(number: int, words: Sequence[str]) -> CalendarEntry:
    return CalendarEntry(str(number), words[0], words[1], words[2])


def _column(row: Sequence[Cell], headers: Sequence[str]) -> int:
    return next((index for index in range(len(row)) if _text(row, index).casefold() in headers), -1)


def _text(row: Sequence[Cell], index: int) -> str:
    return "" if index >= len(row) or row[index] is None else str(row[index]).strip()
