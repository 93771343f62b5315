"""Compiles the catalogues of translations for whatever is built, and makes the man pages of a wheel.

The `.po` files are the source and kept in git; the `.mo` files beside them are what esm reads and are not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


def compile_catalogues(root: Path = ROOT) -> None:
    """Compile every `.po` below `src` whose `.mo` is missing or not newer."""
    for source in (root / "src").glob("*/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        with source.open("rb") as written, target.open("wb") as compiled:
            write_mo(compiled, read_po(written, locale=source.parts[-3]))


def make_man_pages(folder: Path, root: Path = ROOT) -> None:
    """Make the man pages of both languages below a folder, from the help of the commands."""
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    for language in ("en", "zh"):
        line = [sys.executable, "-m", "esm.cli.desk.man_pages", str(folder), language]
        subprocess.run(line, env=environment, check=True)  # noqa: S603 - our own module


class CatalogueHook(BuildHookInterface[Any]):
    """Hatch's hook; `artifacts` of pyproject.toml take the `.mo` along although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected; a wheel to install gets the man pages below `share/man`."""
        compile_catalogues(Path(self.root))
        self.pages = TemporaryDirectory(prefix="esm-man-")
        if self.target_name == "wheel" and version != "editable":
            make_man_pages(Path(self.pages.name), Path(self.root))
            build_data["shared_data"][self.pages.name] = "share/man"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the pages when they are packed."""
        self.pages.cleanup()


if __name__ == "__main__":
    compile_catalogues()
