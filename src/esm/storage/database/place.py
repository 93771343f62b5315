"""Where a database is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from esm.errors import StorageRefused, say


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A database in a file. As text it reads in a sentence."""

    file: Path

    @property
    def exists(self) -> bool:
        """Return whether anything stands there."""
        return self.file.exists()

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
        """Return the file in which SQLite keeps what an unfinished transaction replaced."""
        return self.file.with_name(self.file.name + "-journal")

    def beside(self, name: str) -> FilePlace:
        """Return the place of another name in the same folder."""
        return FilePlace(self.file.with_name(name))

    def remove(self) -> None:
        """Remove what stands there."""
        for file in self.files:
            file.unlink(missing_ok=True)

    def __str__(self) -> str:
        return str(self.file)


Place: TypeAlias = FilePlace


def place_of(location: str) -> FilePlace:
    """Return the place that `--db` or ESM_DB names; a server's address is refused while none is supported."""
    if location.startswith("sqlite:///"):
        return FilePlace(Path(location.removeprefix("sqlite:///")))
    if "://" in location:
        raise StorageRefused(
            say("Databases on a server are not supported by this version."),
            say("Give the path of a file with --db or ESM_DB."),
        )
    return FilePlace(Path(location).expanduser())
