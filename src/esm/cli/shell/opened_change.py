"""The writing transaction of a command: on the database, or on a copy of an earlier state for `esm verify`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from esm.cli.shell import known_at
from esm.errors import say
from esm.storage.database import connection, migration
from esm.storage.database.place import ServerPlace

if TYPE_CHECKING:
    from esm.cli.shell.context import Context
    from esm.domain.desk.history import OperationHeader
    from esm.storage.database.connection import Writing


@contextmanager
def opened_change(desk: Context, header: OperationHeader) -> Iterator[Writing]:
    """Open the transaction; of one on a copy nothing is kept."""
    if desk.known is not None and desk.is_asked_again:
        with desk.known.changing(desk.place, header) as opened:
            yield opened
        return
    require_this_schema(desk)
    desk.tell_where(desk.place)
    with connection.writing(desk.place, header, dry_run=desk.dry_run) as opened:
        yield opened


def require_this_schema(desk: Context) -> None:
    """Bring an older database up, unless nothing will be kept. Raises UsageRefused with `--known-at`."""
    known_at.require_none(desk.known)
    if desk.dry_run or isinstance(desk.place, ServerPlace):
        return  # on a server others work: only `esm db upgrade` takes it away from an older esm
    done = migration.upgrade(desk.place, desk.header())
    if done.backup is not None:
        desk.note(say("Database upgraded to schema {after}; backup saved as {backup}.",
                      after=done.after, backup=done.backup))  # fmt: skip
