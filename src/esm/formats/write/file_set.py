"""Writes several files into one folder: all or none, with names valid on every system."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from esm import operating_system, unfinished_files
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
    if is_private:
        modes = dict.fromkeys(contents, atomic_file.PRIVATE)
    try:
        if folder.exists():
            _fill_up(folder, contents, modes)
        else:
            _make_whole(folder, contents, modes, _PRIVATE if is_private else _BY_UMASK)
    except OSError as error:
        raise atomic_file.failure(folder / next(iter(contents), ""), error) from error


def require_free(
    folder: Path, names: Iterable[str], *, force: bool, keep_away_from: Sequence[Path] = ()
) -> dict[str, int | None]:
    """Check everything that `save` checks except the disk, raising the same errors.

    Return the permissions of the files to replace. What a killed run left in the folder is put back first.
    """
    operating_system.require_usable_name(folder)
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageRefused(say("{folder} is not a folder.", folder=folder), say("Give a folder."))
    if not folder.exists():
        return dict.fromkeys(names)
    unfinished_files.clear(folder)
    return {name: atomic_file.require_free(folder / name, force=force, keep_away_from=keep_away_from) for name in names}


def _make_whole(folder: Path, contents: Mapping[str, bytes], modes: Mapping[str, int | None], mode: int) -> None:
    """Make a folder that has all files from its first instant on, and those above it that are missing."""
    with ExitStack() as undo:
        for each in reversed([each for each in folder.parents if not each.exists()]):
            each.mkdir(mode)
            undo.callback(each.rmdir)
        with unfinished_files.unfinished_folder(folder.parent, mode) as stage:
            _fill(stage, contents, modes)
            operating_system.patiently(lambda: stage.rename(folder))
        undo.pop_all()
    atomic_file.flush_name(folder)


def _fill_up(folder: Path, contents: Mapping[str, bytes], modes: Mapping[str, int | None]) -> None:
    """Put files into a folder that may have others; killed in the middle, the next run puts back what was there."""
    with unfinished_files.unfinished_folder(folder) as stage:
        new, old = stage / unfinished_files.NEW, stage / unfinished_files.OLD
        new.mkdir(_PRIVATE)
        _fill(new, contents, modes)
        unfinished_files.begin_exchange(stage, contents)
        try:
            for name in contents:
                if (folder / name).exists():
                    atomic_file.put(folder / name, old / name, about=folder / name)
                atomic_file.put(new / name, folder / name, about=folder / name)
            unfinished_files.flush(folder)
            unfinished_files.end_exchange(stage)
        except BaseException:
            unfinished_files.put_back(stage)
            raise


def _fill(folder: Path, contents: Mapping[str, bytes], modes: Mapping[str, int | None]) -> None:
    for name, data in contents.items():
        atomic_file.fill(folder / name, data, modes[name])
    unfinished_files.flush(folder)
