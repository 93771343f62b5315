"""Windows as far as it can be had elsewhere: its rule about open files, put before the calls of the system."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esm import operating_system

OPEN_FILES = Path("/proc/self/fd")


class Windows:
    """What other programs do meanwhile: how often they have a file open, or one whose name begins so."""

    def __init__(self) -> None:
        self.held: dict[Path, int] = {}
        self.held_from: dict[str, int] = {}
        self.refused: list[Path] = []
        self.waited = 0.0

    def require_closed(self, path: Path) -> None:
        """Raise PermissionError for a file that this process or another program has open."""
        file = path.resolve()
        begun = next((start for start, times in self.held_from.items() if times and file.name.startswith(start)), None)
        if self.held.get(file):
            self.held[file] -= 1
        elif begun is not None:
            self.held_from[begun] -= 1
        elif file not in _open_here():
            return
        self.refused.append(file)
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))


def _open_here() -> set[Path]:
    """Return the files that this process has open, those of SQLite, too."""
    found = set()
    for each in OPEN_FILES.iterdir():
        try:
            found.add(Path(os.readlink(each)))
        except OSError:  # the one that lists them
            continue
    return found


def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Let no file that is open be renamed, replaced or removed, and esm take this for Windows."""
    windows = Windows()
    monkeypatch.setattr(operating_system, "IS_WINDOWS", True)
    rename = os.rename

    def guarded(call: Callable[..., Any], names: int) -> Callable[..., Any]:
        def act(*words: Any, **options: Any) -> Any:
            folder = options.get("dir_fd")
            beginning = Path() if folder is None else Path(os.readlink(OPEN_FILES / str(folder)))
            for word in words[:names]:
                windows.require_closed(beginning / os.fsdecode(word))
            if call is rename and os.path.lexists(words[1]):
                raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", words[1])
            return call(*words, **options)

        return act

    for name, names in (("replace", 2), ("rename", 2), ("unlink", 1), ("remove", 1)):
        monkeypatch.setattr(os, name, guarded(getattr(os, name), names))

    def wait(seconds: float) -> None:
        windows.waited += seconds

    monkeypatch.setattr(time, "sleep", wait)
    return windows
