"""Above-scale as the thresholds predict it (规上; docs/rules.md, Scope); the register decides.

The thresholds are data, `thresholds.toml` beside this module, and read when the first is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from esm.domain.values.codes import Code
from esm.domain.values.industry import full_code, section
from esm.errors import say


class Measure(Code):
    """What a threshold asks for."""

    MAIN_BUSINESS_REVENUE = "main_business_revenue", say("main-business revenue"), "主营业务收入"
    OPERATING_REVENUE = "operating_revenue", say("operating revenue"), "营业收入"
    QUALIFICATION = "qualification", say("construction qualification"), "建筑资质"
    ACTIVITY = "activity", say("development activity"), "开发经营活动"


class MissingField(Code):
    """For want of what it cannot be decided."""

    INDUSTRY_CODE = "industry_code", say("industry code (division or class)"), "行业代码（应到大类或小类）"
    REVENUE = "revenue", say("revenue"), "营业收入"
    EMPLOYEES = "employees", say("employees"), "从业人数"
    QUALIFIED = "qualified", say("construction qualification"), "建筑资质"
    RULE = "rule", say("a threshold for this industry"), "该行业的入库标准"


class ScaleGroup(Code):
    """Which enterprises a threshold is for."""

    INDUSTRY = "industry", say("industry"), "工业"
    CONSTRUCTION = "construction", say("construction"), "建筑业"
    WHOLESALE = "wholesale", say("wholesale"), "批发业"
    RETAIL = "retail", say("retail"), "零售业"
    ACCOMMODATION_CATERING = "accommodation_catering", say("accommodation and catering"), "住宿和餐饮业"
    PROPERTY_DEVELOPMENT = "property_development", say("property development"), "房地产开发经营业"
    SERVICES_1 = "services_1", say("services, first group"), "服务业（第一类）"
    SERVICES_2 = "services_2", say("services, second group"), "服务业（第二类）"
    SERVICES_3 = "services_3", say("services, third group"), "服务业（第三类）"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One line of one group from a day on: `line` in 10 000 yuan a year, None where no amount counts.

    Where `employees` is given, so many people are enough whatever the revenue (the double standard).
    """

    group: ScaleGroup
    code_prefixes: tuple[str, ...]
    measure: Measure
    effective_from: date
    source: str
    line: int | None = None
    employees: int | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """`above` None: it cannot be decided, for want of what `missing` names; `threshold` is the one in force."""

    above: bool | None
    missing: MissingField | None = None
    threshold: Threshold | None = None


@cache
def all_thresholds() -> tuple[Threshold, ...]:
    """Return every threshold that ever held, in the order of the data."""
    import tomllib  # noqa: PLC0415 - few commands ask for a threshold
    from importlib.resources import files  # noqa: PLC0415

    told = tomllib.loads(files("esm.domain.register").joinpath("thresholds.toml").read_text(encoding="utf-8"))
    return tuple(_from_table(**each) for each in told["threshold"])


def _from_table(*, codes: list[str], group: str, measure: str, **others: Any) -> Threshold:
    return Threshold(ScaleGroup(group), tuple(map(full_code, codes)), Measure(measure), **others)


def prediction(
    industry_code: str | None, *, revenue: Decimal | None, employees: int | None, qualified: bool | None, on: date
) -> Prediction:
    """Return whether the thresholds in force on `on` put an enterprise above scale.

    `revenue` is in 10 000 yuan a year; exactly on the line is above. Property development always is,
    because the roster does not tell who has development activity.
    """
    if industry_code is None:
        return Prediction(None, MissingField.INDUSTRY_CODE)
    found = in_force(industry_code, on)
    if not isinstance(found, Threshold):
        return Prediction(None, found)
    if found.line is None:
        above = qualified if found.measure == Measure.QUALIFICATION else True
        return Prediction(above, MissingField.QUALIFIED if above is None else None, found)
    return _by_figures(found, found.line, revenue, employees)


def _by_figures(threshold: Threshold, line: int, revenue: Decimal | None, employees: int | None) -> Prediction:
    """Return what revenue says; under a double standard either is enough, and below is who misses both."""
    if revenue is not None and revenue >= line:
        return Prediction(True, None, threshold)
    if threshold.employees is not None and employees is not None and employees >= threshold.employees:
        return Prediction(True, None, threshold)
    if revenue is None:
        return Prediction(None, MissingField.REVENUE, threshold)
    if threshold.employees is not None and employees is None:
        return Prediction(None, MissingField.EMPLOYEES, threshold)
    return Prediction(False, None, threshold)


@lru_cache(maxsize=4096)
def in_force(industry_code: str, on: date) -> Threshold | MissingField:
    """Return the threshold that covers an industry on a day.

    Without one, what is missing: a (longer) industry code, or a rule for this industry.
    """
    if section(industry_code) is None:
        return MissingField.INDUSTRY_CODE
    code = full_code(industry_code)
    known = [each for each in all_thresholds() if each.effective_from <= on]
    covering = [each for each in known if code.startswith(each.code_prefixes)]
    if covering:
        return max(covering, key=lambda each: each.effective_from)
    is_too_short = any(prefix.startswith(code) for each in known for prefix in each.code_prefixes)
    return MissingField.INDUSTRY_CODE if is_too_short else MissingField.RULE
