"""An appointment as calendars show it: plain words, and what tells one version from the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from esm.domain.schedule.calendar_events import Appointment

MOST_CHARACTERS = 3000


@dataclass(frozen=True, slots=True)
class Invitation:
    """One all-day event. `uid` never changes; of two versions the one with the higher `sequence` holds."""

    uid: str
    sequence: int
    status: str
    on: date
    summary: str
    location: str
    description: str
    changed_on: date
    alarm_days: int | None


def invitations(
    appointments: Sequence[Appointment], alarm_days: int, briefs: Mapping[int, Sequence[str]]
) -> list[Invitation]:
    """Return the events of some appointments; `briefs` are lines to read before a visit, by the plan's number."""
    return [_invitation(each, alarm_days, briefs.get(each.plan_id, ())) for each in appointments]


def _invitation(each: Appointment, alarm_days: int, brief: Sequence[str]) -> Invitation:
    is_off = each.status == "cancelled"
    return Invitation(
        uid=f"plan-{each.plan_id}-{each.uscc}@esm",
        sequence=each.sequence,
        status=each.status.upper(),
        on=each.planned_on,
        summary=_("Visit: {enterprise}").format(enterprise=each.enterprise),
        location=each.address or "",
        description="\n".join(_lines(each, brief))[:MOST_CHARACTERS],
        changed_on=each.changed_on,
        alarm_days=None if is_off else alarm_days,
    )


def _lines(each: Appointment, brief: Sequence[str]) -> Iterator[str]:
    yield _("Cadre: {cadre}").format(cadre=each.cadre)
    if each.due_on is not None:
        yield _("Visit due by {day}.").format(day=each.due_on)
    if each.status == "cancelled":
        yield _("Cancelled: {reason}").format(reason=each.reason or "–")
    yield from brief
