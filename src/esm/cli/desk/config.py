"""`esm config`: the settings of the district, kept in the database so that all users share them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.sheets.desk import settings
from esm.usecases.desk import settings as configuring

KeyArgument = Annotated[str, argument("SETTING", _("Name of the setting in `esm config list`."))]


@listing("esm config list", of=[settings.setting_sheet])
def list_(desk: Context) -> None:
    """List all settings."""
    desk.show(settings.setting_sheet(desk.read(configuring.all_in_force, desk.today)))


@query("esm config get weight_load")
def get(desk: Context, setting: KeyArgument) -> None:
    """Show one setting with its bounds and explanation."""
    desk.show(settings.setting_report(desk.read(configuring.in_force, setting, desk.today)))


@change("esm config set default_capacity 2")
def set_(desk: Context, setting: KeyArgument, value: Annotated[str, argument("VALUE", _("The new value."))]) -> None:
    """Change one setting."""
    desk.show(settings.setting_report(desk.write(configuring.change, setting, value, desk.today)))
