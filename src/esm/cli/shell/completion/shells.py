"""How each shell takes what is offered: quoted as it writes words, and in one line each with what it is about.

The first line of an answer is what the others are: `plain` words, or names found by a `part` of them; `file` and `dir`
leave the rest to the shell, which knows its files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from esm.cli.shell.completion.typed_line import TypedLine

SCRIPTS = {"bash": "esm.bash", "zsh": "esm.zsh", "fish": "esm.fish", "powershell": "esm.ps1"}
_FOLDER = Path(__file__).with_name("scripts")
_SPECIAL_IN_BASH = re.compile(r"[^\w@%+.,/:=^-]", re.ASCII)
_PLAIN_IN_POWERSHELL = re.compile(r"[\w./:\\+-][\w./:\\+=-]*")
_LISTING = frozenset("?!@")  # readline only shows what there is
_BREAKS = "=:"


@dataclass(frozen=True, slots=True)
class Offer:
    """One word that may follow, as it is meant: unquoted; `is_value` where it is neither a command nor an option."""

    word: str
    about: str = ""
    is_value: bool = False


def script(shell: str) -> str:
    """Return what a shell runs to know how esm is completed."""
    return (_FOLDER / SCRIPTS[shell]).read_text(encoding="utf-8")


def answer_lines(shell: str, line: TypedLine, offers: Sequence[Offer], given: Mapping[str, str]) -> list[str]:
    """Return the lines that a shell reads; `given` is its environment."""
    kind = "plain" if all(each.word.startswith(line.incomplete) for each in offers) else "part"
    if shell == "bash":
        return [kind, *_for_bash(line, offers, given)]
    if shell == "powershell":
        return [kind, *(f"{_in_powershell(each.word)}\t{each.word}\t{each.about or each.word}" for each in offers)]
    return [kind, *("\t".join(filter(None, (each.word, each.about))) for each in offers)]


def _for_bash(line: TypedLine, offers: Sequence[Offer], given: Mapping[str, str]) -> list[str]:
    """Return the words as readline puts them in the place of what it takes for the last word."""
    kept = line.incomplete[: line.quoted_from] if line.quote else _before_break(line, given)
    fitting = [each for each in offers if each.word.startswith(kept)]
    if len(fitting) > 1 and chr(int(given.get("_ESM_COMPLETE_TYPE") or 0)) in _LISTING:
        return [_shown_in_bash(each, len(kept)) for each in fitting]
    words = [_in_bash(each.word[len(kept) :], line.quote) for each in fitting]
    if len(words) > 1 and not all(each.word.startswith(line.incomplete) for each in fitting):
        # Readline would write what all begin with, and take away what was typed: with an empty one that is nothing.
        words.append("")
    return words


def _before_break(line: TypedLine, given: Mapping[str, str]) -> str:
    """Return the part of the last word that is a word of its own for readline."""
    breaks = [sign for sign in _BREAKS if sign in given.get("_ESM_COMPLETE_BREAKS", _BREAKS)]
    return line.incomplete[: max((line.incomplete.rfind(sign) + 1 for sign in breaks), default=0)]


def _shown_in_bash(offer: Offer, start: int) -> str:
    return f"{offer.word[start:]}  ({offer.about})" if offer.is_value and offer.about else offer.word[start:]


def _in_bash(word: str, quote: str) -> str:
    if quote == "'":
        return word.replace("'", r"'\''")
    if quote == '"':
        return re.sub(r'(["\\$`])', r"\\\1", word)
    return _SPECIAL_IN_BASH.sub(lambda found: found[0] if ord(found[0]) > 127 else "\\" + found[0], word)


def _in_powershell(word: str) -> str:
    return word if _PLAIN_IN_POWERSHELL.fullmatch(word) else "'" + re.sub("(['‘’‚‛])", r"\1\1", word) + "'"
