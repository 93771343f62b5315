"""The ORM's session inside a transaction that is open already."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

from sqlalchemy import StaticPool, create_engine
from sqlmodel import Session


class _Lent:
    """The connection of the transaction; to begin and to end it is not for the ORM."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Leave the end to whoever opened the transaction."""

    def rollback(self) -> None:
        """Leave the end to whoever opened the transaction."""


def over(connection: sqlite3.Connection) -> Session:
    """Return a session whose statements go over this connection; it is flushed only when it is told to."""
    lent = cast("sqlite3.Connection", _Lent(connection))
    return Session(create_engine("sqlite://", creator=lambda: lent, poolclass=StaticPool), autoflush=False)
