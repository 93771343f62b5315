"""Options for the columns of a record: name, help and type follow from the column declarations."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from gettext import gettext as _
from inspect import Parameter
from typing import Annotated, Any

import typer

from esm.cli.shell.options import code_option
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.codes import ListOf
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.domain.values.money import LARGEST_NUMBER
from esm.sheets.sheet.message_translation import language

_METAVARS = {
    "name": "NAME", "code": "CODE", "industry": "CODE", "date": "DATE", "money": "NUMBER", "integer": "NUMBER",
    "prefixes": "CODES", "phone": "PHONE", "email": "ADDRESS", "yuan": "YUAN",
}  # fmt: skip
_TYPES: dict[Kind, Any] = {"yes_no": bool, "integer": int}


def column_options(
    sheet: SheetSpec, spelled: Mapping[str, str], *, left_out: Collection[str] = (), required: Collection[str] = ()
) -> tuple[Parameter, ...]:
    """Return an option for each column that people fill in, except the key of the row and those `left_out`.

    An option is called as its column unless it is `spelled` otherwise; a yes or no has a word for each.
    """
    return tuple(
        Parameter(
            column.key,
            Parameter.KEYWORD_ONLY,
            annotation=_annotation(column, spelled.get(column.key)),
            default=Parameter.empty if column.key in required else None,
        )
        for column in sheet.columns
        if not column.is_kept and column.key not in {*sheet.unique, *left_out}
    )


def _annotation(column: ColumnSpec, spelling: str | None) -> Any:
    name, kind = spelling or "--" + column.key.replace("_", "-"), column.kind
    label = column.head(language())
    if isinstance(kind, type):
        return Annotated[kind | None, code_option(kind, name, help=_("{label}.").format(label=label))]
    if isinstance(kind, ListOf):
        hint = _("{label}: {codes}, separated by commas.")
        help, metavar = hint.format(label=label, codes=", ".join(map(str, kind.kind))), "CODES"
    else:
        hint = {
            "prefixes": _("{label}: industry codes, separated by commas."),
            "yuan": _("{label}, such as 200000, 1234.56 or 20万."),
        }.get(kind, _("{label}."))
        help, metavar = hint.format(label=label), _METAVARS.get(kind, "TEXT")
    limits: dict[str, Any] = {"min": 0, "max": LARGEST_NUMBER} if kind == "integer" else {}
    option = typer.Option(name, metavar=None if kind == "yes_no" else metavar, help=help, **limits)
    return Annotated[_TYPES.get(kind, str) | None, option]
