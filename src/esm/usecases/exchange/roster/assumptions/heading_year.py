"""The year of days that a sheet writes without one, 11.5 or 11月5日: the only one that stands in its titles.

docs/rules.md, Import: the year of the title is told as assumed; without one the day is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from esm.domain.exchange.import_summary import Assumption
from esm.domain.values.days import day_parsing
from esm.domain.values.raw_text import Parser, RawCell, half_width
from esm.errors import say
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.recognised_sheet import Heading
from esm.usecases.exchange.roster.roster_rows import SheetRows

_YEAR = re.compile("(?<![0-9])(20[0-9]{2}) ?年")
_NO_YEAR = say("the year is missing: write it here, or one year for all rows in the title above, as in 2026年11月")


@dataclass(slots=True)
class TitleYear:
    """The year that the titles of a sheet name, None for none or several, and the cells that it completes."""

    year: int | None
    completed: dict[Heading, set[str]] = field(default_factory=dict)

    def parser(self, heading: Heading, parse: Parser) -> Parser:
        """Return the parser of a column of days that gives them the year of the title."""
        texts = self.completed.setdefault(heading, set())

        def read(cell: RawCell) -> object:
            month_and_day = day_parsing.without_year(cell) if isinstance(cell, str) else None
            if month_and_day is None or not isinstance(cell, str):
                return parse(cell)
            if self.year is None:
                return _NO_YEAR
            texts.add(cell)
            return day_parsing.from_text(f"{self.year}-{month_and_day}")

        return read

    def suppose(self, sheet: SheetRows, grid: Grid) -> None:
        """Note how many rows of a sheet got the year."""
        for heading, texts in self.completed.items():
            rows = (grid.rows[row.number - grid.first_row] for row in sheet.rows)
            count = sum(row[heading.position] in texts for row in rows if heading.position < len(row))
            if count:
                words = say("the cells have no year: that of the title is used")
                sheet.assumed.append(
                    Assumption(sheet.file, sheet.sheet, heading.column.key, str(self.year), count, words)
                )


def title_year(sheet: SheetRows) -> TitleYear:
    """Return the only year that the titles of a sheet and its name speak of."""
    found = {int(year) for text in (*sheet.titles, sheet.sheet) for year in _YEAR.findall(half_width(text[:200]))}
    return TitleYear(found.pop() if len(found) == 1 else None)
