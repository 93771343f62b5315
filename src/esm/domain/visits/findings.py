"""What the coverage checker finds, each with a kind that scripts can rely on."""

from __future__ import annotations

from dataclasses import dataclass

from esm.errors import Message

KINDS = (
    "unserved", "cadre_left", "over_capacity", "recused_pair", "never_visited", "overdue",
    "not_reached", "refused", "moved", "closed", "promise_overdue",
    "undecidable", "predicted_above_scale", "below_line", "duplicate_name", "stale_contact",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `subject` names whom it concerns."""

    kind: str
    uscc: str | None
    staff_no: str | None
    subject: str
    detail: Message
