"""The command line as far as it is typed: whole words, and the one under the cursor.

A shell hands over the text itself, with its quotation marks: what it takes for words differs from shell to shell.
"""

from __future__ import annotations

from dataclasses import dataclass

_ESCAPES = {"powershell": "`"}
_IN_DOUBLE_QUOTES = '"\\$`'


@dataclass(frozen=True, slots=True)
class TypedLine:
    """The words after the name of the program, unquoted, and the beginning of the last one.

    `quote` is the quotation mark that is still open in it, "" where there is none, and `quoted_from` its place.
    """

    words: tuple[str, ...]
    incomplete: str
    quote: str = ""
    quoted_from: int = 0


def typed_line(text: str, shell: str) -> TypedLine:
    """Return a command line up to the cursor as a shell reads it."""
    scan = _Scan(shell)
    for character in text:
        scan.take(character)
    words = scan.words[1:]
    return TypedLine(tuple(words), "".join(scan.word or ()), scan.quote, scan.quoted_from if scan.quote else 0)


class _Scan:
    """Letter by letter: the words so far, the present one (None between two), and what is open in it."""

    def __init__(self, shell: str) -> None:
        self.shell = shell
        self.escape = _ESCAPES.get(shell, "\\")
        self.words: list[str] = []
        self.word: list[str] | None = None
        self.quote = ""
        self.quoted_from = 0
        self.is_escaped = False

    def take(self, character: str) -> None:
        """Take the next letter."""
        if self.is_escaped:
            self._take_escaped(character)
        elif character == self.escape and (self.quote != "'" or self.shell == "fish"):
            self.word, self.is_escaped = self.word or [], True
        elif self.quote:
            self._take_quoted(character)
        elif character in "\"'":
            self.word = self.word or []
            self.quote, self.quoted_from = character, len(self.word)
        elif character.isspace():
            if self.word is not None:
                self.words.append("".join(self.word))
            self.word = None
        else:
            self.word = [*(self.word or ()), character]

    def _take_escaped(self, character: str) -> None:
        self.is_escaped = False
        others = _IN_DOUBLE_QUOTES if self.quote == '"' else "'\\"
        is_kept = self.quote and self.shell != "powershell" and character not in others
        self.word = [*(self.word or ()), *((self.escape,) if is_kept else ()), character]

    def _take_quoted(self, character: str) -> None:
        if character == self.quote:
            self.quote = ""
        else:
            self.word = [*(self.word or ()), character]
