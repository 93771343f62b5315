"""`esm visit log` and `esm visit form`: a visit recorded from options, from a form in an editor, or from a file."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.command_decorators import change, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.cli.shell.programs import editor
from esm.cli.visits import missing_account, recorded_visit
from esm.cli.visits.log_options import FollowUpOptions, FormOptions, TalkOptions, VisitOptions
from esm.domain.visits.contact_made import VisitDetails, VisitForm
from esm.errors import Listed, UsageRefused, say
from esm.formats.read.file import read_form
from esm.sheets.exchange.visit_texts.form_entries import unread_columns
from esm.sheets.visits import form as visit_form
from esm.sheets.visits import visit as visit_sheet
from esm.usecases.register import typed_values
from esm.usecases.visits import completed_form, outside_visits
from esm.usecases.visits.completed_form import PlacedForm
from esm.usecases.visits.form_recording import record_forms


@change(
    'esm visit log 913302000000000001 "…" --met "…"',
    'esm visit log 913302000000000001 "…" --promise "…" --until 2026-12-15',
    "esm visit log --from FORM.xlsx",
)
def log(
    desk: Context,
    enterprise: Annotated[str | None, argument("ENTERPRISE", _("Credit code, or part of the name."))] = None,
    words: Annotated[str | None, argument("[MINUTES]", _("What was said; as --minutes."))] = None,
    *,
    visit: VisitOptions,
    talk: TalkOptions,
    more: FollowUpOptions,
    source: FormOptions,
) -> None:
    """Record a visit."""
    talk = _with_words(talk, words)
    if visit.department is not None:
        _log_outside(desk, enterprise, visit, talk, more)
        return
    if source.from_ is not None:
        forms = _from_file(desk, source.from_, enterprise, more)
    else:
        form = _from_options(desk, _named(enterprise, edit=source.edit), visit, talk, more)
        forms = [PlacedForm("", _from_editor(desk, form) if source.edit else _asked(desk, form))]
    with desk.writing() as writing:
        shown = recorded_visit.shown_forms(desk, writing, record_forms(writing, forms, desk.today))
    desk.show(shown)


@query("esm visit form 913302000000000001 -o FORM.xlsx", is_report=False)
def form(
    desk: Context,
    enterprise: Annotated[str | None, argument("[ENTERPRISE]", _("Credit code, or part of the name."))] = None,
) -> None:
    """Write a blank visit form, to fill in and record with `esm visit log --from`."""
    known = {} if enterprise is None else desk.read(completed_form.prefilled_entries, enterprise, desk.today)
    desk.show(visit_form.form_sheet(known))


def _named(enterprise: str | None, *, edit: bool) -> str:
    if enterprise is None and not edit:
        raise UsageRefused(
            say("Which enterprise was visited?"), say("Give the enterprise, or use a form with --edit or --from FILE.")
        )
    return enterprise or ""


def _with_words(talk: TalkOptions, words: str | None) -> TalkOptions:
    if words is not None and talk.minutes is not None:
        raise UsageRefused(say("The minutes are given twice."), say("Omit --minutes."))
    return talk if words is None else replace(talk, minutes=words)


def _asked(desk: Context, form: VisitForm) -> VisitForm:
    """Return the form with what is missing, asked on a terminal; an enterprise that nobody knows is refused first."""
    if not missing_account.is_asked(form):
        return form
    known = desk.read(completed_form.prefilled_entries, form.enterprise, form.done_on)
    return missing_account.completed(form, known["enterprise"])


def _log_outside(
    desk: Context, enterprise: str | None, visit: VisitOptions, talk: TalkOptions, more: FollowUpOptions
) -> None:
    """Record a visit of another department, which is no visit of the scheme."""
    told = typed_values.values(department=visit.department)
    if more.requests or more.policies:
        raise UsageRefused(
            say("--request and --brief can only be used for a visit of the scheme."),
            say("Open the request with `esm request open`."),
        )
    news = desk.write(
        outside_visits.log,
        _named(enterprise, edit=False),
        department=told["department"],
        done_on=desk.day(visit.on),
        today=desk.today,
        minutes=talk.minutes,
    )
    desk.show(visit_sheet.outside_visit_report(news))


def _from_options(
    desk: Context, enterprise: str, visit: VisitOptions, talk: TalkOptions, more: FollowUpOptions
) -> VisitForm:
    return VisitForm(
        enterprise=enterprise, done_on=desk.day(visit.on), cadre=visit.cadre, channel=visit.channel,
        outcome=visit.outcome, minutes=talk.minutes,
        details=VisitDetails(
            met_with=typed_values.values(met_with=talk.met).get("met_with"), business=talk.business,
            satisfaction=talk.satisfaction, companions=tuple(visit.companions or ()), departments=visit.joint,
            promises=more.promises(desk.day),
        ),
        requests=more.requests, policies=more.policies,
    )  # fmt: skip


def _from_file(desk: Context, file: Path, enterprise: str | None, more: FollowUpOptions) -> list[PlacedForm]:
    """Return the forms in a file; to one alone, requests and briefings can be added."""
    if enterprise is not None:
        raise UsageRefused(
            say("With --from, everything is read from the form."), say("Omit the enterprise, or omit --from.")
        )
    grids = read_form(file)
    forms = completed_form.parse_forms(grids)
    unread = [name for grid in grids for name in unread_columns(grid)]
    if unread:
        desk.note(say("Columns that are not read: {names}.", names=Listed(unread)))
    if not (more.requests or more.policies):
        return forms
    if len(forms) > 1:
        raise UsageRefused(
            say("--request and --brief cannot be used with several forms."), say("Enter them in the forms.")
        )
    ((place, form),) = ((each.place, each.form) for each in forms)
    form = replace(form, requests=form.requests + more.requests, policies=form.policies + more.policies)
    return [PlacedForm(place, form)]


def _from_editor(desk: Context, begun: VisitForm) -> VisitForm:
    """Let the user fill in the form; a refused form is kept so that nothing must be typed again."""
    most = len(visit_form.PROMISE_NUMBERS)
    if max(len(begun.details.promises), len(begun.requests)) > most:
        raise UsageRefused(
            say("The form has room for {most:promise|promises} and {most:request|requests}.", most=most),
            say("Omit --edit, or give fewer."),
        )
    known = visit_form.form_entries(begun)
    if begun.enterprise:
        known |= desk.read(completed_form.prefilled_entries, begun.enterprise, begun.done_on)
    with editor.edited(visit_form.form_text(known)) as file:
        (filled,) = completed_form.parse_forms(read_form(file))
        return filled.form
