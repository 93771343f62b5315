"""Making a database and bringing an older one to this version's schema."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from esm.domain.desk.history import OperationHeader
from esm.errors import InputRefused, RuleRefused, StorageRefused, say
from esm.storage.database import connection as database
from esm.storage.database import definitions, journal


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did; `backup` is the copy made before, None when nothing was to do."""

    before: str
    after: str
    backup: Path | None


def create(path: Path) -> None:
    """Make a new database at `path`, also in an empty file, which keeps its permissions; another one is refused."""
    if path.exists() and not database.is_empty(path):
        raise RuleRefused(
            say("{path} exists already.", path=path), say("Choose another path, or work with the one that is there.")
        )
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    database.create_file(new)
    try:
        run(new, database.MIGRATIONS)
        if path.exists():
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
        new.with_name(new.name + "-journal").unlink(missing_ok=True)


def remove(path: Path, *, leave_empty: bool) -> None:
    """Take a database away that was just made; `leave_empty` leaves the empty file that it was made in."""
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    if leave_empty:
        path.write_bytes(b"")
    else:
        path.unlink(missing_ok=True)


def upgrade(path: Path, header: OperationHeader, folder: Path | None = None) -> Upgrade:
    """Bring the database to the newest schema, after a backup; refuse one of a newer esm."""
    database.require(path)
    with closing(database.connect(path, mode="rw")) as connection:
        before = database.revision_of(connection, path)
        if before not in database.KNOWN_REVISIONS:
            database.check_version(connection, path)
    if before == database.REVISION:
        return Upgrade(before, before, None)
    copy = backup(path, path.parent / "backups" / f"{path.stem}-{header.at.replace(':', '')}-{before}{path.suffix}")
    run(path, folder or database.MIGRATIONS, header)
    return Upgrade(before, database.REVISION, copy)


def backup(path: Path, target: Path) -> Path:
    """Write a consistent, compact and verified copy, readable by its owner only."""
    if target.exists():
        raise RuleRefused(say("{path} exists already.", path=target), say("Choose another name for the backup."))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database.create_file(target)
    try:
        with closing(database.connect(path, mode="rw")) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        with closing(database.connect(target, mode="ro")) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StorageRefused(say("The backup {path} is damaged.", path=target), say("Check the disk."))
    except BaseException:
        target.unlink()
        raise
    return target


def restore(path: Path, source: Path, at: str) -> Path | None:
    """Put a verified copy of a backup in the place of the database; return where the present file was put aside."""
    if not source.exists():
        raise InputRefused(say("There is no file {file}.", file=source), say("Check the name and the folder."))
    database.require(source)
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    try:
        backup(source, new)
        with closing(database.connect(new, mode="ro")) as copy:
            database.check_version(copy, source)
        aside = _put_aside(path, at) if path.exists() else None
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return aside


def _put_aside(path: Path, at: str) -> Path:
    """Move the present file out of the way, with what a killed writer left; one at work is waited for."""
    aside = path.with_name(f"{path.stem}-before-restore-{at.replace(':', '')}{path.suffix}")
    with closing(database.connect(path, mode="rw")) as present:
        try:
            present.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise
        path.replace(aside)
        unfinished = path.with_name(path.name + "-journal")
        if unfinished.exists():
            unfinished.replace(aside.with_name(aside.name + "-journal"))
    return aside


def run(path: Path, folder: Path, header: OperationHeader | None = None) -> None:
    """Run the migrations of `folder` on the file, all or nothing."""
    from alembic import command  # noqa: PLC0415 - loaded only to migrate
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import NullPool, create_engine, event  # noqa: PLC0415

    def open_connection() -> sqlite3.Connection:
        raw = database.connect(path, mode="rw")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA journal_mode=TRUNCATE")
        return raw

    engine = create_engine("sqlite://", creator=open_connection, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(raw)
        _drop_triggers(raw)
        command.upgrade(config, "head")
        _install_definitions(raw, header)


def _drop_triggers(raw: sqlite3.Connection) -> None:
    """Take away what would journal the copying of tables; `definitions.install` brings it back."""
    for kind, name in raw.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall():
        raw.execute(f'DROP {kind} "{name}"')


def _install_definitions(raw: sqlite3.Connection, header: OperationHeader | None) -> None:
    definitions.install(raw)
    raw.execute(f"PRAGMA application_id={database.APPLICATION_ID}")
    if header is not None:
        operation_id = journal.begin(raw, header, raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        journal.close(raw, operation_id)
    orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise StorageRefused(
            say("The migration would leave {count} rows without their parent.", count=len(orphans)),
            say("Nothing was changed; please report this."),
        )
