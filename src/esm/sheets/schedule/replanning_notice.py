"""What a changing command says of the plans that followed."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.schedule.new_plan import PlanUpdate
from esm.errors import Message, say
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Document, Fact, Report


def lines(update: PlanUpdate) -> tuple[Message, ...]:
    """Return the line that says how many plans changed, and what of it breaks a promise; none when none did."""
    if not update.replanned and not update.called_off:
        return ()
    told = [
        say(
            "Planned visits updated: {replanned} replanned, {called_off} called off.",
            replanned=update.replanned,
            called_off=update.called_off,
        )
    ]
    if update.late:
        told.append(say("Replanned after the due date: {count}; see `esm visit list --planned`.", count=update.late))
    if update.beyond:
        told.append(say("Called off because due after the planning period: {count}.", count=update.beyond))
    return tuple(told)


def with_update(shown: Document, update: PlanUpdate) -> Document:
    """Return a report with both numbers, for machines as facts, for people as a line; a listing stays as it is."""
    if not isinstance(shown, Report):
        return shown
    facts = tuple(
        Fact(key, key, value, table=False)
        for key, value in (("replanned", update.replanned), ("called_off", update.called_off))
    )
    return replace(shown, facts=(*shown.facts, *facts), notes=(*shown.notes, *map(tell, lines(update))))
