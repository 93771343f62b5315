"""Taking rosters into the database: keys decide what is new, blank cells keep what is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence, Set
from datetime import date

from esm.domain import scope
from esm.domain.roster import Cadre, Enterprise
from esm.domain.summary import ImportSummary
from esm.errors import Message, Problem, say
from esm.storage import cadres, enterprises, pairings, recusals
from esm.storage.database import Writing
from esm.usecases import importing_history
from esm.usecases.rostering import Reading, Row
from esm.usecases.tallying import Keys, Tally, resolved


def load(
    writing: Writing,
    roster: Reading,
    *,
    files: Sequence[str],
    today: date,
    above_scale: bool = False,
    skip_bad: bool = False,
) -> ImportSummary:
    """Store what the rosters say; `above_scale` takes every enterprise in them as on the register.

    All or nothing: with any fault the transaction is abandoned, unless `skip_bad` takes the good rows.
    """
    records = roster.records
    tallies = {
        "cadres": _cadres(writing, records.cadres, today),
        "enterprises": _enterprises(writing, records.enterprises, today, above_scale=above_scale),
    }
    keys = Keys(enterprises.ids(writing), cadres.ids(writing))
    recused = set(recusals.known(writing))
    tallies["recusals"] = _recusals(writing, records.recusals, keys)
    tallies["pairings"] = importing_history.take_pairings(writing, records.pairings, keys, today)
    _refuse_against_pins(writing, records.recusals, keys, tallies["recusals"], recused=recused, today=today)
    tallies["absences"] = importing_history.take_absences(writing, records.absences, keys)
    tallies["visits"] = importing_history.take_visits(writing, records.visits, keys, today)
    problems = (*roster.problems, *(problem for tally in tallies.values() for problem in tally.problems))
    notes = (*roster.notes, *(note for tally in tallies.values() for note in tally.notes))
    rejected = len({_row_of(problem) for problem in problems})
    if problems and not skip_bad:
        writing.abandon()
        tallies = {}
    counts = {name: (tally.added, tally.updated, tally.unchanged) for name, tally in tallies.items()}
    return ImportSummary(tuple(files), counts, rejected, problems, notes)


def _row_of(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.sheet, "".join(character for character in problem.cell if character.isdigit())


def _cadres(writing: Writing, rows: Sequence[Row], today: date) -> Tally:
    tally, new = Tally(), []
    known = cadres.load(writing) if rows else {}
    for row in rows:
        stored = known.get(row.values["staff_no"])
        left_on = row.values.get("left_on", None if stored is None else stored.cadre.left_on)
        active_from = row.values.get("active_from", None if stored is None else stored.cadre.active_from)
        if left_on is not None and active_from is not None and left_on <= active_from:
            place = "left_on" if "left_on" in row.values else "active_from"
            tally.refuse(row, place, say("leaves on {end}, not after {start}", end=left_on, start=active_from))
        elif stored is None:
            new.append(Cadre(**row.values))
        else:
            tally.count(cadres.edit(writing, stored, row.values, today))
    cadres.add(writing, new)
    tally.added = len(new)
    return tally


def _enterprises(writing: Writing, rows: Sequence[Row], today: date, *, above_scale: bool) -> Tally:
    tally, new = Tally(), []
    known = enterprises.load(writing) if rows else {}
    for row in rows:
        values = {"above_scale": True, **row.values} if above_scale else dict(row.values)
        stored = known.get(values["uscc"])
        exited_on = values.get("exited_on")
        enrolled_on = values.get("enrolled_on", None if stored is None else stored.enterprise.enrolled_on)
        if exited_on is not None and enrolled_on is not None and exited_on <= enrolled_on:
            tally.refuse(row, "exited_on", say("exits on {end}, not after {start}", end=exited_on, start=enrolled_on))
        elif stored is None:
            new.append(Enterprise(**values))
        else:
            tally.count(enterprises.edit(writing, stored, values, today))
    enterprises.add(writing, new, today)
    tally.added = len(new)
    tally.notes += _standings(writing, {row.values["uscc"] for row in rows}, today) if rows else []
    return tally


def _standings(writing: Writing, usccs: Set[str], today: date) -> list[Message]:
    """Return what to say of the enterprises of the file whom the register does not put in scope or out of it."""
    listed = enterprises.on_day(writing, today)
    counts = Counter(
        scope.standing(enterprise, basis, today) for enterprise, basis in listed if enterprise.uscc in usccs
    )
    notes = []
    if counts["predicted"]:
        notes.append(say("In scope only by prediction, for the register is silent: {count}", count=counts["predicted"]))
    if counts["undecidable"]:
        notes.append(
            say(
                "Not in scope, for a field is missing to decide it: {count}; see `esm check`",
                count=counts["undecidable"],
            )
        )
    return notes


def _recusals(writing: Writing, rows: Sequence[Row], keys: Keys) -> Tally:
    tally, new = Tally(), []
    known = recusals.known(writing)
    for row, enterprise_id, cadre_id in resolved(rows, keys, tally):
        said = {name: row.values[name] for name in ("reason", "kind") if name in row.values}
        stored = known.get((cadre_id, enterprise_id))
        if stored is None:
            new.append(recusals.New(cadre_id, enterprise_id, said["reason"], said.get("kind", "other")))
            continue
        changes = {name: value for name, value in said.items() if value != getattr(stored, name)}
        tally.count(changes)
        if changes:
            recusals.change(writing, stored.id, changes)
    recusals.add(writing, new)
    tally.added = len(new)
    return tally


def _refuse_against_pins(
    writing: Writing,
    rows: Sequence[Row],
    keys: Keys,
    tally: Tally,
    *,
    recused: Collection[tuple[int, int]],
    today: date,
) -> None:
    """Take new recusals back that forbid a pinned pairing which is not over: both cannot be kept.

    Only when the pairings are taken in is known which pins stand; `recused` are the recusals from before.
    """
    pinned = pairings.pinned(writing, today)
    for row in rows:
        key = keys.cadres.get(row.values["staff_no"], 0), keys.enterprises.get(row.values["uscc"], 0)
        if key in pinned and key not in recused:
            tally.refuse(row, "staff_no", say("the pairing of the two is pinned; end it or take the pin away first"))
            tally.added -= 1
            recusals.remove(writing, recusals.known(writing)[key].id)
