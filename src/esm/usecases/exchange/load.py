"""Taking rosters into the database: keys decide what is new, blank cells keep what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from string import ascii_uppercase

from esm.domain.exchange.import_summary import ImportSummary, MissingRow
from esm.errors import InputRefused, Problem, say
from esm.sheets.exchange import history_columns as sheet
from esm.sheets.exchange import request_columns
from esm.sheets.exchange.roster_columns import ABSENCES, RECUSALS
from esm.storage.database import journal
from esm.storage.database.connection import Writing
from esm.storage.exchange import tables as stored_ledgers
from esm.storage.pairing import recusals
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange import (
    keyed_rows,
    load_history,
    load_pins,
    load_policies,
    load_request_events,
    load_requests,
    load_settings,
    load_visit_details,
    similar_names,
)
from esm.usecases.exchange.load_master_data import Cadres, Enterprises
from esm.usecases.exchange.roster import Reading
from esm.usecases.exchange.tally import Keys, Tally
from esm.usecases.register import master_data


def load(
    writing: Writing,
    roster: Reading,
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
    tallies = _taken(writing, roster, today, above_scale=above_scale)
    pinned = places.refuse_beyond(roster.records, tallies["pairings"])
    if pinned and skip_bad:
        raise InputRefused(
            say("The rosters leave pinned enterprises without a place; nothing was written."),
            say("Mend the cells and import again; this fault cannot be left out."),
            pinned,
        )
    missing = _missing(writing, roster, today)
    left: list[Problem] = []
    if exit_missing_on is not None:
        missing, left = _let_go(writing, missing, exit_missing_on, today)
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


def _taken(writing: Writing, roster: Reading, today: date, *, above_scale: bool) -> dict[str, Tally]:
    """Store every sheet; return what became of its rows.

    What is told of the past goes before today's changes, so that a changed cell of an exported workbook counts.
    """
    records, told = roster.records, roster.records.ledgers
    tallies: dict[str, Tally] = {}
    staff = Cadres(writing, records.cadres, told.get("postings", ()), today)
    firms = Enterprises(writing, records.enterprises, told.get("profiles", ()), today, above_scale=above_scale)
    tallies["settings"] = load_settings.take(writing, told.get("settings", ()))
    tallies["cadres"], tallies["enterprises"] = staff.tally, firms.tally
    staff.enter()
    firms.enter()
    keys = Keys(enterprises.ids(writing), cadres.ids(writing), roster.named)
    for spec in (sheet.POSTINGS, sheet.PROFILES, sheet.SCOPES):
        tallies[spec.key] = keyed_rows.take(writing, spec, told.get(spec.key, ()), keys)
    staff.correct()
    firms.correct()
    recused = set(recusals.recusals_by_key(writing))
    tallies["recusals"] = keyed_rows.take(writing, RECUSALS, records.recusals, keys)
    tallies["pairings"] = load_history.take_pairings(writing, records.pairings, keys, today)
    load_pins.refuse_against_pins(writing, records.recusals, keys, tallies["recusals"], recused=recused, today=today)
    tallies["absences"] = keyed_rows.take(writing, ABSENCES, records.absences, keys)
    load_history.take_deputies(writing, records.absences, keys, tallies["absences"])
    tallies["pauses"] = keyed_rows.take(writing, sheet.PAUSES, told.get("pauses", ()), keys)
    tallies["visits"] = load_history.take_visits(writing, records.visits, keys, today)
    cancelled = told.get("cancelled_visits", ())
    tallies["cancelled_visits"] = keyed_rows.take(writing, sheet.CANCELLED_VISITS, cancelled, keys)
    tallies["plans"] = _plans(writing, roster, keys)
    tallies |= load_visit_details.take(writing, told, keys)
    tallies |= _matters(writing, roster, keys, today)
    shown = (*records.ledgers, "cadres", "enterprises", "recusals", "pairings", "absences", "visits")
    return {name: tally for name, tally in tallies.items() if name in shown}


def _plans(writing: Writing, roster: Reading, keys: Keys) -> Tally:
    rows = roster.records.ledgers.get("plans", ())
    made = stored_ledgers.visit_ids(writing) if rows else {}
    return keyed_rows.take(
        writing, sheet.PLANS, rows, keys,
        lambda values, links: {
            "visit_id": made.get((links["enterprise_id"], values.get("visited_by", ""), values.get("visited_on", "")))
        },
    )  # fmt: skip


def _matters(writing: Writing, roster: Reading, keys: Keys, today: date) -> dict[str, Tally]:
    told = roster.records.ledgers
    classes = keyed_rows.take(writing, request_columns.REQUEST_CLASSES, told.get("request_classes", ()), keys)
    return {
        "request_classes": classes,
        "requests": load_requests.take_requests(writing, told.get("requests", ()), keys, today),
        "request_events": load_request_events.take(writing, told.get("request_events", ()), today),
        **load_policies.take(writing, told, keys, today),
    }


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


def _missing(writing: Writing, roster: Reading, today: date) -> list[MissingRow]:
    """Return who is on the register or in post and in none of the files, where these have a sheet of that kind."""
    on_record = {"cadres": cadres.in_post, "enterprises": enterprises.on_register}
    return [
        MissingRow(kind, key, name)
        for kind, known in on_record.items()
        if kind in roster.named
        for key, name in known(writing, today)
        if key not in roster.named[kind]
    ]


def _let_go(
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
            master_data.end_on_register(writing, stored, on, today)
            after.append(replace(entry, has_exited=True))
    return after, problems
