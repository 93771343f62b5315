"""Where a database is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from esm import operating_system, unfinished_files
from esm.errors import RuleRefused, StorageRefused, say


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A database in a file. As text it reads in a sentence."""

    file: Path

    @property
    def exists(self) -> bool:
        """Return whether anything stands there."""
        return self.file.exists()

    @property
    def real(self) -> FilePlace:
        """Return the place that a link leads to: there the file is made, replaced and healed; others stay as typed."""
        return FilePlace(Path(os.path.realpath(self.file))) if self.file.is_symlink() else self

    @property
    def identity(self) -> tuple[int, int] | None:
        """Return what tells the file there now from one that takes its place, None where nothing stands."""
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @property
    def is_empty(self) -> bool:
        """Return whether a file of 0 bytes stands there: esm may make a database in it."""
        return self.file.is_file() and self.file.stat().st_size == 0

    @property
    def has_hot_journal(self) -> bool:
        """Return whether a transaction that was never finished has to be rolled back first."""
        return self.journal.exists() and self.journal.stat().st_size > 0

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that are parts of the database: nothing else may be written there."""
        return (self.file, self.journal)

    @property
    def journal(self) -> Path:
        """Return the file in which SQLite keeps what an unfinished transaction replaced: beside the file of a link."""
        real = self.real.file
        return real.with_name(f"{real.name}-journal")

    @contextmanager
    def unfinished(self) -> Iterator[FilePlace]:
        """Make an empty file beside the place, and the folder where there is none; it goes unless it is published.

        Raises StorageRefused where that cannot be done.
        """
        target = self.real.file
        operating_system.require_usable_name(target)
        with ExitStack() as stack:
            try:
                target.parent.mkdir(mode=unfinished_files.PRIVATE_FOLDER, parents=True, exist_ok=True)
                made = stack.enter_context(unfinished_files.unfinished_file(target))
            except OSError as error:
                raise StorageRefused(
                    say("No file can be created in the folder {folder}: {reason}.",
                        folder=target.parent, reason=error.strerror),
                    say("Check that the folder exists and that you have write permission, or choose another one."),
                ) from error  # fmt: skip
            yield FilePlace(made)

    def numbered(self, number: int) -> FilePlace:
        """Return the place of the same name for 1, for higher numbers one that has the number in its name."""
        return self if number == 1 else FilePlace(self.file.with_stem(f"{self.file.stem}-{number}"))

    def remove(self) -> None:
        """Remove what stands there; a link stays."""
        for file in (self.real.file, self.journal):
            operating_system.remove(file)

    def __str__(self) -> str:
        return str(self.file)


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """A district on a PostgreSQL server: one schema of a database. As text it reads in a sentence."""

    address: str  # as libpq takes it, without a password: that is libpq's to find
    schema: str

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that are parts of the database: none that a command could write to."""
        return ()

    def __str__(self) -> str:
        return f"{self.address}{'&' if '?' in self.address else '?'}schema={self.schema}"


Place: TypeAlias = FilePlace | ServerPlace


def taken(place: Place, *, is_copy: bool = False) -> RuleRefused:
    """Return the refusal of a place at which something stands, where a database or a copy of one was to be made."""
    hint = say("Choose another name.") if is_copy else say("Choose another path, or use the existing database.")
    return RuleRefused(say("{path} already exists.", path=place), hint)


def place_of(location: str, district: str | None = None) -> Place:
    """Return the place of a path or an address; one without a district means `district`, else that of ESM_DISTRICT.

    Raises StorageRefused for an address that cannot be used.
    """
    if location.startswith("sqlite:///"):
        return FilePlace(Path(location.removeprefix("sqlite:///")))
    if "://" not in location:
        return FilePlace(at_home(Path(location).expanduser))
    from esm.storage.database.engines.server_address import server_place  # noqa: PLC0415 - only for an address

    return server_place(location, district or os.environ.get("ESM_DISTRICT"))


def at_home(find: Callable[[], Path]) -> Path:
    """Return a path in the user's home folder. Raises StorageRefused where there is none."""
    try:
        return find()
    except RuntimeError as error:  # neither HOME nor an entry for the user
        raise StorageRefused(
            say("This user has no home folder, where the database would be."),
            say("Give a database with --db or ESM_DB."),
        ) from error


def standby_of(place: Place, location: str | None) -> Place:
    """Return where questions about a place are answered: on a server at the address of its standby, if there is one.

    Raises StorageRefused where that is an address of another district, or none of a server.
    """
    if location is None or isinstance(place, FilePlace):
        return place
    from esm.storage.database.engines.server_address import server_place  # noqa: PLC0415 - only for an address

    standby = server_place(location, place.schema)
    if standby.schema != place.schema:
        raise StorageRefused(
            say(
                "The address of the standby names the district {other}, not {district}.",
                other=standby.schema,
                district=place.schema,
            ),
            say("Leave the schema out of it (ESM_DB_READ, or `standby` in the list of a city)."),
        )
    return standby
