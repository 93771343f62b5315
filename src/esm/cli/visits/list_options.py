"""The options of `esm visit list`: which visits, and which other list instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.options import code_option, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.errors import UsageRefused, say


@dataclass(frozen=True, slots=True)
class VisitsByCadre(ChosenCadre):
    """The cadre to whose visits the list is narrowed."""

    cadre: Annotated[str | None, option("CADRE", _("Only visits by this cadre."))] = None


@dataclass(frozen=True, slots=True)
class VisitKinds:
    """To which visits on record the list is narrowed; the other lists have no such filters."""

    channel: Annotated[Channel | None, code_option(Channel, help=_("Only visits through this channel."))] = None
    outcome: Annotated[VisitOutcome | None, code_option(VisitOutcome, help=_("Only visits with this outcome."))] = None
    subdistrict: Annotated[str | None, option("NAME", _("Only visits in this subdistrict."))] = None
    late: Annotated[bool, flag("--late", _("Only visits entered late."))] = False


@dataclass(frozen=True, slots=True)
class OtherLists:
    """Which list is shown instead of the visits on record."""

    planned: Annotated[bool, flag("--planned", _("List the planned visits instead, by date."))] = False
    called_off: Annotated[
        bool, flag("--called-off", _("List the planned visits called off instead, by the date they were."))
    ] = False
    outside: Annotated[bool, flag("--outside", _("List the visits of other departments instead."))] = False


def require_one_list(lists: OtherLists, whose: VisitsByCadre, kinds: VisitKinds) -> None:
    """Raise UsageRefused for two lists at once, or for a filter by which the chosen list cannot be narrowed."""
    names = {"--planned": lists.planned, "--called-off": lists.called_off, "--outside": lists.outside}
    chosen, *others = [name for name, is_chosen in names.items() if is_chosen] or [""]
    filters: Mapping[str, object] = {
        "--cadre": whose.cadre and lists.outside, "--mine": whose.mine and lists.outside, "--channel": kinds.channel,
        "--outcome": kinds.outcome, "--subdistrict": kinds.subdistrict, "--late": kinds.late,
    }  # fmt: skip
    others += [name for name, value in filters.items() if value]
    if chosen and others:
        raise UsageRefused(
            say("{one} and {other} cannot be used together.", one=chosen, other=others[0]),
            say("Use only one of them."),
        )
