"""Word documents from reports: with the template of the office where there is one, else with ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from esm.formats.read import file
from esm.formats.write.docx import template as templates
from esm.formats.write.docx.bulletin_layout import bulletin_template
from esm.formats.write.docx.handover_layout import handover_template
from esm.formats.write.docx.letter_layout import letter_template
from esm.formats.write.docx.report_values import handover_values, report_values
from esm.sheets.sheet.sheet import Report


def bulletins(reports: Sequence[Report], own: Path | None = None) -> list[bytes]:
    """Return the document of each bulletin. InputRefused for a template of the office with a fault."""
    return _documents(reports, own, bulletin_template)


def letters(reports: Sequence[Report], own: Path | None = None) -> list[bytes]:
    """Return the document of each letter of supervision. InputRefused as above."""
    return _documents(reports, own, letter_template)


def handover(report: Report, own: Path | None = None) -> bytes:
    """Return the document of a handover, a sheet for each successor. InputRefused as above."""
    values = handover_values(report)
    if own is not None:
        return templates.filled_from(file.content(own), [values], str(own))[0]
    return templates.filled(handover_template(report), [values])[0]


def _documents(reports: Sequence[Report], own: Path | None, ours: Callable[[Report], bytes]) -> list[bytes]:
    every = [report_values(report) for report in reports]
    if own is not None:
        return templates.filled_from(file.content(own), every, str(own))
    return templates.filled(ours(reports[0]), every) if reports else []
