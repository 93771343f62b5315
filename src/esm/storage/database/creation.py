"""Making a database where there is none."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from esm.storage.database import connection as database
from esm.storage.database import migration
from esm.storage.database.place import FilePlace, Place, ServerPlace, taken


def create(place: Place) -> bool:
    """Make a new database; return whether an empty file or schema was there, whose permissions it keeps.

    Raises RuleRefused where anything else stands.
    """
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        return postgres_schema.create(place, database.PATIENCE_SECONDS)
    if place.exists and not place.is_empty:
        raise taken(place)
    was_there = place.exists
    with new_file(place):
        return was_there


@contextmanager
def new_file(place: FilePlace) -> Iterator[FilePlace]:
    """Make an empty database beside a place, which takes the place if the block ends without an error."""
    new = place.beside(f"{place.file.name}.new")
    new.create()
    try:
        migration.run(new, database.MIGRATIONS)
        yield new
        if place.exists:
            new.file.chmod(stat.S_IMODE(place.file.stat().st_mode))
        new.file.replace(place.file)
    finally:
        new.remove()


def is_missing(place: Place) -> bool:
    """Return whether nothing stands at a place, or something empty: esm may make a database there."""
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        return postgres_schema.is_missing(place, database.PATIENCE_SECONDS)
    return not place.exists or place.is_empty


@contextmanager
def made_where_missing(place: Place) -> Iterator[Callable[[], None]]:
    """Make a database where there is none; it is taken away again unless the block calls what it is given."""
    is_kept = False

    def keep() -> None:
        nonlocal is_kept
        is_kept = True

    is_new = is_missing(place)
    was_there = create(place) if is_new else True
    try:
        yield keep
    finally:
        if is_new and not is_kept:
            _remove(place, leave_empty=was_there)


def _remove(place: Place, *, leave_empty: bool) -> None:
    """Take a database away that was just made; `leave_empty` leaves the empty file or schema it was made in."""
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        postgres_schema.drop(place, database.PATIENCE_SECONDS, leave_empty=leave_empty)
    elif leave_empty:
        place.journal.unlink(missing_ok=True)
        place.file.write_bytes(b"")
    else:
        place.remove()
