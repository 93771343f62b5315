"""Publishing policies: adding and changing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from esm.domain.policies.policy import Policy
from esm.domain.policies.records import PolicyDossier
from esm.domain.values.industry import full_code
from esm.errors import RuleRefused, UsageRefused, say
from esm.storage.database.connection import Writing
from esm.storage.policies import policies
from esm.storage.policies.policies import StoredPolicy
from esm.usecases.policies import policy_queries
from esm.usecases.register import lookup


def add(writing: Writing, values: Mapping[str, Any], *, today: date) -> PolicyDossier:
    """Add a policy; a code that is taken and days that do not fit are refused."""
    policy = Policy(**_with_full_codes(values))
    if policy.code in policies.load(writing):
        raise RuleRefused(
            say("The policy {code} already exists.", code=policy.code),
            say("Change it with `esm policy edit`, or choose another code."),
        )
    _require_days(policy)
    policies.add(writing, [policy])
    return policy_queries.dossier(writing, policy.code, today)


def edit(
    writing: Writing, name: str, values: Mapping[str, Any], *, today: date, dropped: Sequence[str] = ()
) -> PolicyDossier:
    """Change a policy and empty the fields that are `dropped`; what was explained and received stays."""
    stored = stored_policy(writing, name)
    for field in dropped:
        if field in values:
            raise UsageRefused(
                say("“{field}” cannot be both set and cleared.", field=field), say("Use only one of the two.")
            )
    emptied = {field: () if isinstance(getattr(stored.policy, field), tuple) else None for field in dropped}
    changed = {**_with_full_codes(values), **emptied}
    _require_days(replace(stored.policy, **changed))
    policies.edit(writing, stored, changed)
    return policy_queries.dossier(writing, stored.policy.code, today)


def stored_policy(writing: Writing, name: str) -> StoredPolicy:
    """Return the policy that a code or a part of a title means, with its row's id."""
    return policies.load(writing)[lookup.policy(writing, name)]


def _with_full_codes(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with industry codes that begin with their letter, as those of enterprises do."""
    full = dict(values)
    if "industries" in full:
        full["industries"] = tuple(map(full_code, full["industries"]))
    return full


def _require_days(policy: Policy) -> None:
    if policy.start_on is not None and policy.until_on is not None and policy.until_on < policy.start_on:
        raise RuleRefused(
            say("The last day {until} is before the first, {start}.", until=policy.until_on, start=policy.start_on),
            say("Check both dates."),
        )
