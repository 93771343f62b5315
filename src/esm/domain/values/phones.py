"""A phone number as people write it: a Chinese mobile, a landline, or a 400 or 800 number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from esm.errors import Message, say

_BLANKS = re.compile(r"[\s()]+")
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
_PLAIN_SIGNS = {
    **{sign + 0xFEE0: sign for sign in range(0x21, 0x7F)},  # full-width letters, digits and signs
    0x3000: 0x20, 0x2212: 0x2D, **dict.fromkeys(range(0x2010, 0x2016), 0x2D),
}  # fmt: skip
_DOTTED = re.compile(r"(?<![0-9.])([0-9]{3,4})[.]([0-9]{3,4})[.]([0-9]{4})(?![0-9]|[.][0-9])")
_GAP = r"[^\S\r\n]|[()-]"  # no line break: what stands on two lines is two numbers
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])(?<!(?<![0-9])0[.])", r"(?![0-9A-Za-z]|[.][0-9])"
_RUN = re.compile(
    r"[\[(〔【][0-9]{4}[\])〕】]第?[0-9]+号|"  # the number of a policy
    r"[0-9+(][0-9+() -]{2}[*]{3,}[^\r\n]{4}|"  # what is masked already
    rf"(?P<digits>{_BEFORE}[+(]{{0,2}}[0-9](?:(?:{_GAP})*[0-9])*"
    rf"(?:[^\S\r\n]*(?:转|ext[.]?|#)[^\S\r\n]*[0-9]{{1,6}})?{_AFTER})",
    re.IGNORECASE,
)
_USUAL = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}|"
    rf"[(]?(?:{_AREA})[)]?[ -]?[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}|"
    r"[48]00[ -]?(?:[0-9]{3}[ -]?[0-9]{4}|[0-9]{4}[ -]?[0-9]{3}))(?![0-9A-Za-z])"
)
_LOCAL = re.compile("[2-8][0-9]{6,7}")
_EXTENDED = re.compile("[^0-9() -]")
_FEWEST_SIGNS, _MOST_SIGNS = 7, 60  # of one number, however it is spaced


def from_text(text: str) -> str | Message:
    """Return the number in its one spelling, `19900001234` or `0571-20000000-808`, or what is wrong with it."""
    if _BARE_MOBILE.fullmatch(text):
        return text
    if "*" in text:
        return say("the number is masked: write all its digits")
    compact = _BLANKS.sub("", _plain(text))
    return _number(compact) or _fault(compact)


def _number(compact: str) -> str | None:
    digits = compact.replace("-", "")
    mobile = _MOBILE.fullmatch(digits)
    if mobile is not None:
        return mobile[1]
    if _SHARED.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(_ABROAD.sub("0", compact, count=1) if _ABROAD.match(compact) else compact)
    if landline is None:
        return None
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
    found = list(_spans(text))
    phone = from_text(text[slice(*found[0])]) if len(found) == 1 else None
    if phone is None or isinstance(phone, Message):
        return "", text
    start, end = found[0]
    return phone, f"{text[:start]} {text[end:]}".strip()


def mask_within(text: str) -> str:
    """Return a text with the middle of every number in it hidden that `from_text` reads, however it is written.

    A landline with neither area code nor extension stays: it cannot be told from an amount or a day.
    """
    parts, shown = [], 0
    for start, end in _spans(text):
        parts += [text[shown:start], mask(text[start:end])]
        shown = end
    return "".join((*parts, text[shown:]))


def with_numbers(text: str, known: str) -> str:
    """Return a text with the numbers of another in place of their masks: what an export masked means what it was."""
    for start, end in _spans(known):
        text = text.replace(mask(known[start:end]), known[start:end])
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


def _plain(text: str) -> str:
    """Return a text of the same length in the signs of a number: half-width, with one dash for all dashes."""
    return _DOTTED.sub(r"\1-\2-\3", text if text.isascii() else text.translate(_PLAIN_SIGNS))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers stand in a text: a whole run of digits that is one, or the usual spellings in it."""
    plain = _plain(text)
    for run in _RUN.finditer(plain):
        if run["digits"] is None:
            continue
        start, end = run.span()
        if _is_told_apart(run[0]):
            yield start, end
            continue
        for usual in _USUAL.finditer(plain, start, end):
            yield from _rest(plain, start, usual.start())
            yield usual.span()
            start = usual.end()
        yield from _rest(plain, start, end)


def _rest(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    rest = plain[start:end]
    start += len(rest) - len(rest.lstrip(" -)"))
    end -= len(rest) - len(rest.rstrip(" -("))
    if start < end and _is_told_apart(plain[start:end]):
        yield start, end


def _is_told_apart(written: str) -> bool:
    """Return whether this is a number that can be nothing else, such as an amount or a day."""
    phone = _number(_BLANKS.sub("", written)) if _FEWEST_SIGNS <= len(written) <= _MOST_SIGNS else None
    if phone is None:
        return False
    return _LOCAL.fullmatch(phone.partition("-")[0]) is None or _EXTENDED.search(written) is not None


def _fault(compact: str) -> Message:
    if sum(_SEVEN_DIGITS.search(part) is not None for part in _LISTED.split(compact)) > 1:
        return say("this is more than one phone number: keep one")
    return say("this is not a phone number: write 11 digits that begin with 13 to 19, or a landline with its area code")
