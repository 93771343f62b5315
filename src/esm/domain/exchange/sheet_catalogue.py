"""All sheets of a workbook, in their order.

To add one: a `SheetSpec` among the columns of its subject, its place here, and, where plain rows by key are not enough,
its rules in `usecases.exchange`. A test fails while a journalled table or column is in no sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from esm.domain.pairing.columns import PAIRINGS, RECUSALS
from esm.domain.policies.columns import APPLICATIONS, BRIEFINGS, POLICIES, RELIEFS
from esm.domain.register.columns import ABSENCES, CADRES, ENTERPRISES, POSTINGS, PROFILES, SCOPES
from esm.domain.requests.columns import REQUEST_CLASSES, REQUEST_EVENTS, REQUESTS
from esm.domain.schedule.columns import CALLED_OFF_PLANS, HOLIDAYS, PLANS
from esm.domain.values.column_spec import ALWAYS, END_ON, SheetSpec, column
from esm.domain.values.raw_text import fold
from esm.domain.visits.columns import BLACKOUTS, CANCELLED_VISITS, COMPANIONS, OUTSIDE_VISITS, PAUSES, PROMISES, VISITS

SETTINGS = SheetSpec(
    key="settings", table="setting", label="Settings", chinese="设置", unique=("key", "start_on"),
    is_unbroken=True,
    columns=(column("key*", "Setting", "设置项", "text"), column("value*", "Value", "值", "text"), ALWAYS, END_ON),
)  # fmt: skip

# What a roster has, recognised by its headers too; the template has no others.
ROSTER_SHEETS = (CADRES, ENTERPRISES, PAIRINGS, RECUSALS, ABSENCES, VISITS)
# What an office keeps beside its roster, recognised by its headers too.
OFFICE_SHEETS = (REQUESTS, POLICIES)
BOOK = (
    *ROSTER_SHEETS,
    SETTINGS, HOLIDAYS, POSTINGS, PROFILES, SCOPES, PAUSES, BLACKOUTS, CANCELLED_VISITS, COMPANIONS, PROMISES,
    OUTSIDE_VISITS, PLANS, CALLED_OFF_PLANS,
    REQUEST_CLASSES, REQUESTS, REQUEST_EVENTS, POLICIES, BRIEFINGS, APPLICATIONS, RELIEFS,
)  # fmt: skip
ALWAYS_EXPORTED = frozenset({CADRES.key, ENTERPRISES.key})  # the others only where they hold something
SHEETS: Mapping[str, SheetSpec] = {spec.key: spec for spec in BOOK}
# What offices fill in themselves, one by one; the others are esm's own.
FILLED_SHEETS = (*ROSTER_SHEETS, REQUESTS, REQUEST_EVENTS, POLICIES, BRIEFINGS, APPLICATIONS, RELIEFS)


def sheet_called(words: str) -> SheetSpec | None:
    """Return the sheet to fill in that a key or a name of either language stands for, or None."""
    return next((spec for spec in FILLED_SHEETS if fold(words) in map(fold, spec.called)), None)
