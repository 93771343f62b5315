"""The check code of a visit told in a text: what was typed wrongly or lost on the way is found by it.

A page in a browser computes the same; one table of examples is held against both (docs/decisions/0053). The code has
no key: it is against mistakes, not against people who want to deceive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Blanks and signs that nobody sees; messengers and mail programs insert them, drop them and change them.
BLANKS = (
    "\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff"
)
# What a keyboard writes in either form, beside the full-width forms of ASCII.
ALIKE = dict(zip("。、“”„‘’【】《》—–‐‑−￥", '.,"""\'\'[]<>-----¥', strict=True))
POLYNOMIAL, MASK = 0xC96C5795D7870F42, (1 << 64) - 1  # CRC-64/XZ

_BLANK = re.compile(f"[{BLANKS}]")
_FULL_WIDTH = {ord("！") + place: ord("!") + place for place in range(94)}
_FOLDED = _FULL_WIDTH | str.maketrans(ALIKE)


def _shifted(rest: int) -> int:
    for _bit in range(8):
        rest = rest >> 1 ^ POLYNOMIAL if rest & 1 else rest >> 1
    return rest


_TABLE = tuple(map(_shifted, range(256)))


def folded(text: str) -> str:
    """Return a text without its blanks, each sign in the form that stands for all that are written for it."""
    return unicodedata.normalize("NFC", _BLANK.sub("", text).translate(_FOLDED))


def folded_signs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sign that is no blank, in that form, with its place in the text."""
    for place, sign in enumerate(text):
        if not _BLANK.match(sign):
            yield place, sign.translate(_FOLDED)


def check_code(district: str, text: str) -> str:
    """Return the check code of a text of a district: 16 digits of base 16, CRC-64/XZ of its signs as UTF-32.

    Any other sign in place of one, and two neighbours that change places, give another code for certain; of all other
    changes one in 2^64 does not.
    """
    rest = MASK
    for sign in district + folded(text):
        rest ^= ord(sign)
        for _byte in range(4):
            rest = rest >> 8 ^ _TABLE[rest & 255]
    return f"{rest ^ MASK:016x}"
