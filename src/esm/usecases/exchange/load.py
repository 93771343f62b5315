"""Taking rosters into the database: keys decide what is new, blank cells keep what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from string import digits

from esm.domain.exchange.import_summary import ImportSummary, MissingRow
from esm.domain.exchange.sheet_catalogue import ROSTER_SHEETS, SETTINGS, SHEETS
from esm.domain.pairing.columns import PAIRINGS, RECUSALS
from esm.domain.policies.columns import APPLICATIONS, BRIEFINGS, POLICIES, RELIEFS
from esm.domain.register.columns import ABSENCES, POSTINGS, PROFILES, SCOPES
from esm.domain.register.similar_names import NameQuestions
from esm.domain.requests.columns import REQUEST_CLASSES, REQUEST_EVENTS, REQUESTS
from esm.domain.schedule.columns import CALLED_OFF_PLANS, HOLIDAYS, PLANS
from esm.domain.values.column_spec import SheetSpec
from esm.domain.visits.columns import (
    BLACKOUTS,
    CANCELLED_VISITS,
    COMPANIONS,
    OUTSIDE_VISITS,
    PAUSES,
    PROMISES,
    VISITS,
)
from esm.errors import InputRefused, Problem, say
from esm.sheets.exchange.visit_texts.found_texts import FoundTexts
from esm.storage.database import journal
from esm.storage.database.connection import Writing
from esm.storage.policies import policies
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange import load_policies, load_settings_and_recusals, load_visits, pin_conflicts, similar_names
from esm.usecases.exchange.initial_backlog import first_import_notes
from esm.usecases.exchange.load_master_data import IncomingCadres, IncomingEnterprises, upsert_absences
from esm.usecases.exchange.load_pairings import upsert_pairings
from esm.usecases.exchange.load_request_events import upsert_events
from esm.usecases.exchange.load_requests import upsert_requests
from esm.usecases.exchange.roster import roster_parser
from esm.usecases.exchange.roster.identities import OnRecord
from esm.usecases.exchange.roster.roster_parser import ReadFiles, Roster
from esm.usecases.exchange.tally import Keys, Tally
from esm.usecases.exchange.upsert import Incoming, upsert
from esm.usecases.exchange.visit_texts.recording import take_in
from esm.usecases.register import enterprises as enterprise_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the one who imports decides.

    `above_scale` takes every enterprise in the files as on the register; `skip_bad` takes the good rows beside the
    faulty ones; `exit_missing_on` ends on that day the time on the register of enterprises that a sheet of them leaves
    out; `may_number` gives numbers to cadres without one; `is_strict` refuses whatever would be assumed.
    """

    above_scale: bool = False
    skip_bad: bool = False
    exit_missing_on: date | None = None
    may_number: bool = False
    is_strict: bool = False


AS_A_RULE = Choices()
_WITH_NAMES = ("enterprises", "cadres", "profiles")  # sheets that may bring new names


def load(
    writing: Writing,
    read: ReadFiles,
    choices: Choices = AS_A_RULE,
    *,
    files: Sequence[str],
    today: date,
    texts: FoundTexts | None = None,
) -> ImportSummary:
    """Store what the files say, and after it the visits that texts from phones tell.

    All or nothing: with any fault the transaction is abandoned, unless the good rows are chosen.
    """
    known = OnRecord(writing, today)
    roster = roster_parser.roster(read, known, today, number_cadres=choices.may_number)
    places = pin_conflicts.Places(writing, today)
    before = similar_names.names(known) if any(roster.rows[key] for key in _WITH_NAMES) else None
    tallies = _store(writing, roster, today, places, above_scale=choices.above_scale)
    taken = () if texts is None else take_in(writing, texts, tallies, today)
    pinned = places.refuse_beyond(roster, tallies["pairings"])
    if choices.skip_bad:
        _require_capacity(pinned)
    missing, left = _exit_missing(writing, _missing_rows(writing, roster, today), choices.exit_missing_on, today)
    summary = _summary(roster, tallies, (*pinned, *left), files)
    if choices.is_strict and summary.assumed:
        writing.abandon()
        return replace(summary, is_refused=True)
    if summary.problems and (not choices.skip_bad or journal.is_idle(writing.connection, writing.operation_id)):
        writing.abandon()  # if all that was written was refused, undo must not meet an operation that did nothing
    if summary.problems and not choices.skip_bad:
        return summary
    return replace(
        summary,
        notes=(*summary.notes, *first_import_notes(writing, tallies["enterprises"].added, today)),
        counts=_counts(roster, tallies),
        changes=tuple(chain.from_iterable(tally.changes for tally in tallies.values())),
        missing=tuple(missing),
        taken=tuple(taken),
        names=similar_names.questions(OnRecord(writing, today), before) if before else NameQuestions(),
    )


def _summary(
    roster: Roster, tallies: Mapping[str, Tally], others: Iterable[Problem], files: Sequence[str]
) -> ImportSummary:
    """Return what the files say, and what is wrong: in the roster, in storing its rows, and `others`."""
    found = chain.from_iterable(tally.problems for tally in tallies.values())
    problems = _in_order((*roster.problems, *found, *others))
    return ImportSummary(
        tuple(files), {}, len({(each.file, each.sheet, each.row) for each in problems}), problems,
        (*roster.notes, *chain.from_iterable(tally.notes for tally in tallies.values())),
        understood=roster.understood, questions=roster.questions,
        assumed=(*roster.assumed, *chain.from_iterable(tally.assumed for tally in tallies.values())),
    )  # fmt: skip


def _require_capacity(pinned: Sequence[Problem]) -> None:
    """Raise InputRefused where pinned enterprises are left without capacity, which no choice of rows can mend."""
    if pinned:
        words = say("The rosters leave pinned enterprises without capacity; nothing was imported.")
        raise InputRefused(words, say("Correct the cells and import again; this error cannot be skipped."), pinned)


def _counts(roster: Roster, tallies: Mapping[str, Tally]) -> dict[str, tuple[int, int, int]]:
    """Return the rows added, updated and unchanged, of the rosters' sheets and of those that were there."""
    return {
        key: (tally.added, tally.updated, tally.unchanged)
        for key, tally in tallies.items()
        if roster.rows[key] or tally.added or SHEETS[key] in ROSTER_SHEETS
    }


# Every sheet but the settings and the register, in the order in which they are stored, and how each is.
_STORED_BY: Mapping[SheetSpec, Callable[[Incoming, SheetSpec], Tally]] = {
    RECUSALS: load_settings_and_recusals.upsert_recusals,
    PAIRINGS: upsert_pairings,
    ABSENCES: upsert_absences,
    PAUSES: upsert,
    VISITS: load_visits.upsert_visits,
    CANCELLED_VISITS: upsert,
    PLANS: load_visits.upsert_plans,
    CALLED_OFF_PLANS: load_visits.upsert_called_off,
    HOLIDAYS: upsert,
    BLACKOUTS: upsert,
    OUTSIDE_VISITS: upsert,
    PROMISES: load_visits.upsert_details,
    COMPANIONS: load_visits.upsert_details,
    REQUEST_CLASSES: upsert,
    REQUESTS: upsert_requests,
    REQUEST_EVENTS: upsert_events,
    POLICIES: load_policies.upsert_policies,
    BRIEFINGS: load_policies.upsert_steps,
    APPLICATIONS: load_policies.upsert_steps,
    RELIEFS: load_policies.upsert_payments,
}


def _store(
    writing: Writing, roster: Roster, today: date, places: pin_conflicts.Places, *, above_scale: bool
) -> dict[str, Tally]:
    """Store every sheet; return what became of the rows of each.

    Of the register what is told of the past goes before today's changes, so a changed cell of an exported workbook
    counts.
    """
    rows = roster.rows
    staff = IncomingCadres(writing, rows["cadres"], rows["postings"], today)
    firms = IncomingEnterprises(writing, rows["enterprises"], rows["profiles"], today, above_scale=above_scale)
    tallies = {
        "settings": load_settings_and_recusals.upsert_settings(Incoming(writing, rows, Keys({}, {}), today), SETTINGS),
        "cadres": staff.tally,
        "enterprises": firms.tally,
    }
    staff.enter()
    firms.enter()
    incoming = Incoming(writing, rows, Keys(enterprises.ids(writing), cadres.ids(writing), roster.named), today)
    for spec in (POSTINGS, PROFILES, SCOPES):
        tallies[spec.key] = upsert(incoming, spec)
    staff.correct()
    firms.correct()
    for spec, store in _STORED_BY.items():
        tallies[spec.key] = store(incoming, spec)
        if spec is PAIRINGS:
            places.refuse_recusals(incoming, tallies["recusals"])
        elif spec is POLICIES:
            codes = {code: stored.id for code, stored in policies.load(writing).items()}
            incoming = replace(incoming, keys=replace(incoming.keys, policies=codes))
    return tallies


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the faults sheet by sheet, row by row and from left to right, as who mends them goes through them."""
    places = {place: number for number, place in enumerate(dict.fromkeys((each.file, each.sheet) for each in problems))}

    def place(problem: Problem) -> tuple[int, int, int, str]:
        column = problem.cell.rstrip(digits)
        return places[problem.file, problem.sheet], problem.row, len(column), column

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
    writing: Writing, missing: Sequence[MissingRow], on: date | None, today: date
) -> tuple[list[MissingRow], list[Problem]]:
    """End the time on the register of missing enterprises, if `on` some day; return all rows and who cannot exit."""
    after, problems = [], []
    for entry in missing:
        if on is None or entry.sheet != "enterprises":
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
