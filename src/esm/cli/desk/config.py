"""`esm config`: the settings of the district, kept in the database so that all users share them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output
from esm.cli.help import example
from esm.cli.options import DryRunOption, ForceOption, FormatOption, OutputOption

KeyArgument = Annotated[str, typer.Argument(metavar="SETTING", help=_("Its name in `esm config list`."))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        help=_("Show and change the settings that all users share."),
        epilog=example("esm config set default_capacity 2"),
    )
    group.command("list", help=_("List all settings."), epilog=example("esm config list"))(list_)
    group.command(help=_("Explain one setting."), epilog=example("esm config get weight_load"))(get)
    group.command("set", help=_("Change one setting."), epilog=example("esm config set default_capacity 2"))(set_)
    app.add_typer(group, name="config")


def list_(
    context: typer.Context,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List all settings."""
    desk = Context.of(context)
    with desk.reading() as reading:
        found = usecases.configuring.listed(reading)
    desk.show(sheets.setting_sheet.setting_sheet(found), Output(format, output, force))


def get(
    context: typer.Context,
    setting: KeyArgument,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Explain one setting."""
    desk = Context.of(context)
    with desk.reading() as reading:
        found = usecases.configuring.get(reading, setting)
    desk.show(sheets.setting_sheet.setting_report(found), Output(format, output, force))


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
    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        changed = usecases.configuring.put(writing, setting, value, desk.today)
    desk.show(sheets.setting_sheet.setting_report(changed), Output(format, output, force))
