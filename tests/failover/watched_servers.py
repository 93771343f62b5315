"""Two servers that pg_auto_failover watches: it replaces the primary without a hand on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from tests import postgres
from tests.failover.processes import eventually, kill_with_descendants
from tests.postgres import Server

LEFT_OUT = "no pg_auto_failover on this machine"
# What it starts ends with this process, as do the servers of the other tests.
LIFE = """
trap '' INT TERM
"$@" > log 2>&1 &
echo $!
read -r end || true
kill -QUIT $! 2> /dev/null && wait $!
[ "$end" = keep ] || rm -rf "$PWD"
"""
COMMON = ("--hostname", "127.0.0.1", "--auth", "trust", "--no-ssl", "--run")


@dataclass
class Node:
    """A machine, so to say: a folder, a port, and the process that looks after its server."""

    name: str
    folder: Path
    port: int

    def start(self, *words: str) -> None:
        """Start what looks after the server."""
        sockets = {"PG_REGRESS_SOCK_DIR": str(self.folder), "PGHOST": str(self.folder)}
        paths = {"PATH": f"{postgres.programs_or_left_out()}:{os.defpath}", "HOME": str(self.folder)}
        self.life = subprocess.Popen(
            ["sh", "-c", LIFE, "sh", "pg_autoctl", *words, "--pgdata", str(self.folder / "data")],
            cwd=self.folder, env={"LC_ALL": "C.UTF-8", **sockets, **paths}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, **postgres.as_owner(),
        )  # fmt: skip
        assert self.life.stdout is not None
        self.keeper = int(self.life.stdout.readline())

    def fail(self) -> None:
        """End all its processes by SIGKILL, as a machine without power."""
        kill_with_descendants(self.keeper)
        self.life.communicate("keep\n")

    def stop(self) -> None:
        """End it, and take away what it has written."""
        self.life.communicate()

    @property
    def server(self) -> Server:
        """Return its server."""
        return Server(f"postgresql+psycopg://esm@127.0.0.1:{self.port}/esm")


@dataclass(frozen=True, slots=True)
class WatchedServers:
    """The nodes, and who watches them."""

    monitor: Node
    nodes: tuple[Node, Node]

    def address(self, schema: str) -> str:
        """Return what `--db` takes for a schema on whichever of both takes changes."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql+psycopg://esm@{hosts}/esm?target_session_attrs=read-write&schema={schema}"

    def wait_for_both(self) -> None:
        """Wait until one is the primary and the other its synchronous standby."""
        eventually(self._are_both_ready, "pg_auto_failover does not get its two servers ready", seconds=300.0)

    def primary(self) -> Node:
        """Return which takes changes."""
        states = self._states()
        return next(node for node in self.nodes if states.get(node.port) == "primary")

    def _are_both_ready(self) -> bool:
        for node in self.nodes:
            with suppress(psycopg.Error), node.server.connect() as connection:
                connection.execute("CHECKPOINT")  # else a copy waits for the next one
        return sorted(self._states().values()) == ["primary", "secondary"]

    def _states(self) -> dict[int, str]:
        with suppress(psycopg.Error), psycopg.connect(_address_of_monitor(self.monitor)) as connection:
            return dict(
                connection.execute(
                    """SELECT nodeport, CASE WHEN reportedstate = goalstate THEN reportedstate::text ELSE '' END
                       FROM pgautofailover.node"""
                ).fetchall()
            )
        return {}


@contextmanager
def started() -> Iterator[WatchedServers]:
    """Start all three; without pg_auto_failover the test is left out, unless a server is required."""
    programs = postgres.programs_or_left_out()
    if shutil.which("pg_autoctl") is None or not (programs.parent / "lib" / "pgautofailover.so").exists():
        postgres.leave_out(LEFT_OUT)
    monitor, *nodes = (Node(name, postgres.own_folder(), _free_port()) for name in ("monitor", "one", "two"))
    with ExitStack() as ending:
        monitor.start("create", "monitor", "--pgport", str(monitor.port), *COMMON)
        ending.callback(monitor.stop)
        for node in nodes:
            node.start(
                "create", "postgres", "--name", node.name, "--pgport", str(node.port), "--pghost", str(node.folder),
                "--listen", "127.0.0.1", "--username", "esm", "--dbname", "esm",
                "--monitor", _address_of_monitor(monitor), *COMMON,
            )  # fmt: skip
            ending.callback(node.stop)
        watched = WatchedServers(monitor, (nodes[0], nodes[1]))
        watched.wait_for_both()
        with watched.primary().server.connect() as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        yield watched


def versions() -> str:
    """Return which version watches."""
    told = subprocess.run(["pg_autoctl", "version"], capture_output=True, text=True, check=True).stdout
    return f"pg_auto_failover {told.split()[2]}"


def _address_of_monitor(monitor: Node) -> str:
    return f"postgres://autoctl_node@127.0.0.1:{monitor.port}/pg_auto_failover?sslmode=disable"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
