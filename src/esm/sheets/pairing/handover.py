"""The handover sheet: for people one part for each successor, for machines one list of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from itertools import groupby

from esm.domain.pairing.handover import Handover, Takeover
from esm.sheets.register.enterprises import masked_phone
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import as_text, tell

Row = tuple[Cell, ...]


def handover_report(handover: Handover, *, with_phones: bool = False) -> Report:
    """Return who takes over what, with contacts, minutes, what is open and the next due date.

    Phone numbers are masked unless `with_phones`.
    """
    handover = handover if with_phones else _with_masked_phones(handover)
    takeovers = handover.takeovers
    unserved = sum(one.pair is None for one in takeovers)
    facts = (
        Fact("staff_no", _("Staff no."), handover.staff_no), Fact("cadre", _("Cadre"), handover.cadre),
        Fact("on", _("From"), handover.on), Fact("leaves", _("Leaves the post"), handover.leaves),
        Fact("handed_over", _("Handed over"), len(takeovers) - unserved), Fact("unserved", _("Unserved"), unserved),
        Fact("other_moves", _("Changes for other enterprises"), len(handover.other_moves)),
    )  # fmt: skip
    notes = (*map(tell, handover.notes), _("Run `esm schedule` to reschedule the visits."))
    parts = [
        part
        for number, group in groupby(takeovers, key=lambda one: one.successor)
        for part in _successor_sheets(handover, number, list(group))
    ]
    flat = (
        _takeover_sheet(handover),
        _minutes_sheet(handover, takeovers),
        _open_item_sheet(handover, takeovers),
        _other_moves_sheet(handover),
    )
    return Report(_("Handover"), facts, (*parts, *flat), notes)


def _successor_sheets(handover: Handover, number: str | None, takeovers: Sequence[Takeover]) -> list[Sheet]:
    """Return the sheets of one successor, as the successor gets them printed."""
    who = _("no successor yet") if number is None else f"{number} {handover.assignment.cadres[number]}"
    columns = (
        Column("enterprise", _("Enterprise")), Column("subdistrict", _("Subdistrict")), Column("tier", _("Tier")),
        Column("contact", _("Contact")), Column("contact_phone", _("Phone")),
        Column("last_visit_on", _("Last visit")), Column("due_on", _("Due")),
    )  # fmt: skip
    rows = [
        (one.enterprise.name, one.enterprise.subdistrict, one.enterprise.tier, _contact(one),
         one.enterprise.contact_phone, one.last_visit_on, one.due_on)
        for one in takeovers
    ]  # fmt: skip
    minutes, open_items = _minutes_sheet(handover, takeovers, who), _open_item_sheet(handover, takeovers, who)
    title = _("No successor yet") if number is None else _("To {who}").format(who=who)
    parts = [Sheet(f"to_{number}", title, columns, rows, data=False)]
    parts += [part for part in (minutes, open_items) if part.rows]
    return [replace(part, page=who) for part in parts]


def _with_masked_phones(handover: Handover) -> Handover:
    hidden = [
        replace(one, enterprise=replace(one.enterprise, contact_phone=masked_phone(one.enterprise.contact_phone)))
        for one in handover.takeovers
    ]
    return replace(handover, takeovers=tuple(hidden))


def _contact(takeover: Takeover) -> str | None:
    known = (takeover.enterprise.contact_name, takeover.enterprise.contact_title)
    return " ".join(filter(None, known)) or None


def _takeover_sheet(handover: Handover) -> Sheet:
    columns = (
        Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")), Column("uscc", _("Credit code")),
        Column("enterprise", _("Enterprise")), Column("tier", _("Tier")), Column("subdistrict", _("Subdistrict")),
        Column("address", _("Address")), Column("contact_name", _("Contact")),
        Column("contact_title", _("Contact's title")), Column("contact_phone", _("Contact's phone")),
        Column("last_visit_on", _("Last visit")), Column("due_on", _("Due")), Column("penalty", _("Penalty")),
    )  # fmt: skip
    return Sheet("takeovers", _("Handed over"), columns, [_takeover_cells(handover, one) for one in handover.takeovers],
                 table=False)  # fmt: skip


def _takeover_cells(handover: Handover, one: Takeover) -> Row:
    who = one.successor
    firm = one.enterprise
    return (
        who, who and handover.assignment.cadres[who], firm.uscc, firm.name, firm.tier, firm.subdistrict, firm.address,
        firm.contact_name, firm.contact_title, firm.contact_phone, one.last_visit_on, one.due_on,
        None if one.pair is None else one.pair.penalty.total,
    )  # fmt: skip


def _minutes_sheet(handover: Handover, takeovers: Sequence[Takeover], who: str | None = None) -> Sheet:
    """Return the last minutes, of one successor for people or of all for machines."""
    columns = (
        Column("staff_no", _("Staff no."), table=False), Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")), Column("done_on", _("Date")), Column("cadre", _("Cadre")),
        Column("minutes", _("Minutes")),
    )  # fmt: skip
    rows = [
        (one.successor, one.enterprise.uscc, one.enterprise.name, record.visit.done_on,
         record.cadre, record.visit.minutes)
        for one in takeovers
        for record in one.minutes
    ]  # fmt: skip
    title = _("Recent minutes") if who is None else _("Recent minutes ({who})").format(who=who)
    return Sheet("minutes", title, columns, rows, table=who is not None, data=who is None)


def _open_item_sheet(handover: Handover, takeovers: Sequence[Takeover], who: str | None = None) -> Sheet:
    """Return what is open or was paid, of one successor for people or of all for machines."""
    columns = (
        Column("staff_no", _("Staff no."), table=False), Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")), Column("kind", _("Kind")), Column("text", _("Details")),
        Column("due_on", _("Last day")),
    )  # fmt: skip
    rows = [
        (one.successor, one.enterprise.uscc, one.enterprise.name, term(item.kind),
         as_text(item.text), item.due_on)
        for one in takeovers
        for item in one.open_items
    ]  # fmt: skip
    title = _("Open items and payments") if who is None else _("Open items and payments ({who})").format(who=who)
    return Sheet("matters", title, columns, rows, table=who is not None, data=who is None)


def _other_moves_sheet(handover: Handover) -> Sheet:
    columns = (
        Column("uscc", _("Credit code"), table=False), Column("enterprise", _("Enterprise")),
        Column("previous_no", _("Previous staff no."), table=False), Column("previous", _("Previous cadre")),
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Cadre")),
    )  # fmt: skip
    names, firms = handover.assignment.cadres, handover.assignment.enterprises
    rows = [
        (pair.uscc, firms[pair.uscc], pair.previous, pair.previous and names[pair.previous], pair.staff_no,
         names[pair.staff_no])
        for pair in handover.other_moves
    ]  # fmt: skip
    return Sheet("moves", _("Changes for other enterprises"), columns, rows, table=bool(rows))
