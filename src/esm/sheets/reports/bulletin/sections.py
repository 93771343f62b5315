"""The sections of a bulletin on what was done, in sentences as offices write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _

from esm.domain.reports.bulletin import Bulletin, UnitFigures, best_and_worst
from esm.domain.reports.coverage import NO_DEPARTMENT
from esm.domain.values.ratio import Ratio
from esm.errors import say
from esm.sheets.reports.bulletin.spoken_figures import SpokenFigures, share_in_words
from esm.sheets.sheet.day_words import span_in_words
from esm.sheets.sheet.message_translation import money_in_words, sentences, tell


def overview(bulletin: Bulletin) -> Iterator[str]:
    """Yield the section on the two promises: everybody served, everybody visited every two months."""
    known = SpokenFigures(bulletin)
    yield sentences((
        tell(
            say(
                "On {day}, {count:enterprise was|enterprises were} in scope{changes}.",
                day=known.day, count=known.count("in_scope"), changes=known.changes("in_scope"),
            )
        ),
        _("Served by an enterprise service cadre: {share}{changes}.").format(
            share=known.share("service"), changes=known.changes("service")
        ),
    ))  # fmt: skip
    yield sentences((
        _("In the two-month period {period}{so_far}, {share} of the enterprises due were visited{changes}.").format(
            period=span_in_words(bulletin.coverage.period.start_on, 2),
            so_far=known.so_far if bulletin.coverage.is_open else "",
            share=known.share("promise"), changes=known.changes("promise"),
        ),
        tell(
            say(
                "By the visit clock {count:enterprise is|enterprises are} overdue{changes}, {never} of them never "
                "visited; on time: {share}{more}.",
                count=known.count("overdue"), changes=known.changes("overdue"),
                never=known.count("never_visited_overdue"),
                share=known.share("punctuality"), more=known.changes("punctuality"),
            )
        ),
    ))  # fmt: skip


def visits(bulletin: Bulletin) -> Iterator[str]:
    """Yield the section on visits, with the best and the worst subdistricts and departments."""
    known = SpokenFigures(bulletin)
    yield sentences((
        tell(
            say(
                "In {span}, {count:visit was|visits were} made{changes}, to {firms:enterprise|enterprises}.",
                span=known.span, count=known.count("visits"), changes=known.changes("visits"),
                firms=known.count("enterprises"),
            )
        ),
        tell(
            say(
                "{remote:further contact was|further contacts were} by telephone, online or at meetings; "
                "{unmet:call|calls} on site met nobody.",
                remote=known.count("remote"), unmet=known.count("not_met"),
            )
        ),
        _("Visits with minutes: {share}.").format(share=known.share("minutes")),
    ))  # fmt: skip
    for title, units in (
        (_("subdistricts"), bulletin.by_subdistrict), (_("departments"), _departments(bulletin)),
    ):  # fmt: skip
        yield from _ranking(title, units)


def _ranking(title: str, units: Sequence[UnitFigures]) -> Iterator[str]:
    top, low = best_and_worst(units)
    if top and low:
        yield _("By the share visited in the period, the best {units} are {best}; the worst are {worst}.").format(
            units=title, best=_unit_shares(top), worst=_unit_shares(low)
        )


def _unit_shares(units: Iterable[UnitFigures]) -> str:
    return _(", ").join(
        _("{name} {share}").format(name=unit.name, share=share_in_words(unit.promise)) for unit in units
    )


def requests(bulletin: Bulletin) -> Iterator[str]:
    """Yield the section on requests: those received in the span, then those that are open on its last day."""
    known = SpokenFigures(bulletin)
    if known.value("received") is None:
        yield _("Up to {day}, no request is on record.").format(day=known.day)
        return
    if known.count("received"):
        yield sentences(_received(known))
    else:
        yield _("In {span}, no request was received.").format(span=known.span)
    yield tell(
        say(
            "On {day}, {count:request was|requests were} open, {late} of them overdue{changes}; blocked: {stuck}.",
            day=known.day, count=known.count("open_requests"), late=known.count("late_requests"),
            changes=known.changes("late_requests"), stuck=known.count("stuck_requests"),
        )
    )  # fmt: skip


def _received(known: SpokenFigures) -> Iterator[str]:
    yield tell(
        say(
            "In {span}, {count:request was|requests were} received{changes}.",
            span=known.span, count=known.count("received"), changes=known.changes("received"),
        )
    )  # fmt: skip
    if known.count("left"):
        yield _("Rejected or withdrawn, and not counted in what follows: {count}.").format(count=known.count("left"))
    yield _("By {day}, {share} were closed{changes}; solved: {solved}; on time, of closed and overdue: {time}.").format(
        day=known.day, share=known.share("closing"), changes=known.changes("closing"),
        solved=known.share("solving"), time=known.share("request_punctuality"),
    )  # fmt: skip
    satisfaction = known.value("satisfaction")
    if isinstance(satisfaction, Ratio) and satisfaction.whole:
        yield _("Satisfied: {share}; feedback received: {response}.").format(
            share=known.share("satisfaction"), response=known.share("response")
        )
    else:
        yield _("No enterprise has given feedback yet.")


def policies(bulletin: Bulletin) -> Iterator[str]:
    """Yield the section on policies and the money that arrived."""
    known = SpokenFigures(bulletin)
    yield _in_force(known)
    relief, loans = known.money("relief"), known.money("loans")
    if relief or loans:
        yield tell(
            say(
                "In {span}, relief of {amount} arrived{changes}, at {firms:enterprise|enterprises}.",
                span=known.span, amount=relief, changes=known.changes("relief"),
                firms=known.count("relief_enterprises"),
            )
        )  # fmt: skip
    else:
        yield _("In {span}, no payment is on record.").format(span=known.span)
    if loans:
        yield _("Loans of {amount} are not counted as relief.").format(amount=money_in_words(loans))


def _in_force(known: SpokenFigures) -> str:
    if not known.count("policies"):
        return _("On {day}, no policy was in force.").format(day=known.day)
    if known.value("explained") is None:
        return tell(
            say(
                "On {day}, {count:policy was|policies were} in force; up to then no briefing is on record.",
                day=known.day, count=known.count("policies"),
            )
        )  # fmt: skip
    return tell(
        say(
            "On {day}, {count:policy was|policies were} in force. Of the eligible, {share} were briefed{changes}, "
            "{applied} applied and {received} were paid.",
            day=known.day, count=known.count("policies"), share=known.share("explained"),
            changes=known.changes("explained"), applied=known.share("applied"),
            received=known.share("policies_received"),
        )
    )  # fmt: skip


def _departments(bulletin: Bulletin) -> list[UnitFigures]:
    return [unit for unit in bulletin.by_department if unit.name != NO_DEPARTMENT]
