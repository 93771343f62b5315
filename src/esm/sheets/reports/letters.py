"""Letters of supervision: the letter to each department, and the list of those that were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _

from esm.domain.reports.letters import LookedAt, SupervisionLetter
from esm.errors import say
from esm.sheets.sheet.day_words import day_in_words
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells


def letter_list(letters: Sequence[SupervisionLetter], files: Mapping[str | None, str], looked_at: LookedAt) -> Sheet:
    """Return which letters were written for whom; `files` are their names by department."""
    columns = (
        Column("number", _("No.")),
        Column("department", _("Department"), table=False),
        Column("told_department", _("Department"), lambda letter: addressee(letter.department), data=False),
        Column("overdue", _("Overdue visits"), lambda letter: len(letter.overdue)),
        Column("late_requests", _("Overdue requests"), lambda letter: len(letter.requests)),
        Column("unserved", _("Unserved"), lambda letter: len(letter.unserved)),
        Column("answer_by", _("Reply by")),
        Column("file", _("File"), lambda letter: files.get(letter.department)),
    )
    return Sheet("letters", _("Letters of supervision"), columns, cells(columns, letters), (), _nothing(looked_at))


def _nothing(looked_at: LookedAt) -> str:
    """Return why nobody has to be written to."""
    if not any(looked_at):
        return _("There was nothing to look at: no enterprise is in scope, and no request is open.")
    fine = say(
        "Nothing is overdue: looked at {enterprises:enterprise|enterprises} in scope and "
        "{requests:open request|open requests}.",
        enterprises=looked_at.enterprises, requests=looked_at.requests,
    )  # fmt: skip
    return tell(fine)


def letter_report(letter: SupervisionLetter) -> Report:
    """Return one letter, with the tables of what is overdue."""
    return Report(
        _("Letter of supervision"),
        (
            Fact("number", _("No."), _("____") if letter.number is None else letter.number),
            Fact("as_of", _("As of"), letter.issued_on),
            Fact("year", _("Year"), letter.issued_on.year),
            Fact("department", _("Department"), addressee(letter.department)),
            Fact("issuing_office", _("Issued by"), letter.issuing_office or None),
            Fact("issued", _("Date"), day_in_words(letter.issued_on)),
            Fact("answer_by", _("Reply by"), day_in_words(letter.answer_by)),
        ),
        (
            Sheet("body", "", (), [], tuple(_paragraphs(letter)), data=False),
            _visit_sheet(letter),
            _request_sheet(letter),
            _unserved_sheet(letter),
        ),
        (_("This date may move: the holidays of its year are not published yet."),) if letter.is_provisional else (),
    )


def addressee(department: str | None) -> str:
    """Return to whom a letter to a department goes; None is the office itself."""
    return _("Enterprise service office") if department is None else department


def _paragraphs(letter: SupervisionLetter) -> Iterator[str]:
    parts = [
        tell(say("{count:overdue visit|overdue visits}", count=len(letter.overdue))) if letter.overdue else "",
        tell(say("{count:overdue request|overdue requests}", count=len(letter.requests))) if letter.requests else "",
        tell(say("{count:enterprise without a cadre|enterprises without a cadre}", count=len(letter.unserved)))
        if letter.unserved
        else "",
    ]
    yield _(
        "As of {day}, the following matters of your department are outstanding: {matters}. They are listed below."
    ).format(day=day_in_words(letter.issued_on), matters=_(", ").join(filter(None, parts)))
    yield _(
        "Please deal with them and reply in writing by {day}: what has been done, what is still "
        "open, and when it will be completed."
    ).format(day=day_in_words(letter.answer_by))


def _visit_sheet(letter: SupervisionLetter) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), "row.uscc", table=False),
        Column("enterprise", _("Enterprise"), "row.enterprise"),
        Column("subdistrict", _("Subdistrict"), "row.subdistrict"),
        Column("cadre", _("Cadre"), "row.cadre"),
        Column("due_on", _("Due since"), "row.due_on"),
        Column("days_overdue", _("Days late")),
        Column("last_visit_on", _("Last visit"), "row.last_visit_on", table=False),
        Column("told_last_visit", _("Last visit"), lambda visit: visit.row.last_visit_on or _("never"), data=False),
    )
    return Sheet("overdue", _("Overdue visits"), columns, cells(columns, letter.overdue), table=bool(letter.overdue))


def _request_sheet(letter: SupervisionLetter) -> Sheet:
    columns = (
        Column("id", _("No.")),
        Column("enterprise", _("Enterprise")),
        Column("subject", _("Subject"), "progress.request.subject"),
        Column("received_on", _("Received"), "progress.request.received_on"),
        Column("due_on", _("Deadline"), "progress.due_on"),
        Column("days_late", _("Working days late"), "progress.days_late"),
    )
    rows = cells(columns, letter.requests)
    return Sheet("requests", _("Overdue requests"), columns, rows, table=bool(rows))


def _unserved_sheet(letter: SupervisionLetter) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("subdistrict", _("Subdistrict")),
        Column("tier", _("Tier")),
    )
    rows = cells(columns, letter.unserved)
    return Sheet("unserved", _("Enterprises without a cadre"), columns, rows, table=bool(rows))
