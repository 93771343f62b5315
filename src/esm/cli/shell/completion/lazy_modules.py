"""Modules that are loaded when something in them is used, not when they are imported.

To complete a line, the options of its command are needed, but nothing of what the command does: that is most of the
modules it imports, and of the time it takes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

_ROOMS = ("esm.usecases.", "esm.sheets.", "esm.formats.", "esm.storage.", "esm.domain.")


def load_lazily() -> None:
    """Load the modules of these rooms lazily from now on."""
    sys.meta_path.insert(0, _LazyFinder())


class _LazyFinder:
    """Finds modules as Python does, and puts off what they do when they are loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how a module is loaded; None for one that Python finds by itself."""
        found = PathFinder.find_spec(name, path, target) if name.startswith(_ROOMS) else None
        if found is None or found.loader is None or found.submodule_search_locations is not None:
            return None
        found.loader = LazyLoader(found.loader)
        return found
