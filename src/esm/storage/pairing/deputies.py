"""The deputies of pairings (B post): who goes while the cadre who serves is away for long, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

from esm.domain.pairing.records import Deputy
from esm.storage.database import past_rows
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import iso
from esm.storage.register import cadres


def of_pairings(reading: Reading, pairing_ids: Iterable[int], on: date | None) -> dict[int, tuple[Deputy, ...]]:
    """Return by pairing the deputies, in order, that these pairings had on a day, or have now."""
    table = "pairing_deputy" if on is None else past_rows.deputies_as_of(reading, on)
    found: dict[int, list[Deputy]] = defaultdict(list)
    for pairing_id, staff_no, name in reading.rows(
        f"""SELECT pairing_id, staff_no, name FROM {table} AS own JOIN cadre ON cadre.id = cadre_id
            WHERE among(pairing_id, :ids) ORDER BY pairing_id, place""",
        ids=as_list(pairing_ids),
        today=iso(on),
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


def remaining(
    reading: Reading, earlier: Mapping[str, Sequence[Deputy]], serving: Mapping[str, str], on: date
) -> dict[str, tuple[Deputy, ...]]:
    """Return who of the deputies of enterprises, by code, still may be one when others serve them from a day on.

    Left out is who serves it, given by code as staff number, has left or is recused.
    """
    named = {deputy.staff_no for each in earlier.values() for deputy in each}
    if not named:
        return {}
    rows = reading.rows(
        "SELECT staff_no FROM cadre WHERE among(staff_no, :staff) AND in_post(cadre, :on)",
        staff=as_list(sorted(named)), on=on,
    )  # fmt: skip
    in_post = {staff_no for (staff_no,) in rows}
    recused = cadres.recusals(reading, on).keys()
    return {
        uscc: tuple(
            one
            for one in each
            if one.staff_no in in_post and one.staff_no != serving.get(uscc) and (one.staff_no, uscc) not in recused
        )
        for uscc, each in earlier.items()
    }


def carry_over(writing: Writing, earlier: Mapping[str, Sequence[Deputy]], on: date) -> None:
    """Give the pairings that begin on a day those of the deputies before, by code, who still may be any."""
    if not any(earlier.values()):
        return
    begun = writing.rows(
        """SELECT uscc, pairing.id, staff_no FROM pairing JOIN enterprise ON enterprise.id = enterprise_id
           JOIN cadre ON cadre.id = cadre_id WHERE start_on = :on AND among(uscc, :usccs)""",
        on=on, usccs=as_list(earlier),
    )  # fmt: skip
    kept = remaining(writing, earlier, {uscc: staff_no for uscc, _id, staff_no in begun}, on)
    ids = cadres.ids(writing)
    replace(writing, {pairing_id: [ids[one.staff_no] for one in kept[uscc]] for uscc, pairing_id, _number in begun})


def staff_on(reading: Reading, uscc: str, on: date) -> Set[str]:
    """Return the deputies of the pairing of an enterprise that holds on a day."""
    rows = reading.rows(
        """SELECT staff_no FROM pairing_deputy JOIN cadre ON cadre.id = pairing_deputy.cadre_id
           JOIN pairing ON pairing.id = pairing_id JOIN enterprise ON enterprise.id = enterprise_id
           WHERE uscc = :uscc AND holds(pairing, :on)""",
        uscc=uscc, on=on,
    )  # fmt: skip
    return {staff_no for (staff_no,) in rows}
