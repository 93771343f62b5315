"""Taking in visits told in texts from phones, each as `esm visit log` records or refuses it (docs/rules.md, Import)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from esm.domain.exchange.import_summary import TakenVisit
from esm.domain.policies.columns import BRIEFINGS
from esm.domain.requests.columns import REQUESTS
from esm.domain.visits.check_code import folded
from esm.domain.visits.columns import PROMISES, VISITS
from esm.domain.visits.contact_made import VisitForm
from esm.domain.visits.records import VisitRecord
from esm.errors import EsmError, Problem, say
from esm.sheets.exchange.visit_texts.form_entries import form_entries
from esm.sheets.exchange.visit_texts.found_texts import FoundTexts, VisitText
from esm.sheets.visits.text_labels import as_typed
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.seal_lookup import district_mark
from esm.storage.policies import policies
from esm.storage.register import cadres, enterprises
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.visit_texts.visits_on_record import visit_on_record
from esm.usecases.visits import completed_form
from esm.usecases.visits.form_recording import record_form

_WANTED = ("enterprise", "done_on", "cadre")


def take_in(writing: Writing, found: FoundTexts, tallies: Mapping[str, Tally], today: date) -> list[TakenVisit]:
    """Record the visits of texts and count them in the tallies of their sheets; return what became of each.

    A text that cannot be taken is a problem of the visits, and nothing of it stays.
    """
    tally = tallies[VISITS.key]
    tally.problems += found.problems
    mark, taken = district_mark(writing), dict[tuple[str, str], TakenVisit]()
    for text in found.texts:
        key = text.district, text.code
        if key in taken:
            tally.unchanged += 1
            tally.notes.append(
                say("{file}, line {line}: the same text as in line {first}; it is taken once.",
                    file=text.form.file, line=text.form.first_row, first=taken[key].line)
            )  # fmt: skip
        elif text.district != mark:
            tally.problems.append(text.problem(_OTHER_DISTRICT))
        else:
            told = _taken(writing, text, tallies, today)
            if told is not None:
                taken[key] = told
    return list(taken.values())


_OTHER_DISTRICT = say("the text is of another district or of another database: import it there, or write the page anew")


def _taken(writing: Writing, text: VisitText, tallies: Mapping[str, Tally], today: date) -> TakenVisit | None:
    """Return what became of one text; None, with nothing written, where it cannot be taken."""
    tally = tallies[VISITS.key]
    form = _form(writing, text)
    if not isinstance(form, VisitForm):
        tally.problems += form
        return None
    known = visit_on_record(writing, form)
    if known is not None:
        tally.unchanged += 1
        notes = () if known.visit.cancelled_on is None else (say("It was cancelled and is not brought back."),)
        return replace(_told(text, known), notes=notes)
    try:
        with writing.connection.attempt(EsmError):
            done = record_form(writing, form, today)
    except EsmError as error:
        tally.problems.append(text.problem(error.message))
        return None
    recorded, raised = done.visit, done.raised
    tally.added += 1
    tallies[PROMISES.key].added += len(form.details.promises)
    tallies[REQUESTS.key].added += len(raised.requests)
    tallies[BRIEFINGS.key].added += len(raised.briefed)
    return replace(
        _told(text, recorded.record), is_new=True, due_on=recorded.due_on, notes=(*recorded.notes, *raised.notes)
    )


def _told(text: VisitText, record: VisitRecord) -> TakenVisit:
    visit = record.visit
    return TakenVisit(
        file=text.form.file, line=text.form.first_row, code=text.code, visit_id=record.id, uscc=visit.uscc,
        enterprise=record.enterprise, staff_no=visit.staff_no, cadre=record.cadre, done_on=visit.done_on,
    )  # fmt: skip


def _form(reading: Reading, text: VisitText) -> VisitForm | list[Problem]:
    """Return what a text says, with the keys of its enterprise, cadre and policies; or what is wrong with it."""
    entries = form_entries(text.form)
    if entries.problems:
        return entries.problems
    values = entries.values
    absent = completed_form.missing(values, list(_WANTED))
    if absent:
        return [text.problem(say("{label} is missing", label=completed_form.label(key))) for key in absent]
    uscc = _key(values["enterprise"], [folded(values["enterprise"])[:18].upper()])
    if uscc is None or uscc not in enterprises.load(reading, [uscc]):
        return [text.problem(say("no enterprise has this code; add it to the sheet of enterprises"))]
    staff_no = _key(values["cadre"], [number for number, _name in cadres.names(reading)])
    if staff_no is None:
        return [text.problem(say("no cadre has this staff number; add it to the sheet of cadres"))]
    form = completed_form.visit_form(values)
    codes = {folded(as_typed(code)): code for code, _title in policies.names(reading)} if form.policies else {}
    explained = tuple(codes.get(folded(words), words) for words in form.policies)
    return replace(form, enterprise=uscc, cadre=staff_no, policies=explained)


def _key(words: str, known: Iterable[str]) -> str | None:
    """Return the key with which an entry such as `1001 (name)` begins, the longest of those that fit."""
    entry = folded(words)
    return max((key for key in known if entry.startswith(f"{folded(as_typed(key))}(")), key=len, default=None)
