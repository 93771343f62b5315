"""`esm pair` and `esm unpair`: one pairing by hand, and its end."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import CadreArgument, EnterpriseArgument, flag, option
from esm.errors import UsageRefused, say
from esm.sheets.pairing import by_hand
from esm.usecases.pairing import by_hand as pairing_by_hand
from esm.usecases.register import typed_values


@change('esm pair 913302000000000001 1001 --pin --reason "…"', "esm pair 913302000000000001 1001 --deputy 1002")
def pair(
    desk: Context,
    enterprise: EnterpriseArgument,
    cadre: CadreArgument,
    *,
    pin: Annotated[bool | None, flag("--pin/--no-pin", _("A pinned pairing is not changed by `esm assign`."))] = None,
    reason: Annotated[str | None, option("TEXT", _("Reason; stored with the pairing."))] = None,
    deputy: Annotated[
        list[str] | None, option("CADRE", _("A deputy (B post) of this pairing, the first first; can be repeated."))
    ] = None,
    no_deputy: Annotated[bool, flag("--no-deputy", _("Leave the pairing without a deputy."))] = False,
) -> None:
    """Pair one enterprise with one cadre by hand."""
    if deputy and no_deputy:
        raise UsageRefused(say("--no-deputy cannot be used with --deputy."), say("Omit one of them."))
    said, deputies = typed_values.typed_text(reason), [] if no_deputy else deputy or None
    paired = desk.write(pairing_by_hand.pair, enterprise, cadre, desk.today, pin=pin, reason=said, deputies=deputies)
    desk.show(by_hand.pairing_change_report(paired))


@change("esm unpair 913302000000000001")
def unpair(desk: Context, enterprise: EnterpriseArgument) -> None:
    """End the pairing of one enterprise today."""
    desk.show(by_hand.pairing_change_report(desk.write(pairing_by_hand.unpair, enterprise, desk.today)))
