"""How the columns of the tables are declared: types that STRICT tables know, and named rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData, Text, TextClause, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


STRICT = {"sqlite_strict": True}


class EngineRule(TextClause):
    """A rule that PostgreSQL puts in other words than SQLite."""

    def __init__(self, rule: str, on_server: str) -> None:
        super().__init__(rule)
        self.on_server = on_server


@compiles(EngineRule, "postgresql")
def _on_server(rule: EngineRule, *_: object, **__: object) -> str:
    return rule.on_server


class Table(SQLModel):
    """What all tables share: STRICT typing and the naming of constraints; `CancelledPlanRow` is of `cancelled_plan`."""

    metadata = metadata
    __table_args__: ClassVar[Any] = (STRICT,)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy asks the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class KeyedTable(Table):
    """A table whose rows have an id."""

    id: int | None = Field(default=None, primary_key=True)


def text_field(name: str, *, null: bool = True, unique: bool = False) -> Any:
    """Return a text column."""
    column: Column[str] = Column(name, Text, nullable=null, unique=unique)
    return Field(default=None, sa_column=column) if null else Field(sa_column=column)


def integer(name: str, check: str | None = None, *, null: bool = True, preset: int | None = None) -> Any:
    """Return an integer column, with a rule if `check` gives one; `preset` stands where nothing is said."""
    rules = [CheckConstraint(check, name=name)] if check else []
    default = None if preset is None else text(str(preset))
    column: Column[int] = Column(name, Integer, *rules, nullable=null, server_default=default)
    return Field(default=preset, sa_column=column) if null or preset is not None else Field(sa_column=column)


def choice(name: str, codes: Iterable[str], *, null: bool = False, preset: str | None = None) -> Any:
    """Return a text column that takes one of `codes`; `preset` stands where nothing is said."""
    allowed = ", ".join(f"'{code}'" for code in codes)
    rule = CheckConstraint(f"{name} IN ({allowed})", name=name)
    column: Column[str] = Column(name, Text, rule, nullable=null, server_default=preset)
    return Field(default=preset, sa_column=column) if null or preset is not None else Field(sa_column=column)


def flag(name: str, *, null: bool = False) -> Any:
    """Return a column that is 0 or 1."""
    return integer(name, f"{name} IN (0, 1)", null=null)


def day(name: str, *, null: bool = True, preset: str | None = None) -> Any:
    """Return a column for an ISO day that exists; only arithmetic makes SQLite notice 30 February."""
    rule = CheckConstraint(EngineRule(f"{name} IS date({name}, '+0 days')", f"esm_is_day({name})"), name=name)
    column: Column[str] = Column(name, Text, rule, nullable=null, server_default=preset)
    return Field(default=preset, sa_column=column) if null or preset is not None else Field(sa_column=column)


def time_of_day(name: str) -> Any:
    """Return a column for a time of day such as 14:30."""
    on_server = f"{name} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'"
    rule = CheckConstraint(EngineRule(f"{name} IS strftime('%H:%M', {name})", on_server), name=name)
    return Field(default=None, sa_column=Column(name, Text, rule))


def link(name: str, target: str, *, null: bool = False) -> Any:
    """Return a reference to a row of `target`."""
    column: Column[int] = Column(name, Integer, ForeignKey(f"{target}.id"), nullable=null)
    return Field(default=None, sa_column=column) if null else Field(sa_column=column)


def interval() -> CheckConstraint:
    """Return the rule that an interval holds at least one day."""
    return CheckConstraint("end_on IS NULL OR start_on < end_on", name="interval")
