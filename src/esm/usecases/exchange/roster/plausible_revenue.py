"""Whether the revenues of a sheet fit the unit they are taken in: yuan read as 10 000 yuan stand far above every line.

docs/rules.md, Import: the median of a column above a hundred times the median of its lines, or above 1 000 000, in
10 000 yuan, is a fault. Who says with `--map` what the column is has looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from statistics import median

from esm.domain.register.above_scale_thresholds import Threshold, in_force
from esm.errors import Problem, say
from esm.sheets.exchange.recognised_sheet import Ground, Heading
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows

_LARGEST, _TIMES = Decimal(1_000_000), 100


def implausible_revenue(sheet: SheetRows, today: date) -> Iterable[Problem]:
    """Yield what is wrong with the revenues of a sheet, if they cannot be in the unit that they are taken in."""
    heading = next((each for each in sheet.found.headings if each.column.key.rpartition(".")[2] == "revenue"), None)
    if heading is None or heading.ground is Ground.MAP or sheet.found.is_of_esm or not sheet.rows:
        return
    key = heading.column.key
    amounts = [row.values[key] for row in sheet.rows if key in row.values]
    lines = [line for row in sheet.rows if (line := _line(row, key, today)) is not None]
    if not amounts:
        return
    middle, usual = median(amounts), median(lines) if lines else None
    if middle > _LARGEST or (usual is not None and middle > _TIMES * usual):
        yield _problem(sheet, heading, middle, usual)


def _line(row: RosterRow, key: str, today: date) -> int | None:
    code = row.values.get(key.replace("revenue", "industry_code"))
    found = in_force(code, today) if code else None
    return found.line if isinstance(found, Threshold) else None


def _problem(sheet: SheetRows, heading: Heading, middle: Decimal, usual: float | None) -> Problem:
    row = sheet.rows[0]
    words = say(
        'half of the amounts are above {middle}, in 10 000 yuan, where the threshold is '
        '{usual}: which unit is meant? Write it into the header, such as 营业收入(元), or confirm '
        'with --map "{header}={field}"',
        middle=f"{middle.normalize():,f}", usual="–" if usual is None else f"{usual:,}", header=heading.header,
        field=heading.column.key if "." in heading.column.key else f"enterprises.{heading.column.key}",
    )  # fmt: skip
    letters = row.letters[heading.column.key]
    return Problem(
        sheet.file, sheet.sheet, f"{letters}{row.number}", str(row.values.get(heading.column.key, "")), words
    )
