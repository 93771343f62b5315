"""A city whose districts stand in a list: a TOML file that names each and says where its database is."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from esm.errors import InputRefused, RuleRefused, StorageRefused, UsageRefused, say
from esm.storage.database import connection, creation
from esm.storage.database.place import FilePlace
from esm.storage.desk.district_place import District

_WORDS = {"database", "standby"}  # what a district's table in the list may say


@dataclass(frozen=True, slots=True)
class CityList:
    """The list in a file, a line `"name" = "path or address"` for each district; paths go from its folder.

    A district on a server with a standby has `{ database = "address", standby = "address" }` in place of the address.
    """

    file: Path

    @property
    def files(self) -> list[Path]:
        """Return the list and the files of its districts: nothing else may be written there."""
        places = [each.usable_place for each in self._entries()] if self.file.exists() else []
        return [self.file, *(file for place in places if place is not None for file in place.files)]

    def districts(self, *, on_standby: bool = False) -> list[District]:
        """Return the districts in the order of the list, which is the same for those who ask and who write.

        Raises StorageRefused where there is no list, InputRefused for one that is none or that has a database twice.
        """
        if not self.file.exists():
            raise StorageRefused(
                say("There is no list of districts at {path}.", path=self.file),
                say("Check ESM_CITY; `esm city add NAME` begins a list."),
            )
        found = self._entries()
        names: dict[object, str] = {}
        for each in found:
            other = names.setdefault(each.identity, each.name)
            if other != each.name:
                raise InputRefused(
                    say("In the list {path}, {one} and {other} are the same database.",
                        path=self.file, one=other, other=each.name),
                    say("Take one of them out: its figures would count twice."),
                )  # fmt: skip
        return found

    def add(self, name: str, location: str | None) -> tuple[District, bool]:
        """Add a district, by default in a file beside the list; return it, and whether its database was made.

        Raises RuleRefused for a name or a database that the list has.
        """
        if not name.strip() or not name.isprintable():
            raise UsageRefused(say("“{name}” cannot be the name of a district.", name=name), say("Give another one."))
        new = District(name, location or str(self.file.parent / f"{name}.db"))
        for each in self.districts() if self.file.exists() else ():
            if each.name == name or each.identity == new.identity:
                raise RuleRefused(
                    say("The city has the district {name} already.", name=each.name),
                    say("Choose another name, or another database."),
                )
        is_new = creation.is_missing(new.place)
        with creation.made_where_missing(new.place) as keep:
            connection.schema_at(new.place)
            self._append(new)
            keep()
        return new, is_new

    def _entries(self) -> list[District]:
        hint = say("Write a line for each district: {example}.", example='"江北" = "jiangbei.db"')
        try:
            listed = tomllib.loads(self.file.read_text("utf-8-sig"))
        except (OSError, ValueError) as error:
            raise InputRefused(say("{file} cannot be read: {reason}.", file=self.file, reason=error), hint) from error
        found = []
        for name, told in listed.items():
            words = told if isinstance(told, dict) else {"database": told}
            if "database" not in words or not words.keys() <= _WORDS or not all(map(_is_text, words.values())):
                raise InputRefused(
                    say("{file} does not say where the district {name} is.", file=self.file, name=name), hint
                )
            found.append(District(name, self._from_list(words["database"]), words.get("standby")))
        return found

    def _from_list(self, location: str) -> str:
        return location if "://" in location else str(self.file.parent / Path(location).expanduser())

    def _append(self, new: District) -> None:
        place, location = new.place, new.location
        if isinstance(place, FilePlace):
            file, folder = place.file.resolve(), self.file.parent.resolve()
            location = str(file.relative_to(folder) if file.is_relative_to(folder) else file)
        before = self.file.read_bytes() if self.file.exists() else b""
        gap = "" if before[-1:] in (b"", b"\n") else "\n"
        words = " = ".join(json.dumps(word, ensure_ascii=False) for word in (new.name, location))
        with self.file.open("a", encoding="utf-8") as file_of_list:
            file_of_list.write(f"{gap}{words}\n")


def _is_text(value: object) -> bool:
    return isinstance(value, str)
