"""The database itself: is it whole, and does it say what its journal says?"""

from __future__ import annotations

from collections.abc import Iterator

from esm.domain.desk.integrity import Condition, Flaw, FlawKind
from esm.domain.desk.table_words import table_words
from esm.errors import say
from esm.storage.database import connection, integrity, journal
from esm.storage.database.connection import Reading


def condition(reading: Reading) -> Condition:
    """Return what the database holds."""
    operations = journal.operations(reading.connection)
    return Condition(connection.REVISION, integrity.rows_by_table(reading), len(operations), reading.head())


def flaws(reading: Reading, head: str | None = None) -> list[Flaw]:
    """Return what is wrong: damage, orphans, a broken journal, data changed behind it, a clock that is off.

    What cannot be looked at, because the file is damaged there, is a flaw, too, and hides no other. `head` is the start
    of a journal head noted earlier; without it, cutting off the newest operations cannot be noticed.
    """
    parts = (
        (_damages(reading), say("the file cannot be checked whole")),
        (_orphans(reading), say("the references between records cannot be checked whole")),
        (_journal_flaws(reading, head), say("the journal cannot be checked whole")),
        (_changed_behind(reading), say("the agreement with the journal cannot be checked whole")),
        (_strange_definitions(reading), say("the definitions cannot be checked whole")),
        (_wrong_clocks(reading), say("the visit clocks cannot be checked whole")),
    )
    found: list[Flaw] = []
    for looked_for, otherwise in parts:
        if not integrity.read_whole(looked_for, found):
            found.append(Flaw(FlawKind.UNREADABLE, otherwise))
    if found:
        for table in integrity.unreadable_tables(reading):
            found.append(Flaw(FlawKind.UNREADABLE, say("{table} cannot be read whole", table=table_words(table))))
    return found


def _damages(reading: Reading) -> Iterator[Flaw]:
    for text in reading.connection.damages():
        yield Flaw(FlawKind.DAMAGED, say("the file is damaged: {text}", text=text))


def _orphans(reading: Reading) -> Iterator[Flaw]:
    for table, row_id, parent in reading.connection.orphans():
        yield Flaw(
            FlawKind.ORPHAN,
            say("{table} {id} refers to a missing {parent}",
                table=table_words(table), id=row_id, parent=table_words(parent)),
        )  # fmt: skip


def _journal_flaws(reading: Reading, head: str | None) -> Iterator[Flaw]:
    for operation_id in journal.broken_seals(reading.connection):
        yield Flaw(FlawKind.JOURNAL, say("operation {id} was changed after it was sealed", id=operation_id))
    heads = [journal.FIRST_HASH, *(operation.hash for operation in journal.operations(reading.connection))]
    if head is not None and not any(known.startswith(head.lower()) for known in heads):
        yield Flaw(FlawKind.HEAD, say("the journal has no operation with the head {head}", head=head))


def _changed_behind(reading: Reading) -> Iterator[Flaw]:
    for table, row_id, is_gone in integrity.unlike_the_journal(reading):
        words = table_words(table)
        if is_gone:
            yield Flaw(FlawKind.CHANGED, say("{table} {id} was deleted without the journal", table=words, id=row_id))
        else:
            yield Flaw(FlawKind.CHANGED, say("{table} {id} was changed without the journal", table=words, id=row_id))


def _strange_definitions(reading: Reading) -> Iterator[Flaw]:
    names = [*reading.connection.strange_definitions(), *["alembic_version"] * integrity.has_other_versions(reading)]
    for name in names:
        yield Flaw(FlawKind.DEFINITIONS, say("{name} is missing, altered or not part of esm", name=name))


def _wrong_clocks(reading: Reading) -> Iterator[Flaw]:
    for uscc in integrity.wrong_clocks(reading):
        yield Flaw(FlawKind.CLOCK, say("the visit clock of {uscc} is wrong", uscc=uscc))
