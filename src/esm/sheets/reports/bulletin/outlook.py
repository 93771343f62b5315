"""What a bulletin says of problems, of the next steps, and of how its figures are to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _

from esm.domain.reports.bulletin import Bulletin, change
from esm.domain.reports.coverage import NO_DEPARTMENT
from esm.domain.values.ratio import Ratio
from esm.errors import say
from esm.sheets.reports.bulletin.spoken_figures import SpokenFigures, decimal
from esm.sheets.sheet.day_words import day_in_words, span_in_words
from esm.sheets.sheet.message_translation import tell

_NAMED = 3


def problems(bulletin: Bulletin) -> Iterator[str]:
    """Yield what is wrong, each with where it is found; a sentence where nothing is."""
    known = SpokenFigures(bulletin)
    found = [*_problems(bulletin, known)]
    yield from (
        _numbered(found)
        if found
        else [_("On record are no unserved enterprise, no overdue visit and no overdue request.")]
    )


def _problems(bulletin: Bulletin, known: SpokenFigures) -> Iterator[str]:
    total = bulletin.coverage.total
    if total.unserved:
        parts = [(name, counters.unserved) for name, counters in bulletin.coverage.by_subdistrict]
        yield tell(
            say(
                "{count:enterprise has|enterprises have} no enterprise service cadre: {where}.",
                count=total.unserved, where=_most(parts, _("(not stated)"), _("{name} {count}")),
            )
        )  # fmt: skip
    if total.overdue:
        yield from _overdue_visits(bulletin)
    fallen = change(bulletin.figures["promise"].now, bulletin.figures["promise"].before)
    if fallen is not None and fallen.direction < 0:
        yield _("The share visited in the period is {points} points lower than in the period before.").format(
            points=decimal(fallen.tenths or 0)
        )
    if bulletin.holders:
        holders = _most(bulletin.holders, _("(the office)"), _("{name} with {count}"))
        late = known.count("late_requests")
        yield tell(say("{count:request is|requests are} overdue: {where}.", count=late, where=holders))


def _overdue_visits(bulletin: Bulletin) -> Iterator[str]:
    total, enterprises = bulletin.coverage.total, _("{name} {count}")
    places = [(unit.name, unit.overdue) for unit in bulletin.by_subdistrict]
    departments = [(_department(unit.name), unit.overdue) for unit in bulletin.by_department]
    yield tell(
        say(
            "{count:enterprise is|enterprises are} overdue for a visit: {where}; by department {departments}.",
            count=total.overdue, where=_most(places, _("(not stated)"), enterprises),
            departments=_most(departments, _("(unserved)"), enterprises),
        )
    )  # fmt: skip
    gap = total.longest_gap_days
    if gap is None:
        return
    if total.is_gap_since_records_began:
        yield tell(say("The longest time without a visit is {days:day|days}, since records began.", days=gap))
    else:
        yield tell(say("The longest time without a visit is {days:day|days}.", days=gap))


def next_steps(bulletin: Bulletin) -> Iterator[str]:
    """Yield what follows from the problems, and by when."""
    yield from _numbered([*_steps(bulletin, SpokenFigures(bulletin))])


def _steps(bulletin: Bulletin, known: SpokenFigures) -> Iterator[str]:
    total, period = bulletin.coverage.total, bulletin.coverage.period
    if total.unserved:
        yield tell(say("Assign a cadre to {count:unserved enterprise|unserved enterprises}.", count=total.unserved))
    if total.overdue:
        yield tell(
            say(
                "Visit {count:overdue enterprise|overdue enterprises} without delay, those never visited first.",
                count=total.overdue,
            )
        )
    waiting = total.due_in_period - total.visited_of_due
    if bulletin.coverage.is_open and waiting:
        yield tell(
            say(
                "Visit {count:remaining enterprise|remaining enterprises} of the period {period} by {day}.",
                count=waiting, period=span_in_words(period.start_on, 2), day=day_in_words(period.last_day),
            )
        )  # fmt: skip
    if known.count("late_requests"):
        yield tell(
            say(
                "Close {count:overdue request|overdue requests}, and escalate the blocked ones by the rules.",
                count=known.count("late_requests"),
            )
        )
    explained = bulletin.figures["explained"].now
    if isinstance(explained, Ratio) and explained.part < explained.whole:
        yield tell(
            say(
                "Brief eligible enterprises on policies: {count:briefing is|briefings are} outstanding.",
                count=explained.whole - explained.part,
            )
        )
    yield _("Keep up the visits every two months and help enterprises solve their problems.")


def remarks(bulletin: Bulletin) -> Iterator[str]:
    """Yield how the figures are to be read: up to which day, and which comparisons are not on record."""
    known = SpokenFigures(bulletin)
    if bulletin.is_open:
        yield _("Figures are as of {day}; earlier ones are of the corresponding days.").format(day=known.day)
    else:
        yield _("Figures are as of {day}; earlier ones as of the last day of their month, period or year.").format(
            day=known.day
        )
    if bulletin.visits_since > bulletin.span.start_on:
        yield _("Visits are on record from {day} on.").format(day=day_in_words(bulletin.visits_since))
    for name, when in (("before", _("before")), ("year_before", _("a year earlier"))):
        groups = [_groups()[group] for group in bulletin.absent.get(name, ())]
        if groups:
            yield _("Not on record for the time {when}, hence without comparison: {groups}.").format(
                when=when, groups=_(", ").join(groups)
            )


def _groups() -> dict[str, str]:
    return {
        "pairings": _("pairings"), "visits": _("visits"), "requests": _("requests"), "briefings": _("briefings"),
        "relief": _("payments"),
    }  # fmt: skip


def _numbered(found: Sequence[str]) -> Iterator[str]:
    for number, sentence in enumerate(found, start=1):
        yield _("({number}) {sentence}").format(number=number, sentence=sentence)


def _most(parts: Iterable[tuple[str | None, int]], otherwise: str, each: str) -> str:
    """Return the places with the most, three of them, each with its number."""
    ordered = sorted(((name or otherwise, count) for name, count in parts if count), key=lambda one: (-one[1], one[0]))
    told = _(", ").join(each.format(name=name, count=count) for name, count in ordered[:_NAMED])
    return _("{places} and others").format(places=told) if len(ordered) > _NAMED else told


def _department(name: str | None) -> str | None:
    return _("(no department)") if name == NO_DEPARTMENT else name
