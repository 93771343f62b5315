"""The log of an internal error: where it happened, without anything typed or stored."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from esm import __version__


def write_log(error: BaseException) -> Path | None:
    """Write where `error` was raised to a new private file; return its path, None if no folder is writable.

    The messages of exceptions and the values of variables stay out: they may hold names.
    """
    text = "\n".join(_lines(error)) + "\n"
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(prefix="crash-", suffix=".log", dir=folder, text=True)
            with os.fdopen(handle, "w", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return Path(path)
    return None


def _folders() -> Iterator[Path]:
    import platformdirs  # noqa: PLC0415 - only a crash pays for it

    with suppress(RuntimeError):  # no home folder
        yield platformdirs.user_log_path("esm", appauthor=False)
    yield Path(tempfile.gettempdir())


def _lines(error: BaseException) -> Iterator[str]:
    yield f"esm {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        for frame, line in traceback.walk_tb(link.__traceback__):
            yield f"  {frame.f_globals.get('__name__')}:{line} in {frame.f_code.co_qualname}"
        link = link.__cause__ or link.__context__
