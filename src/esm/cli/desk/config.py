"""`esm config`: the settings of the district, kept in the database so that all users share them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption

KeyArgument = Annotated[str, typer.Argument(metavar="SETTING", help=_("Its name in `esm config list`."))]


@example("esm config list")
def list_(
    context: typer.Context,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List all settings."""
    from esm.sheets.desk import settings  # noqa: PLC0415
    from esm.usecases.desk import settings as configuring  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = configuring.listed(reading)
    desk.show(settings.setting_sheet(found), Output(format, output, force))


@example("esm config get weight_load")
def get(
    context: typer.Context,
    setting: KeyArgument,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Explain one setting."""
    from esm.sheets.desk import settings  # noqa: PLC0415
    from esm.usecases.desk import settings as configuring  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = configuring.get(reading, setting)
    desk.show(settings.setting_report(found), Output(format, output, force))


@example("esm config set default_capacity 2")
def set_(
    context: typer.Context,
    setting: KeyArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("The new value."))],
    *,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Change one setting."""
    from esm.sheets.desk import settings  # noqa: PLC0415
    from esm.usecases.desk import settings as configuring  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        changed = configuring.put(writing, setting, value, desk.today)
    desk.show(settings.setting_report(changed), Output(format, output, force))
