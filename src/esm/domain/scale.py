"""Above-scale as the thresholds predict it (规上, rules.md, Scope); the register decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from esm.domain.industry import full_code, section

Measure = Literal["main-business revenue", "operating revenue", "qualification", "activity"]
Missing = Literal["industry_code", "revenue", "qualified", "rule"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One line of one group from a date on: `line` in 10 000 yuan a year, None where no amount counts."""

    group: str
    code_prefixes: tuple[str, ...]
    line: int | None
    measure: Measure
    effective_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """`above` None: it cannot be decided, for want of what `missing` names."""

    above: bool | None
    missing: Missing | None = None
    group: str | None = None
    line: int | None = None


_INDUSTRY = ("B", "C", "D")
_SERVICES_1 = ("G", "I", "N", "Q84")
_SERVICES_2 = ("K702", "K703", "K704", "K709", "L", "M", "P")
_2007, _2011, _2013, _2020 = date(2007, 1, 1), date(2011, 1, 1), date(2013, 1, 1), date(2020, 1, 1)
_YEARBOOK = "国家统计局: 规模以上工业统计范围, 2007-2010"
_NOTICE_2010 = "国统字〔2010〕87号"
_NOTICE_2019 = "国统字〔2019〕101号"
_DOUBLE = "规模以上服务业统计报表制度 2013-2019 (without its other standard, 50 employees)"
_ONE_SET = "国家统计局一套表统计调查制度"

# A group's line holds until a later one of the same codes; the first day is that of the reporting year.
THRESHOLDS = (
    Threshold("industry", _INDUSTRY, 500, "main-business revenue", _2007, _YEARBOOK),
    Threshold("industry", _INDUSTRY, 2000, "main-business revenue", _2011, _NOTICE_2010),
    Threshold("construction", ("E",), None, "qualification", _2011, _ONE_SET),
    Threshold("wholesale", ("F51",), 2000, "main-business revenue", _2011, _ONE_SET),
    Threshold("retail", ("F52",), 500, "main-business revenue", _2011, _ONE_SET),
    Threshold("accommodation_catering", ("H",), 200, "main-business revenue", _2011, _ONE_SET),
    Threshold("property_development", ("K701",), None, "activity", _2011, _ONE_SET),
    Threshold("services_1", _SERVICES_1, 1000, "operating revenue", _2013, _DOUBLE),
    Threshold("services_2", (*_SERVICES_2, "Q85"), 1000, "operating revenue", _2013, _DOUBLE),
    Threshold("services_3", ("O", "R"), 500, "operating revenue", _2013, _DOUBLE),
    Threshold("services_1", _SERVICES_1, 2000, "operating revenue", _2020, _NOTICE_2019),
    Threshold("services_2", _SERVICES_2, 1000, "operating revenue", _2020, _NOTICE_2019),
    Threshold("services_3", ("O", "Q85", "R"), 500, "operating revenue", _2020, _NOTICE_2019),
)


def predict(industry_code: str | None, revenue: Decimal | None, qualified: bool | None, on: date) -> Prediction:
    """Return whether the thresholds in force on `on` put an enterprise above scale.

    `revenue` is in 10 000 yuan a year; exactly on the line is above. Property development always is,
    because the roster does not tell who has development activity.
    """
    if industry_code is None or section(industry_code) is None:
        return Prediction(None, "industry_code")
    code = full_code(industry_code)
    threshold = in_force(code, on)
    if threshold is None:
        return Prediction(None, "industry_code" if _is_too_short(code, on) else "rule")
    return _judged(threshold, revenue, qualified)


def in_force(code: str, on: date) -> Threshold | None:
    """Return the latest threshold that covers a full industry code on a day, or None."""
    covering = [each for each in THRESHOLDS if each.effective_from <= on and code.startswith(each.code_prefixes)]
    return max(covering, key=lambda each: each.effective_from, default=None)


def _is_too_short(code: str, on: date) -> bool:
    return any(
        prefix.startswith(code) for each in THRESHOLDS if each.effective_from <= on for prefix in each.code_prefixes
    )


def _judged(threshold: Threshold, revenue: Decimal | None, qualified: bool | None) -> Prediction:
    group, line = threshold.group, threshold.line
    if threshold.measure == "activity":
        return Prediction(True, None, group, line)
    if threshold.measure == "qualification":
        return Prediction(qualified, "qualified" if qualified is None else None, group, line)
    if revenue is None or line is None:
        return Prediction(None, "revenue", group, line)
    return Prediction(revenue >= line, None, group, line)
