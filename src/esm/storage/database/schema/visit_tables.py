"""The tables around visits: visits, plans, pauses, working days, blackouts, companions and promises."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.domain.visits.contact_made import Business, Channel, Satisfaction, VisitOutcome
from esm.storage.database.schema.fields import (
    STRICT,
    KeyedTable,
    choice,
    day,
    flag,
    integer,
    interval,
    link,
    text_field,
    time_of_day,
)


class HolidayRow(KeyedTable, table=True):
    """A day that a notice (its year) or a rule of the place (`local`) declares off or worked."""

    __table_args__ = (UniqueConstraint("falls_on", "notice"), STRICT)
    falls_on: str = day("falls_on", null=False)
    worked: int = flag("worked")
    name: str = text_field("name", null=False)
    notice: str = text_field("notice", null=False)
    source: str = text_field("source", null=False)


class BlackoutRow(KeyedTable, table=True):
    """Days on which an enterprise asks not to be visited; its clock runs on."""

    __table_args__ = (interval(), Index(None, "enterprise_id", "start_on"), STRICT)
    enterprise_id: int = link("enterprise_id", "enterprise")
    reason: str | None = text_field("reason")
    start_on: str = day("start_on", null=False)
    end_on: str = day("end_on", null=False)


class CompanionRow(KeyedTable, table=True):
    """Who went along on a visit: another cadre, or somebody of another department."""

    __table_args__ = (
        CheckConstraint("(cadre_id IS NULL) <> (department IS NULL)", name="one_of_both"),
        Index(None, "visit_id"),
        Index(None, "cadre_id"),
        STRICT,
    )
    visit_id: int = link("visit_id", "visit")
    cadre_id: int | None = link("cadre_id", "cadre", null=True)
    department: str | None = text_field("department")


class PromiseRow(KeyedTable, table=True):
    """What was promised to an enterprise on a visit, until when, and when it was kept."""

    __table_args__ = (
        Index("ix_promise_open", "enterprise_id", "due_on", sqlite_where=text("kept_on IS NULL")),
        Index(None, "visit_id"),
        STRICT,
    )
    enterprise_id: int = link("enterprise_id", "enterprise")
    visit_id: int = link("visit_id", "visit")
    words: str = text_field("words", null=False)
    due_on: str = day("due_on", null=False)
    kept_on: str | None = day("kept_on")


class OutsideVisitRow(KeyedTable, table=True):
    """A visit by another department: it burdens the enterprise and moves no clock."""

    __table_args__ = (
        Index(
            "uq_outside_visit_standing", "enterprise_id", "department", "done_on", unique=True,
            sqlite_where=text("cancelled_on IS NULL"),
        ),
        Index(None, "done_on"),
        STRICT,
    )  # fmt: skip
    enterprise_id: int = link("enterprise_id", "enterprise")
    department: str = text_field("department", null=False)
    done_on: str = day("done_on", null=False)
    minutes: str | None = text_field("minutes")
    recorded_on: str = day("recorded_on", null=False)
    cancelled_on: str | None = day("cancelled_on")
    cancel_reason: str | None = text_field("cancel_reason")


class CancelledPlanRow(KeyedTable, table=True):
    """A plan that was taken away or given to another cadre, so that calendars which hold it can be told.

    `cause` is null in what was called off before causes were kept; `reason` is what somebody said. What was `confirmed`
    with the enterprise and called off because nobody served it is taken up by the next cadre.
    """

    __table_args__ = (Index(None, "cadre_id", "planned_on"), Index(None, "plan_id"), STRICT)
    plan_id: int = integer("plan_id", null=False)
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int = link("cadre_id", "cadre")
    planned_on: str = day("planned_on", null=False)
    cancelled_on: str = day("cancelled_on", null=False)
    reason: str | None = text_field("reason")
    starts_at: str | None = time_of_day("starts_at")
    cause: str | None = choice("cause", PlanChangeReason, null=True)
    confirmed: int = integer("confirmed", "confirmed IN (0, 1)", null=False, preset=0)


class PauseRow(KeyedTable, table=True):
    """Days on which an enterprise is not to be visited; its clock is not overdue then."""

    __table_args__ = (interval(), Index(None, "enterprise_id", "start_on"), STRICT)
    enterprise_id: int = link("enterprise_id", "enterprise")
    reason: str = text_field("reason", null=False)
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")


class VisitRow(KeyedTable, table=True):
    """A contact that took place. It counts when on site, met and not cancelled."""

    __table_args__ = (
        Index(
            "uq_visit_standing", "enterprise_id", "cadre_id", "done_on", unique=True,
            sqlite_where=text("cancelled_on IS NULL"),
        ),
        Index(
            "ix_visit_counted", "enterprise_id", "done_on",
            sqlite_where=text("channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL"),
        ),
        Index(None, "done_on"),
        Index(None, "enterprise_id", "done_on"),
        Index(None, "cadre_id", "done_on"),
        STRICT,
    )  # fmt: skip
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int = link("cadre_id", "cadre")
    done_on: str = day("done_on", null=False)
    channel: str = choice("channel", Channel)
    outcome: str = choice("outcome", VisitOutcome)
    minutes: str | None = text_field("minutes")
    recorded_on: str = day("recorded_on", null=False)
    cancelled_on: str | None = day("cancelled_on")
    cancel_reason: str | None = text_field("cancel_reason")
    met_with: str | None = text_field("met_with")
    business: str | None = choice("business", Business, null=True)
    satisfaction: str | None = choice("satisfaction", Satisfaction, null=True)


class PlanRow(KeyedTable, table=True):
    """A visit that is planned; `visit_id` is the visit that used it up."""

    __table_args__ = (
        Index("ix_plan_open", "enterprise_id", "planned_on", sqlite_where=text("visit_id IS NULL")),
        Index("ix_plan_lapse", "planned_on", sqlite_where=text("visit_id IS NULL")),
        Index(None, "made_on"),
        Index(None, "enterprise_id", "planned_on"),
        Index(None, "visit_id"),
        Index(None, "cadre_id"),
        STRICT,
    )
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int = link("cadre_id", "cadre")
    due_on: str = day("due_on", null=False)
    planned_on: str = day("planned_on", null=False)
    confirmed: int = flag("confirmed")
    provisional: int = flag("provisional")
    made_on: str = day("made_on", null=False)
    visit_id: int | None = link("visit_id", "visit", null=True)
    starts_at: str | None = time_of_day("starts_at")
