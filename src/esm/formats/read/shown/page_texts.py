"""What a page shows in its tables, facts, answers and charts, by place, and in its sentences."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections import Counter
from html.parser import HTMLParser

from esm.sheets.desk.texts_read_back import ShownTexts

_CELLS = frozenset({"td", "th", "dd", "text", "title"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_UNSEEN = frozenset({"script", "style"})
_WITHIN_SENTENCES = frozenset({"a", "abbr", "b", "em", "i", "small", "span", "strong", "time", "wbr"})
_NUMERAL = re.compile(r"\d[\d.,/:%-]*")
_MOST_BYTES = 2**26  # of the rows behind the figures


def page_texts(text: str) -> ShownTexts:
    """Return what an HTML page shows. Raises ValueError if the rows behind its figures cannot be read."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    headings = tuple(f"{heading} / " for heading in parser.headings)
    return ShownTexts({**parser.texts, **_packed(parser.packed)}, tuple(parser.sentences), headings)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.sentences: list[str] = []
        self.headings: list[str] = []
        self.packed = ""
        self._heading = self._label = ""
        self._row = self._column = 0
        self._is_head = False  # between the tags of the page's header
        self._seen: Counter[str] = Counter()
        self._labels: list[str] = []
        self._open: list[str] = []  # what is read until its end: a cell, a heading, a label, an answer
        self._parts: list[str] = []
        self._sentence: list[str] = []
        self._is_seen = True

    def close(self) -> None:
        """Take what stands at the end, too."""
        super().close()
        self._end_sentence()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._is_seen = tag not in _UNSEEN
        if tag not in _WITHIN_SENTENCES:
            self._end_sentence()
        if tag == "table":
            self._row, self._labels = 0, []
        elif tag == "tr":
            self._row, self._column = self._row + 1, 0
        elif tag == "header":
            self._is_head = True
        is_answer = tag == "p" and (self._is_head or "verdict" in (given.get("class") or "").split())
        is_packed = tag == "script" and given.get("id") == "listings"
        if not self._open and (tag in _CELLS | _HEADINGS | {"dt"} or is_answer or is_packed):
            self._open, self._parts = [tag], []
        elif self._open and tag == self._open[0]:
            self._open.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._parts.append(data)
        elif self._is_seen:
            self._sentence.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_head, self._is_seen = self._is_head and tag != "header", True
        if tag not in _WITHIN_SENTENCES:
            self._end_sentence()
        if self._open and tag == self._open[0]:
            self._open.pop()
            if not self._open:
                self._take(tag, " ".join(" ".join(self._parts).split()))

    def _take(self, tag: str, text: str) -> None:
        if tag in _HEADINGS:
            self._heading = text
            self.headings.append(text)
            self.sentences.append(text)
        elif tag == "dt":
            self._label = text
        elif tag == "script":
            self.packed = text
        elif tag in {"td", "th"}:
            self._column += 1
            if self._row == 1:
                self._labels.append(text)
            label = self._labels[self._column - 1] if self._column <= len(self._labels) else str(self._column)
            self._keep(f"{self._heading} / {self._row - 1} / {label}", text)
        elif tag == "dd":
            self._keep(f"{self._heading} / {self._label}", text)
        elif tag == "p":
            self._keep(f"{self._heading} / {self._parts[0].strip()}", " ".join(_NUMERAL.findall(text)))
        else:
            self._keep(f"{self._heading} / {tag}", text)

    def _end_sentence(self) -> None:
        self.sentences += filter(None, [" ".join("".join(self._sentence).split())])
        self._sentence = []

    def _keep(self, place: str, text: str) -> None:
        """Keep a text; the second of a place, and those after it, are numbered."""
        self._seen[place] += 1
        number = self._seen[place]
        self.texts[place if number == 1 else f"{place} ({number})"] = text


def _packed(packed: str) -> dict[str, str]:
    """Return the rows behind the figures of a page by place."""
    if not packed:
        return {}
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(packed, validate=True), _MOST_BYTES)
        sheets = json.loads(content) if unpacker.eof else {}
        return {
            f"{sheet['title']} / {number} / {column['label'] or column['key']}": text
            for sheet in sheets.values()
            for column in sheet["columns"]
            for number, text in enumerate(column["texts"], start=1)
        }
    except (binascii.Error, zlib.error, KeyError, TypeError, AttributeError) as error:
        raise ValueError from error
