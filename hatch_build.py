"""Compiles the catalogues of translations for whatever is built: a wheel, an sdist, an editable install.

The `.po` files are the source and kept in git; the `.mo` files beside them are what esm reads and are not.
"""

from __future__ import annotations

from pathlib import Path
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


class CatalogueHook(BuildHookInterface[Any]):
    """Hatch's hook; `artifacts` of pyproject.toml take the `.mo` along although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues()
