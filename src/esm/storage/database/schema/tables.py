"""The tables. Rows never leave this room; dates are ISO text because STRICT tables know no DATE.

Every interval is half-open, `[start_on, end_on)`; a null `end_on` means it is still running.
`clock` is derived from the others by triggers (see `storage/database/visit_clock.py`) and is not journalled.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field

from esm.domain.pairing.records import RecusalKind
from esm.domain.register.enterprise_record import Tier
from esm.domain.register.scope_status import ScopeBasis
from esm.storage.database.row_values import BEGINNING
from esm.storage.database.schema import policy_tables, request_tables, visit_tables
from esm.storage.database.schema.fields import (
    STRICT,
    EngineRule,
    KeyedTable,
    Table,
    choice,
    day,
    flag,
    integer,
    interval,
    link,
    text_field,
)

SUBJECTS = (policy_tables, request_tables, visit_tables)  # whoever imports this module has their tables too
metadata = Table.metadata


class SettingRow(KeyedTable, table=True):
    """What a setting was set to, and when that holds; one without a row has its default."""

    __table_args__ = (interval(), UniqueConstraint("key", "start_on"), STRICT)
    key: str = text_field("key", null=False)
    value: str = text_field("value", null=False)
    start_on: str = day("start_on", null=False, preset=BEGINNING)
    end_on: str | None = day("end_on")


class CadreRow(KeyedTable, table=True):
    """A cadre; department and capacity are dated and stand in `posting`."""

    staff_no: str = text_field("staff_no", null=False, unique=True)
    name: str = text_field("name", null=False)
    title: str | None = text_field("title")
    rank: int | None = integer("rank", "rank BETWEEN 1 AND 5")
    subdistrict: str | None = text_field("subdistrict")
    expertise: str | None = text_field("expertise")
    phone: str | None = text_field("phone")
    active_from: str | None = day("active_from")
    left_on: str | None = day("left_on")
    email: str | None = text_field("email")


class PostingRow(KeyedTable, table=True):
    """Which department a cadre belonged to and how many enterprises it could serve, and when."""

    __table_args__ = (interval(), Index(None, "cadre_id", "start_on"), STRICT)
    cadre_id: int = link("cadre_id", "cadre")
    department: str | None = text_field("department")
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")
    capacity: int | None = integer("capacity", "capacity >= 0")


class EnterpriseRow(KeyedTable, table=True):
    """An enterprise as the roster last had it. `revenue` is in fen a year."""

    __table_args__ = (Index(None, "name"), STRICT)
    uscc: str = text_field("uscc", null=False, unique=True)
    name: str = text_field("name", null=False)
    address: str | None = text_field("address")
    revenue: int | None = integer("revenue")
    employees: int | None = integer("employees", "employees >= 0")
    qualified: int | None = flag("qualified", null=True)
    above_scale: int | None = flag("above_scale", null=True)
    enrolled_on: str | None = day("enrolled_on")
    exited_on: str | None = day("exited_on")
    contact_name: str | None = text_field("contact_name")
    contact_title: str | None = text_field("contact_title")
    contact_phone: str | None = text_field("contact_phone")
    verified_on: str | None = day("verified_on")


class ProfileRow(KeyedTable, table=True):
    """What reports group by, dated, so that a report of a past day uses that day's groups."""

    __table_args__ = (interval(), Index(None, "enterprise_id", "start_on"), Index(None, "start_on"), STRICT)
    enterprise_id: int = link("enterprise_id", "enterprise")
    tier: str = choice("tier", Tier)
    subdistrict: str | None = text_field("subdistrict")
    industry_code: str | None = text_field("industry_code")
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")


class ScopeRow(KeyedTable, table=True):
    """When an enterprise was in scope, and whether the register or the threshold said so."""

    __table_args__ = (interval(), Index(None, "enterprise_id", "start_on"), Index(None, "start_on"), STRICT)
    enterprise_id: int = link("enterprise_id", "enterprise")
    basis: str = choice("basis", ScopeBasis)
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")


class PairingRow(KeyedTable, table=True):
    """One cadre serves one enterprise; `why` is the JSON of `usecases.pairing.assignment.reason`."""

    __table_args__ = (
        interval(),
        Index("ix_pairing_open", "enterprise_id", unique=True, sqlite_where=text("end_on IS NULL")),
        Index(None, "enterprise_id", "start_on"),
        Index(None, "cadre_id", "start_on"),
        STRICT,
    )
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int = link("cadre_id", "cadre")
    pinned: int = flag("pinned")
    why: str | None = text_field("why")
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")


class PairingDeputyRow(KeyedTable, table=True):
    """A deputy (B post) of a pairing; the one with the lowest `place` goes first."""

    __table_args__ = (
        UniqueConstraint("pairing_id", "cadre_id"), UniqueConstraint("pairing_id", "place"), Index(None, "cadre_id"),
        STRICT,
    )  # fmt: skip
    pairing_id: int = link("pairing_id", "pairing")
    cadre_id: int = link("cadre_id", "cadre")
    place: int = integer("place", "place > 0", null=False)


class RecusalRow(KeyedTable, table=True):
    """A cadre who must not serve an enterprise, and when."""

    __table_args__ = (
        interval(), UniqueConstraint("cadre_id", "enterprise_id", "start_on"), Index(None, "enterprise_id"), STRICT,
    )  # fmt: skip
    cadre_id: int = link("cadre_id", "cadre")
    enterprise_id: int = link("enterprise_id", "enterprise")
    reason: str = text_field("reason", null=False)
    kind: str = choice("kind", RecusalKind, preset="other")
    start_on: str = day("start_on", null=False, preset=BEGINNING)
    end_on: str | None = day("end_on")


class AbsenceRow(KeyedTable, table=True):
    """Days on which a cadre cannot visit, and who stands in."""

    __table_args__ = (interval(), UniqueConstraint("cadre_id", "start_on"), Index(None, "deputy_id"), STRICT)
    cadre_id: int = link("cadre_id", "cadre")
    reason: str | None = text_field("reason")
    start_on: str = day("start_on", null=False)
    end_on: str = day("end_on", null=False)
    deputy_id: int | None = link("deputy_id", "cadre", null=True)


class ClockRow(Table, table=True):
    """When the next visit of an enterprise is due; derived, kept by triggers, rebuilt by `esm db check`."""

    # The first index is the order of the due list, the second, which is small, counts it.
    __table_args__ = (Index("ix_clock_due", "due_on", "tier", "uscc"), Index(None, "due_on", "end_on"), STRICT)
    enterprise_id: int | None = Field(default=None, sa_column=Column("enterprise_id", Integer, primary_key=True))
    uscc: str = text_field("uscc", null=False)
    tier: str = text_field("tier", null=False)
    start_on: str = text_field("start_on", null=False)
    end_on: str | None = text_field("end_on")
    last_visit_on: str | None = text_field("last_visit_on")
    anchor_on: str = text_field("anchor_on", null=False)
    due_on: str = text_field("due_on", null=False)


class WindingRow(Table, table=True):
    """Whose clock is being set; empty but while a trigger does it."""

    enterprise_id: int | None = Field(default=None, sa_column=Column("enterprise_id", Integer, primary_key=True))


class OperationRow(KeyedTable, table=True):
    """One writing command: who, when, what was typed. Open while `hash` is null."""

    __table_args__ = (
        Index(
            "ix_operation_open",
            EngineRule("hash IS NULL", "(hash IS NULL)"),
            unique=True,
            sqlite_where=text("hash IS NULL"),
        ),
        STRICT,
    )
    at: str = text_field("at", null=False)
    today: str = day("today", null=False)
    actor: str = text_field("actor", null=False)
    host: str = text_field("host", null=False)
    command: str = text_field("command", null=False)
    revision: str = text_field("revision", null=False)
    undoes: int | None = link("undoes", "operation", null=True)
    changes: int | None = integer("changes")
    previous_hash: str = text_field("previous_hash", null=False)
    hash: str | None = text_field("hash")


class ChangeRow(Table, table=True):
    """One row before and after one operation, written by triggers only."""

    __table_args__ = (Index(None, "operation_id"), Index(None, "subject", "row_id"), STRICT)
    seq: int | None = Field(default=None, sa_column=Column("seq", Integer, primary_key=True))
    operation_id: int = link("operation_id", "operation")
    subject: str = text_field("subject", null=False)
    row_id: int = integer("row_id", null=False)
    kind: str = choice("kind", ("I", "U", "D"))
    old: str | None = text_field("old")
    new: str | None = text_field("new")
