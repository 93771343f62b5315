"""Bars of block characters, which show a share in a line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.sheet import Bar, Column

_WIDTH = 14  # characters of a full bar
_PARTS = " ▏▎▍▌▋▊▉"  # of an eighth of a character each


def bar(share: Ratio | None) -> Bar:
    """Return the bar of a share of at most one; without a share, no bar."""
    tenths = None if share is None else share.tenths
    full, eighths = divmod(8 * _WIDTH * (tenths or 0) // 1000, 8)
    return Bar(("█" * full + _PARTS[eighths]).strip())


def count_bars(key: str, count: Callable[[Any], int | None], records: Iterable[Any]) -> Column:
    """Return the column of the bars of a count, the longest of which is the largest among the records."""
    most = max((count(record) or 0 for record in records), default=0)
    return Column(key, f"0–{most}", lambda record: bar(Ratio(count(record) or 0, most)), data=False, needs_room=True)
