"""The names of departments in a text that lists several."""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATOR = "、"
SEPARATORS = f"{SEPARATOR}，,;；\n"  # any of them stands between two names that a person lists


def listed_departments(words: str, known: Iterable[str], separators: str = SEPARATORS) -> tuple[str, ...]:
    """Return the departments that a text lists; a known name stays whole, though it holds a separator."""
    whole = sorted((name for name in known if set(separators) & set(name)), key=len, reverse=True)
    end = rf"(?=\s*(?:[{separators}]|$))"
    one = "|".join([*(re.escape(name) + end for name in whole), rf"[^{separators}]+"])
    return tuple(name for found in re.findall(rf"\s*({one})", words) if (name := found.strip()))
