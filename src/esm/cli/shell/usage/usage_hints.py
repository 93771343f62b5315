"""What is certainly meant by a word that does not belong where it stands.

An option of the command that follows, a command of another group, a value without its option, an option that another
command has: each is known, not guessed by its letters, and so goes before any name that only looks like the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from typer.core import TyperGroup, TyperOption

from esm.cli.shell.help import Listed as ListedCommand
from esm.cli.shell.usage.command_names import meant
from esm.errors import Listed, Message, say

_MOST_PLACES = 4  # an option of more commands says nothing about what is meant


def certain_hint(error: Any, word: str) -> Message | None:
    """Return what is certainly meant by the word at fault in an error of the command line, if anything is."""
    context = getattr(error, "ctx", None)
    return None if context is None or not word else next(_hints(error, context, word), None)


def _hints(error: Any, context: Any, word: str) -> Iterator[Message]:
    command, name = context.command, word.lstrip("-")
    is_group = isinstance(command, TyperGroup)
    if type(error).__name__ == "NoSuchOption":
        if is_group:
            yield from _of_what_follows(context, word)
            yield from _as_command(context, name)
        yield from _as_value(command, name)
        yield from _of_another_command(context, word)
    elif is_group:
        yield from _in_another_group(context, word)
    else:
        yield from _as_value(command, word.partition(" ")[0])


def _of_what_follows(context: Any, option: str) -> Iterator[Message]:
    """Yield that an option before the command belongs after it."""
    words = list(_command_line(context))
    command, path = context.command, context.command_path
    for word in words[words.index(option) + 1 :] if option in words else ():
        if not isinstance(command, TyperGroup):
            break
        for name in meant(word, command.commands, is_root=command is context.find_root().command, refuses=False):
            following = command.commands.get(name) if isinstance(command, TyperGroup) else None
            if following is not None:
                command, path = following, f"{path} {name}"
    if option in _options(_loaded(command)):
        yield say("{option} must come after the command: `{command} {option} …`.", option=option, command=path)


def _as_command(context: Any, name: str) -> Iterator[Message]:
    if name in context.command.commands:
        yield say("“{word}” is a command: `{command}`.", word=name, command=f"{context.command_path} {name}")


def _as_value(command: Any, word: str) -> Iterator[Message]:
    """Yield the option of which the word is a value, if it is of one alone."""
    fitting = [each for each in command.params if isinstance(each, TyperOption) and _is_value(each.type, word)]
    if len(fitting) == 1:
        option = max(fitting[0].opts, key=len)
        yield say("“{word}” is a value of {option}: `{option} {word}`.", word=word, option=option)


def _is_value(kind: Any, word: str) -> bool:
    choices, codes = getattr(kind, "choices", None), getattr(getattr(kind, "func", None), "kind", None)
    if choices is not None:
        return word.lower() in choices
    return codes is not None and codes.parse(word) is not None


def _of_another_command(context: Any, option: str) -> Iterator[Message]:
    """Yield which commands have the option: those of the same group, else those of all."""
    near = context if isinstance(context.command, TyperGroup) else context.parent or context
    root = context.find_root()
    for group in (near, root) if near is not root else (root,):
        path = "esm" if group is root else group.command_path
        places = [place for place, command in _leaves(group.command, path) if option in _options(_loaded(command))]
        if 0 < len(places) <= _MOST_PLACES:
            yield say("{option} is an option of {commands}.", option=option, commands=Listed(_quoted(places)))
        if places:
            return


def _in_another_group(context: Any, word: str) -> Iterator[Message]:
    """Yield where there is a command of this name."""
    places = [place for place, _command in _leaves(context.find_root().command, "esm") if place.endswith(f" {word}")]
    if places:
        shown = Listed.first(_quoted(places), _MOST_PLACES)
        yield say("“{word}” is a command of another group: {commands}.", word=word, commands=shown)


def _command_line(context: Any) -> Iterable[str]:
    words = context.find_root().obj
    return words if isinstance(words, tuple) else getattr(words, "command_line", ())


def _leaves(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each command under a group with its path, none of them loaded yet."""
    for name, inner in command.commands.items():
        if isinstance(inner, TyperGroup):
            yield from _leaves(inner, f"{path} {name}")
        else:
            yield f"{path} {name}", inner


def _loaded(command: Any) -> Any:
    return command.load() if isinstance(command, ListedCommand) else command


def _options(command: Any) -> set[str]:
    return {name for each in command.params for name in (*each.opts, *each.secondary_opts)}


def _quoted(places: Iterable[str]) -> list[str]:
    return [f"`{place}`" for place in places]
