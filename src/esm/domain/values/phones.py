"""A phone number as people write it: a Chinese mobile, a landline, or a 400 or 800 number."""

from __future__ import annotations

import re

from esm.errors import Message, say

_BLANKS = re.compile(r"[\s()]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BARE_MOBILE = re.compile("1[3-9][0-9]{9}")
_MOBILE = re.compile("(?:(?:[+]|00)?86)?(1[3-9][0-9]{9})")
_MASKED = re.compile("[0-9]{0,3}[*]{3,}[0-9]{0,4}")
_VISIBLE = 3, 4
_FEWEST_DIGITS = 5  # of a number that could be told from its digits
_IDENTITY_DIGITS = 15  # a number this long may be that of an identity card, which is nobody's business
_SHARED = re.compile("[48]00[0-9]{7}")
_ABROAD = re.compile("(?:[+]|00)86-?0?")
_AREA = "010|02[0-9]|0[3-9][0-9]{2}"
_LANDLINE = re.compile(
    f"(?:({_AREA})-?)?([2-8][0-9]{{2,3}})-?([0-9]{{4}})(?:(?:-|转|ext[.]?|#)([0-9]{{1,6}}))?", re.IGNORECASE
)
_SEVEN_DIGITS = re.compile("[0-9]{7}")
_LISTED = re.compile("[/、,;]")
_WITHIN = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:[+]|00)?86[ -]?)?(?:1[3-9][0-9]([ -]?)[0-9]{4}\1[0-9]{4}|"
    rf"(?:{_AREA})[ -]?[2-8][0-9]{{6,7}})(?![0-9A-Za-z])"
)


def from_text(text: str) -> str | Message:
    """Return the number in its one spelling, `19900001234` or `0571-20000000-808`, or what is wrong with it."""
    if _BARE_MOBILE.fullmatch(text):
        return text
    if "*" in text:
        return say("the number is masked: write all its digits")
    compact = _DASHES.sub("-", _BLANKS.sub("", text))
    digits = compact.replace("-", "")
    mobile = _MOBILE.fullmatch(digits)
    if mobile is not None:
        return mobile[1]
    if _SHARED.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(_ABROAD.sub("0", compact, count=1) if _ABROAD.match(compact) else compact)
    if landline is None:
        return _fault(compact)
    area, front, back, extension = landline.groups()
    return "-".join(part for part in (area, front + back, extension) if part)


def mask(phone: str) -> str:
    """Return the number with its middle hidden, `199****1234`: who reads a list needs no number."""
    head, tail = _VISIBLE
    if len(phone) <= head + tail:
        return "*" * len(phone)
    return phone[:head] + "*" * (len(phone) - head - tail) + phone[-tail:]


def taken_out(text: str) -> tuple[str, str]:
    """Return the one telephone number that stands in a text, in its one spelling, and the text without it.

    With none, or with several, the text stays as it is.
    """
    found = list(_WITHIN.finditer(text))
    phone = from_text(found[0][0]) if len(found) == 1 else None
    if phone is None or isinstance(phone, Message):
        return "", text
    return phone, f"{text[: found[0].start()]} {text[found[0].end() :]}".strip()


def mask_within(text: str) -> str:
    """Return a text with the middle of every mobile number and landline in it hidden, however they are written."""
    return _WITHIN.sub(lambda found: mask(found[0]), text)


def with_numbers(text: str, known: str) -> str:
    """Return a text with the numbers of another in place of their masks: what an export masked means what it was."""
    for found in _WITHIN.finditer(known):
        text = text.replace(mask(found[0]), found[0])
    return text


def safe_excerpt(text: str) -> str:
    """Return what a faulty number may be repeated as: masked, for it is somebody's; of an identity card its start.

    What has too few digits to be anybody's number is repeated as it stands.
    """
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return text
    return mask(text) if len(text) < _IDENTITY_DIGITS else text[: _VISIBLE[0]] + "…"


def is_masked(text: str) -> bool:
    """Return whether a text is what `mask` makes of some number."""
    return _MASKED.fullmatch(text) is not None


def _fault(compact: str) -> Message:
    if sum(_SEVEN_DIGITS.search(part) is not None for part in _LISTED.split(compact)) > 1:
        return say("this is more than one phone number: keep one")
    return say("this is not a phone number: write 11 digits that begin with 13 to 19, or a landline with its area code")
