"""One request as a page: what is known of it, what may come next, and its transitions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

from esm.domain.requests import transition_rules
from esm.domain.requests.records import RequestRecord, RequestUpdate
from esm.domain.requests.states import Transition
from esm.sheets.requests import request_list
from esm.sheets.sheet.code_words import stated_term, term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell

# Columns of the list that machines read: people are told the same in other words.
_DATA_ONLY = {"late", "days_late", "staff_no", "proposed", "subdistrict", "extended"}


def request_report(moved: RequestUpdate) -> Report:
    """Return one request with all its transitions; people see the facts that say something."""
    record = moved.record
    known = zip(request_list.columns(), request_list.row(record), strict=True)
    facts = tuple(
        Fact(column.key, column.label, cell, column.key not in _DATA_ONLY and _says_something(cell), column.data)
        for column, cell in known
    )
    more = tuple(
        Fact(key, label, value, _is_for_people(record, key, value)) for key, label, value in _further_facts(record)
    )
    notes = (*map(tell, moved.notes), *_proposal_notes(record))
    return Report(_("Request"), (*facts, *more), (_transition_sheet(record.progress.transitions),), notes)


def _proposal_notes(record: RequestRecord) -> tuple[str, ...]:
    if not record.proposals:
        return ()
    told = _("Due for escalation: {reason}.")
    if len(record.proposals) > 1:
        told = _("Due for escalation by {rungs} levels: {reason}.")
    reasons = ", ".join(term(reason).label for reason in dict.fromkeys(record.proposals))
    return (told.format(rungs=len(record.proposals), reason=reasons),)


def _further_facts(record: RequestRecord) -> tuple[tuple[str, str, Cell], ...]:
    case = record.progress
    return (
        ("supporting", _("Supporting departments"), case.supporting),
        ("support_by", _("Supporting answers due"), case.support_by),
        ("unsupported", _("No answer yet from"), case.unsupported),
        ("close_by", _("Deadline without extension"), case.close_by),
        ("basis", _("Legal basis"), case.basis),
        ("satisfied", _("Enterprise satisfied"), case.is_satisfied),
        ("reopened", _("Times reopened"), case.reopened),
        ("days_taken", _("Working days to closure"), case.days_taken),
        ("visited_on", _("Raised during the visit of"), case.request.visited_on),
        ("possible", _("Possible actions"), transition_rules.possible_commands(case, case.as_of)),
    )


def _is_for_people(record: RequestRecord, key: str, cell: Cell) -> bool:
    """Return whether people see the fact: not the day to close by where it is the deadline that they saw already."""
    case = record.progress
    if key == "satisfied":
        return cell is not None
    if key == "close_by":
        return case.closed_on is not None or (case.is_open and cell != case.due_on)
    return _says_something(cell)


def _says_something(cell: Cell) -> bool:
    """Return whether people want to read the cell: nothing, none and no are left out."""
    return cell not in (None, (), 0)


def _transition_sheet(transitions: Sequence[Transition]) -> Sheet:
    columns = (
        Column("done_on", _("Date")), Column("move", _("Action")), Column("who", _("Recorded by")),
        Column("department", _("Department")), Column("supporting", _("Supporting departments"), table=False),
        Column("until_on", _("New deadline"), table=False), Column("outcome", _("Outcome"), table=False),
        Column("basis", _("Legal basis"), table=False), Column("satisfied", _("Satisfied"), table=False),
        Column("reason", _("Reason"), table=False), Column("note", _("Note"), table=False),
        Column("told", _("Details"), data=False),
    )  # fmt: skip
    rows = [
        (
            transition.done_on,
            term(transition.kind),
            transition.who,
            transition.department,
            transition.supporting,
            transition.until_on,
            stated_term(transition.outcome),
            transition.basis,
            transition.is_satisfied,
            transition.reason,
            transition.note,
            _details(transition),
        )
        for transition in transitions
    ]
    return Sheet("events", _("Actions"), columns, rows, (), _("No action has been taken yet."))


def _details(transition: Transition) -> str:
    outcome = stated_term(transition.outcome)
    satisfied = {None: None, True: _("satisfied"), False: _("not satisfied")}[transition.is_satisfied]
    parts = (
        ", ".join(transition.supporting), _until(transition.until_on), None if outcome is None else outcome.label,
        satisfied,
        None if transition.reason is None else term(transition.reason).label, transition.basis, transition.note,
    )  # fmt: skip
    return "; ".join(part for part in parts if part)


def _until(until_on: date | None) -> str:
    return "" if until_on is None else _("until {day}").format(day=until_on)
