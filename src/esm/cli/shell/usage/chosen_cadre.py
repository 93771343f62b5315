"""Of which cadre an answer is: one who is named, or whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.context import Context
from esm.cli.shell.options import flag, option
from esm.cli.shell.usage.exclusive_options import require_at_most_one
from esm.storage.database.connection import Reading


@dataclass(frozen=True, slots=True)
class ChosenCadre:
    """The cadre to whom an answer is narrowed, None for all; `cadre` has a help of its own where it means more."""

    cadre: Annotated[str | None, option("CADRE", _("Only enterprises this cadre serves."))] = None
    mine: Annotated[bool, flag("--mine", _("As --cadre with yourself; see --actor."))] = False

    def __post_init__(self) -> None:
        """Raise UsageRefused where both are given."""
        require_at_most_one({"--mine": self.mine, "--cadre": self.cadre is not None})

    @property
    def is_given(self) -> bool:
        """Return whether there is one."""
        return self.mine or self.cadre is not None

    def words(self, desk: Context, reading: Reading) -> str | None:
        """Return the cadre as typed, the staff number of whoever asks, or None for all."""
        return self.one(desk, reading) if self.mine else self.cadre

    def one(self, desk: Context, reading: Reading) -> str:
        """Return the cadre as typed, by default the staff number of whoever asks. NotFound where that is no cadre."""
        if self.cadre is not None:
            return self.cadre
        from esm.usecases.register import lookup  # noqa: PLC0415 - the whole list names nobody

        return lookup.own_staff_no(reading, desk.actor)
