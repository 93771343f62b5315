"""Options of which a command takes one alone."""

from __future__ import annotations

from collections.abc import Mapping

from esm.errors import UsageRefused, say


def require_at_most_one(options: Mapping[str, bool]) -> None:
    """Raise UsageRefused where more than one of these options, each with whether it was given, was given."""
    one, *others = [name for name, is_given in options.items() if is_given] or [""]
    if others:
        raise UsageRefused(
            say("{one} and {other} cannot be used together.", one=one, other=others[0]), say("Use only one of them.")
        )
