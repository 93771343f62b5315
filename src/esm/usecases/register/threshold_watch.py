"""The above-scale watch (规上监测): who crosses the line, which way, and when the register may be told."""

from __future__ import annotations

from datetime import date

from esm import usecases
from esm.domain.entry import ROUTES, window
from esm.domain.watch import Watch, watch
from esm.storage import register, settings
from esm.storage.database import Reading


def scale(reading: Reading, today: date, subdistrict: str | None = None) -> Watch:
    """Return where the register and the thresholds of the day disagree or soon may; exited enterprises are left out."""
    rules = settings.load(reading)
    within = None if subdistrict is None else usecases.naming.subdistrict(reading, subdistrict)
    return watch(
        register.watched(reading, today, within),
        today,
        nursery_percent=rules.nursery_percent,
        windows={route: window(route, today, rules) for route in ROUTES},
    )
