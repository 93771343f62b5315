"""What stands around the words of a visit told in a text: its first and its last label, and what must not stand in it.

The labels between are those of the visit form; all stand in brackets, of which there are no others.
"""

from __future__ import annotations

from gettext import gettext as _

from esm.errors import Message, say
from esm.sheets.sheet.message_translation import tell

HEAD, CHINESE_HEAD = say("esm visit"), "esm 走访"
END, CHINESE_END = say("check code"), "校验码"
NEW_LINE = "↵"  # stands for one in what was typed
BRACKETS = str.maketrans("[]【】［］", "〔〕〔〕〔〕")  # of what was typed


def bracketed(label: Message) -> str:
    """Return a label as it begins a line of such a text."""
    return _("[{label}]").format(label=tell(label))


def as_typed(words: str) -> str:
    """Return words as they stand in such a text: one line, blanks single, brackets round."""
    lines = [" ".join(line.split()) for line in words.translate(BRACKETS).splitlines()]
    return NEW_LINE.join(filter(None, lines))
