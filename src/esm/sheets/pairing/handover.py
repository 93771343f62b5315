"""The handover sheet: for people one part for each successor, for machines one list of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from itertools import groupby
from typing import Any

from esm.domain.pairing.handover import Handover, Takeover
from esm.domain.pairing.proposal import Assignment, Proposal
from esm.sheets.register.enterprises import masked_phone
from esm.sheets.sheet.day_words import day_in_words
from esm.sheets.sheet.message_translation import as_text, tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, optional

SIGNATURE = 16  # characters of a line to sign


def handover_report(handover: Handover, *, with_phones: bool = False) -> Report:
    """Return who takes over what, with contacts, minutes, what is open and the next due date.

    Phone numbers are masked unless `with_phones`.
    """
    handover = handover if with_phones else _with_masked_phones(handover)
    takeovers = handover.takeovers
    unserved = sum(one.pair is None for one in takeovers)
    facts = (
        Fact("staff_no", _("Staff no."), handover.staff_no), Fact("cadre", _("Cadre"), handover.cadre),
        Fact("on", _("Handover date"), handover.on),
        Fact("told_on", _("Handover date"), day_in_words(handover.on), table=False, data=False),
        Fact("leaves", _("Leaves the post"), handover.leaves),
        Fact("handed_over", _("Handed over"), len(takeovers) - unserved), Fact("unserved", _("Unserved"), unserved),
        Fact("other_moves", _("Changes for other enterprises"), len(handover.other_moves)),
    )  # fmt: skip
    notes = tuple(map(tell, handover.notes))
    parts = [
        part
        for number, group in groupby(takeovers, key=lambda one: one.successor)
        for part in _successor_sheets(handover, number, list(group))
    ]
    flat = (
        _takeover_sheet(handover),
        _minutes_sheet(takeovers),
        _open_item_sheet(takeovers),
        _other_moves_sheet(handover),
    )
    return Report(_("Handover"), facts, (*parts, *flat), notes)


def blank_handover_report(today: date) -> Report:
    """Return a handover of nothing to a successor without a name, which has all parts that a template can name."""
    nothing = Handover("", "", today, True, (), Assignment(Proposal((), (), (), 0), {}, {}))
    report = handover_report(nothing)
    return replace(report, sheets=(*_successor_sheets(nothing, None, ()), *report.sheets))


def _successor_sheets(handover: Handover, number: str | None, takeovers: Sequence[Takeover]) -> list[Sheet]:
    """Return the sheets of one successor, as the successor gets them printed."""
    who = _("no successor yet") if number is None else f"{number} {handover.assignment.cadres[number]}"
    columns = (
        Column("enterprise", _("Enterprise"), "enterprise.name"),
        Column("subdistrict", _("Subdistrict"), "enterprise.subdistrict"),
        Column("tier", _("Tier"), "enterprise.tier"),
        Column("contact", _("Contact"), _contact),
        Column("contact_phone", _("Phone"), "enterprise.contact_phone"),
        Column("last_visit_on", _("Last visit")),
        Column("due_on", _("Due")),
        Column("deputies", _("Deputies"), _deputy_names, table=any(one.deputies for one in takeovers)),
    )
    title = _("No successor yet") if number is None else _("To {who}").format(who=who)
    parts = [Sheet(f"to_{number}", title, columns, cells(columns, takeovers), data=False)]
    parts += [part for part in (_minutes_sheet(takeovers, who), _open_item_sheet(takeovers, who)) if part.rows]
    successor = None if number is None else handover.assignment.cadres[number]
    parts.append(_signature_sheet(handover.cadre, successor, who))
    return [replace(part, page=who) for part in parts]


def _signature_sheet(cadre: str, successor: str | None, who: str) -> Sheet:
    """Return the lines to sign: who hands over, who takes over, and who witnesses it (监交人)."""
    columns = (
        Column("part", ""), Column("name", _("Name")), Column("signature", _("Signature"), by_hand=True),
        Column("on", _("Date")),
    )  # fmt: skip
    line, day = "_" * SIGNATURE, _("____-__-__")
    parts = ((_("Handed over by"), cadre), (_("Taken over by"), successor), (_("Witnessed by"), None))
    rows = [(part, name or line, line, day) for part, name in parts]
    return Sheet("signatures", _("Signatures ({who})").format(who=who), columns, rows, data=False)


def _with_masked_phones(handover: Handover) -> Handover:
    hidden = [
        replace(one, enterprise=replace(one.enterprise, contact_phone=masked_phone(one.enterprise.contact_phone)))
        for one in handover.takeovers
    ]
    return replace(handover, takeovers=tuple(hidden))


def _contact(takeover: Takeover) -> str | None:
    known = (takeover.enterprise.contact_name, takeover.enterprise.contact_title)
    return " ".join(filter(None, known)) or None


def _deputy_names(takeover: Takeover) -> tuple[str, ...]:
    return tuple(deputy.name for deputy in takeover.deputies)


def _takeover_sheet(handover: Handover) -> Sheet:
    columns = (
        Column("staff_no", _("Staff no."), "successor"),
        Column("cadre", _("Cadre"), lambda one: one.successor and handover.assignment.cadres[one.successor]),
        Column("uscc", _("Credit code"), "enterprise.uscc"),
        Column("enterprise", _("Enterprise"), "enterprise.name"),
        Column("tier", _("Tier"), "enterprise.tier"),
        Column("subdistrict", _("Subdistrict"), "enterprise.subdistrict"),
        Column("address", _("Address"), "enterprise.address"),
        Column("contact_name", _("Contact"), "enterprise.contact_name"),
        Column("contact_title", _("Contact's title"), "enterprise.contact_title"),
        Column("contact_phone", _("Contact's phone"), "enterprise.contact_phone"),
        Column("last_visit_on", _("Last visit")),
        Column("due_on", _("Due")),
        Column("penalty", _("Penalty"), optional("pair.penalty.total")),
        Column("deputies", _("Deputies"), _deputy_names),
    )
    return Sheet("takeovers", _("Handed over"), columns, cells(columns, handover.takeovers), table=False)


def _minutes_sheet(takeovers: Sequence[Takeover], who: str | None = None) -> Sheet:
    columns = (
        Column("done_on", _("Date"), "visit.done_on"),
        Column("cadre", _("Cadre")),
        Column("minutes", _("Minutes"), "visit.minutes"),
    )
    title = _("Recent minutes") if who is None else _("Recent minutes ({who})").format(who=who)
    return _item_sheet("minutes", title, columns, [(one, one.minutes) for one in takeovers], who)


def _open_item_sheet(takeovers: Sequence[Takeover], who: str | None = None) -> Sheet:
    columns = (
        Column("kind", _("Kind"), coded("kind")),
        Column("text", _("Details"), lambda item: as_text(item.text)),
        Column("due_on", _("Last day")),
    )
    title = _("Open items and payments") if who is None else _("Open items and payments ({who})").format(who=who)
    return _item_sheet("matters", title, columns, [(one, one.open_items) for one in takeovers], who)


def _item_sheet(
    key: str, title: str, columns: Sequence[Column], items: Iterable[tuple[Takeover, Sequence[Any]]], who: str | None
) -> Sheet:
    """Return what there is of some takeovers: of one successor for people, or of all for machines."""
    names = (
        Column("staff_no", _("Staff no."), "successor", table=False),
        Column("uscc", _("Credit code"), "enterprise.uscc", table=False),
        Column("enterprise", _("Enterprise"), "enterprise.name"),
    )
    rows = [(*name, *row) for one, own in items for name in cells(names, [one]) for row in cells(columns, own)]
    return Sheet(key, title, (*names, *columns), rows, table=who is not None, data=who is None)


def _other_moves_sheet(handover: Handover) -> Sheet:
    names, firms = handover.assignment.cadres, handover.assignment.enterprises
    columns = (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise"), lambda pair: firms[pair.uscc]),
        Column("previous_no", _("Previous staff no."), "previous", table=False),
        Column("previous", _("Previous cadre"), lambda pair: pair.previous and names[pair.previous]),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), lambda pair: names[pair.staff_no]),
    )
    rows = cells(columns, handover.other_moves)
    return Sheet("moves", _("Changes for other enterprises"), columns, rows, table=bool(rows))
