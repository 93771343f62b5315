"""A year of requests for a district, drawn from a seed, and what a naive reader counts in it.

The plan is plain data. `figures` reads the plan, not the database, walks the calendar day by day and
shares no code with esm.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import chinese_calendar

from esm.domain.requests.states import Nature, NewRequest, Transition, TransitionKind
from esm.storage.database.connection import Writing
from esm.usecases.requests import transitions

DAY = timedelta(days=1)
CLASSES = ("labour.recruitment", "labour.talent", "finance.loan", "land.premises", "utilities.power", "tax.refund",
           "policy.payment", "permits.licence", "arrears.government", "transport.road", "tax")  # fmt: skip
NATURES = ("help", "help", "help", "consult", "complaint", "suggestion")
OUTCOMES = ("solved",) * 6 + ("partly_solved", "explained", "shelved")


@dataclass(frozen=True)
class Move:
    """One move of the plan."""

    kind: str
    on: date
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One request of the plan."""

    uscc: str
    request_class: str
    nature: str
    received_on: date
    moves: tuple[Move, ...]


def plan(seed: str, usccs: Sequence[str], departments: Sequence[str], *, year: int, count: int) -> list[Entry]:
    """Draw `count` requests received in a year, with moves that the rules allow."""
    dice = Random(seed)  # noqa: S311 - an example, not a secret
    first = date(year, 1, 1)
    entries = []
    for _ in range(count):
        received_on = first + dice.randrange(365) * DAY
        moves = tuple(_life(dice, received_on, departments))
        entries.append(Entry(dice.choice(usccs), dice.choice(CLASSES), dice.choice(NATURES), received_on, moves))
    return entries


def _life(dice: Random, on: date, departments: Sequence[str]) -> list[Move]:
    received_on, chance = on, dice.random()
    if chance < 0.04:
        return []
    if chance < 0.08:
        return [Move("reject", on + DAY, {"note": "not ours", "basis": "article 5"})]
    on += dice.randrange(3) * DAY
    moves = [Move("accept", on)]
    if chance < 0.13:
        return [*moves, Move("withdraw", on + dice.randrange(6) * DAY)]
    if chance < 0.22:
        return [*moves, _close(dice, on), *_word(dice, on, departments, round_=1)]
    if chance < 0.25:
        return moves
    return [*moves, *_handling(dice, on, received_on, departments, round_=1)]


def _handling(dice: Random, on: date, received_on: date, departments: Sequence[str], *, round_: int) -> list[Move]:
    main, other, *support = dice.sample(departments, 4)
    supporting = tuple(support[: dice.choice((0, 0, 0, 1, 2))])
    moves = [Move("dispatch", on, {"department": main, "supporting": supporting})]
    if round_ == 1 and dice.random() < 0.15:
        until_on = received_on + dice.randrange(30, 60) * DAY
        moves.append(Move("extend", on, {"until_on": until_on, "note": "a survey is needed"}))
    if round_ == 1 and dice.random() < 0.12:
        moves += [Move("dispute", on, {"note": "not ours"}), Move("dispatch", on, {"department": other})]
    elif dice.random() < 0.1:
        on += dice.randrange(4, 9) * DAY
        moves.append(Move("dispatch", on, {"department": other}))
    if dice.random() < 0.1:
        on += dice.randrange(15, 30) * DAY
        moves.append(Move("elevate", on, {"reason": "overdue"}))
    if dice.random() < 0.1:
        return moves
    on += dice.randrange(1, 12) * DAY
    moves.append(Move("answer", on))
    if dice.random() < 0.04:
        return [*moves, Move("withdraw", on)]
    on += dice.randrange(4) * DAY
    return [*moves, _close(dice, on), *_word(dice, on, departments, round_=round_)]


def _close(dice: Random, on: date) -> Move:
    outcome = dice.choice(OUTCOMES)
    return Move("close", on, {"outcome": outcome, "basis": "article 9", "note": "as agreed"})


def _word(dice: Random, on: date, departments: Sequence[str], *, round_: int) -> list[Move]:
    """Draw what the enterprise says, if anything; a displeased one may have its request reopened."""
    chance = dice.random()
    on += dice.randrange(1, 15) * DAY
    if chance < 0.25:
        return []
    if chance < 0.85:
        return [Move("confirm", on, {"is_satisfied": dice.random() < 0.9})]
    reopen = Move("reopen", on, {"note": "nothing came"})
    return [reopen, *(_handling(dice, on, on, departments, round_=2) if round_ == 1 else [])]


def perform(writing: Writing, entries: Sequence[Entry], *, new_department: bool = False) -> None:
    """Play the plan through the use cases, each move on its day."""
    for number, entry in enumerate(entries):
        opening = NewRequest(subject=f"matter {number}", request_class=entry.request_class, nature=Nature(entry.nature))
        moved = transitions.open_request(writing, entry.uscc, opening, today=entry.received_on)
        for move in entry.moves:
            event = Transition(kind=TransitionKind(move.kind), done_on=move.on, **move.values)
            transitions.advance(writing, moved.record.id, [event], today=move.on, new_department=new_department)


def figures(entries: Sequence[Entry], *, since: date, as_of: date) -> dict[str, Any]:
    """Count what the report should say of the requests received from `since` to `as_of`."""
    lives = [_read(entry, as_of) for entry in entries if since <= entry.received_on <= as_of]
    total = _count(lives)
    for name in ("class", "department", "month"):
        keys = sorted({life[name] for life in lives}, key=lambda key: (key is None, key or ""))
        total[f"by_{name}"] = [{"key": key, **_count([life for life in lives if life[name] == key])} for key in keys]
    return total


def _read(entry: Entry, as_of: date) -> dict[str, Any]:
    """Read one life up to a day, move by move."""
    life: dict[str, Any] = {
        "class": entry.request_class.split(".")[0], "month": str(entry.received_on)[:7], "department": None,
        "state": "open", "accepted": False, "start": entry.received_on, "until": None, "closed": None,
        "outcome": None, "late": False, "extended": False, "reopened": False, "rungs": 0, "word": None,
        "asked": False, "days": None, "accepted_late": False,
    }  # fmt: skip
    for move in entry.moves:
        if move.on > as_of:
            break
        said = move.values
        if move.kind == "close":
            late = life["late"] or move.on > after(life["start"], 7)
            days = sum(1 for n in range((move.on - entry.received_on).days) if works(entry.received_on + (n + 1) * DAY))
            life.update(state="closed", outcome=said["outcome"], late=late, asked=True, days=days)
            continue
        effects: dict[str, dict[str, Any]] = {
            "accept": {"accepted": True, "accepted_late": move.on > after(entry.received_on, 1)},
            "reject": {"state": "rejected"},
            "withdraw": {"state": "withdrawn"},
            "dispatch": {"department": said.get("department")},
            "extend": {"extended": True, "until": said.get("until_on")},
            "elevate": {"rungs": life["rungs"] + 1},
            "confirm": {"word": said.get("is_satisfied")},
            "reopen": {"state": "open", "reopened": True, "word": False, "start": move.on, "until": None},
        }
        life.update(effects.get(move.kind, {}))
    deadline = after(entry.received_on, 1) if not life["accepted"] else life["until"] or after(life["start"], 7)
    while not works(deadline):  # an extension until a day off
        deadline += DAY
    life["overdue"] = life["state"] == "open" and as_of > deadline
    return life


def _count(lives: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    inside = [life for life in lives if life["state"] not in ("rejected", "withdrawn")]
    closed = [life for life in inside if life["state"] == "closed"]
    days = [life["days"] for life in closed]
    return {
        "received": len(lives),
        "rejected": len([life for life in lives if life["state"] == "rejected"]),
        "withdrawn": len([life for life in lives if life["state"] == "withdrawn"]),
        "counted": len(inside),
        "accepted": len([life for life in inside if life["accepted"]]),
        "accepted_late": len([life for life in inside if life["accepted_late"]]),
        "open": len(inside) - len(closed),
        "overdue": len([life for life in inside if life["overdue"]]),
        "closed": len(closed),
        **{name: len([life for life in closed if life["outcome"] == name])
           for name in ("solved", "partly_solved", "explained", "shelved")},
        "on_time": len([life for life in closed if not life["late"]]),
        "late": len([life for life in closed if life["late"]]),
        "extended": len([life for life in inside if life["extended"]]),
        "reopened": len([life for life in inside if life["reopened"]]),
        "elevated": len([life for life in inside if life["rungs"]]),
        "stuck": len([life for life in inside if life["rungs"] and life["state"] == "open"]),
        "asked": len([life for life in inside if life["asked"]]),
        "replied": len([life for life in inside if life["word"] is not None]),
        "satisfied": len([life for life in inside if life["word"]]),
        "median_days": statistics.median(days) if days else None,
    }  # fmt: skip


def works(on: date) -> bool:
    """Ask the published calendar, or the weekday where nothing is published."""
    return chinese_calendar.is_workday(on) if on.year <= 2026 else on.weekday() < 5


def after(on: date, count: int) -> date:
    """Return the `count`-th working day after a day."""
    while count:
        on += DAY
        count -= works(on)
    return on
