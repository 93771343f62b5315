"""`esm request`: requests of enterprises and their handling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Annotated

from esm.cli.requests.transitions import NewDepartment, Number, Support
from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, code_option, flag, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.domain.requests.records import ClusterList, RequestList, RequestUpdate
from esm.domain.requests.states import OPEN, Nature, NewRequest, RequestState, Transition, TransitionKind
from esm.errors import UsageRefused, say
from esm.sheets.requests import escalation, request_list
from esm.sheets.requests import request as case_sheet
from esm.sheets.requests.clusters import class_sheet, cluster_sheet
from esm.usecases.register.first_record import require_records
from esm.usecases.requests import classes as classing
from esm.usecases.requests import request_queries, transitions


@change('esm request open 913302000000000001 "…" --class labour --department NAME')
def open_(
    desk: Context,
    enterprise: Annotated[str, argument("ENTERPRISE", _("Credit code, or part of the name."))],
    subject: Annotated[str, argument("TEXT", _("The request, in one sentence."))],
    *,
    request_class: Annotated[str, option("CLASS", _("Class of the request; see `esm request classes`."), "--class")],
    nature: Annotated[Nature, code_option(Nature, help=_("Nature of the request."))] = Nature.HELP,
    on: Annotated[str | None, option("DATE", _("Date received; by default today."))] = None,
    visit: Annotated[int | None, option("VISIT", _("Visit during which it was raised."), min=1)] = None,
    cadre: Annotated[
        str | None, option("CADRE", _("Cadre who received it; by default the cadre who serves the enterprise."))
    ] = None,
    hard: Annotated[bool, flag("--hard", _("A difficult case: the longer deadline applies."))] = False,
    department: Annotated[
        str | None, option("NAME", _("Responsible department: the request is dispatched at once."))
    ] = None,
    support: Support = None,
    new_department: NewDepartment = False,
) -> None:
    """Open a request."""
    opening = NewRequest(
        subject=subject, request_class=request_class, nature=nature, visit_id=visit, cadre=cadre, hard=hard,
        received_on=desk.day_if_any(on),
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
    moved = desk.write(
        transitions.open_request, enterprise, opening, today=desk.today, first=first, new_department=new_department
    )
    desk.show(case_sheet.request_report(moved))


@dataclass(frozen=True, slots=True)
class RequestsOfCadre(ChosenCadre):
    """The cadre to whom a list of requests is narrowed."""

    cadre: Annotated[
        str | None, option("CADRE", _("Only requests that this cadre received, or from enterprises the cadre serves."))
    ] = None


@listing(
    "esm request list --department NAME",
    "esm request list --stuck -o stuck.xlsx",
    of=[lambda none: request_list.request_sheet(RequestList(date.min, none))],
)
def list_(
    desk: Context,
    *,
    state: Annotated[
        RequestState | None,
        code_option(RequestState, metavar="STATE", help=_("Only requests in this state, such as `closed`.")),
    ] = None,
    whose: RequestsOfCadre,
    department: Annotated[
        str | None, option("NAME", _("Only requests for which this department is responsible or supporting."))
    ] = None,
    enterprise: Annotated[str | None, option("ENTERPRISE", _("Only this enterprise."))] = None,
    stuck: Annotated[bool, flag("--stuck", _("The list of blocked requests, to be signed."))] = False,
    all_: Annotated[bool, flag("--all", _("Include closed requests."))] = False,
) -> None:
    """List open requests, the most urgent first."""
    with desk.reading() as reading:
        require_records(reading, desk.today)
        own = whose.words(desk, reading)
        found = request_queries.listing(
            reading, desk.today, states=(state,) if state else tuple(RequestState) if all_ else OPEN, mine=own,
            department=department, enterprise=enterprise, stuck=stuck,
        )  # fmt: skip
    if stuck:
        desk.show(escalation.stuck_report(found))
        return
    is_narrowed = any(word is not None for word in (state, own, department, enterprise))
    is_open_only = state is None and not all_
    desk.show(request_list.request_sheet(found, is_open_only=is_open_only, is_narrowed=is_narrowed))


@query("esm request show 7")
def show(desk: Context, request: Number) -> None:
    """Show one request with all its actions."""
    desk.show(case_sheet.request_report(RequestUpdate(desk.read(request_queries.record, request, desk.today))))


@change("esm request edit 7 --class tax.refund")
def edit(
    desk: Context,
    request: Number,
    *,
    request_class: Annotated[str | None, option("CLASS", _("Class."), "--class")] = None,
    nature: Annotated[Nature | None, code_option(Nature, help=_("Nature of the request."))] = None,
    subject: Annotated[str | None, option("TEXT", _("The request, in one sentence."))] = None,
) -> None:
    """Correct the class, nature or subject of a request."""
    if request_class is nature is subject is None:
        raise UsageRefused(say("There is nothing to change."), say("Give --class, --nature or --subject."))
    moved = desk.write(
        transitions.correct, request, today=desk.today, request_class=request_class, nature=nature, subject=subject
    )
    desk.show(case_sheet.request_report(moved))


@listing("esm request clusters --broad", of=[lambda none: cluster_sheet(ClusterList(date.min, 0, 0, none))])
def clusters(
    desk: Context,
    *,
    days: Annotated[int | None, option("N", _("Time window in days, by default 90."), min=1, max=3660)] = None,
    enterprises: Annotated[int | None, option("N", _("Minimum number of enterprises, by default 3."), min=2)] = None,
    broad: Annotated[bool, flag("--broad", _("Group by the first level of the classes."))] = False,
) -> None:
    """Find common issues."""
    desk.show(
        cluster_sheet(desk.read(request_queries.clusters, desk.today, days=days, enterprises=enterprises, broad=broad))
    )


@listing("esm request classes", "esm request classes labour.training --name NAME", of=[class_sheet], has_dry_run=True)
def classes(
    desk: Context,
    code: Annotated[str | None, argument("[CLASS]", _("The class to add or to change."))] = None,
    *,
    name: Annotated[str | None, option("NAME", _("New name."))] = None,
    retired: Annotated[
        bool | None, flag("--retire/--restore", _("Retire the class, or bring it back into use."))
    ] = None,
) -> None:
    """List the classes of requests, or change one."""
    if code is None:
        found = desk.read(classing.class_list)
    else:
        desk.output.require_whole()
        found = desk.write(classing.save_class, code, name=name, retired=retired)
    desk.show(class_sheet(found))
