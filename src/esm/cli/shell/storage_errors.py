"""Translates errors of the database engines and the operating system into our sentences."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from esm.errors import EsmError, InputRefused, Message, RuleRefused, StorageRefused, UsageRefused, say

if TYPE_CHECKING:
    from esm.storage.database.place import Place

_IN_USE = (say("The database is in use by another program."), say("Nothing was lost; try again in a moment."))
_DISK_FULL = (say("The disk is full."), say("Nothing was lost; free some space, then try again."))
_READ_ONLY = (
    say("The database is read-only."),
    say("You need write permission for the file and its folder; or use another database with --db."),
)
_DAMAGED = (
    say("The database is damaged."),
    say("Do not write to it; inspect it with `esm db check`, or restore the last backup with `esm db restore`."),
)
# By the beginning of SQLite's own name of the error: SQLITE_IOERR_WRITE is a SQLITE_IOERR.
_DATABASE = {
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_PROTOCOL": _IN_USE,
    "SQLITE_FULL": _DISK_FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_IOERR": (
        say("The disk or network folder of the database failed."),
        say("Nothing was lost; check the disk or the connection, then run `esm db check`."),
    ),
    "SQLITE_NOTADB": (
        say("This file is not an esm database."),
        say("Give the right file with --db; rosters are imported into a database with `esm import`."),
    ),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_CANTOPEN": (
        say("The database cannot be opened."),
        say("Check that its folder exists and that you have write permission, or use another database with --db."),
    ),
}
_TAKEN = (  # two restores in the same second, or two that make the same district
    say("A district of that name already exists on the server."),
    say("Nothing was changed; try again in a moment, or choose another name."),
)
# By the beginning of the SQLSTATE that a PostgreSQL server gives (its documentation, Error Codes), the longest first.
_SERVER = {
    "25006": (
        say("The server of the database takes no changes now; it is a standby, or is being replaced."),
        say("Nothing was lost; try again in a moment, or use the address of the primary server."),
    ),
    "40001": (
        say("The standby server stopped the query, because it stood in the way of changes from the primary server."),
        say("Nothing was lost; try again, or ask the primary server."),
    ),
    "42P06": _TAKEN,
    "42P07": _TAKEN,
    "40P01": _IN_USE,
    "55P03": _IN_USE,
    "53100": _DISK_FULL,
    "42501": (
        say("This login may not do that in the database."),
        say("Nothing was changed; ask whoever runs the server."),
    ),
    "3D000": (say("The server has no such database."), say("Check the name in --db or ESM_DB.")),
    "57014": (
        say("The server stopped the command before it was done."),
        say("Nothing was lost; try again, or ask whoever runs the server."),
    ),
    "53": (
        say("The server of the database has no room for another user now."),
        say("Nothing was lost; try again in a moment."),
    ),
    "57": (
        say("The server of the database is being stopped or replaced."),
        say("Nothing was lost; try again in a moment."),
    ),
    "28": (
        say("The server of the database refuses this login."),
        say("Check the name in --db or ESM_DB, and PGPASSFILE or PGPASSWORD."),
    ),
    "08": (
        say("The server of the database cannot be reached."),
        say("Nothing was lost; check the address and the network, then try again."),
    ),
}
_NO_PRIMARY = ("session is read-only", "server is in hot standby mode")  # of a server that should be a primary
_BY_POOLER = "08P01"  # whatever PgBouncer refuses by itself
_PREFIX = re.compile(r"^.*failed: |(FATAL|ERROR): +")  # what the driver puts before the server's own words
_NO_ANSWER = (
    say("The server of the database gives no answer: {reason}."),
    say("Nothing was lost; check the address, the login and the network, then try again."),
)
_FORBIDDEN = (say("A rule of the database forbids this: {reason}."), say("Nothing was changed."))
_NOT_KEPT = (say("The database cannot keep a value: {reason}."), say("Nothing was changed; check what was given."))
_FILE = {
    errno.ENOENT: (say("The file or folder {file} does not exist."), say("Check the name and the folder.")),
    errno.EISDIR: (say("{file} is a folder, not a file."), say("Give a file in that folder.")),
    errno.ENOTDIR: (say("Part of the path of {file} is a file, not a folder."), say("Check the name and the folder.")),
    errno.EACCES: (
        say("You do not have permission to use {file}."),
        say("Close it in other programs, or choose another folder."),
    ),
    errno.EPERM: (
        say("You do not have permission to use {file}."),
        say("Close it in other programs, or choose another folder."),
    ),
    errno.EROFS: (say("{file} is on a read-only disk."), say("Choose another folder.")),
}
# Python keeps bytes of the command line that are no text as lone surrogates, which SQLite does not take.
_NO_TEXT = (
    say("An argument or ESM_ACTOR contains text that is invalid in the encoding of this system."),
    say("Type it again; if it was copied from a file, first save that file as UTF-8."),
)
_OTHER_FILE = (say("{file} cannot be used: {reason}."), say("Check the file, or choose another one."))


@contextmanager
def damage_told(place: Callable[[], Place]) -> Iterator[None]:
    """Refuse as damaged a file with which the block fails and that is not as SQLite, its journal or esm has it.

    What fails with a file that is whole is a fault of esm.
    """
    try:
        yield
    except (EsmError, OSError, RuntimeError):  # a refusal, the disk, an exit code
        raise
    except Exception as error:
        from esm.storage.database import integrity  # noqa: PLC0415 - only where something failed

        if integrity.explains(place(), error):
            raise StorageRefused(*_DAMAGED) from error
        raise


def refusal(error: BaseException) -> EsmError | None:
    """Return `error` as a refusal of the storage (4, 6), of a file (4, 5) or of an argument (2).

    None if it is none of these.
    """
    for link in _links(error):
        name = getattr(link, "sqlite_errorname", None)
        if isinstance(name, str):
            if str(link) == "unsupported file format":  # a number in the header that no SQLite writes
                return StorageRefused(*_DAMAGED)
            sentences = next((told for start, told in _DATABASE.items() if name.startswith(start)), None)
            return sentences and StorageRefused(*sentences)
        if type(link).__module__.startswith("psycopg"):
            return _about_server(link, getattr(link, "sqlstate", None) or "")
        if isinstance(link, OSError) and (told := _about_file(link)):
            return told
        if isinstance(link, UnicodeEncodeError):
            return UsageRefused(*_NO_TEXT)
    return None


def _links(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and the errors SQLAlchemy wrapped."""
    yield error
    original = getattr(error, "orig", None)
    if isinstance(original, BaseException):
        yield original


def _about_server(error: BaseException, state: str) -> EsmError | None:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    told = str(error).strip().splitlines() or [""]
    words: dict[str, object] = {"reason": _PREFIX.sub("", told[0]).rstrip(".")}
    if not state and any(line.endswith(_NO_PRIMARY) for line in told):
        state = "25006"
    if state == _BY_POOLER:
        return StorageRefused(Message(_NO_ANSWER[0].template, words), _NO_ANSWER[1])
    sentences = next((told for start, told in _SERVER.items() if state.startswith(start)), None)
    if sentences is not None:
        return (RuleRefused if sentences is _TAKEN else StorageRefused)(*sentences)
    if state.startswith(("23", "P0001")):
        return RuleRefused(Message(_FORBIDDEN[0].template, words), _FORBIDDEN[1])
    if state.startswith("22") or "DataError" in kinds:
        return InputRefused(Message(_NOT_KEPT[0].template, words), _NOT_KEPT[1])
    if not state and "OperationalError" in kinds:
        return StorageRefused(Message(_NO_ANSWER[0].template, words), _NO_ANSWER[1])
    return None


def _about_file(error: OSError) -> EsmError | None:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageRefused(*_DISK_FULL)
    if error.filename is None:
        return None
    if error.errno == errno.EEXIST:
        return RuleRefused(say("{file} already exists.", file=error.filename), say("Choose another name."))
    sentence, hint = _FILE.get(error.errno or 0, _OTHER_FILE)
    words: dict[str, object] = {"file": error.filename, "reason": error.strerror}
    return InputRefused(Message(sentence.template, words), hint)
