"""Requests on record, with the names that people know and what the rules of escalation say of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from esm.domain.policies.funnel import PolicyStanding
from esm.domain.requests.clusters import Cluster
from esm.domain.requests.progress import RequestProgress
from esm.domain.requests.states import EscalationReason, Transition
from esm.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """A request as it stands on a day. `proposals` are the reasons to escalate it that were not followed yet."""

    id: int
    progress: RequestProgress
    enterprise: str
    cadre: str | None
    class_name: str | None
    subdistrict: str | None
    section: str | None
    proposals: tuple[EscalationReason, ...] = ()

    @property
    def holder(self) -> str | None:
        """Return the department that has it now; None is the office itself."""
        return self.progress.department if self.progress.state in ("dispatched", "answered", "disputed") else None

    @property
    def order(self) -> tuple[int, date, int]:
        """Return what puts the most urgent first: working days late, then receipt."""
        return -self.progress.days_late, self.progress.request.received_on, self.id


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """An open request as it stood, and the day to which a list of holidays moves its deadline."""

    record: RequestRecord
    due_on: date


@dataclass(frozen=True, slots=True)
class RequestList:
    """Requests on a day, the most urgent first.

    `to_escalate` counts those that the rules escalate and nobody has elevated yet, also where the list is
    narrowed to the stuck ones and leaves them out. `looked_at` are those of which the stuck ones are some.
    """

    as_of: date
    records: tuple[RequestRecord, ...]
    to_escalate: int = 0
    looked_at: int = 0


@dataclass(frozen=True, slots=True)
class RequestUpdate:
    """A request after one or more transitions, and what is worth saying; `transitions` are the new ones."""

    record: RequestRecord
    notes: tuple[Message, ...] = ()
    transitions: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitFollowUp:
    """What a visit brought: requests that were opened, and where the enterprise stands with policies explained."""

    requests: tuple[RequestRecord, ...]
    briefed: tuple[PolicyStanding, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class EscalationList:
    """Which of the open requests that were `looked_at` were escalated, each with its reasons."""

    as_of: date
    records: tuple[RequestRecord, ...]
    looked_at: int


@dataclass(frozen=True, slots=True)
class ClusterList:
    """Clusters with the window and the least number of enterprises that they were looked for with.

    `looked_at` are the requests of the window; `left_out` further ones whose enterprise has no industry or no
    subdistrict on record.
    """

    as_of: date
    days: int
    enterprises: int
    found: tuple[Cluster, ...]
    looked_at: int = 0
    left_out: int = 0
    class_names: Mapping[str, str | None] = field(default_factory=dict)
