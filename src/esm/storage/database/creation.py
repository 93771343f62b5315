"""Making a database where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeVar

from esm.errors import RuleRefused
from esm.storage.database import connection as database
from esm.storage.database import migration
from esm.storage.database.engines import database_file
from esm.storage.database.place import FilePlace, Place, ServerPlace, taken

Opened = TypeVar("Opened")


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
    """Make an empty database beside a place, which takes the place if the block ends without an error.

    Raises RuleRefused where another one has taken it meanwhile.
    """
    with place.unfinished() as new:
        migration.run(new, database.MIGRATIONS)
        yield new
        database_file.publish(new, place, database.PATIENCE_SECONDS)


def is_missing(place: Place) -> bool:
    """Return whether nothing stands at a place, or something empty: esm may make a database there."""
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        return postgres_schema.is_missing(place, database.PATIENCE_SECONDS)
    return not place.exists or place.is_empty


@contextmanager
def made_where_missing(place: Place) -> Iterator[Callable[[], None]]:
    """Make a database where there is none; it goes again unless the block calls what it is given, or others wrote."""
    is_kept = False

    def keep() -> None:
        nonlocal is_kept
        is_kept = True

    was_there = _made_anew(place)
    try:
        yield keep
    except BaseException:
        is_kept = False
        raise
    finally:
        if was_there is not None and not is_kept:
            _remove(place, leave_empty=was_there)


@contextmanager
def opened_where_missing(
    place: Place, opening: Callable[[], AbstractContextManager[Opened]]
) -> Iterator[tuple[Opened, Callable[[], None]]]:
    """Open what `opening` opens, on a database made as by `made_where_missing`; give that and what keeps it.

    Where another run takes away what it made in vain, while this one waited for it, it is made again.
    """
    while True:
        with ExitStack() as stack:
            keep = stack.enter_context(made_where_missing(place))
            try:
                opened = stack.enter_context(opening())
            except database.NothingThere:
                continue
            yield opened, keep
            return


def _made_anew(place: Place) -> bool | None:
    """Make a database where there is none; return whether something empty was there, None if another made it."""
    if not is_missing(place):
        return None
    try:
        return create(place)
    except RuleRefused:
        if is_missing(place):
            raise
        return None


def _remove(place: Place, *, leave_empty: bool) -> None:
    """Take a database away that was just made; `leave_empty` leaves the empty file or schema it was made in."""
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        postgres_schema.drop(place, database.PATIENCE_SECONDS, leave_empty=leave_empty)
    else:
        database_file.remove_if_unused(place, leave_empty=leave_empty, patience=database.PATIENCE_SECONDS)
