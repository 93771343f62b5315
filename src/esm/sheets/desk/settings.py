"""The settings as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.values.settings import SettingInForce
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, cells, facts


def setting_sheet(settings: Sequence[SettingInForce]) -> Sheet:
    """Return all settings; a value that differs from its default is marked."""
    are_any_dated = any(one.since is not None for one in settings)
    columns = [replace(one, table=are_any_dated) if one.key == "since" else one for one in _columns()]
    return Sheet("settings", _("Settings"), tuple(columns), cells(columns, settings))


def setting_report(configured: SettingInForce) -> Report:
    """Return one setting with what it means and what it may be."""
    key, value, *others = facts(_columns(), configured)
    before = () if configured.before is None else (Fact("before", _("Before"), configured.before),)
    optional = ("since", "least", "most")
    bounded = (replace(one, table=one.value is not None) if one.key in optional else one for one in others)
    return Report(_("Setting"), (key, value, *before, *bounded), (), tuple(map(tell, configured.notes)))


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", _("Setting"), "setting.key"),
        Column("value", _("Value")),
        Column("since", _("In force since")),
        Column("default", _("Default"), "setting.default"),
        Column("is_changed", _("Changed"), lambda one: one.value != one.setting.default, table=False),
        Column("least", _("At least"), lambda one: _bound(one, one.setting.least), table=False),
        Column("most", _("At most"), lambda one: _bound(one, one.setting.most), table=False),
        Column("explanation", _("Meaning"), lambda one: tell(one.setting.explanation)),
    )


def _bound(one: SettingInForce, bound: Cell) -> Cell:
    """Return a bound of a number or a day; that of a text, its length, is nobody's business."""
    return None if isinstance(one.setting.default, str) else bound
