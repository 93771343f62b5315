"""The reminder of one cadre as plain text: the subject of its mail, and lines that a telephone shows on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _

from esm.domain.schedule.digest import Digest
from esm.domain.schedule.due_list import DueState, DueVisit
from esm.domain.values import phones
from esm.errors import Message, say
from esm.sheets.sheet.message_translation import day_text, tell

SCREEN = 20  # lines
LINE = 80  # columns, 40 Chinese characters
SUNDAY = 7

Part = tuple[str, Sequence[str]]


def digest_subject(digest: Digest) -> str:
    """Return the subject: how many visits are overdue, and how many fall due by Sunday or the last day asked for."""
    named = {"overdue": len(digest.overdue), "due": digest.due_this_week, "day": digest.as_of}
    if digest.last_day_counted.isoweekday() < SUNDAY:
        last = digest.last_day_counted
        return tell(say("Visits: {overdue} overdue, {due} due by {last} ({day})", last=last, **named))
    return tell(say("Visits: {overdue} overdue, {due} due this week ({day})", **named))


def digest_lines(digest: Digest, most: int | None = None) -> list[str]:
    """Return the reminder without a table, at most so many lines long; what is left out is counted."""
    parts = [(title, items) for title, items in _parts(digest) if items]
    quota = _quota([len(items) for _title, items in parts], most)
    lines = [digest_subject(digest), f"{digest.cadre.name} {digest.cadre.staff_no}"]
    for title, items in parts:
        lines.append(_("{label}: {words}").format(label=title, words=len(items)))
        lines += [f"· {item}" for item in items[:quota]]
        if quota is not None and len(items) > quota:
            lines.append(_("… and {count} more").format(count=len(items) - quota))
    return [phones.mask_within(line) for line in lines]


def _quota(sizes: Sequence[int], most: int | None) -> int | None:
    """Return how many items of each part, at least one, fit into so many lines beside its heading and a last line."""
    if most is None:
        return None
    room = most - 2
    fitting = (
        each for each in range(max(sizes, default=1), 1, -1)
        if sum(1 + min(size, each) + (size > each) for size in sizes) <= room
    )  # fmt: skip
    return next(fitting, 1)


def _parts(digest: Digest) -> Iterator[Part]:
    told = {(visit.row.uscc, visit.row.planned_on) for visit in digest.visits}
    yield _("Overdue"), [_due_line(visit) for visit in digest.overdue]
    yield _("Due soon"), [_due_line(visit) for visit in digest.to_come]
    yield (
        _("Planned"),
        [
            " ".join(filter(None, (day_text(plan.planned_on), plan.starts_at, plan.enterprise)))
            for plan in digest.plans
            if (plan.uscc, plan.planned_on) not in told
        ],
    )
    yield (
        _("Promises"),
        [
            _("{day} {enterprise}: {words}").format(
                day=day_text(each.due_on), enterprise=each.enterprise, words=each.words
            )
            for each in digest.promises
        ],
    )
    yield (
        _("Results to report back"),
        [
            _("{enterprise}: {words}").format(enterprise=each.enterprise, words=each.progress.request.subject)
            for each in digest.news
        ],
    )
    yield _("Paused"), [_due_line(visit) for visit in digest.visits if visit.state == DueState.PAUSED]


def _due_line(visit: DueVisit) -> str:
    name = visit.row.enterprise
    if visit.row.deputy_no is not None:
        name = _("{name} (for {cadre})").format(name=name, cadre=visit.row.cadre)
    due = _("{enterprise}: {words}").format(enterprise=name, words=tell(_days(visit)))
    if visit.row.planned_on is None:
        return due
    return _("{words}, planned {day}").format(
        words=due, day=" ".join(filter(None, (day_text(visit.row.planned_on), visit.row.starts_at)))
    )


def _days(visit: DueVisit) -> Message:
    if visit.state == DueState.PAUSED:
        return say("paused")
    if visit.days_overdue > 0:
        return say("{days:day|days} overdue", days=visit.days_overdue)
    return say("due in {days:day|days}", days=-visit.days_overdue) if visit.days_overdue else say("due today")
