"""One request as a page: what is known of it, what may come next, and its transitions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _

from esm.domain.requests.records import RequestRecord, RequestUpdate
from esm.domain.requests.states import ACTIONS, Transition
from esm.domain.requests.transition_rules import possible_commands
from esm.sheets.requests import request_list
from esm.sheets.sheet.code_words import stated_term, term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import NOTHING, Cell, Column, Report, Sheet, Term, cells, facts
from esm.sheets.sheet.usual_columns import coded

# Columns of the list that machines read: people are told the same in other words.
_DATA_ONLY = {"late", "days_late", "staff_no", "proposed", "subdistrict", "extended"}


def request_report(moved: RequestUpdate) -> Report:
    """Return one request with all its transitions; people see the facts that say something."""
    record = moved.record
    known = (
        *facts(request_list.columns(), record, _is_for_people),
        *facts(_further_columns(), record, partial(_further_is_for_people, record)),
    )
    notes = (*map(tell, moved.notes), *_proposal_notes(record))
    return Report(_("Request"), known, (_transition_sheet(record.progress.transitions),), notes)


def _proposal_notes(record: RequestRecord) -> tuple[str, ...]:
    if not record.proposals:
        return ()
    told = _("Due for escalation: {reason}.")
    if len(record.proposals) > 1:
        told = _("Due for escalation by {rungs} levels: {reason}.")
    reasons = _(", ").join(term(reason).label for reason in dict.fromkeys(record.proposals))
    return (told.format(rungs=len(record.proposals), reason=reasons),)


def _further_columns() -> tuple[Column, ...]:
    return (
        Column("supporting", _("Supporting departments"), "progress.supporting"),
        Column("support_by", _("Supporting answers due"), "progress.support_by"),
        Column("unsupported", _("No answer yet from"), "progress.unsupported"),
        Column("close_by", _("Deadline without extension"), "progress.close_by"),
        Column("basis", _("Legal basis"), "progress.basis"),
        Column("satisfied", _("Enterprise satisfied"), "progress.is_satisfied"),
        Column("reopened", _("Times reopened"), "progress.reopened"),
        Column("days_taken", _("Working days to closure"), "progress.days_taken"),
        Column("visited_on", _("Raised during the visit of"), "progress.request.visited_on"),
        Column("possible", _("Possible actions"), _possible_actions),
    )


def _possible_actions(record: RequestRecord) -> tuple[Term, ...]:
    """Return the commands that may come next: codes for machines, for people what they do."""
    commands = possible_commands(record.progress, record.progress.as_of)
    return tuple(Term(command, tell(ACTIONS[command])) for command in commands)


def _is_for_people(column: Column, cell: Cell) -> bool:
    return column.key not in _DATA_ONLY and cell not in NOTHING


def _further_is_for_people(record: RequestRecord, column: Column, cell: Cell) -> bool:
    """Return whether people see the fact: not the day to close by where it is the deadline that they saw already."""
    case = record.progress
    if column.key == "satisfied":
        return cell is not None
    if column.key == "close_by":
        return case.closed_on is not None or (case.is_open and cell != case.due_on)
    return cell not in NOTHING


def _transition_sheet(transitions: Sequence[Transition]) -> Sheet:
    columns = (
        Column("done_on", _("Date")),
        Column("move", _("Action"), coded("kind")),
        Column("who", _("Recorded by")),
        Column("department", _("Department")),
        Column("supporting", _("Supporting departments"), table=False),
        Column("until_on", _("New deadline"), table=False),
        Column("outcome", _("Outcome"), coded("outcome"), table=False),
        Column("basis", _("Legal basis"), table=False),
        Column("satisfied", _("Satisfied"), "is_satisfied", table=False),
        Column("reason", _("Reason"), table=False),
        Column("note", _("Note"), table=False),
        Column("told", _("Details"), _details, data=False),
    )
    return Sheet("events", _("Actions"), columns, cells(columns, transitions), (), _("No action has been taken yet."))


def _details(transition: Transition) -> str:
    outcome, reason = stated_term(transition.outcome), stated_term(transition.reason)
    until = None if transition.until_on is None else _("until {day}").format(day=transition.until_on)
    satisfied = {None: None, True: _("satisfied"), False: _("not satisfied")}[transition.is_satisfied]
    parts = (
        _(", ").join(transition.supporting), until, outcome and outcome.label, satisfied, reason and reason.label,
        transition.basis, transition.note,
    )  # fmt: skip
    return _("; ").join(part for part in parts if part)
