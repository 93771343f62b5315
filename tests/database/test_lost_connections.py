"""A command that loses the server, or is killed, before any of its statements: all of it was saved, or nothing."""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import Any

import psycopg
import pytest
from tests import database_content, small_district
from tests.both_engines import SharedSchema
from tests.conftest import Esm
from tests.postgres import Server
from tests.sent_statements import acting_before

LOG = ("visit", "log", small_district.CODES[0], "--minutes", "走访")


def test_a_command_that_loses_the_server_saves_nothing_and_ends_with_6(
    esm: Esm, server: Server, shared_schema: SharedSchema
) -> None:
    def end(connection: psycopg.Connection[Any]) -> None:
        with server.connect() as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.info.backend_pid])

    lost_before = []
    for number in count(1):
        place = shared_schema.filled("settled")
        before = database_content.dump(place)
        with acting_before(number, end) as sent:
            ran = esm(*LOG, db=place)
        if len(sent) < number:
            break
        lost_before.append(sent[-1])
        assert (ran.code, ran.out) == (6, ""), (sent[-1], ran)
        assert ("whether it was is not known" in ran.err) == (sent[-1] == "COMMIT"), (sent[-1], ran)
        assert database_content.dump(place) == before, sent[-1]
    assert ran.code == 0
    assert lost_before[-1] == "COMMIT"
    assert len(lost_before) > 20


@pytest.mark.slow
def test_a_command_that_is_killed_saves_nothing_and_keeps_nobody_waiting(esm: Esm, shared_schema: SharedSchema) -> None:
    for number in count(1, 3):
        place = shared_schema.filled("settled")
        before = database_content.dump(place)
        child = os.fork()
        if child == 0:
            with acting_before(number, lambda _: os.kill(os.getpid(), signal.SIGKILL)):
                esm(*LOG, db=place)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            break
        assert status == -signal.SIGKILL
        assert database_content.dump(place) == before, number
        assert esm(*LOG, db=place).code == 0
    assert number > 20
    assert database_content.flaws(place) == []
