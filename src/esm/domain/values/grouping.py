"""Things put together by what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")
Key = TypeVar("Key")


def grouped(things: Iterable[Thing], key: Callable[[Thing], Key]) -> dict[Key, list[Thing]]:
    """Return the things by their key; keys and things stand in the order in which they came."""
    groups: dict[Key, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return dict(groups)


def grouped_by_name(
    things: Iterable[Thing], key: Callable[[Thing], str | None]
) -> list[tuple[str | None, list[Thing]]]:
    """Return the things by name in the order of the names, those without one last."""
    return sorted(grouped(things, key).items(), key=lambda group: none_last(group[0]))


def none_last(name: str | None) -> tuple[bool, str]:
    """Return what names are sorted by so that None comes last."""
    return name is None, name or ""
