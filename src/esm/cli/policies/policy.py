"""`esm policy`: policies for enterprises, with briefings, applications and payments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from gettext import gettext as _
from typing import Annotated, Any

from esm.cli.policies.steps import PolicyArgument
from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.cli.shell.options import argument, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.domain.policies.columns import POLICIES
from esm.domain.policies.records import GapList, PolicyList
from esm.errors import Listed, UsageRefused, say
from esm.sheets.policies import policy as policy_sheet
from esm.sheets.policies.gaps import gap_sheet
from esm.usecases.policies import policy_queries, publication
from esm.usecases.register import typed_values
from esm.usecases.register.first_record import require_records

SPELLED = {
    "start_on": "--from", "until_on": "--until", "above_scale": "--above-scale/--any-scale",
    "newly_entered": "--newly-entered/--any-entry", "unasked": "--unasked/--on-application",
}  # fmt: skip
ADDED = column_options(POLICIES, SPELLED, required=["title"])
EDITED = column_options(POLICIES, SPELLED)
# What can be emptied again: the option and the field behind it.
DROPPABLE = {
    **{name: name for name in ("industries", "tiers", "sizes", "source", "gives", "worth")},
    "from": "start_on", "until": "until_on", "audience": "audience", "office": "office",
}  # fmt: skip


@listing("esm policy list --all", of=[lambda none: policy_sheet.policy_sheet(PolicyList(none))])
def list_(
    desk: Context, *, all_: Annotated[bool, flag("--all", _("Include policies that are not in force."))] = False
) -> None:
    """List the policies."""
    desk.show(policy_sheet.policy_sheet(desk.read(policy_queries.policy_list, desk.today, past_too=all_)))


@query("esm policy show R1")
def show(desk: Context, policy: PolicyArgument) -> None:
    """Show one policy."""
    desk.show(policy_sheet.policy_report(desk.read(policy_queries.dossier, policy, desk.today)))


@change("esm policy add R1 --title TITLE --worth 200000 --until 2026-12-31", columns=ADDED)
def add(
    desk: Context,
    code: Annotated[str, argument("CODE", _("A short code of your choice, such as R1."))],
    values: dict[str, Any],
) -> None:
    """Add a policy."""
    record = _record({"code": code, **values}, desk.today)
    desk.show(policy_sheet.policy_report(desk.write(publication.add, record, today=desk.today)))


@change("esm policy edit R1 --until 2027-06-30", "esm policy edit R1 --drop industries", columns=EDITED)
def edit(
    desk: Context,
    policy: PolicyArgument,
    values: dict[str, Any],
    *,
    drop: Annotated[
        list[str] | None, option("FIELD", _("Clear this field, such as `industries`; repeatable."), "--drop")
    ] = None,
) -> None:
    """Change a policy."""
    record = _record(values, desk.today)
    with desk.writing() as writing:
        file = publication.edit(writing, policy, record, today=desk.today, dropped=_dropped(drop or ()))
    desk.show(policy_sheet.policy_report(file))


@listing(
    "esm policy gaps --cadre 1001",
    "esm policy gaps --expiring 30 -o gaps.xlsx",
    of=[lambda none: gap_sheet(GapList(date.min, none, 0))],
    is_screenful=True,
)
def gaps(
    desk: Context,
    *,
    whose: ChosenCadre,
    expiring: Annotated[
        int | None, option("DAYS", _("Only policies that end within this many days."), min=0, max=3660)
    ] = None,
) -> None:
    """List the gaps between policies and enterprises."""
    with desk.reading() as reading:
        require_records(reading, desk.today)
        found = policy_queries.gap_list(reading, desk.today, cadre=whose.words(desk, reading), expiring=expiring)
    desk.show(gap_sheet(found))


def _dropped(names: Iterable[str]) -> list[str]:
    """Return the fields of the options to be cleared. Raises UsageRefused for a field that cannot be."""
    for name in names:
        if name not in DROPPABLE:
            raise UsageRefused(
                say("“{name}” cannot be cleared.", name=name),
                say("Fields that can be cleared: {names}.", names=Listed(DROPPABLE)),
            )
    return [DROPPABLE[name] for name in names]


def _record(values: dict[str, Any], today: date) -> dict[str, Any]:
    """Return the values of a policy that were given; empty words are for `--drop`."""
    if any(isinstance(word, str) and not word.strip() for word in values.values()):
        raise UsageRefused(
            say("The value must not be empty."),
            say("Omit it; to clear the stored value, use `esm policy edit POLICY --drop FIELD`."),
        )
    return typed_values.column_values(POLICIES, values, today)
