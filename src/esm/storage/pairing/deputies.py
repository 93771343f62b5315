"""The deputies of pairings (B post): who goes while the cadre who serves is away for long, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

from esm.domain.pairing.records import Deputy
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.register import cadres


def of_pairings(reading: Reading, pairing_ids: Iterable[int]) -> dict[int, tuple[Deputy, ...]]:
    """Return the deputies of these pairings by pairing, each in order; one without any is not among them."""
    found: dict[int, list[Deputy]] = defaultdict(list)
    for pairing_id, staff_no, name in reading.rows(
        """SELECT pairing_id, staff_no, name FROM pairing_deputy JOIN cadre ON cadre.id = cadre_id
           WHERE among(pairing_id, :ids) ORDER BY pairing_id, place""",
        ids=as_list(pairing_ids),
    ):
        found[pairing_id].append(Deputy(staff_no, name))
    return {pairing_id: tuple(each) for pairing_id, each in found.items()}


def replace(writing: Writing, news: Mapping[int, Sequence[int]]) -> None:
    """Give pairings other deputies, as the ids of cadres in order; nothing is written where they are these already."""
    before: dict[int, list[int]] = defaultdict(list)
    for pairing_id, cadre_id in writing.rows(
        "SELECT pairing_id, cadre_id FROM pairing_deputy WHERE among(pairing_id, :ids) ORDER BY pairing_id, place",
        ids=as_list(news),
    ):
        before[pairing_id].append(cadre_id)
    changed = {pairing_id: each for pairing_id, each in news.items() if list(each) != before[pairing_id]}
    remove_all(writing, changed)
    writing.insert(
        "pairing_deputy",
        [
            {"pairing_id": pairing_id, "cadre_id": cadre_id, "place": place}
            for pairing_id, each in changed.items()
            for place, cadre_id in enumerate(each, 1)
        ],
    )


def remove_all(writing: Writing, pairing_ids: Iterable[int]) -> None:
    """Leave these pairings without a deputy."""
    rows = writing.rows("SELECT id FROM pairing_deputy WHERE among(pairing_id, :ids)", ids=as_list(pairing_ids))
    writing.delete("pairing_deputy", [row_id for (row_id,) in rows])


class BarredDeputy(NamedTuple):
    """A deputy, on a pairing that is not over, who must not be one: recused, or who serves the enterprise anyway."""

    id: int
    staff_no: str
    cadre: str
    uscc: str
    enterprise: str


def barred(reading: Reading, today: date) -> list[BarredDeputy]:
    """Return the deputies who must not be any, by staff number and code."""
    rows = reading.rows(
        """SELECT pairing_deputy.id, staff_no, cadre.name, uscc, enterprise.name
           FROM pairing_deputy
           JOIN pairing ON pairing.id = pairing_deputy.pairing_id AND lasts(pairing, :today)
           JOIN cadre ON cadre.id = pairing_deputy.cadre_id
           JOIN enterprise ON enterprise.id = pairing.enterprise_id
           WHERE pairing_deputy.cadre_id = pairing.cadre_id
              OR EXISTS (SELECT 1 FROM recusal WHERE recusal.cadre_id = pairing_deputy.cadre_id
                           AND recusal.enterprise_id = pairing.enterprise_id AND lasts(recusal, :today))
           ORDER BY staff_no, uscc, pairing_deputy.id""",
        today=today,
    )
    return [BarredDeputy(*row) for row in rows]


def end_barred(writing: Writing, today: date) -> list[BarredDeputy]:
    """End the deputyships of who must not be deputy; return them."""
    found = barred(writing, today)
    writing.delete("pairing_deputy", [one.id for one in found])
    return found


def carry_over(writing: Writing, earlier: Mapping[str, Sequence[Deputy]], on: date) -> None:
    """Give the pairings that begin on a day the deputies that their enterprises had before, by code.

    Left out is who serves it now, has left or is recused.
    """
    held = {uscc: each for uscc, each in earlier.items() if each}
    if not held:
        return
    people: dict[str, int] = dict(
        writing.rows(
            "SELECT staff_no, id FROM cadre WHERE among(staff_no, :staff) AND in_post(cadre, :on)",
            staff=as_list(sorted({deputy.staff_no for each in held.values() for deputy in each})), on=on,
        )
    )  # fmt: skip
    recused = cadres.recusals(writing, on).keys()
    begun = writing.rows(
        """SELECT uscc, pairing.id, pairing.cadre_id FROM pairing JOIN enterprise ON enterprise.id = enterprise_id
           WHERE start_on = :on AND among(uscc, :usccs)""",
        on=on, usccs=as_list(held),
    )  # fmt: skip
    news = {}
    for uscc, pairing_id, serving in begun:
        kept = [one.staff_no for one in held[uscc] if one.staff_no in people and (one.staff_no, uscc) not in recused]
        news[pairing_id] = [people[staff_no] for staff_no in kept if people[staff_no] != serving]
    replace(writing, news)


def staff_on(reading: Reading, uscc: str, on: date) -> Set[str]:
    """Return the deputies of the pairing of an enterprise that holds on a day."""
    rows = reading.rows(
        """SELECT staff_no FROM pairing_deputy JOIN cadre ON cadre.id = pairing_deputy.cadre_id
           JOIN pairing ON pairing.id = pairing_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE uscc = :uscc AND holds(pairing, :on)""",
        uscc=uscc, on=on,
    )  # fmt: skip
    return {staff_no for (staff_no,) in rows}
