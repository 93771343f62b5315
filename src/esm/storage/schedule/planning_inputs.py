"""What plans rest on: who is due for a visit and when, who serves whom, and when cadres can go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from datetime import date

from esm.domain.schedule.visit_series import Service, VisitNeed
from esm.domain.schedule.visitors import Availability, Deputyship, Substitution
from esm.storage.database import visit_clock
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import day, iso
from esm.storage.register import cadres

_SERVING = """WITH serving AS (
  SELECT uscc, staff_no, later_of(later_of(pairing.start_on, coalesce(active_from, :today)), :today) AS start_on,
         earlier_of(coalesce(pairing.end_on, '9999-12-31'), coalesce(left_on, '9999-12-31')) AS end_on
  FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id JOIN enterprise ON enterprise.id = pairing.enterprise_id
  WHERE lasts(pairing, :today) AND (left_on IS NULL OR left_on > :today))"""


def visit_needs(
    reading: Reading,
    today: date,
    months: Callable[[str], int],
    staff: Set[str] | None = None,
    usccs: Set[str] = frozenset(),
) -> list[VisitNeed]:
    """Return every enterprise in scope on a day with its clock and who serves it from then on; `months` by tier.

    With `staff`, only those whom one of these cadres serves, now or later, and those of `usccs`.
    """
    services = _services(reading, today, staff)
    chosen = "" if staff is None else "AND among(clock.uscc, :usccs)"
    theirs = None if staff is None else services.keys() | usccs
    given = {"today": iso(today), "usccs": as_list(sorted(theirs or ()))}
    pauses, blackouts = (quiet_days(reading, table, today, theirs) for table in ("pause", "blackout"))
    refused = _refused_days(reading, today)
    rows = reading.rows(
        f"""SELECT clock.uscc, clock.tier, profile.subdistrict, clock.due_on, clock.anchor_on,
                  clock.last_visit_on, clock.end_on
           FROM {visit_clock.as_of(reading, today)} AS clock
           JOIN profile ON profile.enterprise_id = clock.enterprise_id
             AND holds(profile, :today)
           WHERE holds(clock, :today) {chosen}
           ORDER BY clock.uscc""",
        **given,
    )
    return [
        VisitNeed(
            uscc, tier, subdistrict, tuple(services.get(uscc, ())), day(due_on), day(anchor_on), day(last_visit_on),
            months(tier), day(end_on), tuple(pauses.get(uscc, ())), tuple(blackouts.get(uscc, ())),
            tuple(refused.get(uscc, ())),
        )
        for uscc, tier, subdistrict, due_on, anchor_on, last_visit_on, end_on in rows
    ]  # fmt: skip


def _services(reading: Reading, today: date, staff: Set[str] | None) -> dict[str, list[Service]]:
    """Return by code who serves an enterprise from a day on, as far as in post, in order.

    With `staff`, those of every enterprise that one of these cadres serves.
    """
    chosen = "" if staff is None else "WHERE among(uscc, :usccs)"
    rows = reading.rows(
        f"""{_SERVING}
            SELECT uscc, staff_no, start_on, end_on FROM serving {chosen} ORDER BY uscc, start_on""",
        today=iso(today),
        usccs=as_list(() if staff is None else _served_by(reading, today, staff)),
    )
    found: dict[str, list[Service]] = defaultdict(list)
    for uscc, staff_no, start_on, end_on in rows:
        found[uscc].append(Service(staff_no, day(start_on), day(end_on)))
    return found


def availability(reading: Reading, today: date, deputy_after_days: int) -> Availability:
    """Return when cadres are away, and who goes instead of those away for more than so many days."""
    substitutions: dict[str, list[Substitution]] = defaultdict(list)
    for staff_no, start_on, end_on, deputy in reading.rows(
        """SELECT cadre.staff_no, start_on, end_on, deputy.staff_no
           FROM absence JOIN cadre ON cadre.id = cadre_id LEFT JOIN cadre AS deputy ON deputy.id = deputy_id
           WHERE end_on > :today AND days_between(start_on, end_on) > :deputy_after
           ORDER BY cadre.staff_no, start_on""",
        today=iso(today),
        deputy_after=deputy_after_days,
    ):
        substitutions[staff_no].append(Substitution(day(start_on), day(end_on), deputy))
    away = Availability(
        cadres.absences(reading, today), substitutions, deputyships=_deputyships(reading, today, substitutions)
    )
    deputies = {deputy for _staff_no, deputy in away.links()}
    if not deputies:
        return away
    posts = {
        number: (stored.cadre.active_from or date.min, stored.cadre.left_on or date.max)
        for number, stored in cadres.load(reading, sorted(deputies)).items()
    }
    recusals = frozenset(key for key in cadres.recusals(reading, today) if key[0] in deputies)
    return replace(away, in_post=posts, recusals=recusals)


def _deputyships(reading: Reading, today: date, staff: Iterable[str]) -> dict[tuple[str, str], list[Deputyship]]:
    """Return the deputies in the pairings of these cadres that are not over, by staff number and code, in order."""
    found: dict[tuple[str, str], list[Deputyship]] = defaultdict(list)
    for staff_no, uscc, deputy, start_on, end_on in reading.rows(
        """SELECT cadre.staff_no, uscc, deputy.staff_no, pairing.start_on, coalesce(pairing.end_on, '9999-12-31')
           FROM cadre
           JOIN pairing ON pairing.cadre_id = cadre.id AND lasts(pairing, :today)
           JOIN enterprise ON enterprise.id = pairing.enterprise_id
           JOIN pairing_deputy ON pairing_deputy.pairing_id = pairing.id
           JOIN cadre AS deputy ON deputy.id = pairing_deputy.cadre_id
           WHERE among(cadre.staff_no, :staff) ORDER BY place, pairing_deputy.id""",
        today=iso(today),
        staff=as_list(sorted(staff)),
    ):
        found[staff_no, uscc].append(Deputyship(deputy, day(start_on), day(end_on)))
    return found


def linked_staff(reading: Reading, today: date, staff: Set[str], availability: Availability) -> set[str]:
    """Return these cadres and everybody with whom they share enterprises, as deputies or successors, directly or not.

    What one of them does may change the days of the others.
    """
    links = list(availability.links())
    links += reading.rows(
        """SELECT cadre.staff_no, other.staff_no
           FROM pairing AS coming
           JOIN pairing ON pairing.enterprise_id = coming.enterprise_id AND lasts(pairing, :today)
           JOIN cadre ON cadre.id = coming.cadre_id JOIN cadre AS other ON other.id = pairing.cadre_id
           WHERE coming.start_on > :today AND cadre.id <> other.id""",
        today=iso(today),
    )
    found, grown = set(staff), True
    while grown:
        more = {each for link in links if not found.isdisjoint(link) for each in link} - found
        found, grown = found | more, bool(more)
    return found


def _served_by(reading: Reading, today: date, staff: Set[str]) -> list[str]:
    rows = reading.rows(
        """SELECT DISTINCT uscc FROM pairing JOIN cadre ON cadre.id = cadre_id
           JOIN enterprise ON enterprise.id = enterprise_id
           WHERE among(staff_no, :staff) AND lasts(pairing, :today) ORDER BY uscc""",
        staff=as_list(sorted(staff)),
        today=iso(today),
    )
    return [uscc for (uscc,) in rows]


def _refused_days(reading: Reading, today: date) -> dict[str, list[date]]:
    """Return the days to come on which a visit was called off by hand, by code."""
    found: dict[str, list[date]] = defaultdict(list)
    for uscc, planned_on in reading.rows(
        """SELECT uscc, planned_on FROM cancelled_plan JOIN enterprise ON enterprise.id = enterprise_id
           WHERE cause = 'called_off' AND planned_on >= :today ORDER BY uscc, planned_on""",
        today=iso(today),
    ):
        found[uscc].append(day(planned_on))
    return found


def quiet_days(
    reading: Reading, table: str, since: date, usccs: Set[str] | None = None
) -> dict[str, list[tuple[date, date]]]:
    """Return the pauses or blackouts that are not over on a day, by code, of all enterprises or of these.

    They are half-open; one without an end lasts for ever.
    """
    chosen = "" if usccs is None else "AND enterprise_id IN (SELECT id FROM enterprise WHERE among(uscc, :usccs))"
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for uscc, start_on, end_on in reading.rows(
        f"""SELECT uscc, start_on, coalesce(end_on, '9999-12-31') FROM {table}
            JOIN enterprise ON enterprise.id = enterprise_id
            WHERE lasts({table}, :since) {chosen} ORDER BY uscc, start_on""",
        since=iso(since),
        usccs=as_list(sorted(usccs or ())),
    ):
        found[uscc].append((day(start_on), day(end_on)))
    return found
