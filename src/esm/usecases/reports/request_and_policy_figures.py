"""Reckoning the figures of requests and policies that a district publishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from esm.domain.policies.records import PolicyFigures
from esm.domain.requests import figures
from esm.domain.requests.figures import RequestFigures
from esm.domain.values import two_month_periods
from esm.storage.database.connection import Reading
from esm.storage.requests import requests
from esm.usecases.policies import figures as weighing
from esm.usecases.requests import request_list


def request_figures(reading: Reading, as_of: date, period: str | None = None) -> RequestFigures:
    """Return the figures of the requests received in a period, by default in the year of `as_of` so far."""
    since, until = date(as_of.year, 1, 1), as_of
    if period is not None:
        asked = two_month_periods.period_asked_for(period, as_of)
        since, until = asked.start_on, min(as_of, asked.last_day)
    found = figures.figures(request_list.records(reading, as_of), as_of=as_of, since=since, until=until)
    return replace(found, class_names={own.code: own.name for own in requests.own_classes(reading)})


def policy_figures(reading: Reading, as_of: date) -> PolicyFigures:
    """Return the figures of the policies in force on a day, and of the money of its year."""
    return weighing.figures(reading, as_of)
