"""What an argument or the value of an option may be, told from what its help calls it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from esm.cli.shell.context import Context
from esm.cli.shell.options import Options
from esm.domain.values.settings import all_settings
from esm.sheets.sheet.message_translation import tell
from esm.storage.database import connection
from esm.storage.database.place import Place, ServerPlace
from esm.usecases.desk import candidates

if TYPE_CHECKING:
    from esm.storage.database.connection import Reading

Words = Iterable[tuple[str, str]]
PATIENCE_SECONDS = 0.3  # whoever pressed a key waits for nobody who writes
_SERVER_SECONDS = 2  # the least that libpq waits
_KINDS = {
    "ENTERPRISE": "enterprise", "ENTERPRISE...": "enterprise", "CADRE": "cadre", "POLICY": "policy", "VISIT": "visit",
    "REQUEST": "request", "PROMISE": "promise",
}  # fmt: skip
_OF_OPTIONS = {
    "--subdistrict": "subdistrict", "--only": "subdistrict", "--department": "department", "--support": "department",
    "--with-department": "department",
}  # fmt: skip
_PLANNED = re.compile("[Pp][0-9]*")


def value_candidates(context: Any, parameter: Any, typed: str) -> Words | None:
    """Return what fits the letters typed, each with what it is about; None where Typer knows the values itself.

    A database that is missing, locked, foreign or of another version has nothing to offer.
    """
    metavar = (parameter.metavar or "").strip("[]")
    if metavar == "SETTING":
        return candidates.fitting(_settings(), typed)
    ask = _question(parameter, metavar, typed)
    if ask is None:
        return None
    try:
        with connection.reading(_place(context), patience=PATIENCE_SECONDS) as reading:
            return list(ask(reading))
    except Exception:  # a key was pressed: nobody waits for the reason
        return []


def _question(parameter: Any, metavar: str, typed: str) -> Callable[[Reading], Words] | None:
    """Return what asks the database for the values of a parameter, None where it has none of them."""
    if metavar == "OPERATION":
        return lambda reading: _operations(reading, typed)
    if metavar == "CLASS":
        return lambda reading: candidates.fitting(_classes(reading), typed)
    kind = _KINDS.get(metavar) or next((_OF_OPTIONS[name] for name in parameter.opts if name in _OF_OPTIONS), None)
    if metavar == "ENTERPRISE|VISIT":
        kind = "planned_visit" if _PLANNED.fullmatch(typed) else "enterprise"
    return None if kind is None else lambda reading: candidates.records(reading, kind, typed)


def _settings() -> Words:
    return [(key, tell(setting.explanation)) for key, setting in all_settings().items()]


def _operations(reading: Reading, typed: str) -> Words:
    from esm.sheets.desk.history import china_time, command_text  # noqa: PLC0415 - for `esm undo` alone

    return [
        (str(each.id), f"{china_time(each.at)} {command_text(each)}") for each in candidates.operations(reading, typed)
    ]


def _classes(reading: Reading) -> Words:
    from esm.sheets.requests.request_list import request_class  # noqa: PLC0415 - for few options

    return [(each.code, request_class(each.code, each.name).label) for each in candidates.request_classes(reading)]


def _place(context: Any) -> Place:
    """Return the database that the line asks, of which a server is not waited for as long as by a command."""
    location = context.find_root().params.get("db")
    place = Context(Options(db=location and os.path.expandvars(location))).reading_place
    if isinstance(place, ServerPlace) and "connect_timeout" not in place.address:
        sign = "&" if "?" in place.address else "?"
        return replace(place, address=f"{place.address}{sign}connect_timeout={_SERVER_SECONDS}")
    return place
