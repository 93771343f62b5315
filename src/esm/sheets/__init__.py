"""What can be shown: titles, columns and plain cells.

Modules are resolved on first use (PEP 562), so that a command loads only the sheet it shows.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from esm.sheets import book as book
    from esm.sheets import brief_sheet as brief_sheet
    from esm.sheets import calendar_sheet as calendar_sheet
    from esm.sheets import case_sheet as case_sheet
    from esm.sheets import coverage_sheet as coverage_sheet
    from esm.sheets import digest_sheet as digest_sheet
    from esm.sheets import due_sheet as due_sheet
    from esm.sheets import explanation_sheet as explanation_sheet
    from esm.sheets import fairness_sheet as fairness_sheet
    from esm.sheets import finding_sheet as finding_sheet
    from esm.sheets import hand_sheet as hand_sheet
    from esm.sheets import handover_sheet as handover_sheet
    from esm.sheets import history_sheet as history_sheet
    from esm.sheets import import_sheet as import_sheet
    from esm.sheets import invitation as invitation
    from esm.sheets import pairing_sheet as pairing_sheet
    from esm.sheets import peace_sheet as peace_sheet
    from esm.sheets import policy_sheet as policy_sheet
    from esm.sheets import raised_sheet as raised_sheet
    from esm.sheets import request_figures_sheet as request_figures_sheet
    from esm.sheets import request_sheet as request_sheet
    from esm.sheets import roster_sheet as roster_sheet
    from esm.sheets import scale_sheet as scale_sheet
    from esm.sheets import schedule_sheet as schedule_sheet
    from esm.sheets import setting_sheet as setting_sheet
    from esm.sheets import sheet as sheet
    from esm.sheets import supposition_sheet as supposition_sheet
    from esm.sheets import visit_figures_sheet as visit_figures_sheet
    from esm.sheets import visit_form as visit_form
    from esm.sheets import visit_sheet as visit_sheet


def __getattr__(name: str) -> Any:
    """Import a sheet when it is first asked for."""
    if name.startswith("_"):
        raise AttributeError(name)
    return importlib.import_module(f"{__name__}.{name}")
