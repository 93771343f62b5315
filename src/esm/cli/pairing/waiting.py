"""What a terminal shows while a pairing is sought."""

from __future__ import annotations

from contextlib import AbstractContextManager

from esm.cli.shell.context import Context
from esm.domain.pairing.flow.min_cost_flow import has_fast_solver
from esm.errors import say


def busy(desk: Context) -> AbstractContextManager[None]:
    """Show a progress bar, which says so where the slower solver is at work (docs/decisions/0055)."""
    return desk.busy(say("Pairing") if has_fast_solver() else say("Pairing; without OR-Tools this takes longer"))
