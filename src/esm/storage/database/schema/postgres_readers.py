"""What other programs may read of a district on a server: no telephone, no name of a contact, no free text."""

from __future__ import annotations

from collections.abc import Iterator

# What a reader reads of each table. What is not listed is not read, so a new column is not until somebody decides it.
READABLE = {
    "application": "id policy_id enterprise_id kind done_on",
    "blackout": "id enterprise_id start_on end_on",
    "briefing": "id policy_id enterprise_id cadre_id visit_id done_on",
    "cadre": "id staff_no name title rank subdistrict active_from left_on",
    "cancelled_plan": "id plan_id enterprise_id cadre_id planned_on cancelled_on starts_at cause confirmed",
    "clock": "enterprise_id uscc tier start_on end_on last_visit_on anchor_on due_on",
    "companion": "id visit_id cadre_id department",
    "enterprise": """id uscc name address revenue employees qualified above_scale enrolled_on exited_on contact_title
        verified_on""",
    "holiday": "id falls_on worked name notice source",
    "outside_visit": "id enterprise_id department done_on minutes recorded_on cancelled_on",
    "pairing": "id enterprise_id cadre_id pinned start_on end_on",
    "pairing_deputy": "id pairing_id cadre_id place",
    "pause": "id enterprise_id start_on end_on",
    "plan": "id enterprise_id cadre_id due_on planned_on confirmed provisional made_on visit_id starts_at",
    "policy": """id code title source gives worth start_on until_on industries tiers sizes above_scale newly_entered
        unasked audience office""",
    "posting": "id cadre_id department start_on end_on capacity",
    "profile": "id enterprise_id tier subdistrict industry_code start_on end_on",
    "promise": "id enterprise_id visit_id due_on kept_on",
    "relief": "id policy_id enterprise_id kind done_on amount",
    "request": """id enterprise_id cadre_id visit_id received_on request_class nature accept_days answer_days
        close_days""",
    "request_class": "id code name retired",
    "request_event": """id request_id kind done_on department supporting until_on days outcome basis satisfied
        deadline_on days_taken""",
    "scope": "id enterprise_id basis start_on end_on",
    "visit": """id enterprise_id cadre_id done_on channel outcome minutes recorded_on cancelled_on business
        satisfaction""",
}  # fmt: skip
FOR_ALL = frozenset({"holiday", "policy", "request_class"})  # these concern no enterprise
SHOWN_BY_ROW = tuple(table for table in READABLE if table not in FOR_ALL)
GUARDED = (*SHOWN_BY_ROW, "absence", "recusal")


def views() -> Iterator[str]:
    """Yield the views of a reader; in them a day is a DATE."""
    for table, names in READABLE.items():
        columns = [f"esm_day({name}) AS {name}" if name.endswith("_on") else name for name in names.split()]
        yield f"CREATE VIEW reader_{table} AS SELECT {', '.join(columns)} FROM {table}"


def guards() -> Iterator[str]:
    """Yield what lets nobody but the owner see a row or call a function unless it is granted."""
    for table in GUARDED:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield """DO $$ BEGIN
               EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
             END $$"""
