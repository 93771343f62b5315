"""Opens a text in the user's editor."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from esm import operating_system
from esm.errors import EsmError, UsageRefused, say


@contextmanager
def edited(text: str) -> Iterator[Path]:
    """Yield the saved file; if the block refuses it, the file is kept and named in the refusal."""
    handle, name = tempfile.mkstemp(prefix="esm-visit-", suffix=".txt")
    file = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
    kept = False
    try:
        _open(file)
        left = file.read_bytes().replace(b"\r\n", b"\n") if file.exists() else b""
        if not left.strip():
            raise UsageRefused(say("The form is empty; nothing was recorded."), say("Fill it in and save it."))
        if left == text.encode():
            raise UsageRefused(say("The form was not changed; nothing was recorded."), say("Fill it in and save it."))
        try:
            yield file
        except EsmError as refusal:
            kept = True
            refusal.hint = say(
                "Your text is kept: correct it and run `{command}`.",
                command=operating_system.typed(["esm", "visit", "log", "--from", str(file)]),
            )
            raise
    finally:
        if not kept:
            operating_system.remove(file)


def _open(file: Path) -> None:
    editor = (
        os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if operating_system.IS_WINDOWS else "vi")
    )
    try:
        words = operating_system.command_words(editor)
        done = subprocess.run([*words, str(file)], check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:  # none of this name, or a quotation mark that nothing closes
        raise UsageRefused(
            say("The editor “{editor}” cannot be started.", editor=editor), say("Set EDITOR to one that is installed.")
        ) from error
    if done.returncode != 0:
        raise UsageRefused(
            say("The editor exited with code {code}; nothing was recorded.", code=done.returncode),
            say("Save the form and close the editor."),
        )
