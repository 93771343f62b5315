"""`esm request`: requests of enterprises and their handling."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.requests.transitions import NewDepartment, Number, Support
from esm.cli.shell.code_option import code_option
from esm.cli.shell.command_decorators import example, with_dry_run, with_listing, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import day_of
from esm.domain.requests.records import RequestUpdate
from esm.domain.requests.states import OPEN, Nature, NewRequest, RequestState, Transition, TransitionKind
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import UsageRefused, say
from esm.sheets.requests import escalation, request_list
from esm.sheets.requests import request as case_sheet
from esm.sheets.requests.clusters import class_sheet, cluster_sheet
from esm.usecases.requests import classes as classing
from esm.usecases.requests import request_list as following
from esm.usecases.requests import transitions
from esm.usecases.schedule import due_list


@example('esm request open 913302000000000001 "…" --class labour --department NAME')
@with_output
@with_dry_run
def open_(
    desk: Context,
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help=_("Credit code, or part of the name."))],
    subject: Annotated[str, typer.Argument(metavar="TEXT", help=_("The request, in one sentence."))],
    *,
    request_class: Annotated[
        str, typer.Option("--class", metavar="CLASS", help=_("Class of the request; see `esm request classes`."))
    ],
    nature: Annotated[Nature, code_option(Nature, help=_("Nature of the request."))] = Nature.HELP,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=_("Date received; by default today."))] = None,
    visit: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_NUMBER, metavar="VISIT", help=_("Visit during which it was raised.")),
    ] = None,
    cadre: Annotated[
        str | None,
        typer.Option(metavar="CADRE", help=_("Cadre who received it; by default the cadre who serves the enterprise.")),
    ] = None,
    hard: Annotated[bool, typer.Option("--hard", help=_("A difficult case: the longer deadline applies."))] = False,
    department: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Responsible department: the request is dispatched at once."))
    ] = None,
    support: Support = None,
    new_department: NewDepartment = False,
) -> None:
    """Open a request."""
    opening = NewRequest(
        subject=subject, request_class=request_class, nature=nature, visit_id=visit, cadre=cadre, hard=hard,
        received_on=None if on is None else day_of(on),
    )  # fmt: skip
    first = None
    if department is None and (support or new_department):
        raise UsageRefused(
            say("--support and --new-department can only be used with a dispatch."),
            say("Give the responsible department with --department."),
        )
    if department is not None:
        first = Transition(
            kind=TransitionKind.DISPATCH, done_on=desk.today, department=department, supporting=tuple(support or ())
        )
    with desk.writing() as writing:
        moved = transitions.open_request(
            writing, enterprise, opening, today=desk.today, first=first, new_department=new_department
        )
    desk.show(case_sheet.request_report(moved))


@example("esm request list --department NAME", "esm request list --stuck -o stuck.xlsx")
@with_listing
def list_(
    desk: Context,
    *,
    state: Annotated[
        RequestState | None,
        code_option(RequestState, metavar="STATE", help=_("Only requests in this state, such as `closed`.")),
    ] = None,
    mine: Annotated[
        bool,
        typer.Option("--mine", help=_("Only requests that you (--actor) received, or from enterprises you serve.")),
    ] = False,
    cadre: Annotated[
        str | None,
        typer.Option(
            metavar="CADRE", help=_("Only requests that this cadre received, or from enterprises the cadre serves.")
        ),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Only requests for which this department is responsible or supporting.")),
    ] = None,
    enterprise: Annotated[str | None, typer.Option(metavar="ENTERPRISE", help=_("Only this enterprise."))] = None,
    stuck: Annotated[bool, typer.Option("--stuck", help=_("The list of blocked requests, to be signed."))] = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Include closed requests."))] = False,
) -> None:
    """List open requests, the most urgent first."""
    if mine and cadre is not None:
        raise UsageRefused(say("--mine and --cadre cannot be used together."), say("Use only one of them."))
    with desk.reading() as reading:
        own = due_list.own_staff_no(reading, desk.actor) if mine else cadre
        found = following.listing(
            reading, desk.today, states=(state,) if state else tuple(RequestState) if all_ else OPEN, mine=own,
            department=department, enterprise=enterprise, stuck=stuck,
        )  # fmt: skip
    shown = escalation.stuck_report(found) if stuck else request_list.request_sheet(found)
    desk.show(shown)


@example("esm request show 7")
@with_output
def show(
    desk: Context,
    request: Number,
) -> None:
    """Show one request with all its actions."""
    with desk.reading() as reading:
        record = following.record(reading, request, desk.today)
    desk.show(case_sheet.request_report(RequestUpdate(record)))


@example("esm request edit 7 --class tax.refund")
@with_output
@with_dry_run
def edit(
    desk: Context,
    request: Number,
    *,
    request_class: Annotated[str | None, typer.Option("--class", metavar="CLASS", help=_("Class."))] = None,
    nature: Annotated[Nature | None, code_option(Nature, help=_("Nature of the request."))] = None,
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help=_("The request, in one sentence."))] = None,
) -> None:
    """Correct the class, nature or subject of a request."""
    if request_class is nature is subject is None:
        raise UsageRefused(say("There is nothing to change."), say("Give --class, --nature or --subject."))
    with desk.writing() as writing:
        moved = transitions.correct(
            writing, request, today=desk.today, request_class=request_class, nature=nature, subject=subject
        )
    desk.show(case_sheet.request_report(moved))


@example("esm request clusters --broad")
@with_listing
def clusters(
    desk: Context,
    *,
    days: Annotated[
        int | None, typer.Option(min=1, max=3660, metavar="N", help=_("Time window in days, by default 90."))
    ] = None,
    enterprises: Annotated[
        int | None,
        typer.Option(min=2, max=LARGEST_NUMBER, metavar="N", help=_("Minimum number of enterprises, by default 3.")),
    ] = None,
    broad: Annotated[bool, typer.Option("--broad", help=_("Group by the first level of the classes."))] = False,
) -> None:
    """Find common issues."""
    with desk.reading() as reading:
        found = following.clusters(reading, desk.today, days=days, enterprises=enterprises, broad=broad)
    desk.show(cluster_sheet(found))


@example("esm request classes", "esm request classes labour.training --name NAME")
@with_listing
@with_dry_run
def classes(
    desk: Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help=_("The class to add or to change."))] = None,
    *,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=_("New name."))] = None,
    retired: Annotated[
        bool | None, typer.Option("--retire/--restore", help=_("Retire the class, or bring it back into use."))
    ] = None,
) -> None:
    """List the classes of requests, or change one."""
    if code is None:
        with desk.reading() as reading:
            found = classing.class_list(reading)
    else:
        desk.require_whole()
        with desk.writing() as writing:
            found = classing.save_class(writing, code, name=name, retired=retired)
    desk.show(class_sheet(found))
