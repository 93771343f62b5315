"""All that is on record of one enterprise or one cadre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from esm.domain.pairing.records import PairingRecord, Recusal
from esm.domain.register.cadres import Absence
from esm.domain.register.enterprise_record import Changes
from esm.domain.register.scope_status import Scope
from esm.domain.reports.dossier import CadreDossier, EnterpriseDossier
from esm.domain.values.money import Money
from esm.errors import Message
from esm.sheets.pairing.by_hand import deputy_names, deputy_numbers
from esm.sheets.register.cadres import cadre_fields
from esm.sheets.register.enterprises import enterprise_fields, masked_phone
from esm.sheets.sheet.code_words import stated_term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells, facts
from esm.sheets.sheet.usual_columns import coded, enterprise_columns, interval_columns
from esm.sheets.visits.visit import visit_sheet


def enterprise_report(file: EnterpriseDossier, *, with_phones: bool = False, exact: bool = False) -> Report:
    """Return the file of one enterprise."""
    fields = enterprise_fields(with_phones=with_phones, exact=exact)
    return Report(
        file.enterprise.name,
        (
            *facts(fields, file.enterprise, _is_stated),
            Fact("basis", _("Basis of scope"), stated_term(file.standing)),
            Fact("due_on", _("Next visit due"), file.due_on),
        ),
        (
            *_change_sheets(file.changes),
            _scope_sheet(file.scopes),
            _pairing_sheet(file.pairings),
            _recusal_sheet(file.recusals),
            visit_sheet(file.visits, _("Last visits")),
        ),
    )


def cadre_report(file: CadreDossier, notes: Sequence[Message] = (), *, with_phones: bool = False) -> Report:
    """Return the file of one cadre."""
    known = facts(cadre_fields(with_phones=with_phones), file.cadre, _is_stated)
    sheets = (
        *_change_sheets(file.changes),
        _pairing_sheet(file.pairings),
        _deputyship_sheet(file.deputyships),
        _recusal_sheet(file.recusals),
        _absence_sheet(file.absences),
        visit_sheet(file.visits, _("Last visits")),
    )
    return Report(file.cadre.name, known, sheets, tuple(map(tell, notes)))


def _is_stated(_column: Column, cell: Cell) -> bool:
    return cell not in (None, ())


def _change_sheets(changes: Changes) -> tuple[Sheet, ...]:
    if not changes:
        return ()
    labels = {field.key: field.label for field in (*enterprise_fields(), *cadre_fields())}
    columns = (Column("field", _("Field")), Column("old", _("Before")), Column("new", _("Now")))
    rows = [(Term(key, labels[key]), field_cell(key, old), field_cell(key, new)) for key, (old, new) in changes.items()]
    return (Sheet("changes", _("Changed"), columns, rows),)


def field_cell(key: str, value: object) -> Cell:
    """Return the value of a field, before or after a change, as it is shown: phones masked, no idle zeros."""
    if key in ("phone", "contact_phone"):
        return masked_phone(None if value is None else str(value))
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()
    return value if value is None or isinstance(value, str | int | Money | date) else str(value)


def _scope_sheet(scopes: Sequence[Scope]) -> Sheet:
    columns = (*interval_columns(), Column("basis", _("Basis"), coded("basis")))
    return Sheet("scopes", _("In scope"), columns, cells(columns, scopes), (), _("Never in scope."))


def _recusal_sheet(recusals: Sequence[Recusal]) -> Sheet:
    columns = (
        *enterprise_columns(), Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")),
        Column("kind", _("Kind"), coded("kind")), Column("reason", _("Reason")),
    )  # fmt: skip
    return Sheet("recusals", _("Recusals"), columns, cells(columns, recusals), table=bool(recusals))


def _absence_sheet(absences: Sequence[Absence]) -> Sheet:
    columns = (
        *interval_columns(), Column("reason", _("Reason")),
        Column("deputy_no", _("Deputy's staff no."), table=False), Column("deputy", _("Deputy")),
    )  # fmt: skip
    return Sheet("absences", _("Absences"), columns, cells(columns, absences), table=bool(absences))


def _pairing_sheet(pairings: Sequence[PairingRecord]) -> Sheet:
    columns = _pairing_columns(pairings)
    return Sheet("pairings", _("Pairings"), columns, cells(columns, pairings), (), _("Never paired."))


def _deputyship_sheet(pairings: Sequence[PairingRecord]) -> Sheet:
    columns = _pairing_columns(pairings)
    return Sheet("deputy_in", _("Deputy in"), columns, cells(columns, pairings), table=bool(pairings))


def _pairing_columns(pairings: Sequence[PairingRecord]) -> tuple[Column, ...]:
    has_deputies = any(pairing.deputies for pairing in pairings)
    return (
        *enterprise_columns(), Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")),
        *interval_columns(), Column("pinned", _("Pinned"), "is_pinned"),
        Column("deputy_nos", _("Deputies' staff numbers"), deputy_numbers, table=False),
        Column("deputies", _("Deputies"), deputy_names, table=has_deputies),
    )  # fmt: skip
