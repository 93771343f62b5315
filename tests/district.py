"""A district as plain data, how a test writes it into a database, and how hypothesis draws one."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from esm.domain.values import credit_code
from esm.domain.values.settings import all_settings
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import BEGINNING, iso

ALWAYS = date.fromisoformat(BEGINNING)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start_on` until the day before `end_on`; without an end, until today and on."""

    start_on: date
    end_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.start_on <= on and (self.end_on is None or on < self.end_on)


@dataclass(frozen=True, slots=True)
class Profile:
    tier: str = "C"
    subdistrict: str | None = None
    industry: str | None = None
    span: Span = field(default=Span(ALWAYS))


@dataclass(frozen=True, slots=True)
class Enterprise:
    number: int
    scopes: tuple[Span, ...] = ()
    profiles: tuple[Profile, ...] = (Profile(),)
    pauses: tuple[Span, ...] = ()

    @property
    def uscc(self) -> str:
        return code(self.number)

    @property
    def name(self) -> str:
        return f"江畔{self.number}号有限公司"


@dataclass(frozen=True, slots=True)
class Cadre:
    staff_no: str
    active_from: date | None = None
    left_on: date | None = None
    postings: tuple[tuple[str | None, Span], ...] = ((None, Span(ALWAYS)),)


@dataclass(frozen=True, slots=True)
class Pairing:
    uscc: str
    staff_no: str
    span: Span


@dataclass(frozen=True, slots=True)
class Visit:
    uscc: str
    staff_no: str
    done_on: date
    channel: str = "on_site"
    outcome: str = "met"
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    uscc: str
    planned_on: date
    made_on: date
    visit: Visit | None = None  # the one that used it up


@dataclass(frozen=True, slots=True)
class District:
    enterprises: tuple[Enterprise, ...] = ()
    cadres: tuple[Cadre, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    visits: tuple[Visit, ...] = ()
    plans: tuple[Plan, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    later_settings: Mapping[str, tuple[date, str]] = field(default_factory=dict)  # since when, and the value


def code(number: int) -> str:
    start = f"91330205MA2AAAA{number:02}"
    return start + credit_code.check_character(start)


def store(writing: Writing, district: District) -> None:
    """Write a district row by row, in its own order."""
    _store_settings(writing, district)
    firms = _store_enterprises(writing, district.enterprises)
    people = _store_cadres(writing, district.cadres)
    writing.insert(
        "pairing",
        [
            {"enterprise_id": firms[pair.uscc], "cadre_id": people[pair.staff_no], "pinned": 0, **_days(pair.span)}
            for pair in district.pairings
        ],
    )
    visit_ids = writing.insert(
        "visit",
        [
            {"enterprise_id": firms[visit.uscc], "cadre_id": people[visit.staff_no], "done_on": iso(visit.done_on),
             "channel": visit.channel, "outcome": visit.outcome, "recorded_on": iso(visit.done_on),
             "cancelled_on": iso(visit.done_on) if visit.is_cancelled else None}
            for visit in district.visits
        ],
    )  # fmt: skip
    used_up = dict(zip(district.visits, visit_ids, strict=True))
    writing.insert(
        "plan",
        [
            {"enterprise_id": firms[plan.uscc], "cadre_id": next(iter(people.values())), "confirmed": 0,
             "due_on": iso(plan.planned_on), "planned_on": iso(plan.planned_on), "made_on": iso(plan.made_on),
             "provisional": 0, "visit_id": None if plan.visit is None else used_up[plan.visit]}
            for plan in district.plans
        ],
    )  # fmt: skip


def _store_settings(writing: Writing, district: District) -> None:
    for key, (since, value) in district.later_settings.items():
        before = district.settings.get(key, str(all_settings()[key].default))
        spans = ((before, Span(ALWAYS, since)), (value, Span(since)))
        writing.insert("setting", [{"key": key, "value": each, **_days(span)} for each, span in spans])
    others = {key: value for key, value in district.settings.items() if key not in district.later_settings}
    writing.insert("setting", [{"key": key, "value": each, **_days(Span(ALWAYS))} for key, each in others.items()])


def _store_enterprises(writing: Writing, enterprises: Sequence[Enterprise]) -> dict[str, int]:
    ids = writing.insert(
        "enterprise", [{"uscc": each.uscc, "name": each.name, "above_scale": 1} for each in enterprises]
    )
    stored = list(zip(ids, enterprises, strict=True))
    writing.insert(
        "profile",
        [
            {"enterprise_id": key, "tier": profile.tier, "subdistrict": profile.subdistrict,
             "industry_code": profile.industry, **_days(profile.span)}
            for key, each in stored for profile in each.profiles
        ],
    )  # fmt: skip
    writing.insert(
        "scope",
        [{"enterprise_id": key, "basis": "register", **_days(span)} for key, each in stored for span in each.scopes],
    )
    writing.insert(
        "pause",
        [{"enterprise_id": key, "reason": "moving", **_days(span)} for key, each in stored for span in each.pauses],
    )
    return {each.uscc: key for key, each in stored}


def _store_cadres(writing: Writing, cadres: Sequence[Cadre]) -> dict[str, int]:
    ids = writing.insert(
        "cadre",
        [
            {"staff_no": each.staff_no, "name": f"尹{each.staff_no}", "active_from": iso(each.active_from),
             "left_on": iso(each.left_on)}
            for each in cadres
        ],
    )  # fmt: skip
    writing.insert(
        "posting",
        [
            {"cadre_id": key, "department": department, **_days(span)}
            for key, each in zip(ids, cadres, strict=True) for department, span in each.postings
        ],
    )  # fmt: skip
    return {each.staff_no: key for key, each in zip(ids, cadres, strict=True)}


def _days(span: Span) -> dict[str, str | None]:
    return {"start_on": iso(span.start_on), "end_on": iso(span.end_on)}


FIRST, LAST = date(2027, 11, 1), date(2028, 12, 31)  # fourteen months, with a 29 February
MONTHS = [(FIRST.year + (FIRST.month - 1 + n) // 12, (FIRST.month - 1 + n) % 12 + 1) for n in range(14)]
TURNS = [date(year, month, calendar.monthrange(year, month)[1]) for year, month in MONTHS]
DAYS = sorted({turn + timedelta(days=n) for turn in TURNS for n in (-16, -1, 0, 1)})
days = st.sampled_from(DAYS)
as_of_and_month = st.tuples(days, days).map(lambda two: (max(two), min(two)))
KEYS = [code(number) for number in range(6)]
STAFF = ["1001", "1002", "1003"]


@st.composite
def spans(draw: st.DrawFn, most: int) -> tuple[Span, ...]:
    """Draw stretches that do not overlap but may touch; the last may be open."""
    turns = sorted(draw(st.lists(days, max_size=2 * most)))
    ends = [*turns[1::2], None]
    return tuple(Span(start, end) for start, end in zip(turns[::2], ends, strict=False) if end is None or start < end)


@st.composite
def dated(draw: st.DrawFn, values: st.SearchStrategy[Thing], most: int) -> list[tuple[Thing, Span]]:
    """Draw a value that holds always, and changes on up to `most` days."""
    turns = [ALWAYS, *sorted(draw(st.sets(days, max_size=most)))]
    return [(draw(values), Span(start, end)) for start, end in zip(turns, [*turns[1:], None], strict=True)]


groups = st.tuples(
    st.sampled_from("ABC"), st.sampled_from(["城东", "城西", None]), st.sampled_from(["C3983", "F5171", "I65", None])
)


@st.composite
def enterprises(draw: st.DrawFn, number: int) -> Enterprise:
    profiles = tuple(Profile(*group, span) for group, span in draw(dated(groups, 2)))
    return Enterprise(number, draw(spans(3)), profiles, draw(spans(1)))


@st.composite
def cadres(draw: st.DrawFn, staff_no: str) -> Cadre:
    active_from, left_on = draw(st.none() | days), draw(st.none() | days)
    postings = draw(dated(st.sampled_from(["经信局", "商务局", None]), 1))
    return Cadre(staff_no, active_from, left_on, tuple(postings))


def visits(keys: Sequence[str]) -> st.SearchStrategy[list[Visit]]:
    """Draw visits, mostly counted; of one cadre at one enterprise on one day only one may stand."""
    drawn = st.builds(
        Visit, st.sampled_from(keys), st.sampled_from(STAFF), days,
        st.sampled_from(["on_site"] * 5 + ["phone"]),
        st.sampled_from(["met"] * 5 + ["not_reached"]),
        st.sampled_from([False] * 5 + [True]),
    )  # fmt: skip
    return st.lists(drawn, max_size=16, unique_by=lambda visit: (visit.uscc, visit.staff_no, visit.done_on))


@st.composite
def districts(draw: st.DrawFn) -> District:
    """Draw a small district with everything in it that moves a figure."""
    firms = [draw(enterprises(number)) for number in range(draw(st.integers(1, len(KEYS))))]
    keys = [firm.uscc for firm in firms]
    pairs = [Pairing(key, draw(st.sampled_from(STAFF)), span) for key in keys for span in draw(spans(2))]
    contacts = draw(visits(keys))
    planned = [Plan(draw(st.sampled_from(keys)), draw(days), draw(days)) for _ in range(draw(st.integers(0, 3)))] + [
        Plan(visit.uscc, visit.done_on, visit.done_on, visit) for visit in contacts[:2]
    ]
    settings = draw(
        st.sampled_from([{}, {"scheme_start_on": "2028-02-29"}, {"cadence_months_a": "1", "due_soon_days": "30"}])
    )
    changes = st.sampled_from([("cadence_months_a", "3"), ("cadence_months_b", "1"), ("due_soon_days", "3")])
    later = {key: (draw(days), value) for key, value in draw(st.lists(changes, max_size=2, unique=True))}
    return District(tuple(firms), tuple(draw(cadres(staff_no)) for staff_no in STAFF), tuple(pairs), tuple(contacts),
                    tuple(planned), settings, later)  # fmt: skip
