"""Writes several files into one folder: all or none, with names valid on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from esm.errors import RuleRefused, StorageRefused, UsageRefused, say
from esm.formats.write import files

_STRANGE = re.compile(r"[^0-9A-Za-z_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])?", re.IGNORECASE)
_LONGEST = 60


def names(keys: Iterable[str], ending: str) -> dict[str, str]:
    """Return a file name for each key: its letters and digits, numbered if two would be equal."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(set(keys)):
        stem = _STRANGE.sub("_", key)[:_LONGEST].strip("_") or "_"
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

    Raises RuleRefused if one exists already and `force` is not set, UsageRefused if `folder` is no folder, and
    StorageRefused if the disk fails.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageRefused(say("{folder} is not a folder.", folder=folder), say("Give a folder."))
    there = [name for name in sorted(contents) if (folder / name).exists()]
    if there and not force:
        raise RuleRefused(
            say("{file} already exists.", file=folder / there[0]),
            say("Choose another folder, or overwrite it with --force."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageRefused(
            say("The folder {folder} cannot be created: {reason}.", folder=folder, reason=error.strerror or ""),
            say("Nothing was written."),
        ) from error
    for name in sorted(contents):
        files.save(folder / name, contents[name], force=force, keep_away_from=keep_away_from)
