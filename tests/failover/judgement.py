"""What became of the changes of the desks: those confirmed, those refused, and those of which esm did not know."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.failover.desks import Attempt, run
from tests.postgres import Server


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many of which there were; `lost` and `half` are to be empty."""

    confirmed: int
    refused: int
    unknown: int
    unknown_saved: int
    lost: frozenset[str]  # confirmed, and not there
    untrue: frozenset[str]  # refused, and there; or an operation of unknown fate that is another's
    half: frozenset[str]  # in the journal and not in the tables, or the other way round, or twice
    writable_after: float  # seconds from the failure until a command that began later was confirmed
    longest: float  # seconds of the slowest command

    @property
    def commands(self) -> int:
        """Return how many commands ran."""
        return self.confirmed + self.refused + self.unknown


def judged(attempts: Sequence[Attempt], server: Server, address: str, failed_at: float) -> Judgement:
    """Hold the attempts against what a server has in the end, by esm's own history and by the tables."""
    operations = {each["id"]: each["command"] for each in _history(address)}
    marks = {each.mark for each in attempts}
    journal = [word for command in operations.values() for word in command.split() if word in marks]
    saved = frozenset(journal)
    unknown = [each for each in attempts if each.unknown_operation is not None]
    return Judgement(
        confirmed=sum(each.is_confirmed for each in attempts),
        refused=sum(each.is_refused for each in attempts),
        unknown=len(unknown),
        unknown_saved=sum(each.mark in saved for each in unknown),
        lost=frozenset(each.mark for each in attempts if each.is_confirmed) - saved,
        untrue=frozenset(
            each.mark
            for each in attempts
            if each.mark in saved and not each.is_confirmed
            if each.unknown_operation is None or each.mark not in operations.get(each.unknown_operation, "").split()
        ),
        half=(saved ^ (_texts(server, address) & marks))
        | {mark for mark, times in Counter(journal).items() if times > 1},
        writable_after=min(each.ended for each in attempts if each.is_confirmed and each.began > failed_at) - failed_at,
        longest=max(each.ended - each.began for each in attempts),
    )


def _history(address: str) -> list[dict[str, Any]]:
    answered = run(address, "history", "--format", "json", "--limit", "100000")
    found: list[dict[str, Any]] = json.loads(answered.stdout)
    return found


def _texts(server: Server, address: str) -> set[str]:
    """Return what stands where the desks put their marks."""
    schema = address.rpartition("schema=")[2]
    with server.connect() as connection:
        rows = connection.execute(
            f"""SELECT minutes FROM {schema}.visit WHERE minutes IS NOT NULL
                UNION ALL SELECT staff_no FROM {schema}.cadre
                UNION ALL SELECT address FROM {schema}.enterprise WHERE address IS NOT NULL""".encode()
        ).fetchall()
    return {text for (text,) in rows}
