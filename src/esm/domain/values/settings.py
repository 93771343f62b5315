"""The settings of a district, read from the database and passed down; nothing below asks for them.

A setting is one field: its default, its bounds and its explanation stand together, and `esm config`, the
storage and the scenarios of `esm assign --what-if` know it from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from esm.errors import Message, say

Value = int | str | date
WEIGHT = "weight_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a district decides: a whole number or a day between two bounds, or a text.

    Of a text `least` and `most` bound the length; `words` are all that it can be, where not everything is.
    """

    key: str
    default: Value
    least: int | date
    most: int | date
    explanation: Message
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting with the value in force; `before` is the one that a command has just replaced."""

    setting: Setting
    value: Value
    before: Value | None


def _whole(default: int, least: int, most: int, explanation: Message) -> Any:
    return field(default=default, metadata={"setting": Setting("", default, least, most, explanation)})


def _day(default: date, explanation: Message) -> Any:
    bounds = date(1949, 10, 1), date(2100, 12, 31)
    return field(default=default, metadata={"setting": Setting("", default, *bounds, explanation)})


def _text(default: str, explanation: Message, *, longest: int = 200, words: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"setting": Setting("", default, 0, longest, explanation, words)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Prices of the third tier of the pairing objective (docs/rules.md, Pairing)."""

    subdistrict: int = _whole(4, 0, 10_000, say("Penalty of a pair in different subdistricts."))
    expertise: int = _whole(3, 0, 10_000, say("Penalty of a pair whose cadre does not know the industry."))
    rank: int = _whole(2, 0, 10_000, say("Penalty of each rank that the cadre is below the wanted one."))
    load: int = _whole(1, 0, 10_000, say("Penalty of a cadre's second enterprise; the third costs twice as much."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One district's settings; the defaults are those of docs/rules.md, Settings. Months, days and counts are whole."""

    default_capacity: int = _whole(1, 0, 100_000, say("Enterprises a cadre may serve where the roster says nothing."))
    weights: Weights = field(default_factory=Weights)
    wanted_rank_a: int = _whole(4, 1, 5, say("The rank a cadre should have for an enterprise of tier A."))
    wanted_rank_b: int = _whole(3, 1, 5, say("The rank a cadre should have for an enterprise of tier B."))
    wanted_rank_c: int = _whole(1, 1, 5, say("The rank a cadre should have for an enterprise of tier C."))
    maximum_tenure_months: int = _whole(
        0, 0, 600, say("After so many months another cadre takes an enterprise over; 0: no rotation.")
    )
    deputy_after_days: int = _whole(
        7, 0, 366, say("In an absence of more days than this, the due list names the deputy.")
    )
    cadence_months_a: int = _whole(2, 1, 12, say("Months between two visits of an enterprise of tier A."))
    cadence_months_b: int = _whole(2, 1, 12, say("Months between two visits of an enterprise of tier B."))
    cadence_months_c: int = _whole(2, 1, 12, say("Months between two visits of an enterprise of tier C."))
    scheme_start_on: date = _day(date(2012, 1, 1), say("The day the scheme began: no visit was due before."))  # noqa: RUF009 - a field
    due_soon_days: int = _whole(14, 0, 366, say("A visit is due soon so many days before its due date."))
    visits_per_day: int = _whole(2, 1, 50, say("Visits a cadre can make on one day."))
    window_days: int = _whole(21, 0, 366, say("A visit is planned at most so many days before its due date."))
    ideal_days: int = _whole(7, 0, 366, say("The best day for a visit lies so many days before its due date."))
    visit_gap_days: int = _whole(30, 0, 366, say("Days there should be between two visits of one enterprise."))
    stale_contact_days: int = _whole(180, 1, 3650, say("After so many days unverified, a contact is stale."))
    nursery_percent: int = _whole(
        10, 0, 100, say("Percent of a line that may be lacking in the nursery of `esm scale`.")
    )
    annual_entry_first_month: int = _whole(10, 1, 12, say("The yearly entry into the register begins in this month."))
    annual_entry_last_month: int = _whole(12, 1, 12, say("The yearly entry into the register ends in this month."))
    annual_entry_day: int = _whole(30, 1, 31, say("The last day for papers in the last month of the yearly entry."))
    monthly_entry_day: int = _whole(7, 0, 31, say("The last day for papers of a monthly entry; 0: none that month."))
    january_entry_day: int = _whole(31, 0, 31, say("The last day for papers in January; 0: no entry that month."))
    february_entry_day: int = _whole(0, 0, 29, say("The last day for papers in February; 0: no entry that month."))
    burden_days: int = _whole(60, 1, 366, say("Days in which the visits of all departments are counted together."))
    burden_visits: int = _whole(3, 1, 100, say("So many visits in these days are a burden to an enterprise."))
    late_entry_days: int = _whole(7, 0, 366, say("A visit entered more days after it took place is late."))
    alarm_days: int = _whole(1, 0, 30, say("The calendar reminds so many days before a visit."))
    mail_host: str = _text("", say("The server that sends the reminders; empty: none is sent."))
    mail_port: int = _whole(465, 1, 65_535, say("The port of the mail server."))
    mail_tls: str = _text(
        "tls", say("How the mail server is reached: tls, starttls or none."), words=("tls", "starttls", "none")
    )
    mail_sender: str = _text("", say("The address from which reminders are sent."))
    request_accept_days: int = _whole(1, 1, 60, say("Working days until a request is accepted or rejected."))
    request_answer_days: int = _whole(3, 1, 60, say("Working days a supporting department has for its answer."))
    request_close_days: int = _whole(7, 1, 250, say("Working days until a request is closed."))
    request_hard_days: int = _whole(15, 1, 250, say("Working days until a hard case is closed."))
    stuck_dispatches: int = _whole(2, 1, 20, say("So many dispatches without a close make a request stuck."))
    stuck_departments: int = _whole(2, 1, 20, say("So many departments that are needed make a request stuck."))
    stuck_overdue_days: int = _whole(5, 1, 250, say("So many working days overdue make a request stuck."))
    cluster_days: int = _whole(90, 1, 3650, say("Days within which like requests count as one cluster."))
    cluster_enterprises: int = _whole(3, 2, 1000, say("Enterprises that make like requests a cluster."))
    policy_expiring_days: int = _whole(30, 0, 3650, say("A policy expires soon so many days before its last day."))
    policy_new_months: int = _whole(12, 1, 120, say("Months after its entry in which an enterprise is newly entered."))

    def wanted_rank(self, tier: str) -> int:
        """Return the rank that a cadre should at least have for an enterprise of this tier."""
        return {"A": self.wanted_rank_a, "B": self.wanted_rank_b, "C": self.wanted_rank_c}[tier]

    def cadence_months(self, tier: str) -> int:
        """Return how many months may pass between two visits of an enterprise of this tier."""
        return {"A": self.cadence_months_a, "B": self.cadence_months_b, "C": self.cadence_months_c}[tier]

    def value_of(self, key: str) -> Value:
        """Return the value of one setting."""
        value: Value = getattr(self.weights, key.removeprefix(WEIGHT)) if key.startswith(WEIGHT) else getattr(self, key)
        return value

    def with_values(self, values: Mapping[str, Value]) -> Settings:
        """Return the settings with other values, each under the key of its setting."""
        weights = {key.removeprefix(WEIGHT): value for key, value in values.items() if key.startswith(WEIGHT)}
        others: dict[str, Any] = {key: value for key, value in values.items() if not key.startswith(WEIGHT)}
        return replace(self, weights=replace(self.weights, **weights), **others)  # type: ignore[arg-type]


def all_settings() -> dict[str, Setting]:
    """Return every setting by its key, in the order in which people read them."""
    found: dict[str, Setting] = {}
    for one in fields(Settings):
        parts = [(WEIGHT + part.name, part) for part in fields(Weights)] if one.name == "weights" else [(one.name, one)]
        found.update({key: replace(part.metadata["setting"], key=key) for key, part in parts})
    return found


def parse(setting: Setting, word: str) -> Value | Message:
    """Return the value that a word names, or why it cannot be one."""
    if isinstance(setting.default, str):
        if setting.words and word not in setting.words:
            return say("one of {words}", words=", ".join(setting.words))
        most = int(str(setting.most))
        return word if len(word) <= most else say("at most {most} characters", most=most)
    value: int | date
    try:
        value = int(word) if isinstance(setting.default, int) else date.fromisoformat(word)
    except ValueError:
        is_number = isinstance(setting.default, int)
        return say("write a whole number") if is_number else say("write a day like {day}", day="2026-03-01")
    if not setting.least <= value <= setting.most:  # type: ignore[operator]
        return say("from {least} to {most}", least=setting.least, most=setting.most)
    return value


def text_to_store(key: str, text: str) -> str | Message:
    """Return a setting's value as it is kept, or why it cannot be: an unknown key, or a value it cannot have."""
    setting = all_settings().get(key)
    if setting is None:
        return say("there is no such setting; there are: {known}", known=", ".join(sorted(all_settings())))
    value = parse(setting, text)
    return value if isinstance(value, Message) else str(value)


def conflict(settings: Settings) -> Message | None:
    """Return which two settings contradict each other, if any do."""
    if settings.ideal_days > settings.window_days:
        return say(
            "The best day of a visit (ideal_days {ideal}) lies outside its window (window_days {window}).",
            ideal=settings.ideal_days,
            window=settings.window_days,
        )
    return None
