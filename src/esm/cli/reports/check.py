"""`esm check`: the coverage checker and the audit of visits."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import day_if_any, flag, option
from esm.errors import UsageRefused, say
from esm.sheets.reports import findings
from esm.usecases.reports import check as checking
from esm.usecases.visits import audit


@listing("esm check --format json", "esm check --visits --sample 10 --seed 2026-11", of=[findings.finding_sheet])
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
) -> None:
    """Check coverage and visits; exits with 1 if anything is found."""
    if not visits and any(word is not None for word in (since, sample, seed)):
        raise UsageRefused(say("--since, --sample and --seed can only be used with --visits."), say("Add --visits."))
    if visits:
        day = day_if_any(since)
        word = desk.today.isoformat() if seed is None else seed
        with desk.reading() as reading:
            prompts = audit.prompts(reading, desk.today, day)
            if sample is not None:
                prompts += audit.sample(reading, desk.today, size=sample, seed=word, since=day)
        desk.show(findings.prompt_sheet(prompts, None if sample is None else word))
        return
    found = desk.read(checking.findings, desk.today)
    desk.show(findings.finding_sheet(found))
    if found:
        raise typer.Exit(1)
