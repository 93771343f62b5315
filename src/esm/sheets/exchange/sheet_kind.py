"""Which kind of sheet headers stand for where those of two kinds would do."""

from __future__ import annotations

from esm.domain.pairing.columns import PAIRINGS
from esm.domain.requests.columns import REQUESTS
from esm.domain.visits.columns import VISITS
from esm.sheets.exchange.header_words import folded
from esm.sheets.exchange.recognised_sheet import Recognised

_ENOUGH = 3  # columns by which a sheet is known that has no name
_OF_A_POLICY = {"audience", "validity", "gives", "sizes", "industries"}


def tells_a_visit(found: Recognised) -> bool:
    """Return whether a list of people, enterprises or pairings tells of a visit, so that it is none.

    It has the day of one, or those whom a list of pairings names are there to visit.
    """
    days = {folded(name) for column in VISITS.columns if column.key == "done_on" for name in column.names}
    visitors = [each.header for each in found.headings if found.spec is PAIRINGS and each.column.key == "cadre.name"]
    has_day = any("走访" in header and folded(header) in days for _, header in found.unknown)
    return has_day or any("走访" in header for header in visitors)


def is_office_sheet(found: Recognised) -> bool:
    """Return whether a sheet that is not one of the roster's is named, or has all by which a ledger or list is known.

    A ledger has an enterprise, a day and what was asked for; a list of policies has a title and what decides or gives.
    """
    if found.is_named:
        return True
    keys = found.keys
    if found.missing or len(found.headings) < _ENOUGH:
        return False
    return "subject" in keys if found.spec is REQUESTS else bool(keys & _OF_A_POLICY)
