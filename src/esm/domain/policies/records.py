"""Policies on record with their funnels, and what a command did with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from esm.domain.policies.funnel import Funnel, PolicyStanding
from esm.domain.policies.gaps import PolicyGap
from esm.domain.policies.policy import Policy
from esm.domain.policies.relief import ReliefSum
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """A policy with its funnel on a day; `relief` is what arrived up to that day."""

    policy: Policy
    funnel: Funnel
    relief: ReliefSum


@dataclass(frozen=True, slots=True)
class PolicyList:
    """Policies on a day, with what is worth saying of their figures."""

    records: tuple[PolicyRecord, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyDossier:
    """All that is known of one policy; `standings` are the enterprises that have begun with it."""

    as_of: date
    record: PolicyRecord
    standings: tuple[PolicyStanding, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedSteps:
    """What a command recorded: each enterprise as it stands now, and what is worth saying."""

    policy: Policy
    standings: tuple[PolicyStanding, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class GapList:
    """The gaps on a day; `undecided` counts pairs for which a field is missing, `eligible` those looked at."""

    as_of: date
    gaps: tuple[PolicyGap, ...]
    undecided: int
    eligible: int = 0
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class ReliefSums:
    """The money that arrived in a stretch of days, both included, in all and by each group.

    `titles` are those of the policies by code. A key is None where the roster does not say.
    """

    since: date | None
    until: date
    total: ReliefSum
    by_policy: tuple[tuple[str | None, ReliefSum], ...]
    by_kind: tuple[tuple[str | None, ReliefSum], ...]
    by_industry: tuple[tuple[str | None, ReliefSum], ...]
    by_subdistrict: tuple[tuple[str | None, ReliefSum], ...]
    by_year: tuple[tuple[str | None, ReliefSum], ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PolicyFigures:
    """The figures of all policies in force on a day: the funnels, and the money of the year so far."""

    as_of: date
    total: Funnel
    by_policy: tuple[PolicyRecord, ...]
    by_subdistrict: tuple[tuple[str | None, Funnel], ...]
    by_industry: tuple[tuple[str | None, Funnel], ...]
    by_department: tuple[tuple[str | None, Funnel], ...]
    relief: ReliefSums
    notes: tuple[Message, ...] = ()
