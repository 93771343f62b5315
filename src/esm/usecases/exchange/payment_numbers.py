"""Telling apart the payments of one policy, enterprise, day and kind: which of that day a row is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from esm.domain.policies.columns import RELIEFS
from esm.domain.values.money import Money
from esm.errors import Message, say
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import iso
from esm.storage.exchange import tables
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally

Day = tuple[str, str, str, str]  # policy, enterprise, day and kind
Amounts = Mapping[Day, Sequence[Money]]
ALIKE = ("policy", "uscc", "done_on", "kind")


def amounts_by_day(reading: Reading) -> Amounts:
    """Return the payments on record of each day, in their order."""
    found: dict[Day, list[Money]] = defaultdict(list)
    for _id, *day, amount in tables.rows(reading, RELIEFS, (*ALIKE, "amount")):
        policy, uscc, done_on, kind = day
        found[policy, uscc, done_on, kind].append(Money(amount))
    return found


def with_numbers(rows: Sequence[RosterRow], recorded: Amounts, tally: Tally) -> list[RosterRow]:
    """Return the rows with their numbers, in their order; so the same file again finds the same payments.

    A row without a number is the payment on record of the same amount, or one more where the file has all on record.
    Refused are a row that may as well correct a payment, two rows alike in all, and a number that leaves others out.
    """
    by_day: dict[Day, list[RosterRow]] = defaultdict(list)
    for row in rows:
        values = row.values
        by_day[values["policy"], values["uscc"], iso(values["done_on"]), values["kind"]].append(row)
    return [row for day, alike in by_day.items() for row in _of_day(alike, recorded.get(day, ()), tally)]


def _of_day(rows: Sequence[RosterRow], recorded: Sequence[Money], tally: Tally) -> Iterator[RosterRow]:
    """Yield the rows of one day with their numbers, in the order of these."""
    by_number = {row.values["number"]: row for row in rows if "number" in row.values}
    _number_the_others(by_number, [row for row in rows if "number" not in row.values], recorded, tally)
    for number, row in sorted(by_number.items()):
        if number < 1 or any(n not in by_number for n in range(len(recorded) + 1, number)):
            tally.refuse(row, "number", say("entries of a day are numbered from 1 without gaps"))
        else:
            yield row._replace(values={**row.values, "number": number})


def _number_the_others(
    by_number: dict[int, RosterRow], rows: Sequence[RosterRow], recorded: Sequence[Money], tally: Tally
) -> None:
    """Give rows without a number that of their amount on record, or the next one."""
    waiting = []
    for row in _distinct_rows(rows, tally):
        same = (n for n, amount in enumerate(recorded, 1) if amount == row.values["amount"] and n not in by_number)
        number = next(same, None)
        if number is None:
            waiting.append(row)
        else:
            by_number[number] = row
    unnamed = _first_free(by_number)
    for row in waiting:
        if unnamed <= len(recorded):
            tally.refuse(row, "amount", _which_is_meant(recorded, unnamed))
        else:
            by_number[_first_free(by_number)] = row


def _first_free(numbers: Collection[int]) -> int:
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)


def _distinct_rows(rows: Sequence[RosterRow], tally: Tally) -> Iterator[RosterRow]:
    """Yield rows without a number, each amount once; refuse those that say the same as another."""
    first: dict[Money, RosterRow] = {}
    for row in rows:
        earlier = first.setdefault(row.values["amount"], row)
        if earlier is row:
            yield row
        else:
            reason = say(
                "row {row} is identical; if both were paid, number them in the column “Entry of that day”",
                row=earlier.number,
            )
            tally.refuse(row, "amount", reason)


def _which_is_meant(recorded: Sequence[Money], number: int) -> Message:
    return say(
        "{known} of that kind is on record for that date; write {number} in the column "
        "“Entry of that day” to correct it, or {next} for a further payment",
        known=recorded[number - 1], number=number, next=len(recorded) + 1,
    )  # fmt: skip
