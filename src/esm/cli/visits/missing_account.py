"""Asks on a terminal what a visit lacks: whom they met, what was said."""

from __future__ import annotations

import sys
from dataclasses import replace
from gettext import gettext as _

from esm.domain.visits.contact_made import VisitForm, VisitOutcome
from esm.usecases.register import typed_values


def is_asked(form: VisitForm) -> bool:
    """Return whether there is something to ask and somebody to answer; where nobody was met, nothing is missing."""
    is_missing = form.outcome == VisitOutcome.MET and not (form.minutes and form.details.met_with)
    return is_missing and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def completed(form: VisitForm, enterprise: str) -> VisitForm:
    """Return a form with what was answered; `enterprise` is the name in full."""
    sys.stderr.write(f"{enterprise}  {form.done_on}\n")
    met_with = form.details.met_with or _answer(_("Who was met, with job title (Enter: not told): "))
    minutes = form.minutes or _answer(_("What was said (Enter: not told): "))
    known = typed_values.values(met_with=met_with)["met_with"] if met_with else None
    return replace(form, minutes=minutes, details=replace(form.details, met_with=known))


def _answer(question: str) -> str | None:
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip() or None
