"""A district of a city: its name and its database."""

from __future__ import annotations

import os
from dataclasses import dataclass

from esm.errors import StorageRefused
from esm.storage.database.place import FilePlace, Place, place_of, standby_of


@dataclass(frozen=True, slots=True)
class District:
    """A district; `location` is a path or an address, perhaps one that cannot be used, `standby` that of a standby."""

    name: str
    location: str
    standby: str | None = None

    @property
    def place(self) -> Place:
        """Return where the database is; an address that names no district means the schema of this name.

        Raises StorageRefused for an address that cannot be used.
        """
        return place_of(self.location, self.name)

    @property
    def reading_place(self) -> Place:
        """Return where questions are answered: on the standby where there is one.

        Raises StorageRefused for an address that cannot be used.
        """
        return standby_of(self.place, self.standby)

    @property
    def usable_place(self) -> Place | None:
        """Return where the database is, None for an address that cannot be used."""
        try:
            return self.place
        except StorageRefused:
            return None

    @property
    def identity(self) -> object:
        """Return what two districts have in common only if they are one database."""
        place = self.usable_place
        return os.path.realpath(place.file) if isinstance(place, FilePlace) else place or self.location
