"""When an enterprise is in scope: enrolled on the register, not exited, and above-scale (rules.md, Scope)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from esm.domain import scale

Basis = Literal["register", "predicted"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One stretch in scope, half-open; `basis` tells who said so."""

    start_on: date
    end_on: date | None
    basis: Basis


def basis(
    above_scale: bool | None, *, industry_code: str | None, revenue: Decimal | None, qualified: bool | None, on: date
) -> Basis | None:
    """Return why an enterprise is above-scale, or None when it is not, or cannot be decided.

    The register decides; where it is silent, the thresholds in force on the day predict.
    """
    if above_scale is not None:
        return "register" if above_scale else None
    return "predicted" if scale.predict(industry_code, revenue, qualified, on).above else None


def revise(
    stretches: Sequence[Scope],
    why: Basis | None,
    *,
    enrolled_on: date | None,
    exited_on: date | None,
    today: date,
    entry_is_news: bool,
) -> tuple[Scope, ...]:
    """Return the stretches after the roster said what it says now.

    `entry_is_news`: the roster has just told `enrolled_on`, so it may lie in the past; otherwise an
    enterprise that turns above-scale enters today. The past is never rewritten, except by such news.
    """
    if why is None:
        return _closed(stretches, today)
    if not stretches:
        return _entered((), why, enrolled_on if entry_is_news else None, exited_on, today)
    *before, last = stretches
    is_running = last.end_on is None or last.end_on > today
    if entry_is_news and enrolled_on is not None and last.end_on is not None and enrolled_on >= last.end_on:
        return _entered(stretches, why, enrolled_on, exited_on, today)
    if is_running or last.end_on == exited_on:
        follows = not before or (enrolled_on is not None and enrolled_on >= (before[-1].end_on or date.max))
        start_on = enrolled_on if enrolled_on is not None and entry_is_news and follows else last.start_on
        if exited_on is not None and exited_on <= start_on:
            return tuple(before)
        return (*before, Scope(start_on, exited_on, why))
    return _entered(stretches, why, today, exited_on, today)


def _entered(
    before: Sequence[Scope], why: Basis, enrolled_on: date | None, exited_on: date | None, today: date
) -> tuple[Scope, ...]:
    start_on = enrolled_on or today
    if exited_on is not None and exited_on <= start_on:
        return tuple(before)
    return (*before, Scope(start_on, exited_on, why))


def _closed(stretches: Sequence[Scope], today: date) -> tuple[Scope, ...]:
    if not stretches or (stretches[-1].end_on is not None and stretches[-1].end_on <= today):
        return tuple(stretches)
    *before, last = stretches
    return tuple(before) if last.start_on >= today else (*before, replace(last, end_on=today))
