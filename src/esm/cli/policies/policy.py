"""`esm policy`: policies for enterprises, with briefings, applications and payments."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from typing import Annotated, Any

import typer

from esm.cli.policies.steps import PolicyArgument
from esm.cli.shell.command_decorators import example, with_columns, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.field_options import column_options
from esm.domain.policies.columns import POLICIES
from esm.errors import UsageRefused, say
from esm.sheets.policies import policy as policy_sheet
from esm.sheets.policies.gaps import gap_sheet
from esm.usecases.policies import figures, publication
from esm.usecases.register import typed_values

SPELLED = {
    "start_on": "--from", "until_on": "--until", "above_scale": "--above-scale/--any-scale",
    "newly_entered": "--newly-entered/--any-entry", "unasked": "--unasked/--on-application",
}  # fmt: skip
ADDED = column_options(POLICIES, SPELLED, required=["title"])
EDITED = column_options(POLICIES, SPELLED)
# What can be emptied again: the option and the field behind it.
DROPPABLE = {
    **{name: name for name in ("industries", "tiers", "sizes", "source", "gives", "worth")},
    "from": "start_on", "until": "until_on",
}  # fmt: skip


@example("esm policy list --all")
@with_listing
def list_(
    desk: Context, *,
    all_: Annotated[bool, typer.Option("--all", help=_("Include policies that are not in force."))] = False,
) -> None:  # fmt: skip
    """List the policies."""
    with desk.reading() as reading:
        found = figures.policy_list(reading, desk.today, past_too=all_)
    desk.show(policy_sheet.policy_sheet(found))


@example("esm policy show R1")
@with_output
def show(
    desk: Context, policy: PolicyArgument,
) -> None:  # fmt: skip
    """Show one policy."""
    with desk.reading() as reading:
        file = figures.dossier(reading, policy, desk.today)
    desk.show(policy_sheet.policy_report(file))


@example("esm policy add R1 --title TITLE --worth 200000 --until 2026-12-31")
@with_output
@with_dry_run
@with_columns(ADDED)
def add(
    desk: Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A short code of your choice, such as R1."))],
    values: dict[str, Any],
) -> None:
    """Add a policy."""
    record = _record({"code": code, **values})
    with desk.writing() as writing:
        file = publication.add(writing, record, today=desk.today)
    desk.show(policy_sheet.policy_report(file))


@example("esm policy edit R1 --until 2027-06-30", "esm policy edit R1 --drop industries")
@with_output
@with_dry_run
@with_columns(EDITED)
def edit(
    desk: Context,
    policy: PolicyArgument,
    values: dict[str, Any],
    *,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="FIELD", help=_("Clear this field, such as `industries`; repeatable.")),
    ] = None,
) -> None:
    """Change a policy."""
    record = _record(values)
    with desk.writing() as writing:
        file = publication.edit(writing, policy, record, today=desk.today, dropped=_dropped(drop or ()))
    desk.show(policy_sheet.policy_report(file))


@example("esm policy gaps --cadre 1001", "esm policy gaps --expiring 30 -o gaps.xlsx")
@with_listing
def gaps(
    desk: Context, *,
    cadre: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Only enterprises this cadre serves."))] = None,
    expiring: Annotated[
        int | None, typer.Option(min=0, max=3660, metavar="DAYS",
            help=_("Only policies that end within this many days."))
    ] = None,
) -> None:  # fmt: skip
    """List the gaps between policies and enterprises."""
    with desk.reading() as reading:
        found = figures.gap_list(reading, desk.today, cadre=cadre, expiring=expiring)
    desk.show(gap_sheet(found))


def _dropped(names: Iterable[str]) -> list[str]:
    """Return the fields of the options to be cleared. Raises UsageRefused for a field that cannot be."""
    for name in names:
        if name not in DROPPABLE:
            raise UsageRefused(
                say("“{name}” cannot be cleared.", name=name),
                say("Fields that can be cleared: {names}.", names=", ".join(DROPPABLE)),
            )
    return [DROPPABLE[name] for name in names]


def _record(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a policy that were given; empty words are for `--drop`."""
    if any(isinstance(word, str) and not word.strip() for word in values.values()):
        raise UsageRefused(
            say("The value must not be empty."),
            say("Omit it; to clear the stored value, use `esm policy edit POLICY --drop FIELD`."),
        )
    return typed_values.column_values(POLICIES, values)
