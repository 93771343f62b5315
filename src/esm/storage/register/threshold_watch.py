"""What the register says of every enterprise on a day, beside the figures that its line is held against."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from esm.domain.register.threshold_watch import RegisterEntry, WatchedEnterprise
from esm.storage.database.connection import Reading
from esm.storage.database.row_values import day, iso
from esm.storage.register.enterprises import YUAN_A_UNIT

WATCHED = """
SELECT enterprise.uscc, enterprise.name, profile.subdistrict, profile.industry_code, enterprise.revenue,
       enterprise.employees, enterprise.qualified, enterprise.above_scale,
       EXISTS (SELECT 1 FROM scope WHERE scope.enterprise_id = enterprise.id AND basis = 'register'
               AND holds(scope, :today)),
       (SELECT min(start_on) FROM scope WHERE scope.enterprise_id = enterprise.id AND basis = 'register'
        AND scope.start_on > :today)
FROM enterprise
JOIN profile ON profile.enterprise_id = enterprise.id
  AND holds(profile, :today)
WHERE (enterprise.exited_on IS NULL OR enterprise.exited_on > :today) {filters}
ORDER BY profile.subdistrict IS NULL, profile.subdistrict, enterprise.uscc
"""


def watched_enterprises(reading: Reading, today: date, subdistrict: str | None = None) -> list[WatchedEnterprise]:
    """Return the enterprises that have not left the register, by subdistrict and code."""
    filters = "" if subdistrict is None else "AND profile.subdistrict = :subdistrict"
    rows = reading.rows(WATCHED.format(filters=filters), today=iso(today), subdistrict=subdistrict)
    return [_from_row(row) for row in rows]


def _from_row(row: tuple[Any, ...]) -> WatchedEnterprise:
    uscc, name, subdistrict, industry_code, revenue, employees, qualified, above_scale, is_registered, enters_on = row
    register = RegisterEntry.NOT_REGISTERED
    if is_registered or above_scale is None:
        register = RegisterEntry.REGISTERED if is_registered else RegisterEntry.SILENT
    return WatchedEnterprise(
        uscc,
        name,
        subdistrict,
        industry_code,
        None if revenue is None else Decimal(revenue) / YUAN_A_UNIT,
        employees,
        None if qualified is None else bool(qualified),
        register,
        day(enters_on),
    )
