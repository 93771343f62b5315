"""`esm policy`: policies in favour of enterprises, who was told, who applied, what arrived."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from typing import Annotated, Any

import typer

from esm.cli.policies.policy_steps import PolicyArgument
from esm.cli.shell.command import example, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.days import day_of
from esm.errors import UsageRefused, say
from esm.sheets.policies import policy as policy_sheet
from esm.sheets.policies.gaps import gap_sheet
from esm.usecases.policies import figures, publication
from esm.usecases.register import typed_values

Source = Annotated[str | None, typer.Option(metavar="TEXT", help=_("Who issued it, and under which number."))]
Gives = Annotated[str | None, typer.Option(metavar="TEXT", help=_("What it gives."))]
Worth = Annotated[
    str | None, typer.Option(metavar="YUAN", help=_("What it typically brings one enterprise, such as 200000 or 20万."))
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help=_("Its first day."))]
Until = Annotated[str | None, typer.Option(metavar="DATE", help=_("Its last day."))]
Industries = Annotated[
    str | None, typer.Option("--industries", metavar="CODES", help=_("Only for these industry codes, by commas."))
]
Tiers = Annotated[
    str | None, typer.Option("--tiers", metavar="A,B,C", help=_("Only for these tiers, separated by commas."))
]
Sizes = Annotated[
    str | None,
    typer.Option("--sizes", metavar="SIZES", help=_("Only for these sizes: micro, small, medium, large, by commas.")),
]
AboveScale = Annotated[
    bool | None, typer.Option("--above-scale/--any-scale", help=_("Only for above-scale enterprises, or for all."))
]
NewlyEntered = Annotated[
    bool | None, typer.Option("--newly-entered/--any-entry", help=_("Only for those that just entered, or for all."))
]
Unasked = Annotated[
    bool | None,
    typer.Option("--unasked/--on-application", help=_("Whether the office pays unasked, or enterprises apply.")),
]
# What can be emptied again: the option and the field behind it.
DROPPABLE = {
    **{name: name for name in ("industries", "tiers", "sizes", "source", "gives", "worth")},
    "from": "start_on", "until": "until_on",
}  # fmt: skip


@example("esm policy list --all")
@with_listing
def list_(
    desk: Context, *,
    all_: Annotated[bool, typer.Option("--all", help=_("Those not in force too."))] = False,
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
def add(
    desk: Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A short name of your own, such as R1."))],
    *,
    title: Annotated[str, typer.Option(metavar="TEXT", help=_("Its title."))],
    source: Source = None, gives: Gives = None, worth: Worth = None, from_: From = None, until: Until = None,
    industries: Industries = None, tiers: Tiers = None, sizes: Sizes = None, above_scale: AboveScale = None,
    newly_entered: NewlyEntered = None, unasked: Unasked = None,
) -> None:  # fmt: skip
    """Add a policy."""
    values = _values(
        code=code, title=title, source=source, gives=gives, worth=worth, start_on=from_, until_on=until,
        industries=industries, tiers=tiers, sizes=sizes, above_scale=above_scale, newly_entered=newly_entered,
        unasked=unasked,
    )  # fmt: skip
    with desk.writing() as writing:
        file = publication.add(writing, values, today=desk.today)
    desk.show(policy_sheet.policy_report(file))


@example("esm policy edit R1 --until 2027-06-30", "esm policy edit R1 --drop industries")
@with_output
@with_dry_run
def edit(
    desk: Context, policy: PolicyArgument, *,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Its title."))] = None,
    source: Source = None, gives: Gives = None, worth: Worth = None, from_: From = None, until: Until = None,
    industries: Industries = None, tiers: Tiers = None, sizes: Sizes = None, above_scale: AboveScale = None,
    newly_entered: NewlyEntered = None, unasked: Unasked = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="FIELD", help=_("Empty it again, such as `industries`; repeatable.")),
    ] = None,
) -> None:  # fmt: skip
    """Change a policy."""
    values = _values(
        title=title, source=source, gives=gives, worth=worth, start_on=from_, until_on=until,
        industries=industries, tiers=tiers, sizes=sizes, above_scale=above_scale, newly_entered=newly_entered,
        unasked=unasked,
    )  # fmt: skip
    with desk.writing() as writing:
        file = publication.edit(writing, policy, values, today=desk.today, dropped=_dropped(drop or ()))
    desk.show(policy_sheet.policy_report(file))


@example("esm policy gaps --cadre 1001", "esm policy gaps --expiring 30 -o gaps.xlsx")
@with_listing
def gaps(
    desk: Context, *,
    cadre: Annotated[str | None, typer.Option(metavar="CADRE", help=_("Only what this cadre has to do."))] = None,
    expiring: Annotated[
        int | None, typer.Option(min=0, max=3660, metavar="DAYS", help=_("Only policies that end within so many days."))
    ] = None,
) -> None:  # fmt: skip
    """List the gaps between policies and enterprises."""
    with desk.reading() as reading:
        found = figures.gap_list(reading, desk.today, cadre=cadre, expiring=expiring)
    desk.show(gap_sheet(found))


def _dropped(names: Iterable[str]) -> list[str]:
    """Return the fields behind the options that are to be emptied."""
    for name in names:
        if name not in DROPPABLE:
            raise UsageRefused(
                say("“{name}” cannot be dropped.", name=name),
                say("What can be dropped: {names}.", names=", ".join(DROPPABLE)),
            )
    return [DROPPABLE[name] for name in names]


def _values(**options: Any) -> dict[str, Any]:
    """Return the options that were given, as values of a policy."""
    if any(isinstance(word, str) and not word.strip() for word in options.values()):
        raise UsageRefused(
            say("An empty word cannot be taken."),
            say("Leave it out; to empty what is stored, use `esm policy edit POLICY --drop FIELD`."),
        )
    days = {name: day_of(options.pop(name)) for name in ("start_on", "until_on") if options.get(name) is not None}
    return {**typed_values.values(**options), **days}
