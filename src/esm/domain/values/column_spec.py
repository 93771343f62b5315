"""What a sheet of a workbook and a column of it are, for people and for the tables alike.

The modules `columns` of the subjects list them; template, export, import and the statements of SQL derive from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from esm.domain.values.cell_parsing import Kind
from esm.errors import Message, say


class Name(str):
    """What people call a column or a sheet; `{name:key}` writes its key beside it."""

    def __new__(cls, name: str, key: str) -> Self:
        """Return the name of what has the key."""
        named = super().__new__(cls, name)
        named.key = key
        return named

    key: str

    def __format__(self, form: str) -> str:
        """Return the name, with its key if that is asked for."""
        return f"{self} ({self.key})" if form == "key" else str(self)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a workbook: `key` is the contract, `label` and `chinese` head it for people.

    `path` is where its value is kept: a column of the sheet's table, or one of another table with the references
    that lead there, `visit_id.cadre_id.staff_no`; empty for a number that only counts rows which are alike. A yes or
    no of a reference says whether there is one. `blank` is what a new row has where the cell is blank.
    One that `is_kept` is esm's own: an export writes it and an import reads it, but no clerk fills it in.
    """

    key: str
    label: str
    chinese: str
    aliases: tuple[str, ...]
    is_required: bool
    kind: Kind
    path: str
    blank: object = None
    is_kept: bool = False

    @property
    def title(self) -> Message:
        """Return what names the column in a sentence: `工号 (staff_no)`, in Chinese without the key."""
        return say("{column:key}", column=Name(self.chinese, self.key))

    def head(self, lang: str) -> str:
        """Return what heads the column in a language."""
        return self.chinese if lang == "zh" else self.label

    @property
    def is_apart(self) -> bool:
        """Return whether a date of this column is no end of an interval: esm's own, or a last day, inclusive."""
        return self.is_kept or self.key == "until_on"

    @property
    def names(self) -> tuple[str, ...]:
        """Return every header that the column goes by."""
        return (self.key, self.label, self.chinese, *self.aliases)

    @property
    def links(self) -> tuple[str, ...]:
        """Return the references that lead from the sheet's table to the one that has the value."""
        return tuple(self.path.split(".")[:-1])

    @property
    def name(self) -> str:
        """Return the column of the table that has the value."""
        return self.path.rpartition(".")[2]

    @property
    def is_presence(self) -> bool:
        """Return whether it says only that there is a reference."""
        return self.kind == "yes_no" and self.path.endswith("_id")

    @property
    def is_own(self) -> bool:
        """Return whether the sheet's own table has the value, so that an import writes it as it stands.

        Several cadres are never kept so: they are rows of another table.
        """
        return bool(self.path) and not self.links and not self.is_presence and self.kind != "staff_nos"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """A sheet of a workbook and the table whose rows it shows; `unique` are the columns that tell its rows apart.

    `names` are further names of the sheet; `told` are columns that only an import reads: who is meant by name, and what
    the office's own sheets tell of others; `supposed` are required columns that those sheets leave out. An import
    corrects the columns of the table and the references of `reassigned`; `is_unbroken` says that every thing has
    exactly one record on every day.
    """

    key: str
    table: str
    label: str
    chinese: str
    names: str = ""
    unique: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    reassigned: tuple[str, ...] = ()
    is_unbroken: bool = False
    told: tuple[ColumnSpec, ...] = ()
    supposed: tuple[str, ...] = ()

    def head(self, lang: str) -> str:
        """Return what the sheet is called in a language."""
        return self.chinese if lang == "zh" else self.label

    @property
    def called(self) -> tuple[str, ...]:
        """Return every name that the sheet goes by."""
        return (self.key, self.label, self.chinese, *self.names.split())

    def labels(self, lang: str, chosen: Iterable[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
        """Return the key of each column with its label on screen: those chosen, then the others by their headers."""
        heads = {column.key: column.head(lang) for column in self.columns if not column.is_kept}
        labels = dict(chosen)
        return tuple({**labels, **heads, **labels}.items())

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its columns."""
        return tuple(column.key for column in self.columns)

    def stand_in(self, key: str) -> str | None:
        """Return the key of the column that tells by name what `key` tells by code or number, if the sheet has one."""
        owner = {"uscc": "enterprise", "staff_no": "cadre"}.get(key)
        by_name = "name" if key in self.unique and len(self.unique) == 1 else f"{owner}.name"
        return by_name if owner and any(column.key == by_name for column in (*self.columns, *self.told)) else None

    @property
    def interval(self) -> tuple[str, str] | None:
        """Return the keys of the first and the exclusive last day of a row, if it has them."""
        dates = tuple(column.key for column in self.columns if column.kind == "date" and not column.is_apart)
        return (dates[0], dates[1]) if len(dates) == 2 else None

    @property
    def corrected(self) -> tuple[ColumnSpec, ...]:
        """Return the columns in which a row of a file corrects the one on record."""
        own = tuple(each for each in self.columns if each.is_own and not each.is_kept and each.key not in self.unique)
        return own + tuple(each for each in self.columns if each.key in self.reassigned)


def column(
    key: str, label: str, chinese: str, kind: Kind, aliases: str = "", *, path: str | None = None, blank: object = None
) -> ColumnSpec:
    """Return a column; `*` after its key: required, `+`: kept by esm; `aliases` are separated by blanks.

    Without a `path` the sheet's table has it under its key.
    """
    name = key.rstrip("*+")
    return ColumnSpec(
        name, label, chinese, tuple(aliases.split()), "*" in key, kind, name if path is None else path, blank,
        is_kept=key.endswith("+"),
    )  # fmt: skip


# Where one cell may name several cadres.
_SEVERAL: Mapping[str, Kind] = {"name": "people", "phone": "phones"}


def told_of(owner: str, columns: Iterable[ColumnSpec], keys: str, more: str = "") -> tuple[ColumnSpec, ...]:
    """Return columns that tell of an enterprise or a cadre in the sheet of something else: `cadre.phone`.

    `keys` are those that are told, `more` further headers of the first, both separated by blanks.
    """
    first, *_ = chosen = keys.split()
    return tuple(
        replace(
            each, key=f"{owner}.{each.key}", is_required=False, path="", is_kept=False,
            aliases=(*each.aliases, *more.split()) if each.key == first else each.aliases,
            kind=each.kind if owner == "enterprise" else _SEVERAL.get(each.key, each.kind),
        )
        for each in columns
        if each.key in chosen
    )  # fmt: skip


# Columns that stand in many sheets, most of all the references: what people call an enterprise, a cadre, a visit.
STREETS = "街道 镇 乡镇 镇街 街镇 街道乡镇 属地 属地街道 所属街道 所在街道 所属镇街 所在镇街 所属乡镇"

USCC = column(
    "uscc*", "Credit code", "统一社会信用代码", "code",
    "信用代码 社会信用代码 统一信用代码 统一代码 企业信用代码 creditcode unifiedsocialcreditcode",
    path="enterprise_id.uscc",
)  # fmt: skip
STAFF_NO = column(
    "staff_no*", "Staff number", "工号", "staff_no",
    "工号 干部编号 人员编号 staffnumber staffid 干部工号 经理人工号", path="cadre_id.staff_no",
)  # fmt: skip
POLICY = column("policy*", "Policy code", "政策编号", "name", path="policy_id.code")
VISITED_ON = column("visited_on*", "Visited on", "走访日期", "date", path="visit_id.done_on")
VISITED_BY = column("visited_by*", "Visited by", "走访人工号", "staff_no", path="visit_id.cadre_id.staff_no")
CANCELLED_ENTRY = column(
    "cancelled_entry", "Cancelled entry of that day", "当日第几条已撤销", "integer",
    path="visit_id.cancelled_entry", blank=0,
)  # fmt: skip
START_ON = column("start_on*", "Start", "开始日期", "date")
ALWAYS = replace(START_ON, is_required=False, blank=date.min)  # without a day it has held as far as is known
END_ON = column("end_on", "End", "结束日期", "date")
NUMBER = column("number", "Entry of that day", "当日第几条", "integer", path="", blank=1)
