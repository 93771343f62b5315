"""`esm config`: the settings of the district, kept in the database so that all users share them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.sheets.desk import settings
from esm.usecases.desk import settings as configuring

KeyArgument = Annotated[str, typer.Argument(metavar="SETTING", help=_("Name of the setting in `esm config list`."))]


@example("esm config list")
@with_listing
def list_(
    desk: Context,
) -> None:
    """List all settings."""
    with desk.reading() as reading:
        found = configuring.all_in_force(reading)
    desk.show(settings.setting_sheet(found))


@example("esm config get weight_load")
@with_output
def get(
    desk: Context,
    setting: KeyArgument,
) -> None:
    """Show one setting with its bounds and explanation."""
    with desk.reading() as reading:
        found = configuring.in_force(reading, setting)
    desk.show(settings.setting_report(found))


@example("esm config set default_capacity 2")
@with_output
@with_dry_run
def set_(
    desk: Context,
    setting: KeyArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("The new value."))],
) -> None:
    """Change one setting."""
    with desk.writing() as writing:
        changed = configuring.change(writing, setting, value, desk.today)
    desk.show(settings.setting_report(changed))
