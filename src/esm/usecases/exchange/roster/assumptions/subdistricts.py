"""Subdistricts that a sheet tells once for many rows: in its name or title, or in the first row of a block.

docs/rules.md, Import: what is filled in so is told as assumed, with how many rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from esm.domain.exchange.import_summary import Assumption
from esm.domain.pairing.columns import PAIRINGS
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.values.raw_text import fold, half_width
from esm.errors import Message, say
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows

_AREAS = "开发区|高新区|经开区|工业园区|产业园区"
_KINDS = f"街道|镇|乡|{_AREAS}"
# The year, the number in a list and the district or county before a name are no part of it.
_NAMED = re.compile(
    r"(?:[(]?[0-9一二三四五六七八九十]{1,3}[.、)]\s*|关于|20[0-9]{2}年度?)*(?:[^\W省市区县旗]{1,8}[省市区县旗])*"
    r"(?P<name>(?![各全本所每该]|[城乡街村集]镇)[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡)"
    rf"|[\u4e00-\u9fff]{{0,6}}?(?:{_AREAS}))(?P<rest>.*)",
    re.DOTALL,
)
_NAME_ENDS = ("", "办", "办事处", "人民政府", "管委会")

_A_BLOCK = 3  # rows that show how a sheet is written

_FROM_NAME = say("no column states it: the name of the sheet is used as the subdistrict")
_FROM_TITLE = say("no column states it: the title of the sheet is used as the subdistrict")
_FROM_ABOVE = say("only the first row of each block names the subdistrict: it is used for the rows below")

_FROM_HEADINGS = say("no column states it: the headings between the rows are used as the subdistrict")


def suppose_subdistricts(sheet: SheetRows, known: Collection[str]) -> None:
    """Fill in the subdistrict of the rows of a sheet where it stands once for many, and note it as assumed."""
    key = _key(sheet)
    if key is None or sheet.found.is_of_esm:
        return
    if key in sheet.found.keys:
        if sheet.found.spec is not CADRES:  # of cadres a blank is a blank: many belong to none
            _fill_down(sheet, key)
        return
    name, reason = _name_of(sheet, known)
    headings = [(number, next(iter(_in_titles([text])), "")) for number, text in sheet.sections]
    if any(place for _, place in headings):
        _fill_by_headings(sheet, key, [(0, name), *headings])
    elif name:
        sheet.rows = [row._replace(values={**row.values, key: name}) for row in sheet.rows]
        _note(sheet, key, name, len(sheet.rows), reason)


def _key(sheet: SheetRows) -> str | None:
    """Return the key of the column of subdistricts that a sheet can have."""
    spec, keys = sheet.found.spec, sheet.found.keys
    if spec in (CADRES, ENTERPRISES):
        return "subdistrict"
    return "enterprise.subdistrict" if spec is PAIRINGS and "enterprise.name" in keys else None


def _note(sheet: SheetRows, key: str, value: str | None, rows: int, reason: Message) -> None:
    if rows:
        sheet.assumed.append(Assumption(sheet.file, sheet.sheet, key, value, rows, reason))


def _name_of(sheet: SheetRows, known: Collection[str]) -> tuple[str, Message]:
    """Return the subdistrict that the name of a sheet is, or else its title names, and which; blank for neither."""
    name = sheet.sheet.strip()
    spellings = {fold(name + kind) for kind in ("", *_KINDS.split("|"))}
    like = [each for each in known if fold(each) in spellings]
    if len(like) == 1:
        return like[0], _FROM_NAME
    found = _NAMED.fullmatch(half_width(name))
    if found is not None and found["rest"] in _NAME_ENDS:
        return found["name"], _FROM_NAME
    titles = dict.fromkeys(_in_titles(sheet.titles))
    return next(iter(titles)) if len(titles) == 1 else "", _FROM_TITLE


def _in_titles(titles: Iterable[str]) -> Iterable[str]:
    for title in titles:
        found = _NAMED.match(half_width(title))
        if found is not None and not re.search(_KINDS, found["rest"]):
            yield found["name"]


def _fill_by_headings(sheet: SheetRows, key: str, headings: Sequence[tuple[int, str]]) -> None:
    """Fill in the subdistrict that the nearest heading above a row names, be it the title of the sheet."""
    places = [(number, name) for number, name in headings if name]
    above = {
        row.number: next((name for number, name in reversed(places) if number < row.number), "") for row in sheet.rows
    }
    sheet.rows = [_placed(row, key, above[row.number]) if above[row.number] else row for row in sheet.rows]
    _note(sheet, key, None, sum(map(bool, above.values())), _FROM_HEADINGS)


def _fill_down(sheet: SheetRows, key: str) -> None:
    """Fill in blank subdistricts from above, where each name stands once and at the head of its rows.

    A sheet that repeats a name says it row by row, so a blank there is a blank.
    """
    rows = sorted((*sheet.rows, *sheet.refused), key=lambda row: row.number)
    told = [row.values[key] for row in rows if key in row.values]
    blank = len(rows) - len(told)
    if len(rows) < _A_BLOCK or len(set(told)) < len(told) or blank < len(told) or key not in rows[0].values:
        return
    filled: dict[int, str] = {}
    above = ""
    for row in rows:
        above = row.values.get(key, above)
        filled[row.number] = above
    count = sum(key not in row.values for row in sheet.rows)
    sheet.rows = [_placed(row, key, filled[row.number]) for row in sheet.rows]
    _note(sheet, key, None, count, _FROM_ABOVE)


def _placed(row: RosterRow, key: str, name: str) -> RosterRow:
    return row._replace(values={**row.values, key: name})
