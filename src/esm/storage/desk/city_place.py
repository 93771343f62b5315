"""The city that ESM_CITY names: a list of districts, or a database on a server with a schema for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from esm.errors import RuleRefused, UsageRefused, say
from esm.storage.database import connection, creation
from esm.storage.database.place import ServerPlace
from esm.storage.desk.city_list import CityList
from esm.storage.desk.district_place import District


@dataclass(frozen=True, slots=True)
class CityServer:
    """A database on a server: its districts are the schemas in it that are esm's.

    `address` is as libpq takes it; `standby` is the address of a standby that answers questions.
    """

    address: str
    standby: str | None = None

    @property
    def files(self) -> list[Path]:
        """Return the files to which nothing else may be written: none."""
        return []

    def districts(self, *, on_standby: bool = False) -> list[District]:
        """Return the districts by name, those too that this login may not read."""
        from esm.storage.database.engines import postgres_schema, server_address  # noqa: PLC0415 - only for a server

        asked = server_address.address_of_city(self.standby) if on_standby and self.standby else self.address
        return [self._named(name) for name in postgres_schema.districts(asked, connection.PATIENCE_SECONDS)]

    def add(self, name: str, location: str | None) -> tuple[District, bool]:
        """Make an empty district; return it, and that it was made. Raises RuleRefused for a name that is taken."""
        if location is not None:
            raise UsageRefused(
                say("Every district of this city is in its database on the server; a place cannot be given."),
                say("To take a database there: `esm db copy FROM TO`."),
            )
        if any(each.name == name for each in self.districts()):
            raise RuleRefused(
                say("The city has the district {name} already.", name=name),
                say("Choose another name, or another database."),
            )
        new = self._named(name)
        creation.create(new.place)
        return new, True

    def _named(self, name: str) -> District:
        return District(name, str(ServerPlace(self.address, name)), self.standby)


City: TypeAlias = CityList | CityServer


def city_of(location: str | None, standby: str | None) -> City:
    """Return the city of ESM_CITY: an address of a database on a server, or the file of a list.

    The server may have a standby; a list says itself which of its districts has one. Raises UsageRefused where none is
    named, StorageRefused for an address that cannot be used.
    """
    if not location:
        raise UsageRefused(
            say("ESM_CITY names no city."),
            say("Set it to a file, for example city.toml, or to the address of a database on a server."),
        )
    if "://" not in location:
        return CityList(Path(location).expanduser())
    from esm.storage.database.engines.server_address import address_of_city  # noqa: PLC0415 - only for an address

    return CityServer(address_of_city(location), standby)
