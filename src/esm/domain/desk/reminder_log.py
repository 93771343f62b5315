"""What the journal keeps of reminders by mail: words behind the command of an operation, and which letter each is of.

A letter is known by a key of its address, its subject and its text, so that one with other contents is another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # of digits some would look like a phone number
_LENGTH = 12
_SENDING, _SENT, _UNSENT = "sending", "sent", "unsent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderNote:
    """The keys of letters that are about to be sent, of those that the server took, and of those that it did not."""

    sending: Sequence[str] = ()
    sent: Sequence[str] = ()
    unsent: Sequence[str] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that stand behind the command."""
        kinds = {_SENDING: self.sending, _SENT: self.sent, _UNSENT: self.unsent}
        return tuple(f"{kind}={','.join(keys)}" for kind, keys in kinds.items() if keys)


def letter_key(*texts: str) -> str:
    """Return the key of a letter with these texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_LENGTH].translate(_LETTERS)


def sent_by_key(commands: Iterable[Sequence[str]]) -> dict[str, bool]:
    """Return, from commands in their order, which letters were sent; False where that is not known."""
    found: dict[str, bool] = {}
    for word in (word for command in commands for word in command):
        kind, _, keys = word.partition("=")
        for key in keys.split(",") if kind in {_SENDING, _SENT, _UNSENT} else ():
            if kind == _UNSENT:
                found.pop(key, None)
            else:
                found[key] = kind == _SENT
    return found


def with_number(word: str) -> str:
    """Return a word of a command, for people: of letters only how many they are."""
    kind, _, keys = word.partition("=")
    return f"{kind}={len(keys.split(','))}" if kind in {_SENDING, _SENT, _UNSENT} else word
