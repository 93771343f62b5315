"""`esm check`: the coverage checker and the audit of visits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from typing import Annotated

import typer

from esm import formats
from esm.cli.shell.command_decorators import listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import Listing, flag, option
from esm.domain.visits.check_findings import Finding
from esm.errors import UsageRefused, say
from esm.sheets.reports import check_findings
from esm.sheets.sheet.sheet import Sheet
from esm.usecases.register.first_record import require_records
from esm.usecases.reports import check as checking
from esm.usecases.visits import audit


@listing("esm check --format json", "esm check --visits --sample 10 --seed 2026-11", of=[check_findings.finding_sheet])
def check(
    desk: Context,
    *,
    visits: Annotated[
        bool, flag("--visits", _("Audit the recorded visits instead, and list those to verify by phone."))
    ] = False,
    since: Annotated[
        str | None, option("DATE", _("With --visits: from this date; by default the last two periods."))
    ] = None,
    sample: Annotated[
        int | None, option("N", _("With --visits: draw a random sample of this many visits to verify by phone."), min=1)
    ] = None,
    seed: Annotated[
        str | None, option("WORD", _("With --sample: seed of the sample; by default today's date."))
    ] = None,
    imported: Annotated[bool, flag("--imported", _("With --visits: include the visits of the first import."))] = False,
    full: Annotated[bool, flag("--full", _("Show every finding on a terminal, too."))] = False,
) -> None:
    """Check coverage and visits; exits with 1 if anything is found."""
    if not visits and (imported or any(word is not None for word in (since, sample, seed))):
        raise UsageRefused(
            say("--since, --sample, --seed and --imported can only be used with --visits."), say("Add --visits.")
        )
    if visits:
        _audit(
            desk,
            desk.day_if_any(since),
            sample,
            desk.today.isoformat() if seed is None else seed,
            imported=imported,
            full=full,
        )
        return
    with desk.reading() as reading:
        require_records(reading, desk.today)
        found, in_scope = checking.findings(reading, desk.today), checking.enterprises_in_scope(reading, desk.today)
    _show(desk, check_findings.finding_sheet(found, in_scope), found, full=full)
    if found:
        raise typer.Exit(1)


def _audit(desk: Context, since: date | None, sample: int | None, seed: str, *, imported: bool, full: bool) -> None:
    """Show which recorded visits to verify by phone."""
    with desk.reading() as reading:
        require_records(reading, desk.today)
        scope = audit.audit_scope(reading, desk.today, since=since, imported=imported)
        prompts = audit.prompts(reading, desk.today, since=since, imported=imported)
        if sample is not None:
            prompts += audit.sample(reading, desk.today, size=sample, seed=seed, since=since, imported=imported)
    _show(desk, check_findings.prompt_sheet(prompts, scope, None if sample is None else seed), prompts, full=full)
    if desk.output.kind in formats.FOR_MACHINES:
        desk.note(*check_findings.audit_scope_messages(scope))


def _show(desk: Context, sheet: Sheet, found: Sequence[Finding], *, full: bool) -> None:
    """Show findings: one listing for machines and where a part is asked for, else by kind, on a terminal one page."""
    if not (found and isinstance(desk.output, Listing) and desk.output.is_whole_for_people):
        desk.show(sheet)
        return
    is_page = not full and desk.output.kind == "table" and desk.output.target is None and sys.stdout.isatty()
    desk.show(check_findings.page_by_kind(sheet, found) if is_page else check_findings.by_kind(sheet, found))
