"""PgBouncer before the server of the tests: it lends each of a few connections for one transaction at a time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest
from tests.postgres import Server, as_owner, leave_out, own_folder

LEFT_OUT = "no pgbouncer on this machine"
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
CONFIGURATION = """
[databases]
* = host={server} user=esm
[pgbouncer]
pool_mode = transaction
default_pool_size = {size}
unix_socket_dir = {folder}
listen_addr =
listen_port = 5432
auth_type = any
max_client_conn = 100
logfile = {folder}/log
query_wait_timeout = {patience}
"""
LIFE = """
trap 'rm -rf "$2"' EXIT
"$1" "$2/pgbouncer.ini" 2> /dev/null &
trap '' INT TERM
read -r end || true
kill -9 $!
"""


@dataclass(frozen=True)
class Pooler:
    """A pooler that runs, and its folder."""

    server: Server  # as it is reached through the pooler
    folder: Path

    def log(self) -> str:
        """Return what it has said so far."""
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def started(server: Server, size: int, patience: int = 60) -> Iterator[Pooler]:
    """Start one that has so many connections to a server, as the user who runs it; without it a test is left out.

    Whoever waits longer than `patience` seconds for a connection is sent away. It ends with the process that started
    it, however that ends.
    """
    if PROGRAM is None:
        leave_out(LEFT_OUT)
    if server.stays:
        leave_out("a pooler is started only before a temporary server")
    there = server.url.partition("host=")[2]
    folder = own_folder()
    told = CONFIGURATION.format(server=there, size=size, patience=patience, folder=folder)
    (folder / "pgbouncer.ini").write_text(told, encoding="utf-8")
    life = subprocess.Popen(["sh", "-c", LIFE, "sh", PROGRAM, str(folder)], stdin=subprocess.PIPE, **as_owner())
    try:
        pooler = Pooler(Server(server.url.replace(there, str(folder))), folder)
        _wait_for(pooler)
        yield pooler
    finally:
        life.communicate()


def _wait_for(pooler: Pooler) -> None:
    """Wait until it takes connections."""
    for _ in range(200):
        if (pooler.folder / ".s.PGSQL.5432").exists():
            return
        sleep(0.05)
    pytest.fail(f"PgBouncer did not start: {pooler.log()}")
