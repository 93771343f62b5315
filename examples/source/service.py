"""Who serves whom in the example district, who must not, who is away, and the visits so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from chinese_calendar import is_workday
from examples.source.rosters import TODAY
from examples.source.words import WORDS, Row, Rows, Words, pick

SCHEME_BEGAN_ON, FIRST_VISIT_ON, LAST_VISIT_ON = date(2025, 9, 1), date(2025, 9, 20), date(2026, 11, 20)
LATE_STARTS = (date(2025, 11, 3), date(2026, 1, 5), date(2026, 3, 2), date(2026, 6, 1), date(2026, 8, 3))
EARLY_ENDS = (date(2026, 3, 2), date(2026, 6, 1), date(2026, 10, 9), date(2026, 11, 2), date(2026, 11, 16))


def pairings(chance: Random, cadres: Rows, enterprises: Rows) -> Rows:
    """Pair 230 enterprises, 7 of them with a cadre who left; 67 lost their cadre, 17 never had one."""
    gone = [cadre for cadre in cadres if cadre.get("left_on", TODAY) < TODAY]
    staying = [cadre for cadre in cadres if cadre not in gone]
    exited = [row for row in enterprises if row.get("exited_on")]
    listed = [row for row in enterprises if row.get("enrolled_on") and row not in exited]
    recent = [row for row in listed if row["enrolled_on"] >= date(2025, 7, 1)]
    lasting = sorted((row for row in listed if row not in recent), key=lambda row: str(row["tier"]))
    ended = [*lasting[:2], *lasting[30:40], *chance.sample(lasting[120:], 55)]
    running = [row for row in lasting if row not in ended]
    chance.shuffle(running)
    chance.shuffle(ended)
    book = _Book(chance)
    for cadre, enterprise in zip(gone, running[:7], strict=False):
        book.add([cadre], enterprise, SCHEME_BEGAN_ON)
    for enterprise in running[47:]:
        book.add(staying, enterprise, SCHEME_BEGAN_ON)
    late = {row["uscc"]: max(chance.choice(LATE_STARTS), row["enrolled_on"]) for row in [*running[7:47], *recent[:25]]}
    for enterprise in [*running[7:47], *recent[:25]]:
        book.add(staying, enterprise, late[enterprise["uscc"]])
    for place, enterprise in enumerate(ended):
        book.add(staying, enterprise, SCHEME_BEGAN_ON, EARLY_ENDS[-1 - 5 * place // len(ended)])
    for enterprise in [*running[7:27], *exited]:
        book.add(staying, enterprise, SCHEME_BEGAN_ON, enterprise.get("exited_on") or late[enterprise["uscc"]])
    for row in book.rows[20:200:45]:
        row["pinned"] = True
    return sorted(book.rows, key=lambda row: (row["start_on"], row["uscc"]))


class _Book:
    """The pairings so far, and when each cadre was busy with them."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.rows = chance, Rows()
        self.busy: dict[str, list[tuple[date, date]]] = {}

    def add(self, cadres: Rows, enterprise: Row, start_on: date, end_on: date | None = None) -> None:
        """Pair the enterprise with one who is in post, has room all the time and fits rather well."""
        free = [cadre for cadre in cadres if self._has_room(cadre, start_on, end_on or date.max)]
        cadre = min(self.chance.sample(free, min(30, len(free))), key=lambda each: _misfit(each, enterprise))
        self.busy.setdefault(cadre["staff_no"], []).append((start_on, end_on or date.max))
        self.rows.append(
            {"uscc": enterprise["uscc"], "staff_no": cadre["staff_no"], "start_on": start_on, "end_on": end_on}
        )

    def _has_room(self, cadre: Row, start_on: date, end_on: date) -> bool:
        held = sum(start < end_on and start_on < end for start, end in self.busy.get(cadre["staff_no"], ()))
        return bool(cadre["active_from"] <= start_on) and held < cadre.get("capacity", 1)


def _misfit(cadre: Row, enterprise: Row) -> int:
    elsewhere = cadre["subdistrict"] not in (None, enterprise["subdistrict"])
    untrained = bool(cadre["expertise"]) and not enterprise["industry_code"].startswith(cadre["expertise"])
    wanted = {"A": 4, "B": 3, "C": 1}[enterprise["tier"]]
    return 4 * elsewhere + 3 * untrained + 2 * abs(wanted - int(cadre["rank"].en))


def recusals(chance: Random, cadres: Rows, enterprises: Rows, pairings: Rows) -> Rows:
    """Return 25 recusals, each of a cadre who never served the enterprise but knows its subdistrict."""
    paired = {(row["staff_no"], row["uscc"]) for row in pairings}
    rows: Rows = []
    for enterprise in chance.sample([row for row in enterprises if row.get("enrolled_on")], 25):
        near = [cadre for cadre in cadres if cadre["subdistrict"] == enterprise["subdistrict"]]
        strange = [cadre for cadre in near if (cadre["staff_no"], enterprise["uscc"]) not in paired]
        reason = pick(chance, "recusal_reasons")
        rows.append({"staff_no": chance.choice(strange)["staff_no"], "uscc": enterprise["uscc"], "reason": reason})
    return rows


def absences(chance: Random, cadres: Rows) -> Rows:
    """Return 20 absences: 8 of the past months, 12 of the weeks around the reference day."""
    rows: Rows = []
    for place, cadre in enumerate(chance.sample([cadre for cadre in cadres if "left_on" not in cadre], 20)):
        kind, days = chance.choice(((0, 7), (0, 10), (1, 14), (1, 28), (2, 12), (3, 128), (4, 90)))
        start_on = date(2026, 3 + place, 2) if place < 8 else date(2026, 11, 9) + timedelta(chance.randrange(45))
        reason = Words(*WORDS["absence_reasons"][kind])
        end_on = start_on + timedelta(days)
        rows.append({"staff_no": cadre["staff_no"], "start_on": start_on, "end_on": end_on, "reason": reason})
    return rows


def visits(chance: Random, cadres: Rows, enterprises: Rows, pairings: Rows, absences: Rows) -> Rows:
    """Return the visits of 14 months, each by the cadre of the day; the last of one that left says so."""
    cadre = {row["staff_no"]: row for row in cadres}
    enterprise = {row["uscc"]: row for row in enterprises}
    rows: Rows = []
    for pairing in pairings:
        away = [row for row in absences if row["staff_no"] == pairing["staff_no"]]
        served = enterprise[pairing["uscc"]]
        ends = (pairing["end_on"], cadre[pairing["staff_no"]].get("left_on"), served.get("exited_on"))
        last_on = min([LAST_VISIT_ON, *(end_on - timedelta(1) for end_on in ends if end_on)])
        made = list(_visits_of(chance, pairing, last_on, away))
        if served.get("exited_on"):
            outcome = chance.choice((3, 4))
            made[-1] |= {"channel": Words(*WORDS["channels"][0]), "outcome": Words(*WORDS["outcomes"][outcome])}
            made[-1]["minutes"] = pick(chance, "moved" if outcome == 3 else "closed", WORDS["minutes"])
        rows += made
    return sorted(rows, key=lambda row: (row["done_on"], row["uscc"]))


def _visits_of(chance: Random, pairing: Row, last_on: date, away: Rows) -> Iterator[Row]:
    """Visit about every two months; some cadres are always late, some give up in the middle of 2026."""
    habit = chance.randrange(20)
    pace = (63, 95) if habit < 3 else (44, 59)
    if habit == 3 and pairing["start_on"] < date(2026, 1, 1):
        last_on = min(last_on, date(2026, chance.randint(5, 8), 15))
    day = _workday(max(pairing["start_on"], FIRST_VISIT_ON) + timedelta(chance.randint(2, 40)), away)
    while day <= last_on:
        channel, outcome = _contact(chance)
        is_remote = outcome == 0 and channel > 0
        kind = WORDS["channels"][channel][1] if is_remote else WORDS["outcomes"][outcome][1]
        yield {
            "uscc": pairing["uscc"],
            "staff_no": pairing["staff_no"],
            "done_on": day,
            "channel": Words(*WORDS["channels"][channel]),
            "outcome": Words(*WORDS["outcomes"][outcome]),
            "minutes": pick(chance, kind, WORDS["minutes"]) if chance.randrange(9) else None,
        }
        pause = chance.randint(*pace) if (channel, outcome) == (0, 0) else chance.randint(4, 15)
        day = _workday(day + timedelta(pause), away)


def _contact(chance: Random) -> tuple[int, int]:
    """Return the places of the channel and the outcome in their lists: mostly met on site."""
    roll = chance.randrange(100)
    rare = {0: (0, 2), 1: (2, 0), 2: (2, 0), 3: (3, 0), 4: (3, 0)}
    if roll < 5:
        return rare[roll]
    return (0, 1) if roll < 9 else (1, 0) if roll < 16 else (0, 0)


def _workday(day: date, away: Rows) -> date:
    """Return the first free working day from `day` on; beyond the last visit it does not matter."""
    while day <= LAST_VISIT_ON and not (day.weekday() < 5 and is_workday(day) and not _is_away(day, away)):
        day += timedelta(1)
    return day


def _is_away(day: date, away: Rows) -> bool:
    return any(row["start_on"] <= day < row["end_on"] for row in away)
