"""The command that goes on, as it is typed on the same database, on the same day and in the same language."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from esm import operating_system
from esm.cli.shell import language_choice

if TYPE_CHECKING:
    from esm.cli.shell.context import Context


def command_line(desk: Context, *words: str) -> str:
    """Return a command line with those global options that the environment does not say."""
    options = desk.options
    usual = language_choice.wanted(None, os.environ)
    given = (
        ("--lang", options.lang if options.lang != usual else None),
        ("--db", options.db if options.db != os.environ.get("ESM_DB") else None),
        ("--today", options.today if options.today != os.environ.get("ESM_TODAY") else None),
        ("--actor", options.actor if options.actor != os.environ.get("ESM_ACTOR") else None),
    )
    return operating_system.typed(["esm", *(part for name, value in given if value for part in (name, value)), *words])
