"""`esm handover`: a cadre leaves, and others take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from esm.cli.pairing import waiting
from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.delivery import WordOutput, WriteTemplateOption, save_template
from esm.cli.shell.options import CadreArgument, Output, WithPhonesOption, flag, option
from esm.errors import UsageRefused, say
from esm.sheets.pairing import handover as handover_sheet
from esm.sheets.sheet.sheet import Document, Report
from esm.usecases.pairing import handover as handing_over

if TYPE_CHECKING:
    from esm.domain.pairing.handover import Handover
    from esm.storage.database.connection import Writing


@dataclass(frozen=True, slots=True)
class HandoverOutput(WordOutput):
    """The requested output of a handover: a Word document to sign, too."""

    def content(self, shown: Document, made_on: date) -> bytes:
        """Return the content of the file: the template filled, or the format written."""
        if self.kind != "docx" or not isinstance(shown, Report):
            return Output.content(self, shown, made_on)
        from esm.formats.write.docx import documents  # noqa: PLC0415 - only for Word documents

        return documents.handover(shown, self.template)


@change(
    "esm handover 1001 --on 2026-12-01 --dry-run", "esm handover 1001 --to 1002 -o handover.docx",
    output=HandoverOutput, is_report=True,
)  # fmt: skip
def handover(
    desk: Context,
    cadre: CadreArgument,
    *,
    to: Annotated[str | None, option("CADRE", _("Hand everything over to this cadre."))] = None,
    on: Annotated[str | None, option("DATE", _("First day on which the successors serve; by default today."))] = None,
    stay: Annotated[bool, flag("--stay", _("The cadre stays in post but serves no enterprise."))] = False,
    with_phones: WithPhonesOption = False,
    write_template: WriteTemplateOption = None,
) -> None:
    """Hand over a cadre's enterprises with the fewest changes; exits with 1 if one is left unserved."""
    if write_template is not None:
        from esm.formats.write.docx.handover_layout import handover_template  # noqa: PLC0415 - only for Word documents

        save_template(desk, write_template, handover_template(handover_sheet.blank_handover_report(desk.today)))
        return
    if with_phones and desk.dry_run:
        raise UsageRefused(
            say("A dry run saves nothing, so it cannot record that phone numbers were shown."),
            say("Omit --with-phones or --dry-run."),
        )
    day = desk.day(on)

    def apply(writing: Writing, done: Handover, today: date) -> None:
        handing_over.apply(writing, done, today)
        if desk.output.kind == "docx":  # a fault of the template leaves everything as it was
            desk.output.content(handover_sheet.handover_report(done), today)

    with waiting.busy(desk):
        done = desk.decide(handing_over.propose, apply, cadre, day, to=to, stays=stay)
    desk.shows_phones = with_phones
    desk.show(handover_sheet.handover_report(done, with_phones=with_phones))
    if any(takeover.pair is None for takeover in done.takeovers):
        raise typer.Exit(1)
