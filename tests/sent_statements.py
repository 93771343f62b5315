"""The statements that esm sends to a server, and what happens before one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

Act = Callable[[psycopg.Connection[Any]], None]


@contextmanager
def acting_before(number: int, act: Act) -> Iterator[list[str]]:
    """Do something before the nth statement that is sent to a server; give the statements."""
    sent: list[str] = []
    execute = psycopg.Connection.execute

    def watched(connection: psycopg.Connection[Any], query: Any, *words: Any, **named: Any) -> Any:
        sent.append(str(query))
        if len(sent) == number:
            act(connection)
        return execute(connection, query, *words, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Connection, "execute", watched)
        yield sent
