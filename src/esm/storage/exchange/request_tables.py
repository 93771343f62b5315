"""The tables of requests and policies as the rows of sheets (see `storage.exchange.tables`)."""

from __future__ import annotations

from collections.abc import Mapping

from esm.storage.exchange.table_spec import Ledger, Link

_FIRM = {"uscc": Link("enterprise_id", "enterprise", "uscc")}
_REQUEST = """(SELECT request.*, request.id AS request_no, cadre.staff_no, visit.done_on AS visited_on FROM request
               LEFT JOIN cadre ON cadre.id = request.cadre_id LEFT JOIN visit ON visit.id = request.visit_id)"""
_EVENT = "(SELECT request_event.*, request_id AS request_no, kind AS move FROM request_event)"
_BRIEFING = """(SELECT briefing.*, policy.code AS policy, cadre.staff_no, visit_id IS NOT NULL AS on_visit FROM briefing
                JOIN policy ON policy.id = policy_id LEFT JOIN cadre ON cadre.id = cadre_id)"""
_APPLICATION = "(SELECT application.*, policy.code AS policy FROM application JOIN policy ON policy.id = policy_id)"
_RELIEF = "(SELECT relief.*, policy.code AS policy FROM relief JOIN policy ON policy.id = policy_id)"

MATTERS: Mapping[str, Ledger] = {
    "request_classes": Ledger("request_class", ("code", "name", "retired"), {}),
    "requests": Ledger(
        "request",
        ("received_on", "request_class", "nature", "subject", "accept_days", "answer_days", "close_days"),
        _FIRM, _REQUEST, told=("cadre_id", "visit_id"),
    ),
    "request_events": Ledger(
        "request_event",
        ("done_on", "who", "department", "supporting", "note", "until_on", "days", "outcome", "basis", "satisfied",
         "reason"),
        {}, _EVENT, told=("request_id", "kind"),
    ),
    "policies": Ledger(
        "policy",
        ("code", "title", "source", "gives", "worth", "start_on", "until_on", "industries", "tiers", "sizes",
         "above_scale", "newly_entered", "unasked"),
        {},
    ),
    "briefings": Ledger("briefing", ("done_on",), _FIRM, _BRIEFING, told=("policy_id", "cadre_id", "visit_id")),
    "applications": Ledger("application", ("kind", "done_on", "note"), _FIRM, _APPLICATION, told=("policy_id",)),
    "reliefs": Ledger("relief", ("kind", "done_on", "amount"), _FIRM, _RELIEF, told=("policy_id",)),
}  # fmt: skip
