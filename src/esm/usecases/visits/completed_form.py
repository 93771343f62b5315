"""Understanding forms about visits that were filled in: all of them, or the list of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.values import credit_code
from esm.domain.visits.contact_made import Channel, NewPromise, VisitDetails, VisitForm, VisitOutcome
from esm.errors import InputRefused, Message, Problem, say
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.visit_texts.form_entries import FormEntries, read_entries
from esm.sheets.visits.form import LINES, PROMISE_NUMBERS, REQUEST_NUMBERS
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import enterprises
from esm.storage.schedule import plans
from esm.usecases.register import lookup

_SEPARATORS = re.compile("[,，、;；]")
_WANTED_OF_A_MEETING = ("met_with", "minutes")


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A form and where it stands: its sheet, and of a table the row."""

    place: str
    form: VisitForm


def parse_forms(grids: Sequence[Grid]) -> list[PlacedForm]:
    """Return what the filled forms in a file say, and the rows of a table of visits; blank ones do not count.

    InputRefused where there is none; every faulty or missing entry is named with its place.
    """
    file = grids[0].file if grids else ""
    found = [entries for grid in grids for entries in read_entries(grid)]
    if not found:
        raise InputRefused(
            say("{file} is not a visit form.", file=file),
            say("Create one with `esm visit form -o FILE.xlsx` and fill in its second column."),
        )
    filled = [entries for entries in found if entries.is_filled] or found[:1]
    problems = [problem for entries in filled for problem in _problems(file, entries)]
    if problems:
        raise InputRefused(
            say("The form is incomplete (entries: {count}); nothing was recorded.", count=len(problems)),
            say("Correct the entries and submit the form again."),
            problems,
        )
    return [PlacedForm(entries.place, visit_form(entries.values)) for entries in filled]


def _problems(file: str, entries: FormEntries) -> Iterator[Problem]:
    """Yield what cannot be read, otherwise what is missing."""
    yield from entries.problems
    for key in _missing_entries(entries):
        place = entries.places.get(key, entries.row)
        yield Problem(file, entries.sheet, place, "", say("{label} is missing", label=label(key)))


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


def _missing_entries(entries: FormEntries) -> list[str]:
    """Return what must be there and is not; nothing while an entry cannot be read."""
    if entries.problems:
        return []
    values = entries.values
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
