"""Cadres as a list, and the fields of one as cells."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.register.cadres import Cadre, Rank
from esm.domain.register.columns import CADRES
from esm.sheets.register.enterprises import masked_phone
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Sheet
from esm.sheets.sheet.wording import language


def cadre_sheet(cadres: Sequence[tuple[Cadre, int]], *, with_phones: bool = False) -> Sheet:
    """Return the list of cadres with how many enterprises each serves; phones are masked unless `with_phones`."""
    shown = {"staff_no", "name", "department", "rank", "subdistrict", "left_on"} | ({"phone"} if with_phones else set())
    columns = tuple(Column(key, label, table=key in shown) for key, label in cadre_labels())
    rows = [(*cadre_row(cadre, with_phones=with_phones), load) for cadre, load in cadres]
    load = Column("load", _("Serves"))
    return Sheet("cadres", _("Cadres"), (*columns, load), rows, (), _("No cadre is on record."))


def cadre_labels() -> tuple[tuple[str, str], ...]:
    """Return the key and the label of each field of a cadre."""
    labels = (
        ("staff_no", _("Staff no.")), ("name", _("Cadre")), ("department", _("Department")), ("title", _("Title")),
        ("rank", _("Rank")), ("subdistrict", _("Subdistrict")), ("expertise", _("Expertise")), ("phone", _("Phone")),
        ("capacity", _("Capacity")), ("active_from", _("In post from")), ("left_on", _("Left on")),
        ("email", _("E-mail")),
    )  # fmt: skip
    return CADRES.labels(language(), labels)


def cadre_row(cadre: Cadre, *, with_phones: bool) -> tuple[Cell, ...]:
    """Return the fields of a cadre as cells, in the order of their labels."""
    cells = {key: getattr(cadre, key) for key, _label in cadre_labels()}
    if not with_phones:
        cells["phone"] = masked_phone(cadre.phone)
    cells["rank"] = None if cadre.rank is None else term(Rank(cadre.rank))
    return tuple(cells.values())
