"""Bringing a database to this version's schema, and its backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from esm import operating_system
from esm.domain.desk.history import OperationHeader
from esm.errors import InputRefused, StorageRefused, say
from esm.storage.database import connection as database
from esm.storage.database import journal
from esm.storage.database.engines import database_file, sqlite
from esm.storage.database.engines.engine import Connection
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace, Place, ServerPlace, taken


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did; `backup` is the copy made before, None when nothing was to do."""

    before: str
    after: str
    backup: FilePlace | None


def upgrade(place: Place, header: OperationHeader, folder: Path | None = None) -> Upgrade:
    """Bring the database to the newest schema; refuse one of a newer esm. Of a file a backup is made first.

    On a server it is one transaction, and backups are the server's own.
    """
    database.require(place)
    if isinstance(place, ServerPlace):
        return _upgrade_schema(place, header, folder or database.MIGRATIONS)
    with closing(sqlite.connect(place, mode="rw", patience=database.PATIENCE_SECONDS)) as connection:
        before = _revision(connection, place)
    if before == database.REVISION:
        return Upgrade(before, before, None)
    with _rebuilding(place) as connection:
        before = _revision(connection, place)
        copy = None
        if before != database.REVISION:  # nobody else did it meanwhile
            copy = _backup_before(place, f"{header.at.replace(':', '')}-{before}")
            connection.commit(_bring_up(connection, folder or database.MIGRATIONS, header))
    return Upgrade(before, database.REVISION, copy)


def _backup_before(place: FilePlace, mark: str) -> FilePlace:
    """Write a backup into the folder `backups` beside the file; its name cannot collide with another's."""
    file = place.real.file
    named = FilePlace(file.parent / "backups" / f"{file.stem}-{mark}{file.suffix}")
    with named.unfinished() as new:
        database_file.write_copy(place, new, database.PATIENCE_SECONDS)
        return database_file.publish_beside(new, named)


def _revision(connection: Connection, place: Place) -> str:
    """Return the schema revision. Raises StorageRefused for that of a newer esm."""
    revision = database.revision_of(connection, place)
    if revision not in database.KNOWN_REVISIONS:
        database.check_version(connection, place)
    return revision


def _upgrade_schema(place: ServerPlace, header: OperationHeader, folder: Path) -> Upgrade:
    from esm.storage.database.engines import postgres_roles, postgres_schema  # noqa: PLC0415 - only for a server

    before = database.schema_at(place)
    if before == database.REVISION:
        return Upgrade(before, before, None)
    with postgres_schema.changing(place, database.PATIENCE_SECONDS) as connection:
        connection.exclude_others()
        before = _revision(connection, place)
        if before != database.REVISION:  # nobody else did it meanwhile
            rights = postgres_roles.granted(connection)
            _bring_up(connection, folder, header)
            for right in rights:
                postgres_roles.grant(connection, *right)
        return Upgrade(before, database.REVISION, None)


def backup(place: Place, target: FilePlace) -> FilePlace:
    """Write a consistent, compact and verified copy, readable by its owner only; return where it is.

    It appears whole or not at all. That of a district on a server is a file, too, and can be used like any.
    """
    operating_system.require_usable_name(target.file)
    if target.exists:
        raise taken(target, is_copy=True)
    if isinstance(place, ServerPlace):
        from esm.storage.database import copying  # noqa: PLC0415 - only from a server

        copying.copy(place, target)
        return target
    with target.unfinished() as new:
        database_file.write_copy(place, new, database.PATIENCE_SECONDS)
        database_file.publish(new, target, database.PATIENCE_SECONDS)
    return target


def restore(place: Place, source: FilePlace, at: str) -> Place | None:
    """Put a verified copy of a backup in the place of the database; return where the present one was put aside."""
    if not source.exists:
        raise InputRefused(say("The file {file} does not exist.", file=source), say("Check the name and the folder."))
    database.require(source)
    if isinstance(place, ServerPlace):
        from esm.storage.database import copying  # noqa: PLC0415 - only to a server

        return copying.restore(source, place, f"{place.schema}_before_restore_{at[:19]}")
    with place.unfinished() as new:
        database_file.write_copy(source, new, database.PATIENCE_SECONDS)
        with closing(sqlite.connect(new, mode="ro", patience=database.PATIENCE_SECONDS)) as copy:
            database.check_version(copy, source)
        if not place.exists:
            database_file.publish(new, place, database.PATIENCE_SECONDS)
            return None
        file = place.real.file
        aside = FilePlace(file.with_name(f"{file.stem}-before-restore-{at.replace(':', '')}{file.suffix}"))
        return database_file.exchange(new, place, aside, database.PATIENCE_SECONDS)


def run(place: FilePlace, folder: Path, header: OperationHeader | None = None) -> None:
    """Run the migrations of `folder` on the database, all or nothing."""
    with _rebuilding(place) as connection:
        operation_id = _bring_up(connection, folder, header)
        if header is not None:
            connection.commit(operation_id)


@contextmanager
def _rebuilding(place: FilePlace) -> Iterator[Connection]:
    """Open a transaction on a file in which tables may be made anew; committed when the block ends without an error.

    Who began an operation commits it within the block, where a disk that fails is told by what became of it.
    """
    with closing(sqlite.begin_rebuilding(place, database.PATIENCE_SECONDS)) as connection:
        try:
            yield connection
            if connection.in_transaction:
                connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _bring_up(connection: Connection, folder: Path, header: OperationHeader | None) -> int:
    """Bring the schema up; return the operation that tells it, 0 without a header."""
    before = None if header is None else connection.revision()
    connection.remove_definitions()  # what would journal the copying of tables
    bring_tables_up(connection, "head", folder)
    if isinstance(connection, SqliteConnection):
        connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
    return _install_definitions(connection, header, before)


def bring_tables_up(connection: Connection, revision: str, folder: Path | None = None) -> None:
    """Run the migrations up to a schema, `head` for the newest, on tables without views, triggers and references kept.

    Nothing is begun or committed here.
    """
    from alembic import command  # noqa: PLC0415 - loaded only to migrate
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import StaticPool, create_engine  # noqa: PLC0415

    engine = create_engine(
        connection.sqlalchemy_url, creator=lambda: connection.raw, poolclass=StaticPool, skip_autocommit_rollback=True
    )
    config = Config()
    config.set_main_option("script_location", str(folder or database.MIGRATIONS).replace("%", "%%"))
    with engine.connect() as lent:
        config.attributes["connection"] = lent
        command.upgrade(config, revision)


# What a schema says otherwise than those before it. It is done in the operation of the upgrade, so that the journal
# still says what the tables say, and once more where the journal is done anew (docs/decisions/0034).
_REWORDED = (
    # Up to which due date visits are planned was not kept; it is as far as the plans reach.
    ("0011", """INSERT INTO setting (key, value, start_on)
     SELECT 'planned_until', max(due_on), '0001-01-01' FROM plan
     WHERE visit_id IS NULL HAVING max(due_on) IS NOT NULL"""),
    # Money was kept in whole yuan; it is kept in fen.
    ("0012", "UPDATE enterprise SET revenue = revenue * 100 WHERE revenue IS NOT NULL"),
    ("0012", "UPDATE policy SET worth = worth * 100 WHERE worth IS NOT NULL"),
    ("0012", "UPDATE relief SET amount = amount * 100"),
    # The capacity was a column of the cadre, and the journal has it. It holds for all earlier days.
    ("0016", """UPDATE posting SET capacity = told FROM (
       SELECT cadre.id AS cadre, (SELECT json_extract(new, '$.capacity') FROM change
                                  WHERE subject = 'cadre' AND row_id = cadre.id ORDER BY seq DESC LIMIT 1) AS told
       FROM cadre) AS known
     WHERE cadre = cadre_id AND told IS NOT NULL"""),
    # A recusal was kept without its days; it holds from the day on which it was entered. What an undo brought back
    # was entered before, and ids are given out again, so the latest entry counts.
    ("0016", """UPDATE recusal SET start_on = told FROM (
       SELECT recusal.id AS entered, (
         SELECT today FROM change JOIN operation ON operation.id = operation_id
         WHERE subject = 'recusal' AND row_id = recusal.id AND kind = 'I' AND undoes IS NULL
         ORDER BY seq DESC LIMIT 1) AS told
       FROM recusal) AS known
     WHERE entered = recusal.id AND told IS NOT NULL"""),
)  # fmt: skip


def reword(connection: Connection, before: str) -> None:
    """Put what the rows of an earlier schema say in the words of this one; columns it lacked have their defaults."""
    for revision, statement in _REWORDED:
        if before < revision:
            connection.execute(statement)


def _install_definitions(connection: Connection, header: OperationHeader | None, before: str | None) -> int:
    connection.install_definitions()
    operation_id = 0
    if header is not None:
        operation_id = journal.begin(connection, header, connection.revision() or "")
        if before is not None:
            reword(connection, before)
        journal.close(connection, operation_id)
    orphans = connection.orphans()
    if orphans:
        raise StorageRefused(
            say("The upgrade would leave {count:row|rows} without their parent row.", count=len(orphans)),
            say("Nothing was changed; please report this."),
        )
    return operation_id
