"""A PostgreSQL server for the tests: a temporary one of the installed programs, or the one ESM_TEST_POSTGRES names.

The variable is a URL, `postgresql+psycopg://USER@HOST/DATABASE`, or `required`: then the tests fail where no server can
be started, instead of being left out. A temporary server listens on a socket in its own folder and on no port; it sorts
by another order than SQLite unless told otherwise, and ends with the process that started it, however that ends.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest

LEFT_OUT = "no server programs of PostgreSQL on this machine"
IS_REQUIRED = os.environ.get("ESM_TEST_POSTGRES") == "required"  # the tests of commands take the variables away
ON_SERVER = "on_server"  # the marker of the tests that ask for it
SETTINGS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_wal_size=128MB -c listen_addresses="
NEW = '"$1/initdb" -D data -U esm --auth=trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en --no-sync'
LIFE = """
set -e
trap 'rm -rf "$2"' EXIT
{making} > log
"$1/pg_ctl" -D data -w -l log -o "{settings} -k $2" start > /dev/null
trap '' INT TERM
echo ready
read -r end || true
"$1/pg_ctl" -D data -m immediate -w stop > /dev/null
"""
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Server:
    """A server on which esm may make schemas; `url` names a database of it, `stays` says that it outlives the tests."""

    url: str
    stays: bool = True

    def connect(self) -> psycopg.Connection:
        """Return a connection as any other program has one; each statement is committed."""
        return psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True)

    def address(self, schema: str) -> str:
        """Return what `--db` takes for a schema."""
        return f"{self.url}{'&' if '?' in self.url else '?'}schema={schema}"

    @contextmanager
    def schema(self) -> Iterator[str]:
        """Give a name that no schema has; what is made under it is dropped in the end, if it would stay."""
        name = f"esm_test_{os.getpid()}_{next(_numbers)}"
        try:
            yield name
        finally:
            if self.stays:
                with self.connect() as connection:
                    connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")


@contextmanager
def started() -> Iterator[Server]:
    """Give the server of the tests; without one they are left out, unless one is required."""
    asked = os.environ.get("ESM_TEST_POSTGRES", "")
    if "://" in asked:
        yield _with_extension(Server(asked))
        return
    with temporary(programs_or_left_out()) as server:
        yield server


def programs_or_left_out() -> Path:
    """Return the folder with a server's programs; without one the test is left out, unless one is required."""
    programs = newest_programs()
    if programs is None:
        leave_out(LEFT_OUT)
    return programs


def leave_out(reason: str) -> NoReturn:
    """Leave the test out, or let it fail where a server is required."""
    if IS_REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def summary(stats: Mapping[str, Sequence[object]]) -> list[str]:
    """Return what a run of the tests says of this server, from its reports by outcome."""
    ended = [report for report in chain(*stats.values()) if isinstance(report, pytest.TestReport)]
    on_server = [report for report in ended if ON_SERVER in report.keywords]
    ran = sum(report.when == "call" and not report.skipped for report in on_server)
    left_out = Counter(_reason(report) for report in on_server if report.skipped)
    return [
        *([f"PostgreSQL: {ran} tests ran on it"] if ran else []),
        *(f"PostgreSQL: {count} tests were left out, {reason}" for reason, count in left_out.items()),
    ]


def _reason(report: pytest.TestReport) -> str:
    """Return why a test was left out."""
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""


def newest_programs() -> Path | None:
    """Return the folder with the programs of the newest server on this machine."""
    config, initdb = shutil.which("pg_config"), shutil.which("initdb")
    found = set(Path("/usr/lib/postgresql").glob("*/bin"))
    if config is not None:
        found.add(Path(subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()))
    if initdb is not None:
        found.add(Path(initdb).resolve().parent)
    whole = [each for each in found if all((each / name).exists() for name in ("initdb", "pg_ctl", "postgres"))]
    return max(whole, key=_version, default=None)


@contextmanager
def temporary(programs: Path, *, settings: str = SETTINGS) -> Iterator[Server]:
    """Start a server with nothing in it."""
    with living(programs, NEW, settings) as server:
        yield _with_extension(server)


@contextmanager
def living(programs: Path, making: str, settings: str) -> Iterator[Server]:
    """Start a server on data that a line of the shell makes; it ends with the process that started it."""
    folder = own_folder()
    life = subprocess.Popen(
        ["sh", "-c", LIFE.format(making=making, settings=settings), "sh", str(programs), str(folder)],
        cwd=folder, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **as_owner(),
    )  # fmt: skip
    assert life.stdin is not None
    assert life.stdout is not None
    try:
        if life.stdout.readline() != "ready\n":
            pytest.fail(f"PostgreSQL did not start: {life.communicate()[1]}")
        yield Server(f"postgresql+psycopg://esm@/postgres?host={folder}", stays=False)
    finally:
        life.communicate()


def own_folder() -> Path:
    """Return a new folder that belongs to who runs the servers."""
    folder = Path(tempfile.mkdtemp(prefix="esm-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    account = _account()
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def as_owner() -> dict[str, Any]:
    """Return as whom a process of a server starts: another user where this one is root, whom PostgreSQL refuses."""
    account = _account()
    return {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [] if os.getuid() == 0 else None,
    }


def _with_extension(server: Server) -> Server:
    with server.connect() as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    return server


def _version(programs: Path) -> tuple[int, ...]:
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", told)[:2]))


def _account() -> pwd.struct_passwd:
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    accounts = {each.pw_name: each for each in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]
