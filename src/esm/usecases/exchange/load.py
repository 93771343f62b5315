"""Taking rosters into the database: keys decide what is new, blank cells keep what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from string import ascii_uppercase

from esm.domain.exchange.book import ROSTER_SHEETS, SETTINGS
from esm.domain.exchange.import_summary import ImportSummary, MissingRow
from esm.domain.pairing.columns import RECUSALS
from esm.domain.policies.columns import APPLICATIONS, BRIEFINGS, RELIEFS
from esm.domain.register.columns import POSTINGS, PROFILES, SCOPES
from esm.domain.requests.columns import REQUEST_CLASSES
from esm.domain.schedule.columns import HOLIDAYS
from esm.domain.values import settings as domain
from esm.domain.values.column_spec import SheetSpec
from esm.domain.visits.columns import (
    BLACKOUTS,
    CANCELLED_VISITS,
    COMPANIONS,
    OUTSIDE_VISITS,
    PAUSES,
    PROMISES,
)
from esm.errors import InputRefused, Message, Problem, say
from esm.storage.database import journal, settings
from esm.storage.database.connection import Writing
from esm.storage.exchange import tables
from esm.storage.pairing import recusals
from esm.storage.policies import policies
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange import load_pins, load_policies, load_visits, similar_names
from esm.usecases.exchange.load_master_data import Cadres, Enterprises, upsert_absences
from esm.usecases.exchange.load_pairings import upsert_pairings
from esm.usecases.exchange.load_request_events import upsert_events
from esm.usecases.exchange.load_requests import upsert_requests
from esm.usecases.exchange.roster import Roster, RosterRow
from esm.usecases.exchange.tally import Keys, Tally
from esm.usecases.exchange.upsert import upsert
from esm.usecases.register import enterprises as enterprise_records


def load(
    writing: Writing,
    roster: Roster,
    *,
    files: Sequence[str],
    today: date,
    above_scale: bool = False,
    skip_bad: bool = False,
    exit_missing_on: date | None = None,
) -> ImportSummary:
    """Store what the files say; `above_scale` takes every enterprise in them as on the register.

    All or nothing: with any fault the transaction is abandoned, unless `skip_bad` takes the good rows.
    `exit_missing_on` ends on that day the time on the register of enterprises that a sheet of them leaves out.
    """
    places = load_pins.Places(writing, today)
    before = similar_names.names(writing)
    tallies = _store(writing, roster, today, above_scale=above_scale)
    pinned = places.refuse_beyond(roster, tallies["pairings"])
    if pinned and skip_bad:
        raise InputRefused(
            say("The rosters leave pinned enterprises without a place; nothing was written."),
            say("Mend the cells and import again; this fault cannot be left out."),
            pinned,
        )
    missing = _missing(writing, roster, today)
    left: list[Problem] = []
    if exit_missing_on is not None:
        missing, left = _exit(writing, missing, exit_missing_on, today)
    faults = (problem for tally in tallies.values() for problem in tally.problems)
    problems = _in_order((*roster.problems, *faults, *pinned, *left))
    notes = (*roster.notes, *(note for tally in tallies.values() for note in tally.notes))
    summary = ImportSummary(tuple(files), {}, len({_row_of(problem) for problem in problems}), problems, notes)
    if problems and not skip_bad:
        writing.abandon()
        return summary
    if problems and journal.is_idle(writing.connection, writing.operation_id):
        writing.abandon()  # all that was written was refused: undo must not meet an operation that did nothing
    return replace(
        summary,
        counts={name: (tally.added, tally.updated, tally.unchanged) for name, tally in tallies.items()},
        changes=tuple(change for tally in tallies.values() for change in tally.changes),
        missing=tuple(missing),
        questions=similar_names.questions(writing, before),
    )


def _store(writing: Writing, roster: Roster, today: date, *, above_scale: bool) -> dict[str, Tally]:
    """Store every sheet; return what became of its rows.

    What is told of the past goes before today's changes, so that a changed cell of an exported workbook counts.
    """
    rows = roster.rows
    tallies: dict[str, Tally] = {}
    staff = Cadres(writing, rows["cadres"], rows["postings"], today)
    firms = Enterprises(writing, rows["enterprises"], rows["profiles"], today, above_scale=above_scale)
    tallies["settings"] = _store_settings(writing, rows["settings"])
    tallies["cadres"], tallies["enterprises"] = staff.tally, firms.tally
    staff.enter()
    firms.enter()
    keys = Keys(enterprises.ids(writing), cadres.ids(writing), roster.named)

    def store(*specs: SheetSpec) -> None:
        tallies.update((spec.key, upsert(writing, spec, rows[spec.key], keys)) for spec in specs)

    store(POSTINGS, PROFILES, SCOPES)
    staff.correct()
    firms.correct()
    recused = set(recusals.recusals_by_key(writing))
    store(RECUSALS)
    tallies["pairings"] = upsert_pairings(writing, rows["pairings"], keys, today)
    load_pins.refuse_against_pins(writing, rows["recusals"], keys, tallies["recusals"], recused=recused, today=today)
    tallies["absences"] = upsert_absences(writing, rows["absences"], keys)
    store(PAUSES)
    tallies["visits"] = load_visits.upsert_visits(writing, rows["visits"], keys, today)
    store(CANCELLED_VISITS)
    tallies["plans"] = load_visits.upsert_plans(writing, rows["plans"], keys)
    store(HOLIDAYS, BLACKOUTS, OUTSIDE_VISITS)
    for spec in (PROMISES, COMPANIONS):
        tallies[spec.key] = load_visits.upsert_details(writing, spec, rows[spec.key], keys)
    store(REQUEST_CLASSES)
    tallies["requests"] = upsert_requests(writing, rows["requests"], keys, today)
    tallies["request_events"] = upsert_events(writing, rows["request_events"], today)
    tallies["policies"] = load_policies.upsert_policies(writing, rows["policies"], keys)
    keys = replace(keys, policies={code: stored.id for code, stored in policies.load(writing).items()})
    for spec in (BRIEFINGS, APPLICATIONS, RELIEFS):
        tallies[spec.key] = load_policies.upsert_steps(writing, spec, rows[spec.key], keys, today)
    always = {spec.key for spec in ROSTER_SHEETS}
    return {key: tally for key, tally in tallies.items() if rows[key] or key in always}


def _store_settings(writing: Writing, rows: Sequence[RosterRow]) -> Tally:
    """Store settings; a key or a value that esm does not know is refused."""
    tally = Tally()
    known = {key: value for _, key, value in tables.rows(writing, SETTINGS)} if rows else {}
    for row in rows:
        key = row.values["key"]
        value = domain.text_to_store(key, row.values["value"])
        if isinstance(value, Message):
            tally.refuse(row, "value", value)
            continue
        if key not in known:
            tally.added += 1
        else:
            tally.update(row, {"value": (known[key], value)} if known[key] != value else {})
        if known.get(key) != value:
            settings.store(writing, key, value)
    return tally


def _row_of(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.sheet, problem.cell.lstrip(ascii_uppercase)


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the faults sheet by sheet, row by row and from left to right, as who mends them goes through them."""
    places = {place: number for number, place in enumerate(dict.fromkeys((each.file, each.sheet) for each in problems))}

    def place(problem: Problem) -> tuple[int, int, int, str]:
        row = problem.cell.lstrip(ascii_uppercase)
        column = problem.cell.removesuffix(row)
        return places[problem.file, problem.sheet], int(row or 0), len(column), column

    return tuple(sorted(problems, key=place))


def _missing(writing: Writing, roster: Roster, today: date) -> list[MissingRow]:
    """Return who is on the register or in post and in none of the files, where these have a sheet of that kind."""
    on_record = {"cadres": cadres.in_post, "enterprises": enterprises.on_register}
    return [
        MissingRow(kind, key, name)
        for kind, known in on_record.items()
        if kind in roster.named
        for key, name in known(writing, today)
        if key not in roster.named[kind]
    ]


def _exit(
    writing: Writing, missing: Sequence[MissingRow], on: date, today: date
) -> tuple[list[MissingRow], list[Problem]]:
    """End the time on the register of the enterprises that are missing; return them all and who cannot exit."""
    after, problems = [], []
    for entry in missing:
        if entry.sheet != "enterprises":
            after.append(entry)
            continue
        (stored,) = enterprises.load(writing, [entry.key]).values()
        entered = stored.enterprise.enrolled_on
        if entered is not None and entered >= on:
            reason = say("is missing from the file, and cannot exit on {end}, not after {start}", end=on, start=entered)
            problems.append(Problem("", "", "", f"{entry.key} {entry.name}", reason))
        else:
            enterprise_records.end_on_register(writing, stored, on, today)
            after.append(replace(entry, has_exited=True))
    return after, problems
