"""Cadres as a list, and the fields of one as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _
from operator import itemgetter
from typing import Any

from esm.domain.register.cadres import Cadre, Rank
from esm.domain.register.columns import CADRES
from esm.sheets.register.enterprises import masked_phone
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import language
from esm.sheets.sheet.sheet import Cell, Column, Sheet, cells
from esm.sheets.sheet.usual_columns import of_part


def cadre_sheet(cadres: Sequence[tuple[Cadre, int]], *, with_phones: bool = False) -> Sheet:
    """Return the list of cadres with how many enterprises each serves; phones are masked unless `with_phones`."""
    shown = {"staff_no", "name", "department", "rank", "subdistrict", "left_on"} | ({"phone"} if with_phones else set())
    fields = (replace(field, table=field.key in shown) for field in cadre_fields(with_phones=with_phones))
    columns = (*of_part(itemgetter(0), fields), Column("load", _("Serves"), itemgetter(1)))
    return Sheet("cadres", _("Cadres"), columns, cells(columns, cadres), (), _("No cadre is on record."))


def cadre_fields(*, with_phones: bool = False) -> tuple[Column, ...]:
    """Return a column for each field of a cadre."""
    labels = (
        ("staff_no", _("Staff no.")), ("name", _("Cadre")), ("department", _("Department")), ("title", _("Title")),
        ("rank", _("Rank")), ("subdistrict", _("Subdistrict")), ("expertise", _("Expertise")), ("phone", _("Phone")),
        ("capacity", _("Capacity")), ("active_from", _("In post from")), ("left_on", _("Left on")),
        ("email", _("E-mail")),
    )  # fmt: skip
    cell: dict[str, Callable[[Any], Cell]] = {
        "rank": lambda cadre: None if cadre.rank is None else term(Rank(cadre.rank)),
        "phone": lambda cadre: cadre.phone if with_phones else masked_phone(cadre.phone),
    }
    return tuple(Column(key, label, cell.get(key, key)) for key, label in CADRES.labels(language(), labels))
