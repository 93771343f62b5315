"""The requests of the example district and how each was handled: in all states, some late, stuck or alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from chinese_calendar import is_workday
from examples.source.service import LAST_VISIT_ON
from examples.source.words import MATTERS, WORDS, Row, Rows, Words

from esm.domain.requests.class_tree import CODES_BY_CHINESE

TERMS = MATTERS["words"]
Step = tuple[str, int, dict[str, Any]]  # a move, the working days since the request was received, what it says

ACCEPT: Step = ("accept", 1, {})
DISPATCH: Step = ("dispatch", 1, {"department": 0})
ANSWER: Step = ("answer", 5, {"department": 0})
CLOSE: Step = ("close", 6, {"outcome": "solved", "note": "close"})
CONFIRM: Step = ("confirm", 10, {"satisfied": True})
EXTEND: Step = ("extend", 3, {"until_on": 15, "note": "extend"})
DISPUTE: Step = ("dispute", 2, {"note": "dispute"})
AGAIN: Step = ("dispatch", 8, {"department": 1})
HANDLED = (ACCEPT, DISPATCH, ANSWER, CLOSE)

# How a request lives; what would happen after the last day on record has not happened.
LIVES: dict[str, Sequence[Step]] = {
    "received": (),
    "rejected": (("reject", 1, {"note": "reject", "basis": "reject_basis"}),),
    "withdrawn": (ACCEPT, DISPATCH, ("withdraw", 4, {})),
    "accepted": (ACCEPT,),
    "accepted_late": (("accept", 3, {}),),
    "dispatched": (ACCEPT, DISPATCH),
    "disputed": (ACCEPT, DISPATCH, DISPUTE),
    "disputed_late": (ACCEPT, DISPATCH, DISPUTE, ("dispatch", 3, {"department": 1}),
                      ("answer", 12, {"department": 1}), ("close", 13, {"outcome": "solved", "note": "close"})),
    "answered": (ACCEPT, DISPATCH, ("answer", 3, {"department": 0})),
    "closed": HANDLED,
    "direct": (ACCEPT, ("close", 1, {"outcome": "solved"}), ("confirm", 5, {"satisfied": True})),
    "confirmed": (*HANDLED, CONFIRM),
    "unsatisfied": (*HANDLED, ("confirm", 10, {"satisfied": False})),
    "late": (*HANDLED[:2], ("answer", 10, {"department": 0}),
             ("close", 12, {"outcome": "solved", "note": "close"}), ("confirm", 15, {"satisfied": True})),
    "extended": (*HANDLED[:2], EXTEND, ("answer", 12, {"department": 0}),
                 ("close", 14, {"outcome": "solved", "note": "close"}), ("confirm", 18, {"satisfied": True})),
    "extended_open": (*HANDLED[:2], EXTEND),
    "partly": (*HANDLED[:3], ("close", 7, {"outcome": "partly_solved", "note": "close"}), CONFIRM),
    "explained": (*HANDLED[:3], ("close", 6, {"outcome": "explained", "basis": "explain_basis"}), CONFIRM),
    "shelved": (*HANDLED[:3], ("close", 7, {"outcome": "shelved", "note": "shelve"})),
    "reopened": (*HANDLED, ("reopen", 9, {"note": "reopen"}), ("dispatch", 10, {"department": 1}),
                 ("answer", 14, {"department": 1}), ("close", 15, {"outcome": "solved", "note": "close"}),
                 ("confirm", 20, {"satisfied": True})),
    "overdue": (ACCEPT, DISPATCH),
    "unlifted": (ACCEPT, DISPATCH, ("answer", 9, {"department": 0})),
    "stuck": (*HANDLED[:3], AGAIN, ("elevate", 9, {"reason": "dispatches"}), ("dispatch", 20, {"department": 0}),
              ("elevate", 21, {"reason": "dispatches"}), ("elevate", 25, {"reason": "overdue"})),
    "departments": (ACCEPT, ("dispatch", 1, {"department": 0, "supporting": True}),
                    ("elevate", 2, {"reason": "departments"}), ("support", 4, {"department": 2})),
    "stuck_overdue": (ACCEPT, DISPATCH, ("elevate", 12, {"reason": "overdue"}),
                      ("elevate", 17, {"reason": "overdue"})),
}  # fmt: skip
TAKES_OVER = "企业服务中心"  # the department that gets what another one disputes or cannot close


def requests(chance: Random, enterprises: Rows, visits: Rows) -> Rows:
    """Return the requests, numbered by the day on which they were raised on a visit."""
    known = {row["uscc"]: row for row in enterprises}
    used: set[str] = set()
    rows: Rows = []
    for plan in MATTERS["requests"]:
        visit = chance.choice([each for each in visits if _fits(plan, each, known[each["uscc"]], used)])
        used.add(visit["uscc"])
        rows.append(
            {
                "uscc": visit["uscc"],
                "received_on": visit["done_on"],
                "request_class": Words(plan["request_class"], CODES_BY_CHINESE[plan["request_class"]]),
                "nature": next(Words(*words) for words in TERMS["natures"] if words[1] == plan["nature"]),
                "subject": Words(*plan["subject"]),
                "staff_no": visit["staff_no"],
                "visited_on": visit["done_on"],
                "plan": plan,
            }
        )
    rows.sort(key=lambda row: (row["received_on"], row["uscc"]))
    return [{"request_no": number, **row} for number, row in enumerate(rows, 1)]


def _fits(plan: Row, visit: Row, enterprise: Row, used: set[str]) -> bool:
    return (
        visit["uscc"] not in used
        and plan["since"] <= visit["done_on"] <= plan["until"]
        and visit["channel"].en == "on_site"
        and visit["outcome"].en == "met"
        and enterprise["industry_code"].startswith(plan.get("section", ""))
        and enterprise["subdistrict"].zh == plan.get("subdistrict", enterprise["subdistrict"].zh)
    )


def moves(requests: Rows) -> Rows:
    """Return what was done about each request, step by step."""
    return [move for row in requests for move in _life(row)]


def _life(row: Row) -> Iterator[Row]:
    plan = row["plan"]
    departments = [_department(plan["department"]), _department(TAKES_OVER)]
    supporting = [_department(name) for name in plan.get("supporting", ())]
    for number, (kind, after, said) in enumerate(LIVES[plan["life"]], 1):
        done_on = _workday(row["received_on"], after)
        if done_on > LAST_VISIT_ON:
            return
        values: Row = {key: _phrase(key, value) for key, value in said.items()}
        if "department" in said:
            values["department"] = [*departments, *supporting][said["department"]]
        if "supporting" in said:
            values["supporting"] = Words("、".join(d.zh for d in supporting), ";".join(d.en for d in supporting))
        if "until_on" in said:
            values["until_on"] = _workday(row["received_on"], said["until_on"])
        move = next(Words(*words) for words in TERMS["moves"] if words[1] == kind)
        yield {"request_no": row["request_no"], "number": number, "move": move, "done_on": done_on, **values}


def _phrase(key: str, value: Any) -> Any:
    if key in ("outcome", "reason"):
        return next(Words(*words) for words in TERMS[f"{key}s"] if words[1] == value)
    return Words(*TERMS[value]) if key in ("note", "basis") else value


def _department(name: str) -> Words:
    return next(Words(*words) for words in WORDS["departments"] if words[0] == name)


def _workday(day: date, count: int) -> date:
    """Return the working day `count` working days after `day`."""
    while count:
        day += timedelta(1)
        count -= is_workday(day)
    return day
