"""A cell of each kind, and names that mean something to a program, for the tests of all formats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.sheet import Cell, Term

HOSTILE = {
    "[/red]": "[/red]",
    "[link=file:///x]a[/link]": "[link=file:///x]a[/link]",
    ":smile: **bold** _it_ ~~no~~": ":smile: **bold** _it_ ~~no~~",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "two\nlines\r\t": r"two\nlines\r\t",
    "\x1b]0;title\x07\x1b[31m": r"\x1b]0;title\x07\x1b[31m",
    "\x9b31m\x7f": r"\x9b31m\x7f",
    "abc\u202edef\u2066\u200f": r"abc\u202edef\u2066\u200f",
    "zero\u200b\u200d\ufeff\xad\u2060 width\u3164": r"zero\u200b\u200d\ufeff\xad\u2060 width\u3164",
    "tag\U000e0041ged": r"tag\U000e0041ged",
    "a|b\\c`d`": "a|b\\c`d`",
    "<script>alert(1)</script>&amp;": "<script>alert(1)</script>&amp;",
    "lone \ud800 half": r"lone \ud800 half",
    "https://example.invalid www.example.invalid": "https://example.invalid www.example.invalid",
}
"""Each name beside what a person must see in its place."""

CELLS: dict[str, Cell] = {
    "name": "晨光机械",
    "count": 7,
    "is_paused": True,
    "revenue": Decimal("1250.5"),
    "whole": Decimal("3E+3"),
    "due_on": date(2026, 3, 1),
    "rate": Ratio(3, 4),
    "state": Term("overdue", "逾期"),
    "expertise": ("C39", "C4"),
    "staff_no": None,
}
