"""`esm db`: the database itself."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import command, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, code_argument, option
from esm.domain.desk.integrity import FlawKind
from esm.domain.desk.login_role import LoginRole
from esm.errors import UsageRefused, say
from esm.sheets.desk import integrity as desk_integrity
from esm.storage.database import copying, creation, migration
from esm.storage.database.connection import PATIENCE_SECONDS, check_version
from esm.storage.database.integrity import learn_definitions
from esm.storage.database.place import FilePlace, place_of
from esm.usecases.desk import integrity


@command("esm --db district.db db init")
def init(desk: Context) -> None:
    """Create an empty database."""
    creation.create(desk.place)
    desk.note(say("Created {path}. Next: `esm import ROSTER.xlsx`.", path=desk.place))


@query("esm db info", asks_primary=True)
def info(desk: Context) -> None:
    """Show what the database contains."""
    desk.show(desk_integrity.condition_report(str(desk.place), desk.read(integrity.condition)))


@listing("esm db check --head 3fa9c1d2e4b57a80", of=[desk_integrity.flaw_sheet], asks_primary=True)
def check(
    desk: Context,
    *,
    head: Annotated[
        str | None, option("HEAD", _("A journal head noted earlier; the journal must still contain it."))
    ] = None,
) -> None:
    """Check that the database is intact and agrees with its journal; exits with 1 if not."""
    learn_definitions(desk.place)
    with desk.reading() as reading:
        flaws = integrity.flaws(reading, head)
        is_readable = all(flaw.kind not in {FlawKind.DAMAGED, FlawKind.UNREADABLE} for flaw in flaws)
        looked_at = integrity.condition(reading) if is_readable else None
    desk.show(desk_integrity.flaw_sheet(flaws, looked_at))
    if flaws:
        raise typer.Exit(1)


@command("esm db upgrade")
def upgrade(desk: Context) -> None:
    """Upgrade an older database to this version."""
    done = migration.upgrade(desk.place, desk.header())
    if done.before == done.after:
        desk.note(say("The database is already at this version."))
    elif done.backup is None:
        desk.note(say("Database upgraded to schema {after}.", after=done.after))
    else:
        desk.note(
            say("Database upgraded to schema {after}; backup saved as {backup}.", after=done.after, backup=done.backup)
        )


@command("esm db backup copy.db", asks_primary=True)
def backup(desk: Context, file: Annotated[Path, argument("FILE", _("Where to write the backup."))]) -> None:
    """Write a verified backup."""
    with desk.reading():
        pass  # refuses what is no database of this version before anything is copied
    copy = migration.backup(desk.place, FilePlace(file))
    desk.note(say("Backup saved as {path}.", path=copy))


@command("esm db restore backups/district-2026-11-23.db")
def restore(desk: Context, file: Annotated[Path, argument("FILE", _("The backup file."))]) -> None:
    """Replace the database with a backup."""
    aside = migration.restore(desk.place, FilePlace(file), desk.header().at)
    desk.note(say("Database restored from {path}.", path=file))
    if aside is not None:
        desk.note(say("The previous file is kept as {path}.", path=aside))


@command("esm db copy district.db 'postgresql://server/esm?schema=jiangbei'")
def copy(
    desk: Context,
    source: Annotated[str, argument("FROM", _("The file or the address of the district to copy."))],
    target: Annotated[str, argument("TO", _("A file or an address where nothing stands yet."))],
) -> None:
    """Copy a district, its journal included, to a file or a server, and verify the copy."""
    places = [place_of(text) for text in (source, target)]
    done = copying.copy(*places)
    desk.note(
        say(
            "Copied to {path}: {operations:operation|operations}, {rows:row|rows}. The head of the journal is {head}.",
            path=places[1],
            operations=done.operations,
            rows=done.rows,
            head=done.head,
        )
    )


@command("esm db grant app clerk", "esm db grant reader street3 --subdistrict 听潮街道")
def grant(
    desk: Context,
    role: Annotated[
        LoginRole, code_argument(LoginRole, _("`app` runs every command; `reader` reads the views for other programs."))
    ],
    login: Annotated[str, argument("LOGIN", _("The login on the server."))],
    *,
    subdistrict: Annotated[
        str | None, option("NAME", _("Let a reader see only the enterprises of this subdistrict."))
    ] = None,
) -> None:
    """Let a login of the server use the district, or no longer."""
    if isinstance(desk.place, FilePlace):
        raise UsageRefused(
            say("A database in a file has no logins."), say("Give its folder the permissions that are wanted.")
        )
    if subdistrict is not None and role is not LoginRole.READER:
        raise UsageRefused(say("Only a reader can be limited to a subdistrict."), say("Omit --subdistrict."))
    from esm.storage.database.engines import postgres_roles, postgres_schema  # noqa: PLC0415 - only for a server

    with postgres_schema.changing(desk.place, PATIENCE_SECONDS) as connection:
        check_version(connection, desk.place)
        if subdistrict is not None:
            postgres_roles.require_subdistrict(connection, subdistrict)
        postgres_roles.grant(connection, role, login, subdistrict)
    desk.note(say("{login} is now: {role}.", login=login, role=role))
