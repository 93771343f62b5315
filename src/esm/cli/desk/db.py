"""`esm db`: the database itself."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, FormatOption, OutputOption
from esm.errors import say


@example("esm --db district.db db init")
def init(context: typer.Context) -> None:
    """Make an empty database."""
    from esm.storage.database import migration  # noqa: PLC0415 - not for the help

    desk = Context.of(context)
    migration.create(desk.place.file)
    desk.note(say("Made {path}. Next: `esm import ROSTER.xlsx`.", path=desk.place))


@example("esm db info")
def info(
    context: typer.Context,
    *,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show what the database holds."""
    from esm.sheets.desk import history  # noqa: PLC0415
    from esm.usecases.desk import integrity  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        condition = integrity.info(reading)
    desk.show(history.condition_report(str(desk.place), condition), Output(format, output, force))


@example("esm db check --head 3fa9c1d2e4b57a80")
def check(
    context: typer.Context,
    *,
    head: Annotated[
        str | None, typer.Option(metavar="HEAD", help=_("A journal head noted earlier; it must still be there."))
    ] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Check that the database is whole."""
    from esm.sheets.reports import findings  # noqa: PLC0415
    from esm.usecases.desk import integrity  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        flaws = integrity.check(reading, head)
    desk.show(findings.flaw_sheet(flaws), Output(format, output, force))
    if flaws:
        raise typer.Exit(1)


@example("esm db upgrade")
def upgrade(context: typer.Context) -> None:
    """Bring an older database to this version."""
    from esm.storage.database import migration  # noqa: PLC0415 - not for the help

    desk = Context.of(context)
    done = migration.upgrade(desk.place.file, desk.header())
    if done.backup is None:
        desk.note(say("The database is of this version already."))
    else:
        desk.note(
            say(
                "The database was brought to schema {after}; the backup is {backup}.",
                after=done.after,
                backup=done.backup,
            )
        )


@example("esm db backup copy.db")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where to write the copy."))],
) -> None:
    """Write a verified copy."""
    from esm.storage.database import migration  # noqa: PLC0415 - not for the help

    desk = Context.of(context)
    with desk.reading():
        pass  # refuses what is no database of this version before anything is copied
    copy = migration.backup(desk.place.file, file)
    desk.note(say("The backup is {path}.", path=copy))


@example("esm db restore backups/district-2026-11-23.db")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup."))],
) -> None:
    """Put a backup in the place of the database."""
    from esm.storage.database import migration  # noqa: PLC0415 - not for the help

    desk = Context.of(context)
    aside = migration.restore(desk.place.file, file, desk.header().at)
    desk.note(say("The database is that of {path} again.", path=file))
    if aside is not None:
        desk.note(say("What was there before is kept as {path}.", path=aside))
