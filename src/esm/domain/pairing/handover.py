"""A handover: who takes over a cadre's enterprises, and what the successor must know of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.pairing.proposal import PairChange
from esm.domain.visits.open_items import OpenItem

if TYPE_CHECKING:
    from esm.domain.pairing.proposal import Assignment, Pair
    from esm.domain.pairing.records import Deputy
    from esm.domain.register.enterprise_record import Enterprise
    from esm.domain.visits.records import VisitRecord
    from esm.errors import Message


@dataclass(frozen=True, slots=True)
class Takeover:
    """One enterprise that changes hands, with the deputies who stay; `pair` None: nobody has room for it.

    The clock goes on: `due_on` is the same whoever comes. `minutes` are the last three, newest first.
    """

    enterprise: Enterprise
    pair: Pair | None
    due_on: date | None
    last_visit_on: date | None
    minutes: tuple[VisitRecord, ...]
    open_items: tuple[OpenItem, ...]
    deputies: tuple[Deputy, ...] = ()

    @property
    def successor(self) -> str | None:
        """Return the staff number of who comes."""
        return None if self.pair is None else self.pair.staff_no


@dataclass(frozen=True, slots=True)
class Handover:
    """What a cadre hands over on a day; `leaves`: and leaves the post.

    `assignment` is all that changes, also the moves of others that make room.
    """

    staff_no: str
    cadre: str
    on: date
    leaves: bool
    takeovers: tuple[Takeover, ...]
    assignment: Assignment
    notes: tuple[Message, ...] = ()

    @property
    def other_moves(self) -> tuple[Pair, ...]:
        """Return the pairs of other cadres' enterprises that move."""
        own = {takeover.enterprise.uscc for takeover in self.takeovers}
        return tuple(
            pair for pair in self.assignment.proposal.pairs if pair.uscc not in own and pair.change != PairChange.KEPT
        )
