"""From one case to one class: the same trouble of several enterprises of one industry in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from esm.domain.values.grouping import grouped


@dataclass(frozen=True, slots=True)
class ClusteredRequest:
    """One request as clusters see it; `section` is the letter of the industry."""

    id: int
    uscc: str
    enterprise: str
    received_on: date
    request_class: str
    section: str
    subdistrict: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Requests of one class, section and subdistrict received within the window, in order of receipt."""

    request_class: str
    section: str
    subdistrict: str
    requests: tuple[ClusteredRequest, ...]

    @property
    def enterprises(self) -> tuple[str, ...]:
        """Return the names of the enterprises, each once."""
        return tuple({mention.uscc: mention.enterprise for mention in self.requests}.values())

    @property
    def usccs(self) -> tuple[str, ...]:
        """Return the codes of the enterprises, each once."""
        return tuple(dict.fromkeys(mention.uscc for mention in self.requests))


def clusters(mentions: Iterable[ClusteredRequest], *, as_of: date, days: int, enterprises: int) -> list[Cluster]:
    """Return the clusters of the last `days` days, as_of included, with most enterprises first."""
    since = as_of - timedelta(days=days - 1)
    recent = [mention for mention in mentions if since <= mention.received_on <= as_of]
    ordered = sorted(recent, key=attrgetter("received_on", "id"))
    groups = grouped(ordered, attrgetter("request_class", "section", "subdistrict"))
    found = [Cluster(*key, tuple(group)) for key, group in groups.items()]
    large = [cluster for cluster in found if len(cluster.usccs) >= enterprises]
    return sorted(
        large, key=lambda cluster: (-len(cluster.usccs), cluster.request_class, cluster.section, cluster.subdistrict)
    )
