"""Keeping pins within the capacities: no change may pin more enterprises to a cadre than the cadre may serve."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from esm.domain.pairing import pin_excess as pin
from esm.domain.pairing.pin_excess import Excess
from esm.errors import Listed, Message, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies, pins

SHOWN = 5


def excesses(reading: Reading, today: date, staff_nos: Collection[str] | None = None) -> dict[str, Excess]:
    """Return whose pins exceed the capacity today or on a day to come: of these cadres, or of all."""
    return pin.excesses(pins.pins_from(reading, today, staff_nos))


@contextmanager
def within_capacity(writing: Writing, today: date, staff_nos: Collection[str] | None = None) -> Iterator[None]:
    """Refuse what is done inside when it leaves a cadre with more pins than places, or with more beyond them.

    `staff_nos` are the only cadres whom it can concern; None: all.
    """
    before = excesses(writing, today, staff_nos)
    yield
    worse = pin.worsened_excesses(before, excesses(writing, today, staff_nos))
    if worse:
        raise RuleRefused(_refusal(worse), remedy(worse[0]))


@contextmanager
def without_contradiction(writing: Writing, today: date) -> Iterator[None]:
    """Refuse what is done inside as `within_capacity` does, and when it leaves a pin or a deputy on a recusal.

    Nobody becomes the own deputy either.
    """
    before, barred_before = pins.recused_pins(writing, today), deputies.barred(writing, today)
    with within_capacity(writing, today):
        yield
    for one in deputies.barred(writing, today):
        if one not in barred_before:
            raise RuleRefused(
                say("{name} would be a deputy for {enterprise}, but serves it or is recused from it.",
                    name=one.cadre, enterprise=one.enterprise),
                say("Name its deputies anew: `esm pair {uscc} CADRE --deputy CADRE`.", uscc=one.uscc),
            )  # fmt: skip
    for staff_no, uscc in pins.recused_pins(writing, today):
        if (staff_no, uscc) not in before:
            raise RuleRefused(
                say("Cadre {staff_no} is pinned to enterprise {uscc}, but recused from it.",
                    staff_no=staff_no, uscc=uscc),
                say("End that pairing first: `esm unpair {uscc}`.", uscc=uscc),
            )  # fmt: skip


def sentence(excess: Excess) -> Message:
    """Return what is wrong, with the names of the cadre and the enterprises."""
    first = excess.pins[0]
    return say(
        "{staff_no} {cadre} would have {pins:pinned enterprise|pinned enterprises}, more than the capacity "
        "{capacity}: {names}.",
        staff_no=first.staff_no, cadre=first.cadre, pins=len(excess.pins), capacity=first.capacity,
        names=names(excess),
    )  # fmt: skip


def names(excess: Excess) -> Listed:
    """Return the names of the pinned enterprises, the first of many."""
    return Listed.first((one.enterprise for one in excess.pins), SHOWN)


def remedy(excess: Excess) -> Message:
    """Return what would help: more room, or a pin less."""
    first, last = excess.pins[0], excess.pins[-1]
    return say(
        "Raise the capacity: `esm cadre edit {staff_no} --capacity {pins}`; or remove a pin: "
        "`esm pair {uscc} {staff_no} --no-pin`.",
        staff_no=first.staff_no, pins=len(excess.pins), uscc=last.uscc,
    )  # fmt: skip


def _refusal(worse: Sequence[Excess]) -> Message:
    if len(worse) == 1:
        return sentence(worse[0])
    others = Listed.first((f"{one.pins[0].staff_no} {one.pins[0].cadre}" for one in worse[1:]), SHOWN - 1)
    return say("{sentence} The same applies to {others}.", sentence=sentence(worse[0]), others=others)
