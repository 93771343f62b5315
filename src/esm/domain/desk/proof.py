"""What a file carries so that its figures can be computed again (docs/rules.md, Proof of a file)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from esm.operating_system import typed


class FileNature(StrEnum):
    """What a file of esm without a proof is, which says why it has none."""

    ANSWER = "answer"  # of a command that changes records or reads files
    CALENDAR = "calendar"
    CITY = "city"
    ERRORS = "errors"
    EXPORT = "export"
    FORM = "form"
    PHONES = "phones"
    TEMPLATE = "template"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedState:
    """A state of the database: the operation that left it, its seal, and the seal of the first operation of all."""

    operation: int
    seal: str
    first_seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was asked, on which day, in which language and by whom, where that matters; and what it rests on.

    `figures` is the digest of the figures; `state` the sealed state of the database that gave them.
    """

    version: str
    asked: tuple[str, ...]
    today: str
    as_of: str
    language: str
    actor: str | None
    state: SealedState
    figures: str

    @property
    def command(self) -> str:
        """Return what was asked as one line."""
        return typed(("esm", *self.asked))

    @property
    def text(self) -> str:
        """Return the proof as JSON."""
        return json.dumps(asdict(self), ensure_ascii=True, sort_keys=True)


def parsed_proof(text: str) -> Proof | None:
    """Return the proof that a text holds; None where it holds none."""
    try:
        found = json.loads(text)
        state = SealedState(**found.pop("state"))
        proof = Proof(**{**found, "asked": tuple(found["asked"]), "state": state})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return proof if _is_sound(asdict(proof), proof.state) else None


def _is_sound(values: Mapping[str, object], state: SealedState) -> bool:
    texts = [values[each.name] for each in fields(Proof) if each.name not in {"asked", "state", "actor"}]
    texts += [state.seal, state.first_seal, values["actor"] or "", *values["asked"]]  # type: ignore[misc]
    return all(isinstance(text, str) for text in texts) and type(state.operation) is int and state.operation > 0
