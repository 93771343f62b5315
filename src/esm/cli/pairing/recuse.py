"""`esm recuse`: records that a cadre must not serve an enterprise."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import CadreArgument, EnterpriseArgument, code_option, flag, option
from esm.domain.pairing.records import RecusalKind
from esm.errors import UsageRefused, say
from esm.sheets.pairing import by_hand
from esm.usecases.pairing import recusals
from esm.usecases.register import typed_values


@change('esm recuse 1001 913302000000000001 --kind relative --reason "…"', "esm recuse 1001 913302000000000001 --end")
def recuse(
    desk: Context,
    cadre: CadreArgument,
    enterprise: EnterpriseArgument,
    *,
    reason: Annotated[str | None, option("TEXT", _("Reason; required for a new recusal."))] = None,
    kind: Annotated[
        RecusalKind | None, code_option(RecusalKind, help=_("Kind of recusal; by default `other`."))
    ] = None,
    end: Annotated[bool, flag("--end", _("End the recusal: the reason no longer applies."))] = False,
) -> None:
    """Record that a cadre must not serve an enterprise."""
    if end and (reason is not None or kind is not None):
        raise UsageRefused(
            say("--end cannot be used with --reason or --kind."), say("Omit them, or record a recusal without --end.")
        )
    said = typed_values.typed_text(reason)
    with desk.writing() as writing:
        recused = (
            recusals.end_recusal(writing, cadre, enterprise, desk.today)
            if end
            else recusals.recuse(writing, cadre, enterprise, desk.today, reason=said, kind=kind)
        )
    desk.show(by_hand.recusal_change_report(recused))
