"""An appointment as calendars show it: plain words, and what tells one version from the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from esm.domain.schedule.calendar_event import Appointment
from esm.domain.values import phones
from esm.sheets.sheet.message_translation import day_text, tell

MOST_CHARACTERS = 3000


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event, of a whole day where `has_time` is no. `uid` never changes; the higher `sequence` holds.

    Its texts have every telephone masked.

    `starts` and `alarm` are local moments; without an alarm nobody is reminded.
    """

    uid: str
    sequence: int
    status: str
    starts: datetime
    has_time: bool
    summary: str
    location: str
    description: str
    alarm: datetime | None


def invitations(
    appointments: Sequence[Appointment], alarms: Mapping[int, datetime], briefs: Mapping[int, Sequence[str]]
) -> list[Invitation]:
    """Return the events of some appointments; `alarms` and the lines of `briefs` are found by the plan's number."""
    return [_invitation(each, alarms.get(each.plan_id), briefs.get(each.plan_id, ())) for each in appointments]


def _invitation(each: Appointment, alarm: datetime | None, brief: Sequence[str]) -> Invitation:
    return Invitation(
        uid=f"plan-{each.plan_id}-{each.uscc}@esm",
        sequence=each.sequence,
        status=each.status.upper(),
        starts=datetime.combine(each.planned_on, each.starts),
        has_time=each.starts_at is not None,
        summary=phones.mask_within(_("Visit: {enterprise}").format(enterprise=each.enterprise)),
        location=phones.mask_within(each.address or ""),
        description=phones.mask_within("\n".join(_lines(each, brief)))[:MOST_CHARACTERS],
        alarm=alarm,
    )


def _lines(each: Appointment, brief: Sequence[str]) -> Iterator[str]:
    yield _("Cadre: {cadre}").format(cadre=each.cadre)
    if each.due_on is not None:
        yield _("Visit due by {day}.").format(day=day_text(each.due_on))
    if each.status == "cancelled":
        yield _("Cancelled: {reason}").format(reason=_reason(each))
    yield from brief


def _reason(each: Appointment) -> str:
    """Return why it was called off, as far as is known, and what somebody said."""
    cause = None if each.cause is None else tell(each.cause.label)
    if cause and each.reason:
        return _("{cause} ({reason})").format(cause=cause, reason=each.reason)
    return cause or each.reason or "–"
