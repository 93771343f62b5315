"""What can be done: plain functions that take a transaction, the words of the user and the day.

Modules are resolved on first use (PEP 562), so that a command loads only the use case it calls.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esm.usecases import appointing as appointing
    from esm.usecases import assigning as assigning
    from esm.usecases import attending as attending
    from esm.usecases import auditing as auditing
    from esm.usecases import calendaring as calendaring
    from esm.usecases import checking as checking
    from esm.usecases import classing as classing
    from esm.usecases import configuring as configuring
    from esm.usecases import enrolling as enrolling
    from esm.usecases import explaining as explaining
    from esm.usecases import exporting as exporting
    from esm.usecases import filling as filling
    from esm.usecases import following as following
    from esm.usecases import handing_over as handing_over
    from esm.usecases import importing as importing
    from esm.usecases import inviting as inviting
    from esm.usecases import maintaining as maintaining
    from esm.usecases import naming as naming
    from esm.usecases import pairing_by_hand as pairing_by_hand
    from esm.usecases import pausing as pausing
    from esm.usecases import preparing as preparing
    from esm.usecases import promising as promising
    from esm.usecases import publishing as publishing
    from esm.usecases import recalling as recalling
    from esm.usecases import reckoning as reckoning
    from esm.usecases import recusing as recusing
    from esm.usecases import reminding as reminding
    from esm.usecases import reporting as reporting
    from esm.usecases import resolving as resolving
    from esm.usecases import rostering as rostering
    from esm.usecases import scheduling as scheduling
    from esm.usecases import sparing as sparing
    from esm.usecases import standing_in as standing_in
    from esm.usecases import supposing as supposing
    from esm.usecases import undoing as undoing
    from esm.usecases import visiting as visiting
    from esm.usecases import watching as watching
    from esm.usecases import weighing as weighing


def __getattr__(name: str) -> Any:
    """Import a use case when it is first asked for."""
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
