"""`esm visit log` and `esm visit form`: a visit recorded from options, from a form in an editor, or from a file."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Annotated, Any

import typer

from esm.cli.shell import editor
from esm.cli.shell.code_option import code_option
from esm.cli.shell.command import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.days import day_of
from esm.domain.visits.visit import Business, Channel, NewPromise, Satisfaction, VisitDetails, VisitForm, VisitOutcome
from esm.errors import UsageRefused, say
from esm.formats.read import form as read_form
from esm.sheets.visits import form as visit_form
from esm.sheets.visits import visit
from esm.usecases.register import typed_values
from esm.usecases.visits import follow_up as attending
from esm.usecases.visits import form as filling
from esm.usecases.visits import log as visiting
from esm.usecases.visits import outside_visits


@example(
    'esm visit log 913302000000000001 --on 2026-11-20 --minutes "…"',
    'esm visit log 913302000000000001 --promise "…" --until 2026-12-15',
    "esm visit log --from FORM.xlsx",
)
@with_output
@with_dry_run
def log(
    desk: Context,
    enterprise: Annotated[
        str | None, typer.Argument(metavar="ENTERPRISE", help=_("Its code, or a part of its name."))
    ] = None,
    *,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=_("The day of the visit; by default today."))] = None,
    cadre: Annotated[
        str | None, typer.Option(metavar="CADRE", help=_("Who went; by default the cadre who serves it."))
    ] = None,
    companions: Annotated[
        list[str] | None, typer.Option("--with", metavar="CADRE", help=_("A cadre who went along; repeatable."))
    ] = None,
    departments: Annotated[
        list[str] | None,
        typer.Option("--with-department", metavar="NAME", help=_("A department that went along; repeatable.")),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("Another department went, without the scheme: no clock moves.")),
    ] = None,
    channel: Annotated[Channel, code_option(Channel, help=_("Only a visit on site counts."))] = Channel.ON_SITE,
    outcome: Annotated[VisitOutcome, code_option(VisitOutcome, help=_("Only `met` counts."))] = VisitOutcome.MET,
    met: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Whom they met, with the post."))] = None,
    business: Annotated[Business | None, code_option(Business, help=_("How business is."))] = None,
    satisfaction: Annotated[
        Satisfaction | None, code_option(Satisfaction, help=_("How content the enterprise is with the service."))
    ] = None,
    minutes: Annotated[str | None, typer.Option(metavar="TEXT", help=_("What was said."))] = None,
    promise: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help=_("What was promised; repeatable, each with --until."))
    ] = None,
    until: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help=_("The last day for the promise before it."))
    ] = None,
    request: Annotated[
        list[str] | None,
        typer.Option("--request", metavar="TEXT", help=_("A request that was raised, with --class; repeatable.")),
    ] = None,
    request_class: Annotated[
        list[str] | None,
        typer.Option("--class", metavar="CLASS", help=_("The class of each request, or one for all.")),
    ] = None,
    brief: Annotated[
        list[str] | None,
        typer.Option("--brief", metavar="POLICY", help=_("A policy that was explained; repeatable.")),
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help=_("Fill in a form in $EDITOR."))] = False,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help=_("Take a filled form: see `esm visit form`."))
    ] = None,
) -> None:
    """Record a visit."""
    told = typed_values.values(met_with=met, department=department)
    requests, policies = attending.requests_with_classes(request or (), request_class or ()), tuple(brief or ())
    if department is not None and (requests or policies):
        raise UsageRefused(
            say("--request and --brief belong to a visit of the scheme."),
            say("Open the request with `esm request open`."),
        )
    if department is not None:
        _log_outside(desk, enterprise, on, {**told, "minutes": minutes})
        return
    if from_ is not None:
        form = _from_file(from_, enterprise)
        form = replace(form, requests=form.requests + requests, policies=form.policies + policies)
    else:
        form = VisitForm(
            enterprise=_named(enterprise, edit=edit), done_on=desk.day(on), cadre=cadre,
            channel=channel, outcome=outcome, minutes=minutes,
            details=VisitDetails(
                met_with=told.get("met_with"), business=business, satisfaction=satisfaction,
                companions=tuple(companions or ()),
                departments=_departments(departments or []),
                promises=_promises(promise or [], until or []),
            ),
            requests=requests, policies=policies,
        )  # fmt: skip
        form = _from_editor(desk, form) if edit else form
    with desk.writing() as writing:
        recorded = visiting.log(
            writing, form.enterprise, done_on=form.done_on, today=desk.today, cadre=form.cadre,
            channel=form.channel, outcome=form.outcome, minutes=form.minutes, details=form.details,
        )  # fmt: skip
        raised = attending.record_follow_up(writing, recorded.record, form.requests, form.policies, today=desk.today)
    shown = visit.recorded_visit_report(recorded)
    is_more = form.requests or form.policies
    desk.show(visit.with_follow_up(shown, raised, desk.today) if is_more else shown)


@example("esm visit form 913302000000000001 -o FORM.xlsx")
@with_output
def form(
    desk: Context,
    enterprise: Annotated[
        str | None, typer.Argument(metavar="[ENTERPRISE]", help=_("Its code, or a part of its name."))
    ] = None,
) -> None:
    """Write an empty form about one visit, to fill in and take with `esm visit log --from`."""
    known: dict[str, str] = {}
    if enterprise is not None:
        with desk.reading() as reading:
            known = filling.prefilled_entries(reading, enterprise, desk.today)
    desk.show(visit_form.form_sheet(known))


def _named(enterprise: str | None, *, edit: bool) -> str:
    if enterprise is None and not edit:
        raise UsageRefused(
            say("Which enterprise was visited?"), say("Name it, or take a form with --edit or --from FILE.")
        )
    return enterprise or ""


def _promises(promises: list[str], untils: list[str]) -> tuple[NewPromise, ...]:

    if len(promises) != len(untils):
        raise UsageRefused(
            say("Each --promise needs its --until, and the other way round."),
            say("Write them in pairs: --promise TEXT --until DATE."),
        )
    return tuple(
        NewPromise(typed_values.values(promise=words)["promise"], day_of(until))
        for words, until in zip(promises, untils, strict=True)
    )


def _departments(words: list[str]) -> tuple[str, ...]:

    return tuple(typed_values.values(department=word)["department"] for word in words)


def _log_outside(desk: Context, enterprise: str | None, on: str | None, told: dict[str, Any]) -> None:

    with desk.writing() as writing:
        news = outside_visits.log(
            writing, _named(enterprise, edit=False), department=told["department"],
            done_on=desk.day(on), today=desk.today, minutes=told.get("minutes"),
        )  # fmt: skip
    desk.show(visit.outside_visit_report(news))


def _from_file(file: Path, enterprise: str | None) -> VisitForm:

    if enterprise is not None:
        raise UsageRefused(
            say("--from takes everything from the form."), say("Leave the enterprise out, or leave --from out.")
        )
    return filling.parse_form(read_form.read(file))


def _from_editor(desk: Context, begun: VisitForm) -> VisitForm:
    """Let the form be filled in; one that is refused is kept, so that nobody types it twice."""
    most = len(visit_form.PROMISE_NUMBERS)
    if max(len(begun.details.promises), len(begun.requests)) > most:
        raise UsageRefused(
            say("The form has lines for {most} promises and {most} requests.", most=most),
            say("Leave --edit out, or give fewer."),
        )
    known = visit_form.form_entries(begun)
    if begun.enterprise:
        with desk.reading() as reading:
            known |= filling.prefilled_entries(reading, begun.enterprise, begun.done_on)
    with editor.edited(visit_form.form_text(known)) as file:
        return filling.parse_form(read_form.read(file))
