"""Taking rosters into the database: keys decide what is new, blank cells keep what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from string import ascii_uppercase

from esm.domain.exchange.import_summary import FieldChange, ImportSummary, MissingRow
from esm.domain.exchange.sheet_catalogue import ROSTER_SHEETS, SETTINGS
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
from esm.usecases.exchange import load_policies, load_visits, pin_conflicts, similar_names
from esm.usecases.exchange.load_master_data import IncomingCadres, IncomingEnterprises, upsert_absences
from esm.usecases.exchange.load_pairings import upsert_pairings
from esm.usecases.exchange.load_request_events import upsert_events
from esm.usecases.exchange.load_requests import upsert_requests
from esm.usecases.exchange.roster_parser import Roster, RosterRow
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
    places = pin_conflicts.Places(writing, today)
    before = similar_names.names(writing)
    sheets = _Sheets(writing, roster, today)
    sheets.store(above_scale=above_scale)
    pinned = places.refuse_beyond(roster, sheets.tallies["pairings"])
    if pinned and skip_bad:
        raise InputRefused(
            say("The rosters leave pinned enterprises without capacity; nothing was imported."),
            say("Correct the cells and import again; this error cannot be skipped."),
            pinned,
        )
    missing = _missing_rows(writing, roster, today)
    left: list[Problem] = []
    if exit_missing_on is not None:
        missing, left = _exit_missing(writing, missing, exit_missing_on, today)
    problems = _in_order((*roster.problems, *sheets.problems, *pinned, *left))
    summary = ImportSummary(
        tuple(files), {}, len({_row_of(problem) for problem in problems}), problems, (*roster.notes, *sheets.notes)
    )
    if problems and (not skip_bad or journal.is_idle(writing.connection, writing.operation_id)):
        writing.abandon()  # if all that was written was refused, undo must not meet an operation that did nothing
    if problems and not skip_bad:
        return summary
    questions = similar_names.questions(writing, before)
    return replace(summary, counts=sheets.counts, changes=sheets.changes, missing=tuple(missing), questions=questions)


class _Sheets:
    """The sheets of a roster on their way in, each with what became of its rows."""

    def __init__(self, writing: Writing, roster: Roster, today: date) -> None:
        self._writing, self._rows, self._named, self._today = writing, roster.rows, roster.named, today
        self.tallies: dict[str, Tally] = {}

    @property
    def problems(self) -> list[Problem]:
        """Return every fault that was found while the rows were stored."""
        return [problem for tally in self.tallies.values() for problem in tally.problems]

    @property
    def notes(self) -> list[Message]:
        """Return what is to be said of the rows."""
        return [note for tally in self.tallies.values() for note in tally.notes]

    @property
    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Return how many rows were added, updated and unchanged, of a roster's sheets and the others with rows."""
        always = {spec.key for spec in ROSTER_SHEETS}
        return {
            key: (tally.added, tally.updated, tally.unchanged)
            for key, tally in self.tallies.items()
            if self._rows[key] or key in always
        }

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """Return what was corrected."""
        return tuple(change for tally in self.tallies.values() for change in tally.changes)

    def store(self, *, above_scale: bool) -> None:
        """Store every sheet; `above_scale` takes every enterprise as on the register."""
        self.tallies["settings"] = _store_settings(self._writing, self._rows["settings"])
        keys = self._store_register(above_scale=above_scale)
        self._store_pairings(keys)
        self._store_visits(keys)
        self._store_requests(keys)
        self._store_policies(keys)

    def _store_register(self, *, above_scale: bool) -> Keys:
        """Store the master data: what is told of the past goes before today's changes.

        So a changed cell of an exported workbook counts.
        """
        writing, rows, today = self._writing, self._rows, self._today
        staff = IncomingCadres(writing, rows["cadres"], rows["postings"], today)
        firms = IncomingEnterprises(writing, rows["enterprises"], rows["profiles"], today, above_scale=above_scale)
        self.tallies["cadres"], self.tallies["enterprises"] = staff.tally, firms.tally
        staff.enter()
        firms.enter()
        keys = Keys(enterprises.ids(writing), cadres.ids(writing), self._named)
        self._upsert(keys, POSTINGS, PROFILES, SCOPES)
        staff.correct()
        firms.correct()
        return keys

    def _store_pairings(self, keys: Keys) -> None:
        writing, rows, today = self._writing, self._rows, self._today
        recused = set(recusals.recusals_by_key(writing))
        self._upsert(keys, RECUSALS)
        self.tallies["pairings"] = upsert_pairings(writing, rows["pairings"], keys, today)
        pin_conflicts.refuse_against_pins(
            writing, rows["recusals"], keys, self.tallies["recusals"], recused=recused, today=today
        )
        self.tallies["absences"] = upsert_absences(writing, rows["absences"], keys)

    def _store_visits(self, keys: Keys) -> None:
        writing, rows = self._writing, self._rows
        self._upsert(keys, PAUSES)
        self.tallies["visits"] = load_visits.upsert_visits(writing, rows["visits"], keys, self._today)
        self._upsert(keys, CANCELLED_VISITS)
        self.tallies["plans"] = load_visits.upsert_plans(writing, rows["plans"], keys)
        self._upsert(keys, HOLIDAYS, BLACKOUTS, OUTSIDE_VISITS)
        for spec in (PROMISES, COMPANIONS):
            self.tallies[spec.key] = load_visits.upsert_details(writing, spec, rows[spec.key], keys)

    def _store_requests(self, keys: Keys) -> None:
        self._upsert(keys, REQUEST_CLASSES)
        self.tallies["requests"] = upsert_requests(self._writing, self._rows["requests"], keys, self._today)
        self.tallies["request_events"] = upsert_events(self._writing, self._rows["request_events"], self._today)

    def _store_policies(self, keys: Keys) -> None:
        writing, rows = self._writing, self._rows
        self.tallies["policies"] = load_policies.upsert_policies(writing, rows["policies"], keys)
        keys = replace(keys, policies={code: stored.id for code, stored in policies.load(writing).items()})
        for spec in (BRIEFINGS, APPLICATIONS, RELIEFS):
            self.tallies[spec.key] = load_policies.upsert_steps(writing, spec, rows[spec.key], keys, self._today)

    def _upsert(self, keys: Keys, *specs: SheetSpec) -> None:
        for spec in specs:
            self.tallies[spec.key] = upsert(self._writing, spec, self._rows[spec.key], keys)


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


def _missing_rows(writing: Writing, roster: Roster, today: date) -> list[MissingRow]:
    """Return who is on the register or in post and in none of the files, where these have a sheet of that kind."""
    on_record = {"cadres": cadres.in_post, "enterprises": enterprises.on_register}
    return [
        MissingRow(kind, key, name)
        for kind, known in on_record.items()
        if kind in roster.named
        for key, name in known(writing, today)
        if key not in roster.named[kind]
    ]


def _exit_missing(
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
            reason = say(
                "is missing from the file, but cannot exit on {end}, which is not after {start}", end=on, start=entered
            )
            problems.append(Problem("", "", "", f"{entry.key} {entry.name}", reason))
        else:
            enterprise_records.end_on_register(writing, stored, on, today)
            after.append(replace(entry, has_exited=True))
    return after, problems
