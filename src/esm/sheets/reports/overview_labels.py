"""Subdistricts and departments as people read them on the leader's page."""

from __future__ import annotations

from gettext import gettext as _

from esm.sheets.sheet.code_words import NOT_STATED
from esm.sheets.sheet.message_translation import word


def subdistrict_label(name: str | None) -> str:
    """Return a subdistrict as people read it."""
    return word(NOT_STATED.template) if name is None else name


def department_label(name: str | None) -> str:
    """Return who has to act, as people read it; without a department it is the office itself."""
    return _("(the office)") if name is None else name
