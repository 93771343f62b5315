"""The above-scale watch (规上监测): who crosses the line, which way, and when the register may be told."""

from __future__ import annotations

from datetime import date

from esm.domain.register.entry_window import Route, open_or_next_window
from esm.domain.register.threshold_watch import ThresholdWatch, watch_lists
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import threshold_watch


def current_watch(reading: Reading, today: date, subdistrict: str | None = None) -> ThresholdWatch:
    """Return where the register and the thresholds of the day disagree or soon may; exited enterprises are left out."""
    from esm.usecases.register import lookup  # noqa: PLC0415

    rules = settings.load(reading, today)
    within = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    return watch_lists(
        threshold_watch.watched_enterprises(reading, today, within),
        today,
        nursery_percent=rules.nursery_percent,
        windows={route: open_or_next_window(route, today, rules) for route in Route},
    )
