"""Whether a database can vouch for the state on which a file rests (docs/rules.md, Proof of a file)."""

from __future__ import annotations

from collections.abc import Iterator

from esm.domain.desk.figure_differences import Difference
from esm.domain.desk.proof import Proof, SealedState
from esm.domain.desk.table_words import table_words
from esm.errors import say
from esm.storage.database import integrity, journal
from esm.storage.database.connection import Reading
from esm.storage.database.seal_lookup import sealed_state


def state_differences(reading: Reading, state: SealedState) -> list[Difference]:
    """Return why this database is not the one in that state: another, or one whose past is not that of the file."""
    found = sealed_state(reading, state.operation)
    newest = sealed_state(reading)
    if newest is None or newest.first_seal != state.first_seal:
        return [Difference(say("the database"), state.first_seal, None if newest is None else newest.first_seal)]
    if found is None or found.seal != state.seal:
        place = say("the head, operation {id}", id=state.operation)
        return [Difference(place, state.seal, None if found is None else found.seal)]
    return []


def proof_differences(proof: Proof, computed: Proof | None) -> Iterator[Difference]:
    """Yield where the proof that a file carries is not that of the answer computed again."""
    figures, as_of = (None, None) if computed is None else (computed.figures, computed.as_of)
    if figures != proof.figures:
        yield Difference(say("the digest of the figures"), proof.figures, figures)
    if as_of != proof.as_of:
        yield Difference(say("the date of the figures"), proof.as_of, as_of)


def records_changed(reading: Reading) -> Iterator[Difference]:
    """Yield the operations and the records that were changed outside esm, which no journal could tell."""
    for operation in journal.broken_seals(reading.connection):
        yield Difference(say("operation {id}", id=operation), None, say("changed after it was sealed"))
    for table, row_id, is_gone in integrity.unlike_the_journal(reading):
        what = say("deleted without the journal") if is_gone else say("changed without the journal")
        yield Difference(say("{table} {id}", table=table_words(table), id=row_id), None, what)
