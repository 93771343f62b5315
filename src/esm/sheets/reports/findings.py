"""Findings of the two checkers as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.visits.check_findings import Finding
from esm.sheets.sheet.message_text import tell
from esm.sheets.sheet.sheet import Column, Sheet, cells
from esm.sheets.sheet.usual_columns import coded


def finding_sheet(findings: Sequence[Finding]) -> Sheet:
    """Return what the coverage checker found; its keys are the contract of `esm check --format json`."""
    columns = (
        Column("kind", _("Kind"), coded("kind")),
        Column("uscc", _("Credit code"), table=False),
        Column("staff_no", _("Staff no."), table=False),
        Column("subject", _("Concerns")),
        Column("detail", _("Details"), lambda found: tell(found.detail)),
    )
    notes = (_("Found: {count}").format(count=len(findings)),) if findings else ()
    fine = _("Nothing found: every enterprise is served and visited on time.")
    return Sheet("findings", _("Check"), columns, cells(columns, findings), notes, fine)


def prompt_sheet(prompts: Sequence[Finding], seed: str | None) -> Sheet:
    """Return what is worth a phone call; with the seed of the sample, so that anybody can draw it again."""
    sheet = finding_sheet(prompts)
    notes = (_("These are prompts for a phone call; they are neither proof nor a score."),) if prompts else ()
    drawn = () if seed is None else (_("The sample was drawn with the seed {seed}.").format(seed=seed),)
    empty = _("No anomalies were found in the visits of this period.")
    return replace(sheet, title=_("Visits to verify by phone"), notes=(*notes, *drawn), empty=empty)
