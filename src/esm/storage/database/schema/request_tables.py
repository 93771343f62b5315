"""The tables of the requests. What is known of a request on a day follows from its events up to that day."""

from __future__ import annotations

from sqlalchemy import Index

from esm.domain.requests.states import EscalationReason, Nature, RequestOutcome, TransitionKind
from esm.storage.database.schema.fields import STRICT, KeyedTable, choice, day, flag, integer, link, text_field


class RequestClassRow(KeyedTable, table=True):
    """A class that the district added, renamed or retired; those shipped need no row."""

    code: str = text_field("code", null=False, unique=True)
    name: str | None = text_field("name")
    retired: int = flag("retired")


class RequestRow(KeyedTable, table=True):
    """What an enterprise asked for; the days are working days, promised when it was received."""

    __table_args__ = (
        Index(None, "enterprise_id", "received_on"), Index(None, "received_on"), Index(None, "cadre_id"),
        Index(None, "visit_id"), STRICT,
    )  # fmt: skip
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int | None = link("cadre_id", "cadre", null=True)
    visit_id: int | None = link("visit_id", "visit", null=True)
    received_on: str = day("received_on", null=False)
    request_class: str = text_field("request_class", null=False)
    nature: str = choice("nature", Nature)
    subject: str = text_field("subject", null=False)
    accept_days: int = integer("accept_days", "accept_days > 0", null=False)
    answer_days: int = integer("answer_days", "answer_days > 0", null=False)
    close_days: int = integer("close_days", "close_days > 0", null=False)


class RequestEventRow(KeyedTable, table=True):
    """One move of a request; `supporting` holds departments separated by `、`, `deadline_on` what it was judged by."""

    __table_args__ = (Index(None, "request_id", "done_on"), Index(None, "department"), STRICT)
    request_id: int = link("request_id", "request")
    kind: str = choice("kind", TransitionKind)
    done_on: str = day("done_on", null=False)
    who: str | None = text_field("who")
    department: str | None = text_field("department")
    supporting: str | None = text_field("supporting")
    note: str | None = text_field("note")
    until_on: str | None = day("until_on")
    days: int | None = integer("days", "days > 0")
    outcome: str | None = choice("outcome", RequestOutcome, null=True)
    basis: str | None = text_field("basis")
    satisfied: int | None = flag("satisfied", null=True)
    reason: str | None = choice("reason", EscalationReason, null=True)
    deadline_on: str | None = day("deadline_on")
    days_taken: int | None = integer("days_taken", "days_taken >= 0")
