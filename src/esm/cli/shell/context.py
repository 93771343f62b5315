"""The environment of a command: the day, the database, and where its sheet is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from esm import formats
from esm.cli.shell import known_at, terminal
from esm.cli.shell.options import Listing, Options, Output
from esm.cli.shell.usage.typed_time import day_of
from esm.domain.desk.history import OperationHeader
from esm.errors import Message, say
from esm.sheets.sheet.masked_phones import with_masked_phones
from esm.sheets.sheet.message_translation import tell
from esm.storage.database import connection
from esm.storage.database.place import FilePlace, Place, at_home, place_of, standby_of

if TYPE_CHECKING:
    from esm.cli.shell.known_at import KnownState
    from esm.domain.desk.proof import SealedState
    from esm.domain.schedule.new_plan import PlanUpdate
    from esm.sheets.sheet.sheet import Document
    from esm.storage.database.connection import Reading, Writing

CHINA = timezone(timedelta(hours=8))  # one zone, without summer time since 1991
T = TypeVar("T")
P = ParamSpec("P")


class Context:
    """The environment of one command. The only place that reads the clock and opens transactions."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.output = Output()
        self.dry_run = self.shows_phones = False
        self.asks_primary = False  # what it decides on must be the newest
        self.plan_update: PlanUpdate | None = None
        self.known: KnownState | None = None
        self.room: int | None = None  # lines of the screen to which a listing keeps
        self.asked: tuple[str, ...] = ()  # what to ask again for the same file; nothing where that is not possible
        self.state: SealedState | None = None
        self.saved_operation: int | None = None

    def direct(self, output: Output, inputs: Sequence[Path]) -> None:
        """Let `show` write to `output`; raises now what it would refuse later, before anything is changed."""
        if output.target is not None and output.kind:
            from esm.formats.write import atomic_file  # noqa: PLC0415 - only for files

            atomic_file.require_free(output.target, force=output.force, keep_away_from=[*self.files, *inputs])
        self.output = output

    @cached_property
    def today(self) -> date:
        """Return the date of today: the one given, or that in China."""
        return self._today()

    def _today(self) -> date:
        now = datetime.now(CHINA).date()
        return now if self.options.today is None else day_of(self.options.today, lambda: now)

    def day(self, text: str | None) -> date:
        """Return the date that `text` names, today if it is None. Raises UsageRefused if it is no date."""
        return self.today if text is None else day_of(text, self._today)

    def day_if_any(self, text: str | None) -> date | None:
        """Return the date in an option, None if it was not given."""
        return None if text is None else self.day(text)

    @cached_property
    def place(self) -> Place:
        """Return where the database is: `--db`, or the user's data folder. Raises StorageRefused for no such place."""
        if self.options.db is not None:
            return place_of(self.options.db)
        return FilePlace(at_home(terminal.own_folder) / "esm.db")

    @property
    def files(self) -> Sequence[Path]:
        """Return the files to which no answer may be written."""
        return self.place.files

    @property
    def issuing_place(self) -> Place | None:
        """Return the database of the office that issues the answers, None where it is of several."""
        return self.reading_place

    @cached_property
    def actor(self) -> str:
        """Return the operator: the name given, or the login name. Raises UsageRefused if there is neither."""
        return self.options.actor or terminal.login_name()

    @property
    def reading_place(self) -> Place:
        """Return where a question is answered: on a standby of the server where there is one that may be behind."""
        return self.place if self.asks_primary else standby_of(self.place, os.environ.get("ESM_DB_READ"))

    @property
    def reach(self) -> int | None:
        """Return how many rows from the start of a listing its options need, None for all."""
        return self.output.selection.reach if isinstance(self.output, Listing) else None

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a reading transaction."""
        place = self.reading_place
        self.tell_where(place)
        with connection.reading(place) if self.known is None else self.known.reading(place) as opened:
            self.state = self._state_of(opened)
            yield opened

    @contextmanager
    def writing(self, *, undoes: int | None = None, remarks: Sequence[str] = ()) -> Iterator[Writing]:
        """Open the one writing transaction of the command, on this schema; at its end plans follow the facts.

        `remarks` are words that the journal keeps behind those of the command.
        """
        with known_at.opened_change(self, self.header(undoes, remarks)) as opened:
            self.plan_update, self.state = None, self._state_of(opened)
            yield opened
            if self.plan_update is None and not (opened.is_abandoned or opened.is_noted):
                from esm.usecases.schedule import replanning  # noqa: PLC0415 - only for writing commands

                self.plan_update = replanning.follow_facts(opened, self.today, undoes=undoes)
        self.saved_operation = opened.operation_id if opened.is_saved else None
        if self.dry_run:
            self.note(say("This was a dry run: nothing was saved."))

    def _state_of(self, opened: Reading) -> SealedState | None:
        if not self.asked:
            return None
        from esm.storage.database.seal_lookup import sealed_state  # noqa: PLC0415 - only for files

        return sealed_state(opened)

    @property
    def is_asked_again(self) -> bool:
        """Return whether `esm verify` asks the command again, on an earlier state."""
        return self.options.operation is not None

    @contextmanager
    def making(self) -> Iterator[Writing]:
        """Open a writing transaction on a database that is created if missing, and removed again on failure."""
        from esm.storage.database import creation  # noqa: PLC0415 - only for writing commands

        with creation.opened_where_missing(self.place, self.writing) as (opened, keep):
            yield opened
            if not self.dry_run and not opened.is_abandoned:
                keep()

    @contextmanager
    def disclosing(self, with_phones: bool) -> Iterator[Reading]:
        """Open a reading transaction; if phone numbers are shown, this is recorded in the journal."""
        self.shows_phones = with_phones
        if with_phones:
            with self.writing() as opened:
                opened.keep_in_journal()
                yield opened
        else:
            with self.reading() as reading:
                yield reading

    def read(self, ask: Callable[Concatenate[Reading, P], T], *words: P.args, **named: P.kwargs) -> T:
        """Return what a use case answers in a reading transaction of its own."""
        with self.reading() as reading:
            return ask(reading, *words, **named)

    def write(self, change: Callable[Concatenate[Writing, P], T], *words: P.args, **named: P.kwargs) -> T:
        """Return what a use case answers in the writing transaction of the command."""
        with self.writing() as writing:
            return change(writing, *words, **named)

    def decide(
        self,
        propose: Callable[Concatenate[Reading, P], T],
        apply: Callable[[Writing, T, date], None],
        *words: P.args,
        **named: P.kwargs,
    ) -> T:
        """Compute in a reading transaction, then write; compute again if the database changed in between."""
        if not self.is_asked_again:
            known_at.require_this_schema(self)
        with self.reading() as reading:
            head = reading.head()
            answer = propose(reading, *words, **named)
        with self.writing() as opened:
            if opened.head() != head:
                answer = propose(opened, *words, **named)
            apply(opened, answer, self.today)
        return answer

    def header(self, undoes: int | None = None, remarks: Sequence[str] = ()) -> OperationHeader:
        """Return the header of the operation for the journal."""
        import socket  # noqa: PLC0415 - only writing commands sign

        # The name of a file need not be text: what is not is spelled out.
        words = (word.encode(errors="backslashreplace").decode() for word in self.options.command_line)
        return OperationHeader(
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            today=self.today.isoformat(),
            actor=self.actor,
            host=socket.gethostname(),
            command=("esm", *words, *remarks),
            undoes=undoes,
        )

    def show(self, shown: Document) -> None:
        """Write the result to its destination; standard output carries nothing else."""
        output, kind = self.output, self.output.kind
        shown = shown if self.shows_phones else with_masked_phones(shown)
        from esm.cli.shell import delivery  # noqa: PLC0415 - not for the commands that only refuse

        if self.plan_update is not None:
            shown = delivery.with_plan_update(self, shown, self.plan_update)
        shown = known_at.marked(self, shown)
        if isinstance(output, Listing):
            shown = delivery.selected_part(self, shown, output)
        if kind in formats.HEADED:
            shown = delivery.headed(shown, self.issuing_place, self.today)
        delivery.deliver(self, shown)

    def note(self, *messages: Message) -> None:
        """Print a note on standard error, unless `--quiet` is set."""
        from esm.formats.write.cell_text import visible  # noqa: PLC0415 - seldom said

        if not self.options.quiet:
            for message in messages:
                sys.stderr.write(visible(tell(message)) + "\n")

    def busy(self, label: Message) -> AbstractContextManager[None]:
        """Show a progress bar on a terminal while the block takes longer than a second."""
        return nullcontext() if self.options.quiet or not sys.stderr.isatty() else terminal.bar(tell(label))

    def tell_where(self, place: Place) -> None:
        """Say with `--verbose` where the answer comes from."""
        if self.options.verbose:
            self.note(say("Database {path}, as of {today}.", path=place, today=self.today))
