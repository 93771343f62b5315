"""Words that esm itself knows, for the completion of an argument or an option that takes one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from esm.domain.values.codes import Worded
from esm.sheets.sheet.message_translation import tell


def one_of(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what completes one of these words."""
    known = tuple(words)

    def beginning(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return beginning


def code_of(kind: type[Worded]) -> Callable[[str], list[tuple[str, str]]]:
    """Return what completes a code, each with its word; Chinese words where Chinese was typed."""

    def beginning(incomplete: str) -> list[tuple[str, str]]:
        coded = [(str(member), tell(member.label) if member.chinese else "") for member in kind]
        begun = [each for each in coded if each[0].startswith(incomplete)]
        return begun or [(member.chinese, str(member)) for member in kind if member.chinese.startswith(incomplete)]

    return beginning
