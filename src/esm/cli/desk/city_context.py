"""The environment of a command that asks every district of a city, one after the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from esm.cli.shell import storage_errors
from esm.cli.shell.context import Context
from esm.domain.desk.district_answer import DistrictAnswer
from esm.errors import EsmError, Message, UsageRefused
from esm.storage.database import connection
from esm.storage.database.connection import Reading
from esm.storage.desk.city_place import City, city_of
from esm.storage.desk.district_place import District

T = TypeVar("T")
P = ParamSpec("P")


class CityDesk(Context):
    """The environment of one command on a city. All districts are asked as of the same day."""

    @cached_property
    def city(self) -> City:
        """Return the city that ESM_CITY names. Raises UsageRefused where it names none."""
        return city_of(os.environ.get("ESM_CITY"), os.environ.get("ESM_DB_READ"))

    @property
    def files(self) -> Sequence[Path]:
        """Return the files to which no answer may be written."""
        return self.city.files

    @property
    def issuing_place(self) -> None:
        """Return that no single office issues the answers."""

    def ask_each(
        self, ask: Callable[Concatenate[Reading, P], T], *words: P.args, **named: P.kwargs
    ) -> list[DistrictAnswer[T]]:
        """Return what a use case answers in a reading transaction on each district."""

        def asked(district: District) -> T:
            with connection.reading(district.reading_place) as reading:
                return ask(reading, *words, **named)

        return list(self.visit_each(asked))

    def visit_each(self, visit: Callable[[District], T], *, on_primary: bool = False) -> Iterator[DistrictAnswer[T]]:
        """Yield what `visit` returns for each district, or why it could not; one district does not stop the others."""
        for district in self.city.districts(on_standby=not on_primary):
            place = district.usable_place
            shown = "" if place is None else str(place)
            try:
                yield DistrictAnswer(district.name, shown, visit(district))
            except Exception as error:
                yield DistrictAnswer(district.name, shown, trouble=_trouble(error))


def _trouble(error: Exception) -> Message:
    """Return what a user is told of an error that concerns one district; raises any other."""
    refusal = error if isinstance(error, EsmError) else storage_errors.refusal(error)
    if refusal is None or isinstance(refusal, UsageRefused):
        raise error
    return refusal.message
