"""The vocabulary of a calendar file: what an entry looks like before anybody knows what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DATE_HEADERS = ("日期", "date", "day")
KIND_HEADERS = ("类型", "type", "kind")
NAME_HEADERS = ("名称", "节日", "name", "holiday")
WORKED: Mapping[str, bool] = {
    **dict.fromkeys(
        ("休", "休息", "放假", "放假调休", "节假日", "法定节假日", "假日", "假期", "off", "holiday"), False
    ),
    **dict.fromkeys(("班", "上班", "补班", "调休上班", "补休上班", "工作日", "work", "worked", "workday"), True),
    "true": False,  # of `isOffDay`
    "false": True,
}
RANGE_MARKS = ("至", "~", "～", "..", "—", "–")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of a calendar file: where it stands, and its words for the day, off or worked, and the name."""

    place: str
    day: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar file: the year that it says it publishes, if it does, and its entries."""

    file: str
    year: int | None
    entries: tuple[CalendarEntry, ...]
