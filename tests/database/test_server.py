"""The server that the tests are given: what it is, what it is not, and that it ends with them."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests import postgres
from tests.postgres import Server

ABANDONED = """
import os, signal
from tests import postgres
with postgres.temporary(postgres.newest_programs()) as server:
    print(server.url.partition("host=")[2], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def programs(server: Server) -> Path:
    found = postgres.newest_programs()
    if found is None:
        pytest.skip(postgres.LEFT_OUT)
    return found


def test_on_a_server_that_stays_a_schema_is_made_under_its_name_and_is_gone_afterwards(server: Server) -> None:
    names = "SELECT nspname FROM pg_namespace WHERE nspname = %s"
    with server.connect() as connection:
        with replace(server, stays=True).schema() as name:
            assert connection.execute(names, [name]).fetchall() == []
            connection.execute(f"CREATE SCHEMA {name}")
            connection.execute(f"CREATE TABLE {name}.visit (id integer)")
            assert connection.execute(names, [name]).fetchall() == [(name,)]
        assert connection.execute(names, [name]).fetchall() == []


def test_a_temporary_server_listens_on_no_port_and_sorts_otherwise_than_sqlite(programs: Path) -> None:
    with postgres.temporary(programs) as server, server.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("""SELECT 'B' < 'a', 'B' < 'a' COLLATE "C" """).fetchone() == (False, True)


def test_a_temporary_server_ends_with_a_process_that_is_killed(programs: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", ABANDONED], capture_output=True, text=True, check=False)
    assert ran.returncode == -signal.SIGKILL
    folder = Path(ran.stdout.strip())
    ended_by = monotonic() + 30
    while folder.exists() and monotonic() < ended_by:
        sleep(0.05)
    assert not folder.exists()
