"""The faults of an import by kind: what they have in common, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from esm.errors import Message, Problem
from esm.sheets.sheet.message_translation import tell


def reasons(problems: Sequence[Problem]) -> list[tuple[str, int]]:
    """Return each kind of fault, without what is of one row alone, and how many there are; the most frequent first."""
    return Counter(tell(_of_a_kind(problem.reason)) for problem in problems).most_common()


class _LeftOut(str):
    """What stands for a number or a value of a single row."""

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        _one, _bar, many = forms.partition("|")
        return f"{self} {many}" if many else str(self)


_ELLIPSIS = _LeftOut("…")
_OF_THE_KIND = {"column", "columns", "choices", "meant", "unit", "consequence"}


def _of_a_kind(reason: Message) -> Message:
    parameters = {
        name: value if name in _OF_THE_KIND else _of_a_kind(value) if isinstance(value, Message) else _ELLIPSIS
        for name, value in reason.parameters.items()
    }
    return Message(reason.template, parameters)
