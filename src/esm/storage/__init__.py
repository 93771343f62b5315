"""What is remembered: the only room with SQL.

Modules are resolved on first use, so that a reading command never pays for importing the ORM:
write `from esm import storage` and `storage.tables.VisitRow` where rows are written.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esm.storage import bulk as bulk
    from esm.storage import database as database
    from esm.storage import journal as journal
    from esm.storage import migrate as migrate
    from esm.storage import session as session
    from esm.storage import tables as tables


def __getattr__(name: str) -> Any:
    """Import a module when it is first asked for (PEP 562)."""
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
