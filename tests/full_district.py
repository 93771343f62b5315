"""A drawn district with something in every table and in every column that a command can fill."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from tests import request_oracle
from tests.district import DAYS

from esm.domain.policies.policy import PolicyAnswer, ReliefKind
from esm.domain.requests.states import Nature
from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import iso

Draw = Callable[[st.SearchStrategy[Any]], Any]
Values = dict[str, Any]

# Words that a careless reader takes for something else: numbers, days, formulas, blanks, marks, notes.
words = st.sampled_from(
    ["甲", "统计局", "第一行\n第二行", "=1+1", "'引号", "a, b；c、d", "0012", "1e5", "2026-03-01", "是", "无", "合计",
     "示例：一", "Example: 1", "null", "<b>&amp;", "\\n", "_x0041_", "𠮷 ＡＢ", "007", "913301001290404799", "1.50",
     "3/4", "TRUE", "1 Mar", "５０％", "a\tb", "a\x1b[2Jb", "a\rb", "a\r\nb", "x\u202ey", "z\u200bw", "a\x85b\u2028c",
     "''=1", '="007"', "'=\"007\"", '"', '""', "\\t", "\\u202e", "@a", "+5", "＝1"]
)  # fmt: skip
# What describes a cadre is blank where a sheet says 无 (docs/rules.md, Import).
descriptions = words.filter(lambda text: text != "无")
days = st.sampled_from([iso(day) for day in DAYS])
departments = st.sampled_from(["税务局", "消防", "市场监管局", "人社局"])
REVENUES = st.sampled_from([0, 1, 1_999_999_999, 2_000_000_000, 123_456_789, 10**15 - 1, 10**15])  # fen
flags = st.sampled_from([0, 1])
times = st.sampled_from(["00:00", "09:05", "14:30", "23:59"])
codes = st.sampled_from(["C3983", "F5171", "I65", "K7010"])
prefixes = st.sampled_from(["C", "C39", "C39,F51"])


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def furnish(draw: Draw, writing: Writing) -> None:
    """Fill what a drawn district leaves blank, each thing with a chance to be there."""
    firms = [row[0] for row in writing.rows("SELECT id FROM enterprise ORDER BY id")]
    people = [row[0] for row in writing.rows("SELECT id FROM cadre ORDER BY id")]
    _describe(draw, writing, firms, people)
    _around_cadres(draw, writing, firms, people)
    _around_visits(draw, writing, firms, people)
    _requests(draw, writing, firms)
    _policies(draw, writing, firms, people)


def _some(draw: Draw, choices: list[Any], most: int = 2) -> list[Any]:
    return list(draw(st.lists(st.sampled_from(choices), max_size=most, unique=True))) if choices else []


def _update(writing: Writing, table: str, row_id: int, values: Values) -> None:
    sets = ", ".join(f"{name} = ?" for name in values)
    writing.connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), row_id))


def _describe(draw: Draw, writing: Writing, firms: list[int], people: list[int]) -> None:
    for cadre in people:
        _update(writing, "cadre", cadre, draw(st.fixed_dictionaries({
            "title": maybe(descriptions), "rank": maybe(st.integers(1, 5)), "subdistrict": maybe(descriptions),
            "expertise": maybe(prefixes), "phone": maybe(st.sampled_from(["19900001234", "0574-87654321"])),
            "email": maybe(st.just("yin@office.example")),
        })))  # fmt: skip
    for (posting,) in writing.rows("SELECT id FROM posting ORDER BY id"):
        _update(writing, "posting", posting, {"capacity": draw(maybe(st.integers(0, 9)))})
    for firm in firms:
        enrolled_on, exited_on = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
        _update(writing, "enterprise", firm, draw(st.fixed_dictionaries({
            "address": maybe(words), "revenue": maybe(REVENUES),
            "employees": maybe(st.integers(0, 9)), "qualified": maybe(flags), "above_scale": maybe(flags),
            "enrolled_on": maybe(st.just(enrolled_on)), "exited_on": maybe(st.just(exited_on)),
            "contact_name": maybe(words), "contact_title": maybe(words),
            "contact_phone": maybe(st.just("19900001234")), "verified_on": maybe(days),
        })))  # fmt: skip


def _around_cadres(draw: Draw, writing: Writing, firms: list[int], people: list[int]) -> None:
    pairs = writing.rows("SELECT id, cadre_id, enterprise_id FROM pairing ORDER BY id")
    for pairing, _, _ in pairs:
        values = {"pinned": draw(flags), "why": draw(maybe(st.just('{"kept": true}')))}
        _update(writing, "pairing", pairing, values)
    paired = {(cadre, firm) for _, cadre, firm in pairs}
    for pairing, serving, firm in pairs:
        chosen = draw(st.lists(st.sampled_from(people), max_size=3, unique=True))
        deputies = [cadre for cadre in chosen if cadre != serving]
        paired |= {(cadre, firm) for cadre in deputies}
        writing.insert("pairing_deputy", [
            {"pairing_id": pairing, "cadre_id": cadre, "place": place} for place, cadre in enumerate(deputies, 1)
        ])  # fmt: skip
    free = [(cadre, firm) for cadre in people for firm in firms if (cadre, firm) not in paired]
    writing.insert("recusal", [
        {"cadre_id": cadre, "enterprise_id": firm, "reason": draw(words),
         "kind": draw(st.sampled_from(["relative", "own_interest", "former_employer", "other"])),
         "start_on": start_on, "end_on": draw(maybe(st.just(_after(start_on))))}
        for cadre, firm in _some(draw, free) for start_on in [draw(days)]
    ])  # fmt: skip
    writing.insert("absence", [
        {"cadre_id": cadre, "start_on": start_on, "end_on": _after(start_on), "reason": draw(maybe(words)),
         "deputy_id": draw(maybe(st.sampled_from([other for other in people if other != cadre])))}
        for cadre in _some(draw, people) for start_on in [draw(days)]
    ])  # fmt: skip


def _after(day: str, most: int = 3) -> str:
    return (date.fromisoformat(day) + timedelta(days=most)).isoformat()


def _around_visits(draw: Draw, writing: Writing, firms: list[int], people: list[int]) -> None:
    notices = st.sampled_from(["2027", "local", "甲"])
    writing.insert("holiday", [
        {"notice": draw(notices), "falls_on": day, "worked": draw(flags), "name": draw(words), "source": draw(words)}
        for day in _some(draw, [iso(day) for day in DAYS])
    ])  # fmt: skip
    writing.insert("blackout", [
        {"enterprise_id": firm, "start_on": start_on, "end_on": _after(start_on), "reason": draw(maybe(words))}
        for firm in _some(draw, firms) for start_on in [draw(days)]
    ])  # fmt: skip
    for (plan,) in writing.rows("SELECT id FROM plan ORDER BY id"):
        is_confirmed = draw(flags)
        _update(writing, "plan", plan, {
            "confirmed": is_confirmed, "starts_at": draw(maybe(times)) if is_confirmed else None,
            "provisional": draw(flags),
        })  # fmt: skip
    visits = writing.rows("SELECT id, enterprise_id, cadre_id, done_on, cancelled_on FROM visit ORDER BY id")
    for visit, *_, cancelled_on in visits:
        _update(writing, "visit", visit, draw(st.fixed_dictionaries({
            "minutes": maybe(words), "met_with": maybe(words),
            "business": maybe(st.sampled_from(["growing", "steady", "shrinking", "stopped"])),
            "satisfaction": maybe(st.sampled_from(["satisfied", "partly", "dissatisfied"])),
            "cancel_reason": st.none() if cancelled_on is None else maybe(words),
        })))  # fmt: skip
    for visit, firm, cadre, done_on, _ in _some(draw, visits, 3):
        others = [other for other in people if other != cadre]
        along = [{"cadre_id": draw(st.sampled_from(others)), "department": None},
                 {"cadre_id": None, "department": draw(words)}]  # fmt: skip
        writing.insert("companion", [{"visit_id": visit, **each} for each in _some(draw, [*range(2)])
                                                   for each in [along[each]]])  # fmt: skip
        writing.insert("promise", [
            {"enterprise_id": firm, "visit_id": visit, "words": draw(words), "due_on": _after(done_on),
             "kept_on": draw(maybe(st.just(done_on)))}
            for _ in range(draw(st.integers(0, 2)))
        ])  # fmt: skip
    writing.insert("cancelled_plan", [
        {"plan_id": number, "enterprise_id": firm, "cadre_id": draw(st.sampled_from(people)), "planned_on": day,
         "cancelled_on": draw(days), "reason": draw(maybe(words)),
         "cause": draw(maybe(st.sampled_from(PlanChangeReason))), "confirmed": draw(flags),
         "starts_at": draw(maybe(st.just("09:30")))}
        for number, firm in enumerate(_some(draw, firms) * 2 if people else [], start=1000)
        for day in [draw(st.sampled_from([iso(DAYS[0]), iso(DAYS[-1])]))]
    ])  # fmt: skip
    writing.insert("outside_visit", [
        {"enterprise_id": firm, "department": draw(departments), "done_on": done_on, "minutes": draw(maybe(words)),
         "recorded_on": done_on, "cancelled_on": done_on if is_cancelled else None,
         "cancel_reason": draw(words) if is_cancelled else None}
        for firm in _some(draw, firms) for done_on, is_cancelled in [(draw(days), draw(st.booleans()))]
    ])  # fmt: skip


def _requests(draw: Draw, writing: Writing, firms: list[int]) -> None:
    usccs = [row[0] for row in writing.rows("SELECT uscc FROM enterprise ORDER BY id")]
    offices = ["税务局", "消防", "市场监管局", "人社局", "住建局"]
    seed = str(draw(st.integers(0, 10_000)))
    count = draw(st.integers(0, 4))
    request_oracle.perform(
        writing, request_oracle.plan(seed, usccs, offices, year=2027, count=count), new_department=True
    )
    writing.insert("request_class", [
        {"code": code, "name": draw(words), "retired": draw(flags)}
        for code in _some(draw, ["labour.recruitment", "local.harbour", "tax"])
    ])  # fmt: skip
    visits = writing.rows("SELECT id, enterprise_id, cadre_id, done_on FROM visit WHERE cancelled_on IS NULL")
    ids = [row[0] for row in writing.rows("SELECT id FROM cadre ORDER BY id")]
    for visit, firm, cadre, done_on in _some(draw, visits):
        on_visit = draw(st.booleans())
        writing.insert("request", [
            {"enterprise_id": firm, "cadre_id": cadre if on_visit else draw(maybe(st.sampled_from(ids))),
             "visit_id": visit if on_visit else None, "received_on": done_on, "request_class": "finance.loan",
             "nature": draw(st.sampled_from(Nature)), "subject": draw(words), "accept_days": 1,
             "answer_days": draw(st.integers(1, 9)), "close_days": draw(st.integers(1, 99))}
        ])  # fmt: skip
        (request,) = writing.rows("SELECT max(id) FROM request")[0]
        writing.insert("request_event", [
            {"request_id": request, "kind": kind, "done_on": done_on, "who": draw(maybe(words)),
             "note": draw(maybe(words)), "days": draw(maybe(st.integers(1, 30))), **values}
            for kind, values in _some(draw, [0, 1, 2], 1) and [
                ("accept", {"department": None, "supporting": None, "deadline_on": _after(done_on)}),
                ("dispatch", {"department": "税务局", "supporting": draw(st.sampled_from(["消防", "消防、人社局"])),
                              "deadline_on": None}),
                ("support", {"department": "消防", "supporting": None, "deadline_on": None}),
            ]
        ])  # fmt: skip


def _policies(draw: Draw, writing: Writing, firms: list[int], people: list[int]) -> None:
    ids = writing.insert("policy", [
        {"code": code, "title": draw(words), "source": draw(maybe(words)), "gives": draw(maybe(words)),
         "worth": draw(maybe(st.sampled_from([1, 5_000_000, 10**12]))), "start_on": draw(maybe(st.just(iso(DAYS[0])))),
         "until_on": draw(maybe(st.just(iso(DAYS[-1])))), "industries": draw(maybe(prefixes)),
         "tiers": draw(maybe(st.sampled_from(["A", "A,B"]))), "sizes": draw(maybe(st.sampled_from(["micro,small"]))),
         "above_scale": draw(flags), "newly_entered": draw(flags)}
        for code in _some(draw, ["P-01", "0012", "甲"])
    ])  # fmt: skip
    visits = writing.rows("SELECT id, enterprise_id, cadre_id, done_on FROM visit WHERE cancelled_on IS NULL")
    for policy in ids:
        for visit, firm, cadre, done_on in _some(draw, visits, 1):
            writing.insert("briefing", [
                {"policy_id": policy, "enterprise_id": firm, "cadre_id": cadre, "visit_id": visit, "done_on": done_on}
            ])  # fmt: skip
        for firm in _some(draw, firms, 1):
            day = "2027-06-01"  # no visit is drawn on it
            writing.insert("briefing", [
                {"policy_id": policy, "enterprise_id": firm, "cadre_id": draw(maybe(st.sampled_from(people))),
                 "visit_id": None, "done_on": day}
            ])  # fmt: skip
            writing.insert("application", [
                {"policy_id": policy, "enterprise_id": firm, "kind": draw(st.sampled_from(PolicyAnswer)),
                 "done_on": day, "note": draw(maybe(words))}
            ])  # fmt: skip
            writing.insert("relief", [
                {"policy_id": policy, "enterprise_id": firm, "kind": draw(st.sampled_from(ReliefKind)),
                 "done_on": day, "amount": draw(st.sampled_from([1, 123_456, 10**12 - 1]))}
            ])  # fmt: skip
