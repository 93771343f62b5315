"""What may follow a half-typed command line: commands, options, their values and names on record."""

from __future__ import annotations

import os
import sys
from typing import Any

from typer._click import shell_completion
from typer.core import TyperGroup

from esm.cli.shell import app
from esm.cli.shell.completion import shells, value_candidates
from esm.cli.shell.completion.shells import Offer
from esm.cli.shell.completion.typed_line import TypedLine
from esm.formats.write.cell_text import visible

_PLACES = frozenset({"PATH|URL", "[PLACE]", "FROM", "TO"})  # a file, or an address


def complete(shell: str, line: TypedLine) -> int:
    """Print what may stand under the cursor, as the shell takes it; return the exit code."""
    # PowerShell is told to read UTF-8, the others read their locale's encoding, as esm writes it.
    encoding = "utf-8" if shell == "powershell" else sys.stdout.encoding
    found = offers(line)
    if not isinstance(found, str):
        typable = [each for each in found if each.word.encode(encoding, "ignore").decode(encoding) == each.word]
        found = "\n".join(shells.answer_lines(shell, line, typable, os.environ))
    sys.stdout.buffer.write(f"{found}\n".encode(encoding, "replace"))
    sys.stdout.flush()
    return 0


def offers(line: TypedLine) -> list[Offer] | str:
    """Return what may stand under the cursor; `file` or `dir` where that is a name of one, which the shell knows."""
    context = shell_completion._resolve_context(app.tree(), {}, "esm", list(line.words))
    if isinstance(context.command, TyperGroup) and context._protected_args:  # no command of this group
        return []
    subject: Any
    subject, typed = shell_completion._resolve_incomplete(context, list(line.words), line.incomplete)
    option = line.incomplete[: len(line.incomplete) - len(typed)]  # `--cadre=`, of which the value is typed
    is_value = hasattr(subject, "opts")
    if is_value and _is_file(subject):
        return "file" if getattr(subject.type, "file_okay", True) else "dir"
    words = value_candidates.value_candidates(context, subject, typed) if is_value else None
    if words is None:
        items = subject.shell_complete(context, typed) or _global_options(context, typed)
        words = [(str(item.value), item.help or "") for item in items]
    return [
        Offer(option + word, visible(" ".join(about.split())), is_value)
        for word, about in words
        if visible(word) == word
    ]


def _is_file(parameter: Any) -> bool:
    return parameter.type.name == "path" or parameter.metavar in _PLACES


def _global_options(context: Any, typed: str) -> list[shell_completion.CompletionItem]:
    """Return the options of esm itself, which a command understands too, where it has none of its own like it."""
    if not typed.startswith("-") or isinstance(context.command, TyperGroup):
        return []
    root = context.find_root()
    found: list[shell_completion.CompletionItem] = root.command.shell_complete(root, typed)
    return found
