"""Telling apart the payments of one policy, enterprise, day and kind: which of that day a row is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from esm.domain.policies.columns import RELIEFS
from esm.errors import say
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import iso
from esm.storage.exchange import tables
from esm.usecases.exchange.roster import RosterRow
from esm.usecases.exchange.tally import Tally

Day = tuple[str, str, str, str]  # policy, enterprise, day and kind
Amounts = Mapping[Day, Sequence[int]]
ALIKE = ("policy", "uscc", "done_on", "kind")


def amounts(reading: Reading) -> Amounts:
    """Return the payments on record of each day, in their order."""
    found: dict[Day, list[int]] = defaultdict(list)
    for _id, *day, amount in tables.rows(reading, RELIEFS, (*ALIKE, "amount")):
        policy, uscc, done_on, kind = day
        found[policy, uscc, done_on, kind].append(amount)
    return found


def numbered(rows: Sequence[RosterRow], recorded: Amounts, tally: Tally) -> list[RosterRow]:
    """Return the rows with their numbers, in their order; so the same file again finds the same payments.

    A row without a number is the payment on record of the same amount, or one more where the file has all on record.
    Refused are a row that may as well correct a payment, two rows alike in all, and a number that leaves others out.
    """
    by_day: dict[Day, list[RosterRow]] = defaultdict(list)
    for row in rows:
        values = row.values
        by_day[values["policy"], values["uscc"], iso(values["done_on"]), values["kind"]].append(row)
    return [row for day, alike in by_day.items() for row in _of_day(alike, recorded.get(day, ()), tally)]


def _of_day(rows: Sequence[RosterRow], recorded: Sequence[int], tally: Tally) -> Iterator[RosterRow]:
    taken = {row.values["number"]: row for row in rows if "number" in row.values}
    told: dict[int, RosterRow] = {}
    waiting = []
    for row in rows:
        amount = row.values["amount"]
        if "number" in row.values:
            continue
        if amount in told:
            tally.refuse(row, "amount", say("row {row} says the same; if both came, number them in the column "
                                            "“Entry of that day”", row=told[amount].number))  # fmt: skip
            continue
        told[amount] = row
        number = next((n for n, known in enumerate(recorded, 1) if known == amount and n not in taken), None)
        if number is None:
            waiting.append(row)
        else:
            taken[number] = row
    unsaid = [number for number in range(1, len(recorded) + 1) if number not in taken]
    for row in waiting:
        if unsaid:
            tally.refuse(row, "amount", say(
                "{known} yuan of that kind and day is on record; write {number} in the column “Entry of that day” "
                "to correct it, or {next} if more came",
                known=recorded[unsaid[0] - 1], number=unsaid[0], next=len(recorded) + 1,
            ))  # fmt: skip
        else:
            taken[next(n for n in range(1, len(taken) + 2) if n not in taken)] = row
    for number in sorted(taken):
        if number < 1 or any(n not in taken for n in range(len(recorded) + 1, number)):
            tally.refuse(taken[number], "number", say("entries of a day are counted from 1, none left out"))
        else:
            row = taken[number]
            yield row._replace(values={**row.values, "number": number})
