"""Above-scale as the thresholds predict it (规上; docs/rules.md, Scope); the register decides.

The thresholds are data, `thresholds.toml` beside this module, and read when the first is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from esm.domain.values.industry import full_code, section

Measure = Literal["main_business_revenue", "operating_revenue", "qualification", "activity"]
Missing = Literal["industry_code", "revenue", "employees", "qualified", "rule"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One line of one group from a day on: `line` in 10 000 yuan a year, None where no amount counts.

    Where `employees` is given, so many people are enough whatever the revenue (the double standard).
    """

    group: str
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
    missing: Missing | None = None
    threshold: Threshold | None = None


@cache
def all_thresholds() -> tuple[Threshold, ...]:
    """Return every threshold that ever held, in the order of the data."""
    import tomllib  # noqa: PLC0415 - few commands ask for a threshold
    from importlib.resources import files  # noqa: PLC0415

    told = tomllib.loads(files("esm.domain.register").joinpath("thresholds.toml").read_text(encoding="utf-8"))
    return tuple(_from_table(**each) for each in told["threshold"])


def _from_table(*, codes: list[str], **others: Any) -> Threshold:
    return Threshold(code_prefixes=tuple(map(full_code, codes)), **others)


def prediction(
    industry_code: str | None, *, revenue: Decimal | None, employees: int | None, qualified: bool | None, on: date
) -> Prediction:
    """Return whether the thresholds in force on `on` put an enterprise above scale.

    `revenue` is in 10 000 yuan a year; exactly on the line is above. Property development always is,
    because the roster does not tell who has development activity.
    """
    if industry_code is None:
        return Prediction(None, "industry_code")
    found = in_force(industry_code, on)
    if not isinstance(found, Threshold):
        return Prediction(None, found)
    if found.line is None:
        above = qualified if found.measure == "qualification" else True
        return Prediction(above, "qualified" if above is None else None, found)
    return _by_figures(found, found.line, revenue, employees)


def _by_figures(threshold: Threshold, line: int, revenue: Decimal | None, employees: int | None) -> Prediction:
    """Return what revenue says; under a double standard either is enough, and below is who misses both."""
    if revenue is not None and revenue >= line:
        return Prediction(True, None, threshold)
    if threshold.employees is not None and employees is not None and employees >= threshold.employees:
        return Prediction(True, None, threshold)
    if revenue is None:
        return Prediction(None, "revenue", threshold)
    if threshold.employees is not None and employees is None:
        return Prediction(None, "employees", threshold)
    return Prediction(False, None, threshold)


@lru_cache(maxsize=4096)
def in_force(industry_code: str, on: date) -> Threshold | Literal["industry_code", "rule"]:
    """Return the threshold that covers an industry on a day.

    Without one, what is missing: a (longer) industry code, or a rule for this industry.
    """
    if section(industry_code) is None:
        return "industry_code"
    code = full_code(industry_code)
    known = [each for each in all_thresholds() if each.effective_from <= on]
    covering = [each for each in known if code.startswith(each.code_prefixes)]
    if covering:
        return max(covering, key=lambda each: each.effective_from)
    is_too_short = any(prefix.startswith(code) for each in known for prefix in each.code_prefixes)
    return "industry_code" if is_too_short else "rule"
