"""The text in which a phone tells of a visit: found among the words of a chat, and read back (docs/rules.md, Import).

Each line of it begins with a label in brackets, those of the visit form; the first names the enterprise, the last has
the district and the check code. No other bracket stands in it, so that labels are known wherever lines break.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from esm.domain.values.raw_text import fold
from esm.domain.visits.check_code import check_code, folded_signs
from esm.errors import Message, Problem, say
from esm.sheets.exchange.grid import Grid
from esm.sheets.visits.form import BY_NAME
from esm.sheets.visits.text_labels import CHINESE_END, CHINESE_HEAD, END, HEAD, NEW_LINE

LONGEST = 50_000  # signs

_HEADS = {fold(str(HEAD)), fold(CHINESE_HEAD)}
_ENDS = {fold(str(END)), fold(CHINESE_END)}
_HINT = re.compile(r"[\[【［]\s*(?:esm\s*走访|esm\s+visit|校验码|check\s+code)\s*[\]】］]")
_LABEL = re.compile(r"\[([^\[\]]{1,30})\]")
_CODE = re.compile("([0-9a-f]{8})-([0-9a-f]{8}-[0-9a-f]{8})")
_QUOTED = re.compile(r"^[ \t\u3000]*(?:[>＞][ \t]*)+", re.MULTILINE)
_SHOWN = 40  # signs of a damaged text


@dataclass(frozen=True, slots=True)
class VisitText:
    """One text whose check code fits: its district, its code, and its entries as the rows of a form."""

    district: str
    code: str
    head: str
    form: Grid

    def problem(self, reason: Message) -> Problem:
        """Return what is wrong with the whole text, named by its first line."""
        return Problem(self.form.file, "", str(self.form.first_row), self.head, reason)


@dataclass(slots=True)
class FoundTexts:
    """The texts of files, and those that are damaged, each named with the line where it begins."""

    texts: list[VisitText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many there are, damaged ones too."""
        return len(self.texts) + len(self.problems)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in brackets: what it says, and the places in the text where it begins and where what follows begins."""

    name: str
    start: int
    end: int
    rest: str  # what follows, without blanks


def all_texts(files: Iterable[FoundTexts]) -> FoundTexts:
    """Return the texts of several files in their order."""
    found = FoundTexts()
    for each in files:
        found.texts += each.texts
        found.problems += each.problems
    return found


def is_told(text: str) -> bool:
    """Return whether a text has at least a piece of what a phone writes."""
    return _HINT.search(text) is not None


def visit_texts(text: str, file: str) -> FoundTexts:
    """Return what a chat or a mail tells of visits; a text that is cut off or changed is a problem, and not taken."""
    found, chat = FoundTexts(), _Chat(file, text, tuple(each.start() for each in re.finditer("\n", text)))
    begun: _Label | None = None
    for label in _labels(text):
        if label.name in _HEADS:
            if begun is not None:
                found.problems.append(chat.problem(begun, _CUT_OFF))
            begun = label
        elif label.name in _ENDS:
            told = None if begun is None else chat.checked(begun, label)
            if told is not None:
                found.texts.append(told)
            else:
                found.problems.append(chat.problem(label, _NO_HEAD) if begun is None else chat.problem(begun, _CHANGED))
            begun = None
    if begun is not None:
        found.problems.append(chat.problem(begun, _CUT_OFF))
    return found


_CUT_OFF = say("the text has no check code at its end: copy all of it, or ask for it again")
_NO_HEAD = say("the beginning of the text is missing or was changed: copy all of it, or ask for it again")
_CHANGED = say("the check code does not fit: the text was changed on its way; ask for it again")


@dataclass(frozen=True, slots=True)
class _Chat:
    """What a file holds, with the places where its lines end."""

    file: str
    text: str
    ends: tuple[int, ...]

    def checked(self, begun: _Label, end: _Label) -> VisitText | None:
        """Return what stands between two labels if the check code fits, with or without the signs of a quotation."""
        code = _CODE.match(end.rest)
        if code is None or end.start - begun.start > LONGEST:
            return None
        body = self.text[begun.start : end.start]
        for told in (body, _QUOTED.sub("", body)):
            if check_code(code[1], told) == code[2].replace("-", ""):
                form = Grid(self.file, "", _rows(told), self._line(begun))
                return VisitText(code[1], code[2], self._head(begun), form)
        return None

    def problem(self, label: _Label, reason: Message) -> Problem:
        """Return what is wrong with the text that begins at a label."""
        return Problem(self.file, "", str(self._line(label)), self._head(label), reason)

    def _line(self, label: _Label) -> int:
        return bisect_left(self.ends, label.start) + 1

    def _head(self, label: _Label) -> str:
        words = next(iter(self.text[label.start : label.start + 2 * _SHOWN].splitlines()), "")
        return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _labels(text: str) -> Iterator[_Label]:
    """Yield the labels that stand in a text, blanks inside them or not."""
    signs = list(folded_signs(text))
    plain = "".join(sign for _place, sign in signs)
    for found in _LABEL.finditer(plain):
        name = fold(found[1])
        if name in _HEADS or name in _ENDS or name in BY_NAME:
            end = signs[found.end() - 1][0] + 1
            yield _Label(name, signs[found.start()][0], end, plain[found.end() : found.end() + 26])


def _rows(told: str) -> list[list[str]]:
    """Return the entries as rows of a form, each at the line where it begins, as far as they do not share one."""
    rows: list[list[str]] = []
    labels = list(_labels(told))
    for label, after in zip(labels, [*(each.start for each in labels[1:]), len(told)], strict=True):
        rows += [[]] * (told.count("\n", 0, label.start) - len(rows))
        key = "enterprise" if label.name in _HEADS else BY_NAME[label.name].key
        rows.append([key, _joined(told[label.end : after])])
    return rows


def _joined(words: str) -> str:
    """Return what stands in one or more lines as one: a blank goes between two words of Latin letters."""
    told = ""
    for line in map(str.strip, words.splitlines()):
        is_between = told[-1:].isascii() and line[:1].isascii()
        told += f" {line}" if told and line and is_between else line
    return told.replace(NEW_LINE, "\n")
