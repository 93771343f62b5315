"""The tables around visits: working days, blackouts, companions, promises, and what calendars must be told."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from esm.storage.database.fields import STRICT, Table, day, flag, integer, interval, key, link, text_field


class HolidayRow(Table, table=True):
    """A day that a notice (its year) or a rule of the place (`local`) declares off or worked."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("falls_on", "notice"), STRICT)
    id: int | None = key()
    falls_on: str = day("falls_on", null=False)
    worked: int = flag("worked")
    name: str = text_field("name", null=False)
    notice: str = text_field("notice", null=False)
    source: str = text_field("source", null=False)


class BlackoutRow(Table, table=True):
    """Days on which an enterprise asks not to be visited; its clock runs on."""

    __tablename__ = "blackout"
    __table_args__ = (interval(), Index(None, "enterprise_id", "start_on"), STRICT)
    id: int | None = key()
    enterprise_id: int = link("enterprise_id", "enterprise")
    reason: str | None = text_field("reason")
    start_on: str = day("start_on", null=False)
    end_on: str = day("end_on", null=False)


class CompanionRow(Table, table=True):
    """Who went along on a visit: another cadre, or somebody of another department."""

    __tablename__ = "companion"
    __table_args__ = (
        CheckConstraint("(cadre_id IS NULL) <> (department IS NULL)", name="one_of_both"),
        Index(None, "visit_id"),
        Index(None, "cadre_id"),
        STRICT,
    )
    id: int | None = key()
    visit_id: int = link("visit_id", "visit")
    cadre_id: int | None = link("cadre_id", "cadre", null=True)
    department: str | None = text_field("department")


class PromiseRow(Table, table=True):
    """What was promised to an enterprise on a visit, until when, and when it was kept."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_open", "enterprise_id", "due_on", sqlite_where=text("kept_on IS NULL")),
        Index(None, "visit_id"),
        STRICT,
    )
    id: int | None = key()
    enterprise_id: int = link("enterprise_id", "enterprise")
    visit_id: int = link("visit_id", "visit")
    words: str = text_field("words", null=False)
    due_on: str = day("due_on", null=False)
    kept_on: str | None = day("kept_on")


class OutsideVisitRow(Table, table=True):
    """A visit by another department: it burdens the enterprise and moves no clock."""

    __tablename__ = "outside_visit"
    __table_args__ = (
        Index(
            "uq_outside_visit_standing", "enterprise_id", "department", "done_on", unique=True,
            sqlite_where=text("cancelled_on IS NULL"),
        ),
        Index(None, "done_on"),
        STRICT,
    )  # fmt: skip
    id: int | None = key()
    enterprise_id: int = link("enterprise_id", "enterprise")
    department: str = text_field("department", null=False)
    done_on: str = day("done_on", null=False)
    minutes: str | None = text_field("minutes")
    recorded_on: str = day("recorded_on", null=False)
    cancelled_on: str | None = day("cancelled_on")
    cancel_reason: str | None = text_field("cancel_reason")


class CancelledPlanRow(Table, table=True):
    """A plan that was taken away or given to another cadre, so that calendars which hold it can be told."""

    __tablename__ = "cancelled_plan"
    __table_args__ = (Index(None, "cadre_id", "planned_on"), Index(None, "plan_id"), STRICT)
    id: int | None = key()
    plan_id: int = integer("plan_id", null=False)
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int = link("cadre_id", "cadre")
    planned_on: str = day("planned_on", null=False)
    sequence: int = integer("sequence", "sequence >= 0", null=False)
    cancelled_on: str = day("cancelled_on", null=False)
    reason: str | None = text_field("reason")
