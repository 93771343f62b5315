"""Writes several files into one folder: all or none, with names valid on every system."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from esm.errors import UsageRefused, say
from esm.formats.write import atomic_file

_STRANGE, _STRANGE_IN_ANY_SCRIPT = re.compile(r"[^0-9A-Za-z_-]+"), re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])?", re.IGNORECASE)
_LONGEST = 60
_PRIVATE, _BY_UMASK = 0o700, 0o777


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


def save(
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    force: bool,
    keep_away_from: Sequence[Path] = (),
    is_private: bool = False,
) -> None:
    """Write the files into the folder, creating it if necessary; all of them or none.

    Raises RuleRefused if one exists already and `force` is not set, UsageRefused if `folder` is no folder, and
    StorageRefused if the disk fails; then everything is as it was before. Private files, and a folder made for them,
    only their owner may read (docs/cli.md, Output).
    """
    modes = require_free(folder, contents, force=force, keep_away_from=keep_away_from)
    stage = folder / f".esm-{secrets.token_hex(8)}"
    try:
        with ExitStack() as undo:
            _make(folder, _PRIVATE if is_private else _BY_UMASK, undo)
            undo.callback(shutil.rmtree, stage, ignore_errors=True)
            stage.mkdir(_PRIVATE)
            for name, data in contents.items():
                atomic_file.fill(stage / name, data, atomic_file.PRIVATE if is_private else modes[name])
            for name in contents:
                _exchange(stage / name, folder / name, undo)
            undo.pop_all()
        shutil.rmtree(stage, ignore_errors=True)
        atomic_file.flush_folder(folder)
    except OSError as error:
        raise atomic_file.failure(stage, error) from error


def require_free(
    folder: Path, names: Iterable[str], *, force: bool, keep_away_from: Sequence[Path] = ()
) -> dict[str, int | None]:
    """Check everything that `save` checks except the disk, raising the same errors.

    Return the permissions of the files to replace.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageRefused(say("{folder} is not a folder.", folder=folder), say("Give a folder."))
    if not folder.exists():
        return dict.fromkeys(names)
    return {name: atomic_file.require_free(folder / name, force=force, keep_away_from=keep_away_from) for name in names}


def _make(folder: Path, mode: int, undo: ExitStack) -> None:
    """Make the folder and those above it that are missing."""
    for each in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        each.mkdir(mode)
        undo.callback(each.rmdir)


def _exchange(new: Path, path: Path, undo: ExitStack) -> None:
    """Put a finished file in its place; what was there waits beside it until all are in theirs."""
    if path.exists():
        old = new.with_name(f"{new.name}.old")
        undo.callback(_put_back, old, path)
        atomic_file.put(path, old, about=path)
    else:
        undo.callback(path.unlink, missing_ok=True)
    atomic_file.put(new, path, about=path)


def _put_back(old: Path, path: Path) -> None:
    if old.exists():
        old.replace(path)
