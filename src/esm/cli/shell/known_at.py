"""`--known-at`: the question is answered from what was on record at an earlier point; so `esm verify` asks again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated, Any

from esm.cli.shell.options import option
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import Message, NotFound, UsageRefused, say
from esm.sheets.sheet.sheet import Fact, Report
from esm.storage.database import connection
from esm.storage.database.place import ServerPlace

if TYPE_CHECKING:
    from esm.cli.shell.context import Context
    from esm.domain.desk.history import Operation, OperationHeader
    from esm.sheets.sheet.sheet import Document
    from esm.storage.database.connection import Reading, Writing
    from esm.storage.database.place import Place

_COMPACT_DAY = 8  # digits of 20260630; a number of fewer or more is that of an operation


@dataclass(frozen=True, slots=True)
class KnownAt:
    """At which point was known what the answer rests on."""

    known_at: Annotated[
        str | None,
        option(
            "DAY|OPERATION",
            _("Answer from what was on record by the end of this date, or after this operation of `esm history`."),
        ),
    ] = None


class KnownState:
    """The database as an earlier operation left it, given as that operation or as a day."""

    def __init__(self, point: int | date, *, is_told: bool = True) -> None:
        """Take an operation or a day; `is_told` whether the answer says so."""
        self.point = point
        self.is_told = is_told
        self.operation: Operation | None = None

    @contextmanager
    def reading(self, place: Place) -> Iterator[Reading]:
        """Open a reading transaction on that state."""
        from esm.storage.reports import past_database  # noqa: PLC0415 - only for this option
        from esm.usecases.desk import operation_lookup  # noqa: PLC0415

        with connection.reading(place) as opened:
            self.operation = operation_lookup.last_operation(opened, self.point)
            with past_database.as_left_by(opened, self.operation.id) as earlier:
                yield earlier

    @contextmanager
    def changing(self, place: Place, header: OperationHeader) -> Iterator[Writing]:
        """Open an operation on a copy of that state, of which nothing is kept: what a command answered then."""
        from esm.storage.reports import past_database  # noqa: PLC0415 - only for files that are verified
        from esm.usecases.desk import operation_lookup  # noqa: PLC0415

        with connection.reading(place) as opened:
            self.operation = operation_lookup.last_operation(opened, self.point)
            with past_database.changeable_copy(opened, self.operation.id, header) as copied:
                yield copied

    def marked(self, shown: Document) -> Document:
        """Return an answer that says up to which operation it rests on: in a report as the fact `known_at`."""
        if self.operation is None or not self.is_told:
            return shown
        label = _("Known up to operation")
        if isinstance(shown, Report):
            return replace(shown, facts=(Fact("known_at", label, self.operation.id), *shown.facts))
        return replace(shown, notes=(*shown.notes, f"{label}: {self.operation.id}"))

    def remarks(self, as_of: date | None) -> Iterator[Message]:
        """Yield the remark that an answer as of a day rests on what was known on an earlier one."""
        if self.operation is None or as_of is None:
            return
        known = self.point if isinstance(self.point, date) else date.fromisoformat(self.operation.today)
        if as_of > known:
            yield say(
                "This is how {as_of} looked from what was known on {known}; for {known} itself add `--today {known}`.",
                as_of=as_of,
                known=known,
            )


def known_state(desk: Context, text: str | None, given: Mapping[str, Any]) -> KnownState | None:
    """Return the state that `--known-at` names. Raises UsageRefused for a command that would write."""
    if text is not None and given.get("with_phones"):
        raise UsageRefused(
            say("--with-phones and --known-at cannot be used together: the journal records who asked."),
            say("Use only one of them."),
        )
    operation = desk.options.operation
    if text is None and operation is not None:
        return KnownState(operation, is_told=False)
    return None if text is None else KnownState(_point(text, desk.day))


def marked(desk: Context, shown: Document) -> Document:
    """Return the answer of a command that says, with `--known-at`, up to which operation it rests on."""
    if desk.known is None:
        return shown
    desk.note(*desk.known.remarks(vars(desk).get("today")))  # the day, if the command asked for it
    return desk.known.marked(shown)


def note_in_files(desk: Context) -> None:
    """Say up to which operation it was known what a command has written into files."""
    if desk.known is not None and desk.known.operation is not None:
        desk.note(
            *desk.known.remarks(vars(desk).get("today")),
            say("Known up to operation {id}.", id=desk.known.operation.id),
        )


@contextmanager
def opened_change(desk: Context, header: OperationHeader) -> Iterator[Writing]:
    """Open the writing transaction of a command: where `esm verify` asks again, on a copy of which nothing is kept."""
    if desk.known is not None and desk.is_asked_again:
        with desk.known.changing(desk.place, header) as opened:
            yield opened
        return
    require_this_schema(desk)
    desk.tell_where(desk.place)
    with connection.writing(desk.place, header, dry_run=desk.dry_run) as opened:
        yield opened


def require_this_schema(desk: Context) -> None:
    """Bring an older database up, unless nothing will be kept. Raises UsageRefused with `--known-at`."""
    require_none(desk.known)
    if desk.dry_run or isinstance(desk.place, ServerPlace):
        return  # on a server others work: only `esm db upgrade` takes it away from an older esm
    from esm.storage.database import migration  # noqa: PLC0415 - only for writing commands

    done = migration.upgrade(desk.place, desk.header())
    if done.backup is not None:
        desk.note(say("Database upgraded to schema {after}; backup saved as {backup}.",
                      after=done.after, backup=done.backup))  # fmt: skip


def require_none(known: KnownState | None) -> None:
    """Raise UsageRefused where a command that has the option would change records."""
    if known is not None:
        raise UsageRefused(
            say("--known-at is for questions; this command would change records."), say("Omit --known-at.")
        )


def _point(text: str, day: Callable[[str], date]) -> int | date:
    """Return the operation or, as `day` reads it, the day that the option names. NotFound for too large a number."""
    word = text.strip()
    if not word.isdecimal() or len(word) == _COMPACT_DAY:
        return day(word)
    if len(word) > len(str(LARGEST_NUMBER)):
        raise NotFound(say("There is no operation {id}.", id=word), say("See `esm history` for the numbers."))
    return int(word)
