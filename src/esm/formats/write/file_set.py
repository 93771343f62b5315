"""Writes several files into one folder: all or none, with names valid on every system."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from esm.errors import StorageRefused, UsageRefused, say
from esm.formats.write import files

_STRANGE, _STRANGE_IN_ANY_SCRIPT = re.compile(r"[^0-9A-Za-z_-]+"), re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])?", re.IGNORECASE)
_LONGEST = 60
_PRIVATE = 0o600


def names(keys: Iterable[str], ending: str, *, has_any_script: bool = False) -> dict[str, str]:
    """Return a file name for each key: its letters and digits, numbered if two would be equal.

    Letters are those of ASCII, or with `has_any_script` those of all scripts.
    """
    strange = _STRANGE_IN_ANY_SCRIPT if has_any_script else _STRANGE
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(set(keys)):
        stem = strange.sub("_", key)[:_LONGEST].strip("_") or "_"
        stem = f"_{stem}" if _RESERVED.fullmatch(stem) else stem
        name, number = f"{stem}{ending}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{ending}"
        taken.add(name.casefold())
        found[key] = name
    return found


def save(folder: Path, contents: Mapping[str, bytes], *, force: bool, keep_away_from: Sequence[Path] = ()) -> None:
    """Write the files into the folder, creating it if necessary; all of them or none.

    They are written beside their places and moved when all are complete; those replaced come back where a move fails.
    Refused is what `files.save` refuses, and UsageRefused is raised if `folder` is no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageRefused(say("{folder} is not a folder.", folder=folder), say("Give a folder."))
    modes: dict[str, int | None] = {}
    if folder.is_dir():
        modes = {
            name: files.require_free(folder / name, force=force, keep_away_from=keep_away_from)
            for name in sorted(contents)
        }
    try:
        with _made(folder), _stage(folder) as stage:
            for name, content in contents.items():
                _write(stage / name, content, modes.get(name) or _PRIVATE)
            _move(stage, folder, sorted(contents))
    except OSError as error:
        raise StorageRefused(
            files.reason(folder / min(contents, default=""), error), say("Nothing was written.")
        ) from error


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the folder, and take away again what was made of it if the block fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    stage = Path(tempfile.mkdtemp(dir=folder, prefix=".esm-"))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _write(path: Path, content: bytes, mode: int) -> None:
    with path.open("xb") as file:
        path.chmod(mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(stage: Path, folder: Path, moved: Sequence[str]) -> None:
    """Move the files of the stage into the folder; if one fails, put back what was there."""
    replaced = stage / "replaced"
    replaced.mkdir()
    done: list[str] = []
    try:
        for name in moved:
            if (folder / name).exists():
                (folder / name).replace(replaced / name)
            done.append(name)
            (stage / name).replace(folder / name)
    except BaseException:
        for name in done:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
            if (replaced / name).exists():
                (replaced / name).replace(folder / name)
        raise
