"""The tables of the policies: what each gives and to whom, who was told, who applied, what arrived."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from esm.domain.policies.policy import PolicyAnswer, ReliefKind
from esm.storage.database.schema.fields import STRICT, KeyedTable, choice, day, flag, integer, link, text_field


class PolicyRow(KeyedTable, table=True):
    """A measure in favour of enterprises. `until_on` is its last day; `worth` what it brings one, in fen.

    `industries`, `tiers` and `sizes` are lists separated by commas; null means all. `unasked`: nobody applies.
    """

    code: str = text_field("code", null=False, unique=True)
    title: str = text_field("title", null=False)
    source: str | None = text_field("source")
    gives: str | None = text_field("gives")
    worth: int | None = integer("worth", "worth > 0")
    start_on: str | None = day("start_on")
    until_on: str | None = day("until_on")
    industries: str | None = text_field("industries")
    tiers: str | None = text_field("tiers")
    sizes: str | None = text_field("sizes")
    above_scale: int = flag("above_scale")
    newly_entered: int = flag("newly_entered")
    unasked: int = integer("unasked", "unasked IN (0, 1)", null=False, preset=0)
    audience: str | None = text_field("audience")
    office: str | None = text_field("office")


class BriefingRow(KeyedTable, table=True):
    """A policy that was explained to an enterprise on a day, mostly on a visit."""

    __table_args__ = (
        UniqueConstraint("policy_id", "enterprise_id", "done_on"), Index(None, "enterprise_id", "done_on"),
        Index(None, "cadre_id"), Index(None, "visit_id"), STRICT,
    )  # fmt: skip
    policy_id: int = link("policy_id", "policy")
    enterprise_id: int = link("enterprise_id", "enterprise")
    cadre_id: int | None = link("cadre_id", "cadre", null=True)
    visit_id: int | None = link("visit_id", "visit", null=True)
    done_on: str = day("done_on", null=False)


class ApplicationRow(KeyedTable, table=True):
    """What an enterprise did about a policy: applied, declined, or found that it does not apply."""

    __table_args__ = (
        UniqueConstraint("policy_id", "enterprise_id", "done_on"), Index(None, "enterprise_id", "done_on"), STRICT,
    )  # fmt: skip
    policy_id: int = link("policy_id", "policy")
    enterprise_id: int = link("enterprise_id", "enterprise")
    kind: str = choice("kind", PolicyAnswer)
    done_on: str = day("done_on", null=False)
    note: str | None = text_field("note")


class ReliefRow(KeyedTable, table=True):
    """Money that reached an enterprise through a policy, in fen; several times a day if it came so."""

    __table_args__ = (
        Index(None, "policy_id", "enterprise_id", "done_on"), Index(None, "enterprise_id", "done_on"),
        Index(None, "done_on"), STRICT,
    )  # fmt: skip
    policy_id: int = link("policy_id", "policy")
    enterprise_id: int = link("enterprise_id", "enterprise")
    kind: str = choice("kind", ReliefKind)
    done_on: str = day("done_on", null=False)
    amount: int = integer("amount", "amount > 0", null=False)
