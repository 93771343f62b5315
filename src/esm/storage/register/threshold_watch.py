"""What the register says of every enterprise on a day, beside the figures that its line is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from esm.domain.register.threshold_watch import RegisterEntry, WatchedEnterprise
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import record
from esm.storage.register import register_history

WATCHED = """
SELECT enterprise.uscc, enterprise.name, profile.subdistrict, profile.industry_code, enterprise.revenue,
       enterprise.employees, enterprise.qualified,
       CASE WHEN EXISTS (SELECT 1 FROM scope WHERE scope.enterprise_id = enterprise.id AND basis = 'register'
                         AND holds(scope, :today)) THEN 'registered'
            WHEN enterprise.above_scale IS NULL THEN 'silent' ELSE 'not_registered' END,
       (SELECT min(start_on) FROM scope WHERE scope.enterprise_id = enterprise.id AND basis = 'register'
        AND scope.start_on > :today)
FROM enterprise
JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :today)
WHERE (enterprise.exited_on IS NULL OR enterprise.exited_on > :today) {filters}
ORDER BY profile.subdistrict IS NULL, profile.subdistrict, enterprise.uscc
"""


def watched_enterprises(reading: Reading, today: date, subdistrict: str | None = None) -> list[WatchedEnterprise]:
    """Return the enterprises that have not left the register, by subdistrict and code."""
    filters = "" if subdistrict is None else "AND profile.subdistrict = :subdistrict"
    rows = reading.rows(WATCHED.format(filters=filters), today=today, subdistrict=subdistrict)
    earlier = register_history.told_otherwise_later(reading, today)
    watched = [record(WatchedEnterprise, row) for row in rows]
    return [replace(each, register=_entry_then(each, earlier)) if each.uscc in earlier else each for each in watched]


def _entry_then(watched: WatchedEnterprise, earlier: Mapping[str, bool | None]) -> RegisterEntry:
    if watched.register == RegisterEntry.REGISTERED:
        return watched.register
    return RegisterEntry.SILENT if earlier[watched.uscc] is None else RegisterEntry.NOT_REGISTERED
