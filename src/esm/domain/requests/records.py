"""Requests on record, with the names that people know and what the ladder says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from esm.domain.policies.funnel import Standing
from esm.domain.requests.clusters import Cluster
from esm.domain.requests.progress import Case
from esm.domain.requests.states import Event
from esm.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """A request as it stands on a day. `proposals` are the reasons for which it should climb and has not."""

    id: int
    case: Case
    enterprise: str
    cadre: str | None
    class_name: str | None
    subdistrict: str | None
    section: str | None
    proposals: tuple[str, ...] = ()

    @property
    def holder(self) -> str | None:
        """Return the department that has it now; None is the office itself."""
        return self.case.department if self.case.state in ("dispatched", "answered", "disputed") else None

    @property
    def order(self) -> tuple[int, date, int]:
        """Return what puts the most urgent first: working days late, then receipt."""
        return -self.case.days_late, self.case.request.received_on, self.id


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """An open request as it stood, and the day to which a list of holidays moves its deadline."""

    record: RequestRecord
    due_on: date


@dataclass(frozen=True, slots=True)
class RequestList:
    """Requests on a day, the most urgent first.

    `to_climb` counts those that the rules of the ladder lift and nobody has elevated yet, also where the list is
    narrowed to the stuck ones and leaves them out.
    """

    as_of: date
    records: tuple[RequestRecord, ...]
    to_climb: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """A request after one or more moves, and what is worth saying; `events` are the new ones."""

    record: RequestRecord
    notes: tuple[Message, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """What a visit brought: requests that were opened, and where the enterprise stands with policies explained."""

    requests: tuple[RequestRecord, ...]
    briefed: tuple[Standing, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Elevations:
    """What the ladder did: each request with the reasons that lifted it."""

    as_of: date
    lifted: tuple[RequestRecord, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Clusters with the window and the least number of enterprises that they were looked for with."""

    as_of: date
    days: int
    enterprises: int
    found: tuple[Cluster, ...]
    class_names: Mapping[str, str | None] = field(default_factory=dict)
