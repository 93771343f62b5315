"""The above-scale watch (规上监测): who crosses the line, which way, and when the register may be told."""

from __future__ import annotations

from datetime import date

from esm.domain.register.entry_window import ROUTES, window
from esm.domain.register.threshold_watch import Watch, watch
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import threshold_watch


def scale(reading: Reading, today: date, subdistrict: str | None = None) -> Watch:
    """Return where the register and the thresholds of the day disagree or soon may; exited enterprises are left out."""
    from esm.usecases.register import lookup  # noqa: PLC0415

    rules = settings.load(reading)
    within = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    return watch(
        threshold_watch.watched(reading, today, within),
        today,
        nursery_percent=rules.nursery_percent,
        windows={route: window(route, today, rules) for route in ROUTES},
    )
