"""Letters of supervision (督办单): what is overdue with each department (docs/rules.md, Letters)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.reports.coverage import UnservedEnterprise
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.due_list import DueVisit
from esm.domain.values.grouping import grouped, none_last


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionLetter:
    """One letter. `department` None is the office itself: for who has none, and for the unserved.

    `overdue` are visits that the cadres of the department owe, `requests` late ones that lie with it, each the latest
    first; it has to answer until `answer_by`.
    """

    number: int
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
    """What all letters of a day have in common; `first` is the number of the first."""

    first: int
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
            number=number, department=name, issued_on=head.issued_on, answer_by=head.answer_by,
            is_provisional=head.is_provisional, issuing_office=head.issuing_office,
            overdue=tuple(visits.get(name, ())),
            requests=tuple(sorted(late.get(name, ()), key=lambda record: record.order)),
            unserved=without if name is None else (),
        )
        for number, name in enumerate(names, start=head.first)
    ]  # fmt: skip


def blank_letter(today: date) -> SupervisionLetter:
    """Return a letter about nothing, which has all parts that a template can name."""
    return SupervisionLetter(
        number=1, department=None, issued_on=today, answer_by=today, is_provisional=False, issuing_office="",
        overdue=(), requests=(),
    )  # fmt: skip
