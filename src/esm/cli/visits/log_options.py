"""The options of `esm visit log`, by what they are about, and the values that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.options import code_option, flag, option
from esm.domain.visits.contact_made import Business, Channel, NewPromise, Satisfaction, VisitOutcome
from esm.errors import UsageRefused, say
from esm.usecases.register import typed_values
from esm.usecases.visits.raised_on_visit import requests_with_classes


@dataclass(frozen=True, slots=True)
class VisitOptions:
    """Who went, when and how, and whether anybody was met."""

    on: Annotated[str | None, option("DATE", _("Date of the visit; by default today."))] = None
    cadre: Annotated[
        str | None, option("CADRE", _("Visiting cadre; by default the cadre who serves the enterprise."))
    ] = None
    companions: Annotated[list[str] | None, option("CADRE", _("Accompanying cadre; repeatable."), "--with")] = None
    departments: Annotated[
        list[str] | None, option("NAME", _("Accompanying department; repeatable."), "--with-department")
    ] = None
    department: Annotated[
        str | None,
        option("NAME", _("A visit by another department, outside the scheme: it does not reset the visit clock.")),
    ] = None
    channel: Annotated[Channel, code_option(Channel, help=_("Only a visit on site counts."))] = Channel.ON_SITE
    outcome: Annotated[VisitOutcome, code_option(VisitOutcome, help=_("Only `met` counts."))] = VisitOutcome.MET

    @property
    def joint(self) -> tuple[str, ...]:
        """Return the departments that went along."""
        return tuple(typed_values.values(department=word)["department"] for word in self.departments or ())


@dataclass(frozen=True, slots=True)
class TalkOptions:
    """What was heard and said."""

    met: Annotated[str | None, option("TEXT", _("Person met, and their job title."))] = None
    business: Annotated[Business | None, code_option(Business, help=_("Business situation."))] = None
    satisfaction: Annotated[
        Satisfaction | None, code_option(Satisfaction, help=_("Satisfaction of the enterprise with the service."))
    ] = None
    minutes: Annotated[str | None, option("TEXT", _("Minutes of the visit."))] = None


@dataclass(frozen=True, slots=True)
class FollowUpOptions:
    """What was promised, asked for and explained."""

    promise: Annotated[list[str] | None, option("TEXT", _("Promise made; repeatable, each with --until."))] = None
    until: Annotated[list[str] | None, option("DATE", _("Deadline of the promise before it."))] = None
    request: Annotated[
        list[str] | None, option("TEXT", _("Request raised, with --class; repeatable."), "--request")
    ] = None
    request_class: Annotated[
        list[str] | None, option("CLASS", _("Class of each request, or one for all."), "--class")
    ] = None
    brief: Annotated[
        list[str] | None, option("POLICY", _("Policy on which the enterprise was briefed; repeatable."), "--brief")
    ] = None

    def promises(self, day: Callable[[str], date]) -> tuple[NewPromise, ...]:
        """Return the promises with their last days, as `day` reads them; one without the other is refused."""
        promises, untils = self.promise or [], self.until or []
        if len(promises) != len(untils):
            raise UsageRefused(
                say("Each --promise needs its --until, and vice versa."),
                say("Write them in pairs: --promise TEXT --until DATE."),
            )
        return tuple(
            NewPromise(typed_values.values(promise=words)["promise"], day(until))
            for words, until in zip(promises, untils, strict=True)
        )

    @property
    def requests(self) -> tuple[tuple[str, str], ...]:
        """Return each request with its class."""
        return requests_with_classes(self.request or (), self.request_class or ())

    @property
    def policies(self) -> tuple[str, ...]:
        """Return the policies that were explained."""
        return tuple(self.brief or ())


@dataclass(frozen=True, slots=True)
class FormOptions:
    """Where a form comes from instead."""

    edit: Annotated[bool, flag("--edit", _("Fill in a form in $EDITOR."))] = False
    from_: Annotated[Path | None, option("FILE", _("Read a completed form; see `esm visit form`."), "--from")] = None
