"""Writes CSV with the keys as header; a report becomes one table whose first column names the section.

On the screen control and invisible characters are named, as everywhere. A file is also opened in a spreadsheet, which
reads texts as numbers and dates: `007` and a credit code would lose digits. There they are written `="007"`, which
Excel, WPS and LibreOffice take for the text 007. What is exported keeps every character, so an import reads it back
(docs/decisions/0038).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from esm.formats.write.cell_text import for_machines, sheets_for_machines, simple, visible
from esm.sheets.sheet.sheet import Cell, Compared, Document, Ratio, Report, Sheet, Term

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_SPECIAL = re.compile('[",\r\n]')
_WHOLE = re.compile("0|[1-9][0-9]{0,10}")  # a spreadsheet shows and saves it as it is
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What a spreadsheet takes for a number, an amount, a date, a time or a yes: digits and signs alone, or a named month.
_EATEN = re.compile(
    rf"(?=[^0-9]*[0-9])[0-9.,:/%¥￥$€£()（）年月日时分秒号上下午 eE+-]+|(?:true|false)"
    rf"|(?=[^0-9]*[0-9])[0-9 ,/-]*(?:{_MONTHS})[a-z]*[0-9 .,/-]*",
    re.IGNORECASE,
)

Writer = Callable[[str], str]
Record = dict[str, str]  # a line by the keys of its columns


def text(shown: Document) -> str:
    """Return the CSV text, each line ending in a newline; no cell is a formula to a spreadsheet."""
    return _table(shown, lambda text: _mark(text) + _visible(text))


def file_text(shown: Document) -> str:
    """Return the CSV text of a file: as `text`, and no text is a number or a date to a spreadsheet."""
    return _table(shown, lambda text: _kept(text, _visible(text)))


def exact_text(listing: Sheet) -> str:
    """Return the CSV text of a listing from which an import reads every text as it is."""
    return _table(listing, lambda text: _kept(text, text))


def _table(shown: Document, write: Writer) -> str:
    keys, records = _report(shown, write) if isinstance(shown, Report) else (_keys(shown), _records(shown, write))
    return "".join(map(_line, [keys, *([record.get(key, "") for key in keys] for record in records)]))


def _line(fields: Iterable[str]) -> str:
    line = ",".join(f'"{field.replace(chr(34), chr(34) * 2)}"' if _SPECIAL.search(field) else field for field in fields)
    return (line or '""') + "\n"


def _report(report: Report, write: Writer) -> tuple[list[str], Iterable[Record]]:
    facts = {fact.key: _field(fact.value, write) for fact in report.facts if fact.data}
    keys = ["part", *facts, *(key for sheet in sheets_for_machines(report) for key in _keys(sheet))]
    records: list[Record] = [{"part": "summary", **facts}] if facts else []
    for sheet in sheets_for_machines(report):
        records += [{"part": sheet.key, **record} for record in _records(sheet, write)]
    return list(dict.fromkeys(keys)), records


def _keys(sheet: Sheet) -> list[str]:
    return [column.key for column in for_machines(sheet).columns]


def _records(sheet: Sheet, write: Writer) -> Iterator[Record]:
    shown = for_machines(sheet)
    keys = [column.key for column in shown.columns]
    for row in shown.rows:
        yield dict(zip(keys, (_field(cell, write) for cell in row), strict=True))


def _field(cell: Cell, write: Writer) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Compared):
        return _field(cell.value, write)
    if isinstance(cell, Ratio):
        return f"{cell.part}/{cell.whole}"
    if isinstance(cell, Term):
        return _mark(cell.code or "") + _visible(cell.code or "")
    if isinstance(cell, tuple):
        return write(";".join(part if isinstance(part, str) else part.code or "" for part in cell))
    return write(cell) if isinstance(cell, str) else simple(cell)


def _visible(text: str) -> str:
    """Return a text with its invisible characters named; newlines are kept, since a quoted field may contain them."""
    return "\n".join(map(visible, text.split("\n")))


def _mark(text: str) -> str:
    """Return what stands before a text that begins a formula; one that begins with such marks gets one more."""
    return "'" if text.lstrip("'").startswith(_FORMULA_STARTS) else ""


def _kept(text: str, shown: str) -> str:
    """Return a text as it is shown so that a spreadsheet keeps it, too."""
    return f'="{shown}"' if _is_eaten(text) else _mark(text) + shown


def _is_eaten(text: str) -> bool:
    if text.startswith(_FORMULA_STARTS) or _WHOLE.fullmatch(text):
        return False
    return _EATEN.fullmatch(text if text.isascii() else unicodedata.normalize("NFKC", text)) is not None
