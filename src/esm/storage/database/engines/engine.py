"""What every engine offers: one text of SQL in, plain tuples out, and what cannot be one text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, NamedTuple, Protocol

# What is sealed of an operation, in this order.
SEALED = ("previous_hash", "id", "at", "today", "actor", "host", "command", "revision", "undoes")

UNJOURNALLED = frozenset({"alembic_version", "change", "clock", "operation", "winding"})

Record = tuple[Any, ...]
Parameters = Mapping[str, Any] | Sequence[Any]


class Cursor(Protocol):
    """The answer to a statement."""

    @property
    def description(self) -> Any:
        """Return a sequence for each column, its name first."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """Return the next rows, at most so many."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""


class Orphan(NamedTuple):
    """A row that points to nothing: `parent` is the table where the row is missing."""

    table: str
    id: int
    parent: str


class Connection(ABC):
    """A connection to a database; statements may call phrases (see `storage.database.phrases`)."""

    raw: Any  # the driver's own connection
    sqlalchemy_url: ClassVar[str]  # names the dialect to those who need SQLAlchemy
    refusals: ClassVar[tuple[type[Exception], ...]]  # what a rule of the database raises
    header_bytes: ClassVar[str]  # SQL for what is sealed of a row of `operation`, as bytes
    change_bytes: ClassVar[str]  # the same of a row of `change`

    @abstractmethod
    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run a statement with named (`:name`) or numbered (`?`) parameters."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection; what is not committed is rolled back."""

    @property
    @abstractmethod
    def in_transaction(self) -> bool:
        """Return whether a transaction is open."""

    @abstractmethod
    def lock(self) -> None:
        """Let no other writer in until the transaction ends; only on what is known as a database of esm."""

    def commit(self, operation_id: int) -> None:
        """Commit; raises StorageRefused where it is not known whether the engine did."""
        self.execute("COMMIT")

    @abstractmethod
    def revision(self) -> str | None:
        """Return the schema revision, None where this is no database of esm."""

    @abstractmethod
    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, in their order."""

    @abstractmethod
    def journalled_tables(self) -> list[str]:
        """Return the business tables by name; a table without an id is not one."""

    @abstractmethod
    def row_as_json(self, table: str) -> str:
        """Return SQL for a row of a table as the text that the journal writes of it."""

    @abstractmethod
    def listed(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> tuple[str, Sequence[Any]]:
        """Return a query that gives rows of a table's columns, called column1, column2 …, and its parameters."""

    @abstractmethod
    def copy_in(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> None:
        """Store rows of another database in a table without triggers."""

    @abstractmethod
    def install_definitions(self) -> None:
        """Replace all views and triggers by those of this version, and the clocks by what they say."""

    @abstractmethod
    def remove_definitions(self) -> None:
        """Take all views and triggers away."""

    @abstractmethod
    def strange_definitions(self) -> list[str]:
        """Return the names of tables, indexes, views and triggers that are missing, altered or not esm's."""

    @abstractmethod
    def damages(self) -> list[str]:
        """Return what the engine's own check says, nothing when all is whole."""

    @abstractmethod
    def orphans(self) -> list[Orphan]:
        """Return every row that points to nothing."""

    @abstractmethod
    def defer_references(self) -> None:
        """Check references only when the transaction ends."""

    @contextmanager
    def attempt(self, *also: type[Exception]) -> Iterator[None]:
        """Let the transaction stand as before where a rule of the database refuses the block, or it raises `also`."""
        self.execute("SAVEPOINT attempt")
        try:
            yield
        except (*self.refusals, *also):
            self.execute("ROLLBACK TO SAVEPOINT attempt")
            self.execute("RELEASE SAVEPOINT attempt")
            raise
        self.execute("RELEASE SAVEPOINT attempt")
