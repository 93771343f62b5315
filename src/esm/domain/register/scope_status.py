"""When an enterprise is in scope: enrolled on the register, not exited, and above-scale (docs/rules.md, Scope)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from esm.domain.register import above_scale_thresholds
from esm.domain.register.above_scale_thresholds import MissingField, Prediction
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.values.codes import Code
from esm.domain.values.intervals import holds
from esm.errors import say


class ScopeBasis(Code):
    """Who says that an enterprise is above-scale."""

    REGISTER = "register", say("register"), "名录库", "名录 登记"
    PREDICTED = "predicted", say("predicted"), "预测", "推算"


class ScopeStatus(Code):
    """The same of a day, with those of whom it cannot be said."""

    REGISTER = ScopeBasis.REGISTER
    PREDICTED = ScopeBasis.PREDICTED
    UNDECIDABLE = "undecidable", say("undecidable"), "无法判定"


@dataclass(frozen=True, slots=True)
class Scope:
    """One stretch in scope, half-open; `basis` tells who said so."""

    start_on: date
    end_on: date | None
    basis: ScopeBasis

    def holds(self, on: date) -> bool:
        """Return whether the stretch holds this day."""
        return holds(self.start_on, self.end_on, on)


def prediction(enterprise: Enterprise, on: date) -> Prediction:
    """Return what the thresholds in force on a day say of an enterprise as its roster last had it."""
    return above_scale_thresholds.prediction(
        enterprise.industry_code, revenue=enterprise.revenue, employees=enterprise.employees,
        qualified=enterprise.qualified, on=on,
    )  # fmt: skip


def basis(enterprise: Enterprise, on: date) -> ScopeBasis | None:
    """Return why an enterprise is above-scale, or None when it is not, or cannot be decided.

    The register decides; where it is silent, the thresholds in force on the day predict.
    """
    if enterprise.above_scale is not None:
        return ScopeBasis.REGISTER if enterprise.above_scale else None
    return ScopeBasis.PREDICTED if prediction(enterprise, on).above else None


def missing_field(enterprise: Enterprise, on: date) -> MissingField | None:
    """Return the field for want of which it cannot be decided whether an enterprise is above-scale, if there is one.

    An industry without a line is decided: it is no above-scale group, and no field could make it one.
    """
    if enterprise.above_scale is not None or (enterprise.exited_on is not None and enterprise.exited_on <= on):
        return None
    missing = prediction(enterprise, on).missing
    return None if missing == MissingField.RULE else missing


def status(enterprise: Enterprise, basis: ScopeBasis | None, on: date) -> ScopeStatus | None:
    """Return who says that an enterprise is in scope, or that this cannot be decided; None: it is not in scope."""
    if basis is not None:
        return ScopeStatus(basis)
    return ScopeStatus.UNDECIDABLE if missing_field(enterprise, on) else None


def stretches_after(
    stretches: Sequence[Scope],
    why: ScopeBasis | None,
    *,
    enrolled_on: date | None,
    exited_on: date | None,
    exited_before: date | None = None,
    today: date,
    entry_is_news: bool,
) -> tuple[Scope, ...]:
    """Return the stretches after the roster said what it says now.

    `entry_is_news`: the roster has just told `enrolled_on`, so it may lie in the past; otherwise an
    enterprise that turns above-scale enters today. `exited_before` is the exit as it was told so far: a
    stretch that ended with it ends anew. The past is never rewritten, except by such news.
    """
    news = enrolled_on if entry_is_news else None
    if not stretches:
        return () if why is None else _entered((), why, news or today, exited_on)
    is_back = news is not None and _has_ended_by(stretches[-1], news)
    if not is_back:
        stretches = _with_corrected_exit(stretches, exited_before, exited_on)
    if why is None:
        return _without_future(stretches, today)
    *before, last = stretches
    if is_back or (_has_ended_by(last, today) and last.end_on != exited_on):
        return _entered(stretches, why, news if is_back and news else today, exited_on)
    is_moved = news is not None and (not before or _has_ended_by(before[-1], news))
    return _entered(before, why, news if is_moved and news else last.start_on, exited_on)


def _has_ended_by(stretch: Scope, day: date) -> bool:
    return stretch.end_on is not None and stretch.end_on <= day


def _with_corrected_exit(stretches: Sequence[Scope], before: date | None, exited_on: date | None) -> Sequence[Scope]:
    """Return the stretches with the last ending as the exit is told now, when it ended with the exit told before."""
    if before is None or exited_on is None or stretches[-1].end_on != before:
        return stretches
    return (*stretches[:-1], replace(stretches[-1], end_on=exited_on))


def _entered(before: Sequence[Scope], why: ScopeBasis, start_on: date, exited_on: date | None) -> tuple[Scope, ...]:
    """Return the stretches with one more, unless it would end before it begins."""
    if exited_on is not None and exited_on <= start_on:
        return tuple(before)
    return (*before, Scope(start_on, exited_on, why))


def _without_future(stretches: Sequence[Scope], today: date) -> tuple[Scope, ...]:
    *before, last = stretches
    end_on = today if last.end_on is None else min(last.end_on, today)
    return tuple(before) if end_on <= last.start_on else (*before, replace(last, end_on=end_on))


@dataclass(frozen=True, slots=True)
class ListedEnterprise:
    """One line of the list of enterprises, as of a day; `status` None: not in scope then."""

    enterprise: Enterprise
    standing: ScopeStatus | None
