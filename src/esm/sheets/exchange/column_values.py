"""Columns whose values say what their header does not: words of one coded field that decides something.

docs/rules.md, Import: nine in ten of the filled cells, and at least one, make a column that field. What looks as if it
decided and is not understood is asked about, for an import that passed over it would suppose the best.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from esm.domain.register.cadres import PostState
from esm.domain.register.columns import CADRES
from esm.domain.register.enterprise_record import RegistrationStatus
from esm.domain.requests.ledger_words import LedgerState
from esm.domain.values import industry
from esm.domain.values.codes import Worded
from esm.domain.values.column_spec import ColumnSpec
from esm.domain.values.person_list import is_like_a_name
from esm.domain.values.raw_text import is_blank_word
from esm.domain.visits.columns import VISITS
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.domain.visits.doubtful_visit_words import NOT_MET, NOT_ON_SITE
from esm.sheets.exchange.grid import Cell, Grid
from esm.sheets.exchange.header_words import PLANNED, folded_outside_brackets
from esm.sheets.exchange.recognised_sheet import Doubt, Ground, Heading, Recognised

_DECIDING: tuple[type[Worded], ...] = (Channel, VisitOutcome, RegistrationStatus, LedgerState, PostState)
_ENOUGH, _MANY = 0.9, 0.5
# Headers that speak of a field that decides, by its key; with none of these columns understood it is asked about.
_HINTS = {
    "visits": (
        (re.compile("(?:走访|服务|联系|沟通|对接).{0,4}(?:方式|形式|渠道|途径)"), ("channel",)),
        (
            re.compile(
                "(?:反映|收集|带回|存在|提出|协调|主要|面临|遗留|梳理).{0,4}(?:问题|诉求|困难)(?!.*(?:数|率|类|解决|办结))"
                "|(?:问题|诉求|困难)(?:及|和|与)?(?:建议|清单|描述|内容)"
            ),
            ("problem",),
        ),
        (re.compile("见面|见到|未遇|是否有人|是否在|在[岗厂]"), ("outcome",)),
    ),
    "enterprises": (
        (re.compile("(?:经营|登记|存续|工商|主体).{0,2}(?:状态|状况)|是否.{0,2}(?:注销|吊销|停产|退库)"), ("status",)),
        (re.compile("(?:入库|入统|纳统|升规).{0,2}(?:年|月|期|时间)"), ("enrolled_on",)),
        (re.compile("(?:退库|退统).{0,2}(?:年|月|期|时间)"), ("exited_on",)),
    ),
    "pairings": (
        (
            re.compile("(?:服务|派驻|驻企|包联|帮扶|结对|挂职|聘任|任职)(?:期限|年限|时限|期间|起止)|^任期|起止(?:时间|日期)"),
            ("end_on",),
        ),
    ),
    "requests": (
        (
            re.compile(
                "(?:办理|办结|销号|完成|解决|处理|整改).{0,2}(?:状态|状况|情况|进度|与否)|是否.{0,3}(?:办结|销号|完成|解决|办理|整改)"
                "|(?:办结|销号|完成)的?(?:日期|时间|年月)"
            ),
            ("closed", "state", "closed_on"),
        ),
    ),
    "policies": (
        (
            re.compile("(?:适用|支持|扶持|享受|申报|奖补|补贴|奖励|受益|面向|服务).{0,2}(?:对象|范围|主体|条件|企业类型|群体)"),
            ("audience", "industries", "tiers", "sizes", "above_scale", "newly_entered"),
        ),
    ),
}  # fmt: skip
_INDUSTRY = re.compile("(?:所属|所在|主要)?(?:国民经济)?(?:行业|产业)(?:类别|名称|分类|门类|大类|领域)?")
_HAS_LEFT = re.compile("退休|调离|调出|调走|离职|离任|离岗|辞职|去世|病故")
_YES_OR_NO = {"是", "否"}  # such ticks alone make no column what it is
_ASKED = re.compile("问题|诉求|困难|难题")
_OF_REQUESTS = re.compile("问题|诉求|困难|难题|办理|办结|销号|整改|进展")
_COUNTED = re.compile("[数率量]$")  # 诉求数 counts requests and is none
_NO_HEADER = ""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How many of the filled cells of a column are words of a field's kind."""

    column: ColumnSpec
    known: int
    filled: int

    @property
    def share(self) -> float:
        """Return the share of the cells that are words of the field."""
        return self.known / self.filled


def with_values(grid: Grid, index: int, found: Recognised) -> Recognised:
    """Return what a sheet says once the columns that no header explains were looked at, cell by cell."""
    headings, doubts = list(found.headings), list(found.doubts)
    unknown = dict(found.unknown)
    told: dict[str, list[Heading]] = {}
    requests = _request_columns(found)
    for position, cells in filled_columns(grid, index, found.positions):
        header = unknown.get(position, _NO_HEADER)
        industry = _industry_code(found, header, cells)
        if industry is not None:
            headings.append(Heading(industry, position, header, ground=Ground.VALUES))
            continue
        fits = [each for each in _likenesses(found, cells) if each.share >= _ENOUGH]
        if len(fits) > 1:
            doubts.append(_doubt(found, position, header, *(each.column for each in fits)))
        elif fits:
            heading = Heading(fits[0].column, position, header, ground=Ground.VALUES)
            told.setdefault(heading.column.key, []).append(heading)
        else:
            explained = requests[position] if position in requests else _unexplained(found, position, header, cells)
            doubts += explained or _unknown_person(found, position, header, cells)
    for same in told.values():
        if len(same) == 1:
            headings += same
        else:
            doubts += [_doubt(found, each.position, each.header, each.column) for each in same]
    more = replace(
        found, headings=tuple(sorted(headings, key=lambda each: each.position)), doubts=tuple(doubts)
    )  # fmt: skip
    known = more.positions
    return replace(more, unknown=tuple(each for each in found.unknown if each[0] not in known))


def without_header(grid: Grid, index: int, found: Recognised) -> list[tuple[int, str]]:
    """Return the columns that hold values under no header and were not understood, each with its first value."""
    named = found.positions.union(position for position, _ in found.unknown)
    return [(position, str(next(iter(cells)))) for position, cells in filled_columns(grid, index, named)]


def filled_columns(grid: Grid, index: int, understood: frozenset[int]) -> Iterator[tuple[int, Counter[Cell]]]:
    """Yield the other columns of the table that hold anything, each with its filled cells and how often each comes."""
    width = len(grid.rows[index])
    for position in range(width):
        if position in understood:
            continue
        cells = Counter(
            row[position]
            for row in grid.rows[index + 1 :]
            if position < len(row) and row[position] not in {None, ""} and not is_blank_word(row[position])
        )
        if cells:
            yield position, cells


def _industry_code(found: Recognised, header: str, cells: Mapping[Cell, int]) -> ColumnSpec | None:
    """Return the column of industry codes where 行业 heads nothing but such codes."""
    column = industry_column(found, header)
    return column if all(isinstance(industry.industry_code(cell), str) for cell in cells) else None


def industry_column(found: Recognised, header: str) -> ColumnSpec | None:
    """Return the column of industry codes where a header speaks of the industry and no codes are told."""
    columns = (*found.spec.columns, *found.spec.told)
    column = next((each for each in columns if each.key.rpartition(".")[2] == "industry_code"), None)
    is_lacking = column is not None and column.key not in found.keys
    return column if is_lacking and _INDUSTRY.fullmatch(folded_outside_brackets(header)) else None


def _likenesses(found: Recognised, cells: Mapping[Cell, int]) -> list[_Likeness]:
    """Return how like each deciding field that the sheet lacks the cells are."""
    columns = [
        column
        for column in (*found.spec.columns, *found.spec.told)
        if column.kind in _DECIDING and column.key not in found.keys
        and not (found.spec is VISITS and column.kind is LedgerState and "problem" not in found.keys)
    ]  # fmt: skip
    filled = sum(cells.values())
    return [_Likeness(column, sum(_known(column, cells)), filled) for column in columns]


def _known(column: ColumnSpec, cells: Mapping[Cell, int]) -> Iterator[int]:
    for cell, times in cells.items():
        kind = column.kind
        if not isinstance(cell, str) or not isinstance(kind, type) or cell.strip() in _YES_OR_NO:
            continue
        if kind.parse(cell) is not None:
            yield times


def _request_columns(found: Recognised) -> Mapping[int, list[Doubt]]:
    """Return the columns of a list of pairings that tell of requests, those that are doubtful with their doubt.

    Where some ask for the request itself, the others are nothing to ask about.
    """
    if found.spec.key != "pairings" or found.is_named:
        return {}
    headers = {at: text for at, text in found.unknown if _OF_REQUESTS.search(text) and not _COUNTED.search(text)}
    asked = {at for at, text in headers.items() if _ASKED.search(text)}
    return {
        at: [] if asked and at not in asked else [Doubt(at, text, ("requests.subject",))]
        for at, text in headers.items()
    }  # fmt: skip


def _unexplained(found: Recognised, position: int, header: str, cells: Mapping[Cell, int]) -> list[Doubt]:
    """Return the doubt about a column that looks as if it decided something and is not understood."""
    if found.spec is CADRES and "left_on" not in found.keys and any(_HAS_LEFT.search(str(cell)) for cell in cells):
        return [Doubt(position, header, ("cadres.in_post",))]
    like = [each.column for each in _likenesses(found, cells) if each.share >= _MANY]
    hints = _HINTS.get(found.spec.key, ()) + (_HINTS["enterprises"] if found.spec.key == "pairings" else ())
    for words, keys in hints:
        is_planned = PLANNED.search(header) and words.search("办结时间")
        if (
            header
            and words.search(header)
            and not is_planned
            and not found.keys & {*keys, *(f"enterprise.{key}" for key in keys)}
        ):
            meant = [each for each in (*found.spec.columns, *found.spec.told) if each.key.rpartition(".")[2] in keys]
            like += sorted(meant, key=lambda each: keys.index(each.key.rpartition(".")[2]))
    if not like and found.spec is VISITS and _may_not_count(found, cells):
        like = [column for column in VISITS.columns if column.key == "minutes"]
    return [_doubt(found, position, header, *dict.fromkeys(like))] if like else []


def _may_not_count(found: Recognised, cells: Mapping[Cell, int]) -> bool:
    """Return whether texts say that a visit may not count, where no column decides it."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    decided = (("outcome", NOT_MET), ("channel", NOT_ON_SITE))
    return any(words.search(text) for key, words in decided if key not in found.keys for text in texts)


def _unknown_person(found: Recognised, position: int, header: str, cells: Mapping[Cell, int]) -> list[Doubt]:
    """Return the doubt about a column of names with a telephone or a title beside it: whose is it?"""
    beside = {each.column.key.rpartition(".")[2] for each in found.headings if each.position == position + 1}
    names = sum(times for cell, times in cells.items() if isinstance(cell, str) and is_like_a_name(cell))
    if not beside & {"contact_phone", "contact_title"} or names < _ENOUGH * sum(cells.values()):
        return []
    return [Doubt(position, header, ("enterprise.contact_name", "cadre.name"))]


def _doubt(found: Recognised, position: int, header: str, *columns: ColumnSpec) -> Doubt:
    return Doubt(position, header, tuple(mapped_name(found, column) for column in columns))


def mapped_name(found: Recognised, column: ColumnSpec) -> str:
    """Return what `--map` calls a column of the sheet: `visits.channel`, `cadre.phone`."""
    return column.key if "." in column.key else f"{found.spec.key}.{column.key}"
