"""Weighing policies: who is eligible, how far each enterprise has come, where the gaps are, what arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from esm.domain.policies.funnel import Funnel, PolicyStanding, funnel
from esm.domain.policies.gaps import gaps
from esm.domain.policies.policy import NO_PROGRESS, is_eligible
from esm.domain.policies.records import GapList, PolicyDossier, PolicyFigures, PolicyList, PolicyRecord, ReliefSums
from esm.domain.policies.relief import Relief, ReliefSum, relief_sum
from esm.domain.values.grouping import grouped, grouped_by_name
from esm.domain.values.industry import section
from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.policies import policies
from esm.storage.policies import progress as funnels
from esm.storage.policies.policies import StoredPolicy
from esm.usecases.register import lookup

NOBODY = funnel([])


def standings_of_enterprise(reading: Reading, uscc: str, on: date) -> list[PolicyStanding]:
    """Return where one enterprise stands with every policy in force on a day."""
    chosen = _in_force(reading, on)
    return standings(reading, on, chosen, uscc=uscc)


def standings(
    reading: Reading,
    on: date,
    chosen: Sequence[StoredPolicy],
    *,
    uscc: str | None = None,
    servers: Mapping[str, funnels.Server] | None = None,
) -> list[PolicyStanding]:
    """Return where every enterprise, or one, stands with each of these policies on a day; `servers` if known."""
    if not chosen:
        return []
    months = settings.load(reading, on).policy_new_months
    progress = policies.progress(reading, on, uscc=uscc)
    servers = funnels.servers(reading, on, uscc=uscc) if servers is None else servers
    found = []
    for enterprise_id, candidate in policies.candidates(reading, on, uscc=uscc):
        staff_no, cadre, department = servers.get(candidate.uscc, (None, None, None))
        letter = None if candidate.industry_code is None else section(candidate.industry_code)
        for stored in chosen:
            found.append(
                PolicyStanding(
                    policy=stored.policy, uscc=candidate.uscc, enterprise=candidate.enterprise,
                    subdistrict=candidate.subdistrict, section=letter,
                    is_eligible=is_eligible(stored.policy, candidate, on=on, new_months=months),
                    progress=progress.get((stored.id, enterprise_id), NO_PROGRESS),
                    staff_no=staff_no, cadre=cadre, department=department,
                )
            )  # fmt: skip
    return found


def policy_list(reading: Reading, on: date, *, past_too: bool = False) -> PolicyList:
    """Return the policies in force on a day with their funnels, those that end first at the top; or all."""
    chosen = [each for each in policies.load(reading).values() if past_too or each.policy.is_in_force(on)]
    records = _records(chosen, standings(reading, on, chosen), funnels.reliefs(reading, on))
    return PolicyList(tuple(records), _notes_on_sizes(reading, on, chosen))


def dossier(reading: Reading, name: str, on: date) -> PolicyDossier:
    """Return all that is known of one policy."""
    stored = policies.load(reading)[lookup.policy(reading, name)]
    found = standings(reading, on, [stored])
    (record,) = _records([stored], found, funnels.reliefs(reading, on))
    begun = tuple(standing for standing in found if standing.progress != NO_PROGRESS)
    return PolicyDossier(on, record, begun, _notes_on_sizes(reading, on, [stored]))


def gap_list(reading: Reading, on: date, *, cadre: str | None = None, expiring: int | None = None) -> GapList:
    """Return who is eligible and was never told, or was told and has not applied, by cadre, most money first.

    `expiring` keeps the policies whose last day is at most so many days away.
    """
    within = settings.load(reading, on).policy_expiring_days if expiring is None else expiring
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    chosen = _in_force(reading, on)
    found = [each for each in standings(reading, on, chosen) if staff_no is None or each.staff_no == staff_no]
    listed = gaps(found, on=on, expiring_days=within)
    undecided = sum(standing.is_eligible is None for standing in found)
    shown = tuple(gap for gap in listed if expiring is None or gap.is_expiring)
    eligible = sum(standing.is_eligible is True for standing in found)
    return GapList(on, shown, undecided, eligible, _notes_on_sizes(reading, on, chosen))


def relief_sums(reading: Reading, until: date, *, since: date | None = None) -> ReliefSums:
    """Return the money that arrived from `since` to `until`, both included, by every group."""
    found = funnels.reliefs(reading, until, since=since)
    by: dict[str, Callable[[Relief], str | None]] = {
        "by_policy": lambda relief: relief.policy,
        "by_kind": lambda relief: relief.kind,
        "by_industry": lambda relief: relief.section,
        "by_subdistrict": lambda relief: relief.subdistrict,
        "by_year": lambda relief: str(relief.done_on.year),
    }
    groups: dict[str, Any] = {name: _sums_by(found, key) for name, key in by.items()}
    titles = {relief.policy: relief.title for relief in found}
    return ReliefSums(since, until, relief_sum(found), **groups, titles=titles)


def figures(reading: Reading, on: date) -> PolicyFigures:
    """Return the figures of all policies in force on a day, with the money of its year."""
    return figures_of(reading, on, standings_in_force(reading, on))


def standings_in_force(
    reading: Reading, on: date, servers: Mapping[str, funnels.Server] | None = None
) -> list[PolicyStanding]:
    """Return where every enterprise stands with every policy in force on a day; `servers` if known."""
    return standings(reading, on, _in_force(reading, on), servers=servers)


def figures_of(reading: Reading, on: date, found: Sequence[PolicyStanding]) -> PolicyFigures:
    """Return the figures of a day that follow from where every enterprise stands with the policies in force."""
    chosen = _in_force(reading, on)
    return PolicyFigures(
        as_of=on,
        total=funnel(found),
        by_policy=tuple(_records(chosen, found, funnels.reliefs(reading, on))),
        by_subdistrict=_funnels_by(found, lambda standing: standing.subdistrict),
        by_industry=_funnels_by(found, lambda standing: standing.section),
        by_department=_funnels_by(found, lambda standing: standing.department),
        relief=relief_sums(reading, on, since=date(on.year, 1, 1)),
        notes=_notes_on_sizes(reading, on, chosen),
    )


def _in_force(reading: Reading, on: date) -> list[StoredPolicy]:
    return [each for each in policies.load(reading).values() if each.policy.is_in_force(on)]


def _notes_on_sizes(reading: Reading, on: date, chosen: Sequence[StoredPolicy]) -> tuple[Message, ...]:
    """Return what the figures of a past day cannot know."""
    if any(each.policy.sizes for each in chosen) and policies.uses_later_figures(reading, on):
        return (say("Sizes are based on the employees and revenue on record now; past values are not kept."),)
    return ()


def _records(
    chosen: Sequence[StoredPolicy], found: Sequence[PolicyStanding], money: Sequence[Relief]
) -> list[PolicyRecord]:
    by_policy = grouped(found, lambda standing: standing.policy.code)
    arrived = grouped(money, lambda relief: relief.policy)
    records = [
        PolicyRecord(
            each.policy, funnel(by_policy.get(each.policy.code, ())), relief_sum(arrived.get(each.policy.code, ()))
        )
        for each in chosen
    ]
    return sorted(records, key=lambda record: (record.policy.until_on or date.max, record.policy.code))


def _sums_by(found: Iterable[Relief], key: Callable[[Relief], str | None]) -> tuple[tuple[str | None, ReliefSum], ...]:
    return tuple((name, relief_sum(group)) for name, group in grouped_by_name(found, key))


def _funnels_by(
    found: Iterable[PolicyStanding], key: Callable[[PolicyStanding], str | None]
) -> tuple[tuple[str | None, Funnel], ...]:
    """Return the funnel of each group that any policy is for."""
    funnels_by = ((name, funnel(group)) for name, group in grouped_by_name(found, key))
    return tuple((name, counts) for name, counts in funnels_by if counts != NOBODY)
