"""`esm config`: the settings of the district, kept in the database so that all users share them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, ForceOption, FormatOption, OutputOption

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
    from esm.sheets.desk import settings  # noqa: PLC0415
    from esm.usecases.desk import settings as configuring  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = configuring.listed(reading)
    desk.show(settings.setting_sheet(found), Output(format, output, force))


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
