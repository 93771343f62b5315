"""Bars of block characters, which show a share in a line of text."""

from __future__ import annotations

from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.sheet import Bar

_WIDTH = 15  # characters of a full bar
_PARTS = " ▏▎▍▌▋▊▉"  # of an eighth of a character each


def bar(share: Ratio | None) -> Bar:
    """Return the bar of a share of at most one; without a share, no bar."""
    tenths = None if share is None else share.tenths
    full, eighths = divmod(8 * _WIDTH * (tenths or 0) // 1000, 8)
    return Bar(("█" * full + _PARTS[eighths]).strip())
