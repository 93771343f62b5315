"""The settings of a district, read from the database and passed down; nothing below asks for them.

A setting is one field: its default, its bounds and its explanation stand together, and `esm config`, the
storage and the scenarios of `esm assign --what-if` know it from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from esm.errors import Listed, Message, say

Value = int | str | date
WEIGHT = "weight_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a district decides: a whole number or a day between two bounds, or a text.

    Of a text `least` and `most` bound the length; `words` are all that it can be, where not everything is. `is_day`:
    the text is a day, or empty. `is_dated`: figures depend on it, so a change leaves those of earlier days alone.
    """

    key: str
    default: Value
    least: int | date
    most: int | date
    explanation: Message
    words: tuple[str, ...] = ()
    is_day: bool = False
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting with the value in force and since when it holds; None: always.

    `before` is the value that a command has just replaced; `notes` say what the new one breaks.
    """

    setting: Setting
    value: Value
    since: date | None
    before: Value | None = None
    notes: tuple[Message, ...] = ()


def _whole(default: int, least: int, most: int, explanation: Message, *, is_dated: bool = True) -> Any:
    setting = Setting("", default, least, most, explanation, is_dated=is_dated)
    return field(default=default, metadata={"setting": setting})


def _day(default: date, explanation: Message) -> Any:
    bounds = date(1949, 10, 1), date(2100, 12, 31)
    return field(default=default, metadata={"setting": Setting("", default, *bounds, explanation)})


def _text(default: str, explanation: Message, *, words: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"setting": Setting("", default, 0, 200, explanation, words)})


def _day_or_none(explanation: Message) -> Any:
    return field(default="", metadata={"setting": Setting("", "", 0, 10, explanation, is_day=True)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Prices of the third tier of the pairing objective (docs/rules.md, Pairing)."""

    subdistrict: int = _whole(4, 0, 10_000, say("Penalty if cadre and enterprise are in different subdistricts."))
    expertise: int = _whole(3, 0, 10_000, say("Penalty if the cadre has no expertise in the enterprise's industry."))
    rank: int = _whole(2, 0, 10_000, say("Penalty for each rank by which the cadre is below the required rank."))
    load: int = _whole(1, 0, 10_000, say("Penalty for a cadre's second enterprise; the third costs twice as much."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One district's settings; the defaults are those of docs/rules.md, Settings. Months, days and counts are whole."""

    default_capacity: int = _whole(1, 0, 100_000, say("Enterprises a cadre may serve if the roster gives no capacity."))
    weights: Weights = field(default_factory=Weights)
    wanted_rank_a: int = _whole(4, 1, 5, say("Rank required of a cadre who serves a tier A enterprise."))
    wanted_rank_b: int = _whole(3, 1, 5, say("Rank required of a cadre who serves a tier B enterprise."))
    wanted_rank_c: int = _whole(1, 1, 5, say("Rank required of a cadre who serves a tier C enterprise."))
    maximum_tenure_months: int = _whole(
        0, 0, 600, say("Months after which another cadre takes over an enterprise; 0: no rotation.")
    )
    deputy_after_days: int = _whole(
        7, 0, 366, say("Show the deputy in the due list if an absence lasts longer than this many days.")
    )
    cadence_months_a: int = _whole(2, 1, 12, say("Months between two visits to a tier A enterprise."))
    cadence_months_b: int = _whole(2, 1, 12, say("Months between two visits to a tier B enterprise."))
    cadence_months_c: int = _whole(2, 1, 12, say("Months between two visits to a tier C enterprise."))
    scheme_start_on: date = _day(date(2012, 1, 1), say("Start date of the scheme: no visit was due before it."))  # noqa: RUF009 - a field
    records_began_on: str = _day_or_none(
        say("First day of the records, from which gaps are counted; empty: that of the first visit on record.")
    )
    due_soon_days: int = _whole(14, 0, 366, say("Number of days before the due date from which a visit is due soon."))
    visits_per_day: int = _whole(2, 1, 50, say("Maximum number of visits per cadre and day."))
    window_days: int = _whole(21, 0, 366, say("A visit is planned at most this many days before its due date."))
    ideal_days: int = _whole(7, 0, 366, say("Preferred date of a visit: this many days before its due date."))
    visit_gap_days: int = _whole(30, 0, 366, say("Days there should be between two visits to one enterprise."))
    planned_until: str = _day_or_none(
        say("Visits due up to this date are planned; set by `esm schedule`, empty before the first.")
    )
    stale_contact_days: int = _whole(180, 1, 3650, say("Days without verification after which a contact is stale."))
    nursery_percent: int = _whole(
        10, 0, 100, say("Near-threshold list of `esm scale`: at most this percentage below the threshold.")
    )
    annual_entry_first_month: int = _whole(10, 1, 12, say("Month in which the annual entry into the register begins."))
    annual_entry_last_month: int = _whole(12, 1, 12, say("Month in which the annual entry into the register ends."))
    annual_entry_day: int = _whole(30, 1, 31, say("Last day for documents in the last month of the annual entry."))
    monthly_entry_day: int = _whole(7, 0, 31, say("Last day for documents of a monthly entry; 0: no entry that month."))
    january_entry_day: int = _whole(31, 0, 31, say("Last day for documents in January; 0: no entry that month."))
    february_entry_day: int = _whole(0, 0, 29, say("Last day for documents in February; 0: no entry that month."))
    burden_days: int = _whole(60, 1, 366, say("Days over which the visits of all departments are counted together."))
    burden_visits: int = _whole(3, 1, 100, say("Number of visits within burden_days that counts as excessive."))
    late_entry_days: int = _whole(
        7, 0, 366, say("A visit entered more than this many days after it took place is late.")
    )
    alarm_days: int = _whole(1, 0, 30, say("Calendar reminder: this many days before a visit."), is_dated=False)
    mail_host: str = _text("", say("Mail server that sends the reminders; empty: none are sent."))
    mail_port: int = _whole(465, 1, 65_535, say("Port of the mail server."), is_dated=False)
    mail_tls: str = _text(
        "tls", say("Connection to the mail server: tls, starttls or none."), words=("tls", "starttls", "none")
    )
    mail_sender: str = _text("", say("E-mail address from which reminders are sent."))
    request_accept_days: int = _whole(1, 1, 60, say("Working days allowed to accept or reject a request."))
    request_answer_days: int = _whole(3, 1, 60, say("Working days allowed for the answer of a supporting department."))
    request_close_days: int = _whole(7, 1, 250, say("Working days allowed to close a request."))
    request_hard_days: int = _whole(15, 1, 250, say("Working days allowed to close a difficult case."))
    stuck_dispatches: int = _whole(
        2, 1, 20, say("Number of dispatches without closure from which a request is blocked.")
    )
    stuck_departments: int = _whole(2, 1, 20, say("Number of departments involved from which a request is blocked."))
    stuck_overdue_days: int = _whole(5, 1, 250, say("Number of working days overdue from which a request is blocked."))
    cluster_days: int = _whole(90, 1, 3650, say("Days within which similar requests count as one common issue."))
    cluster_enterprises: int = _whole(
        3, 2, 1000, say("Number of enterprises from which similar requests are a common issue.")
    )
    policy_expiring_days: int = _whole(
        30, 0, 3650, say("Number of days before its last day from which a policy expires soon.")
    )
    policy_new_months: int = _whole(
        12, 1, 120, say("Months after enrolment during which an enterprise is newly enrolled.")
    )
    issuing_office: str = _text("", say("Office that issues reports, bulletins and letters; empty: no such line."))
    letter_answer_days: int = _whole(5, 1, 250, say("Working days a department has to answer a letter of supervision."))

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
    if isinstance(setting.default, str) and not (setting.is_day and word):
        if setting.words and word not in setting.words:
            return say("one of {words}", words=Listed(setting.words))
        most = int(str(setting.most))
        return word if len(word) <= most else say("at most {most} characters", most=most)
    value: int | date
    try:
        value = int(word) if isinstance(setting.default, int) else date.fromisoformat(word)
    except ValueError:
        is_number = isinstance(setting.default, int)
        return say("write a whole number") if is_number else say("write a date such as {day}", day="2026-03-01")
    if setting.is_day:
        return str(value)
    if not setting.least <= value <= setting.most:  # type: ignore[operator]
        return say("from {least} to {most}", least=setting.least, most=setting.most)
    return value


def text_to_store(key: str, text: str) -> str | Message:
    """Return a setting's value as it is kept, or why it cannot be: an unknown key, or a value it cannot have."""
    setting = all_settings().get(key)
    if setting is None:
        return say("there is no such setting; there are: {known}", known=Listed(sorted(all_settings())))
    value = parse(setting, text)
    return value if isinstance(value, Message) else str(value)


def conflict(settings: Settings) -> Message | None:
    """Return which two settings contradict each other, if any do."""
    if settings.ideal_days > settings.window_days:
        return say(
            "The preferred date of a visit (ideal_days {ideal}) is outside its window (window_days {window}).",
            ideal=settings.ideal_days,
            window=settings.window_days,
        )
    return None
