"""Understanding a form about one visit that was filled in: all of it, or the list of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esm.domain.values import cell_parsing, credit_code
from esm.domain.values.raw_text import fold
from esm.domain.visits.contact_made import Channel, NewPromise, VisitDetails, VisitForm, VisitOutcome
from esm.errors import InputRefused, Listed, Message, Problem, say
from esm.sheets.exchange.grid import Grid
from esm.sheets.visits.form import BY_NAME, LINES, PROMISE_NUMBERS, REQUEST_NUMBERS
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import enterprises
from esm.storage.schedule import plans
from esm.usecases.register import lookup

_SEPARATORS = re.compile("[,，、;；]")
_WANTED_OF_A_MEETING = ("met_with", "minutes")


def parse_form(grids: Sequence[Grid]) -> VisitForm:
    """Return what the filled form in a file says; a blank one beside it does not count.

    InputRefused where none or more than one is there; a faulty or missing entry is named with its place.
    """
    file = grids[0].file if grids else ""
    forms = [(grid, entries) for grid in grids if len((entries := read_entries(grid))[1]) >= 2]
    filled = [(grid, entries) for grid, entries in forms if entries[0] or entries[2]]
    if len(filled) > 1:
        raise InputRefused(
            say(
                "{file} has more than one filled form: {sheets}.",
                file=file,
                sheets=Listed([grid.sheet for grid, _entries in filled]),
            ),
            say("Submit each form in a file of its own."),
        )
    if not forms:
        raise InputRefused(
            say("{file} is not a visit form.", file=file),
            say("Create one with `esm visit form -o FILE.xlsx` and fill in its second column."),
        )
    grid, (values, places, problems) = (filled or forms)[0]
    problems += [
        Problem(file, grid.sheet, places.get(key, ""), "", say("{label} is missing", label=label(key)))
        for key in _missing_entries(values, problems)
    ]
    if problems:
        raise InputRefused(
            say("The form is incomplete (entries: {count}); nothing was recorded.", count=len(problems)),
            say("Correct the entries and submit the form again."),
            problems,
        )
    return visit_form(values)


def prefilled_entries(reading_: Reading, enterprise: str, on: date) -> dict[str, str]:
    """Return what of a form can be filled in beforehand: the enterprise, the day, the time agreed and who serves it."""
    code = lookup.enterprise(reading_, enterprise)
    name = enterprises.load(reading_, [code])[code].enterprise.name
    server = pairings.server_on(reading_, code, on)
    times = (each.starts_at for each in plans.find_plans(reading_, uscc=code) if each.planned_on == on)
    found = {
        "enterprise": f"{code} {name}", "done_on": on.isoformat(), "cadre": server, "starts_at": next(times, None)
    }  # fmt: skip
    return {key: words for key, words in found.items() if words is not None}


def read_entries(grid: Grid) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    """Return the entries by line, where each stands, and what cannot be read."""
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    problems: list[Problem] = []
    for index, row in enumerate(grid.rows):
        line = BY_NAME.get(fold(str(row[0]))) if row and row[0] is not None else None
        if line is None or line.key in places:
            continue
        places[line.key] = grid.address(index, 1) if grid.sheet else str(grid.first_row + index)
        cell = row[1] if len(row) > 1 else None
        value = None if cell in {None, ""} else cell_parsing.parser(line.kind)(cell)
        if isinstance(value, Message):
            problems.append(Problem(grid.file, grid.sheet, places[line.key], str(cell), value))
        elif value is not None:
            values[line.key] = value
    return values, places, problems


def _missing_entries(values: Mapping[str, Any], problems: Sequence[Problem]) -> list[str]:
    """Return what must be there and is not; nothing while an entry cannot be read."""
    if problems:
        return []
    is_meeting = values.get("outcome", VisitOutcome.MET) == VisitOutcome.MET
    return missing(values, ["enterprise", "done_on", *(_WANTED_OF_A_MEETING if is_meeting else ())])


def missing(values: Mapping[str, Any], wanted: list[str]) -> list[str]:
    """Return what is wanted and not there, and the other half of each promise and request that has one."""
    for number in PROMISE_NUMBERS:
        promise, until = f"promise_{number}", f"until_{number}"
        wanted += [until] if promise in values else [promise] if until in values else []
    for number in REQUEST_NUMBERS:
        request, classed = f"request_{number}", f"class_{number}"
        wanted += [classed] if request in values else [request] if classed in values else []
    return [key for key in wanted if key not in values]


def visit_form(values: Mapping[str, Any]) -> VisitForm:
    """Return the form that entries make, of which none that must be there is missing."""
    promises = tuple(
        NewPromise(values[f"promise_{number}"], values[f"until_{number}"])
        for number in PROMISE_NUMBERS
        if isinstance(values.get(f"until_{number}"), date)
    )
    return VisitForm(
        enterprise=_code_first(values["enterprise"]),
        done_on=values["done_on"],
        cadre=values.get("cadre"),
        channel=values.get("channel", Channel.ON_SITE),
        outcome=values.get("outcome", VisitOutcome.MET),
        minutes=values.get("minutes"),
        details=VisitDetails(
            met_with=values.get("met_with"),
            business=values.get("business"),
            satisfaction=values.get("satisfaction"),
            companions=_split_names(values.get("companions")),
            departments=_split_names(values.get("departments")),
            promises=promises,
        ),
        requests=tuple(
            (values[f"request_{number}"], values[f"class_{number}"])
            for number in REQUEST_NUMBERS
            if f"request_{number}" in values
        ),
        policies=_split_names(values.get("policies")),
    )


def _code_first(words: str) -> str:
    """Return the code alone when the entry is a code and the name after it, as the form comes filled in."""
    first = words.split(maxsplit=1)[0]
    return first if credit_code.fault(first) is None else words


def _split_names(words: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATORS.split(words or "") if part.strip())


def label(key: str) -> Message:
    """Return what people call a line of the form."""
    return next(line.label for line in LINES if line.key == key)
