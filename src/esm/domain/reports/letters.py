"""Letters of supervision (督办单): what is overdue with each department (docs/rules.md, Letters)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import NamedTuple

from esm.domain.reports.coverage import UnservedEnterprise
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.due_list import DueVisit
from esm.domain.values.grouping import grouped, none_last


class LookedAt(NamedTuple):
    """How many enterprises in scope and open requests the letters of a day are about, overdue or not."""

    enterprises: int
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionLetter:
    """One letter, without a number until it is given one. `department` None is the office itself: for who has none,
    and for the unserved.

    `overdue` are visits that the cadres of the department owe, `requests` late ones that lie with it, each the latest
    first; it has to answer until `answer_by`.
    """

    number: int | None = None
    department: str | None
    issued_on: date
    answer_by: date
    is_provisional: bool
    issuing_office: str
    overdue: tuple[DueVisit, ...]
    requests: tuple[RequestRecord, ...]
    unserved: tuple[UnservedEnterprise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHead:
    """What all letters of a day have in common."""

    issued_on: date
    answer_by: date
    is_provisional: bool
    issuing_office: str


def letters(
    head: LetterHead,
    overdue: Iterable[DueVisit],
    departments: Mapping[str, str | None],
    requests: Iterable[RequestRecord],
    unserved: Iterable[UnservedEnterprise],
) -> list[SupervisionLetter]:
    """Return a letter for each department with something overdue, in order of the name, the office last.

    `departments` are those of the cadres by the credit code of the enterprise; one that is not in it is unserved.
    """
    visits = grouped(overdue, lambda visit: departments.get(visit.row.uscc))
    late = grouped(requests, lambda record: record.holder)
    without = tuple(unserved)
    names = sorted({*visits, *late, *({None} if without else ())}, key=none_last)
    return [
        SupervisionLetter(
            department=name, issued_on=head.issued_on, answer_by=head.answer_by,
            is_provisional=head.is_provisional, issuing_office=head.issuing_office,
            overdue=tuple(visits.get(name, ())),
            requests=tuple(sorted(late.get(name, ()), key=lambda record: record.order)),
            unserved=without if name is None else (),
        )
        for name in names
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter that lies in a folder already, as its proof tells."""

    file: str
    issued_on: date
    department: str | None
    number: int | None


def numbered(
    letters: Sequence[SupervisionLetter], first: int | None, filed: Sequence[FiledLetter]
) -> list[SupervisionLetter]:
    """Return the letters with their numbers: what lies in the folder keeps its own, the others get those that are free.

    The numbers of a year begin anew; they are given from `first` on, or not at all.
    """
    taken = {(each.issued_on.year, each.number) for each in filed if each.number is not None}
    own = {(each.issued_on, each.department): each.number for each in filed}
    found = []
    free = count(first or 0)
    for letter in letters:
        number = own.get((letter.issued_on, letter.department))
        if number is None and first is not None:
            number = next(each for each in free if (letter.issued_on.year, each) not in taken)
        found.append(replace(letter, number=number))
    return found


def blank_letter(today: date) -> SupervisionLetter:
    """Return a letter about nothing, which has all parts that a template can name."""
    return SupervisionLetter(
        department=None, issued_on=today, answer_by=today, is_provisional=False, issuing_office="",
        overdue=(), requests=(),
    )  # fmt: skip
