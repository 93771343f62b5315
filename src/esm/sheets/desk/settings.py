"""The settings as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.values.settings import SettingInForce
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell


def setting_sheet(settings: Sequence[SettingInForce]) -> Sheet:
    """Return all settings; a value that differs from its default is marked."""
    columns = (
        Column("key", _("Setting")), Column("value", _("Value")), Column("default", _("Default")),
        Column("is_changed", _("Changed"), table=False), Column("least", _("At least"), table=False),
        Column("most", _("At most"), table=False), Column("explanation", _("Meaning")),
    )  # fmt: skip
    rows = [_row(one) for one in settings]
    return Sheet("settings", _("Settings"), columns, rows)


def setting_report(configured: SettingInForce) -> Report:
    """Return one setting with what it means and what it may be."""
    key, value, default, is_changed, least, most, explanation = _row(configured)
    before = () if configured.before is None else (Fact("before", _("Before"), configured.before),)
    facts = (
        Fact("key", _("Setting"), key), Fact("value", _("Value"), value), *before,
        Fact("default", _("Default"), default), Fact("is_changed", _("Changed"), is_changed, table=False),
        Fact("least", _("At least"), least, table=least is not None),
        Fact("most", _("At most"), most, table=most is not None),
        Fact("explanation", _("Meaning"), explanation),
    )  # fmt: skip
    return Report(_("Setting"), facts)


def _row(one: SettingInForce) -> tuple[Cell, ...]:
    setting = one.setting
    bounds = (None, None) if isinstance(setting.default, str) else (setting.least, setting.most)
    return (setting.key, one.value, setting.default, one.value != setting.default, *bounds, tell(setting.explanation))
