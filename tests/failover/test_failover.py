"""A server dies while six desks write: what esm confirmed is there, what it refused is not, and it says which."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg
import pytest
from tests import postgres
from tests.conftest import ROOT
from tests.failover import desks, failover_log, replicas, watched_servers
from tests.failover.desks import Attempt, Office, run
from tests.failover.judgement import Judgement, judged
from tests.failover.processes import eventually
from tests.failover.replicas import Replicas
from tests.postgres import Server

pytestmark = pytest.mark.nightly

SCHEMA = "jiangbei"
BEFORE, AFTER = 60, 30  # confirmed commands before the failure, and on the new primary
WRITABLE_SECONDS = 90.0


@pytest.fixture
def servers() -> Iterator[Replicas]:
    """Return a primary and its synchronous standby."""
    with replicas.started() as found:
        yield found


def test_a_primary_dies_and_its_standby_is_promoted(servers: Replicas) -> None:
    address = servers.address(SCHEMA)
    with desks.opened(address) as office:
        office.wait_for(BEFORE, _is_confirmed)
        failed_at = monotonic()
        replicas.kill(servers.primary)
        office.wait_for(desks.DESKS, _is_refused, since=failed_at)
        servers.promote()
        office.wait_for(AFTER, _is_confirmed, since=failed_at)
    judgement = judged(office.attempts, servers.standby, address, failed_at)
    failover_log.note("standby promoted by hand", _versions(servers.standby), judgement)
    require_the_truth(office, judgement)
    assert run(address, "db", "check").returncode == 0


def test_pg_auto_failover_replaces_a_primary_without_a_hand_on_it() -> None:
    with watched_servers.started() as watched:
        address, dying = watched.address(SCHEMA), watched.primary()
        (other,) = (node for node in watched.nodes if node is not dying)
        with desks.opened(address) as office:
            office.wait_for(BEFORE, _is_confirmed)
            failed_at = monotonic()
            dying.fail()
            office.wait_for(AFTER, _is_confirmed, since=failed_at)
        judgement = judged(office.attempts, other.server, address, failed_at)
        versions = f"{_versions(other.server)}, {watched_servers.versions()}"
        failover_log.note("by pg_auto_failover", versions, judgement)
        require_the_truth(office, judgement)
        assert judgement.writable_after <= WRITABLE_SECONDS
        dying.start("run")
        watched.wait_for_both()
        assert watched.primary() is other
        assert run(address, "db", "check").returncode == 0


@pytest.mark.parametrize("has_it", [True, False])
def test_of_a_change_cut_in_its_commit_the_history_tells_the_truth(servers: Replicas, *, has_it: bool) -> None:
    """The standby has it, and a third one that is to confirm it is missing; or the standby heard nothing of it."""
    address = servers.address(SCHEMA)
    assert run(address, "cadre", "add", "1", "--name", "First").returncode == 6
    assert run(address, "db", "init").returncode == 0
    assert run(address, "cadre", "add", "1", "--name", "First").returncode == 0
    if has_it:
        servers.confirm_by(f"FIRST 2 ({replicas.STANDBY}, third)")
    else:
        servers.part()
    with ThreadPoolExecutor(1) as rooms:
        changing = rooms.submit(run, address, "cadre", "add", "2", "--name", "Second")
        eventually(servers.waiting_to_confirm, "nothing waits for the standby")
        if has_it:
            servers.catch_up()
        replicas.kill(servers.primary)
        cut = changing.result()
    assert (cut.returncode, "operation 2" in cut.stderr, "is not known" in cut.stderr) == (6, True, True)
    servers.promote()
    history = run(address, "history", "--format", "csv", "--columns", "id,command").stdout.splitlines()[1:]
    assert history == [*(["2,esm cadre add 2 --name Second"] if has_it else []), "1,esm cadre add 1 --name First"]
    assert run(address, "cadre", "show", "2").returncode == (0 if has_it else 3)
    assert run(address, "db", "check").returncode == 0


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, None])
def test_a_change_that_no_standby_confirms_ends_and_says_so(servers: Replicas, ended_by: signal.Signals | None) -> None:
    """By who typed it, or by itself after a minute; the server has it, and goes on when the standby is given up."""
    address = servers.address(SCHEMA)
    assert run(address, "db", "init").returncode == 0
    told = _unconfirmed(servers, ended_by, "cadre", "add", "1", "--name", "First")
    assert "peration 1 " in told
    servers.confirm_by("")
    assert run(address, "cadre", "show", "1").returncode == 0
    assert run(address, "cadre", "add", "2", "--name", "Second").returncode == 0


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, None])
def test_a_district_made_that_no_standby_confirms_is_there(servers: Replicas, ended_by: signal.Signals | None) -> None:
    """A change of the database itself has no number of an operation to look for."""
    assert "esm db info" in _unconfirmed(servers, ended_by, "db", "init")
    servers.confirm_by("")
    assert run(servers.address(SCHEMA), "db", "info").returncode == 0
    assert run(servers.address(SCHEMA), "db", "init").returncode == 4


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_handbook_leads_to_a_new_primary(servers: Replicas, lang: str) -> None:
    """The primary dies just before the page promotes the standby."""
    page = (ROOT / "docs" / "handbook" / lang / "failover.md").read_text(encoding="utf-8")
    lines = [shlex.split(line) for line in re.findall(r"^(?:psql|pg_basebackup) .*$", page, flags=re.M)]
    address, named = servers.address(SCHEMA), {"one": servers.primary, "two": servers.standby}
    assert run(address, "db", "init").returncode == 0
    for program, _host, host, *statements in lines:
        if program == "pg_basebackup":
            _copy(named[host], statements)
            continue
        if any("pg_promote" in words for words in statements):
            assert run(address, "cadre", "add", "1", "--name", "First").returncode == 0
            replicas.kill(servers.primary)
        with named[host].connect() as connection:
            for words in statements[1::2]:
                connection.execute(words.encode())
    assert run(address, "cadre", "add", "2", "--name", "Second").returncode == 0
    assert run(address, "cadre", "show", "1").returncode == 0
    assert run(address, "db", "check").returncode == 0
    assert len(lines) == 5


def require_the_truth(office: Office, judgement: Judgement) -> None:
    """Fail where esm said what is not so, or ended in a way that no command may."""
    strange = [each for each in office.attempts if not (each.is_confirmed or each.is_refused or each.unknown_operation)]
    assert strange == []
    assert (judgement.lost, judgement.untrue, judgement.half) == (frozenset(), frozenset(), frozenset())
    assert judgement.commands == len(office.attempts)


def _unconfirmed(servers: Replicas, ended_by: signal.Signals | None, *words: str) -> str:
    """Return what esm tells of a change that waits for a standby which hears nothing, until that is ended."""
    servers.part()
    changing = desks.start(servers.address(SCHEMA), *words)
    eventually(servers.waiting_to_confirm, "nothing waits for the standby")
    if ended_by is not None:
        changing.send_signal(ended_by)
    told = changing.communicate(timeout=desks.LONGEST_SECONDS)[1]
    expected = "did not confirm it" if ended_by is None else "whether it was is not known"
    assert (changing.returncode, expected in told) == (6, True)
    return told


def _copy(server: Server, options: list[str]) -> None:
    """Copy a server as the page says, beside the standby that follows it already."""
    folder = replicas.folder_of(server)
    own = [option.replace("$PGDATA", str(folder / "copy")) for option in options]
    subprocess.run(
        [postgres.programs_or_left_out() / "pg_basebackup", "-h", folder, *own],
        check=True, cwd=folder, env={"PATH": os.defpath}, **postgres.as_owner(),
    )  # fmt: skip


def _versions(server: Server) -> str:
    with server.connect() as connection:
        version = connection.info.server_version
    return f"PostgreSQL {version // 10_000}.{version % 10_000}, psycopg {psycopg.__version__}"


def _is_confirmed(attempt: Attempt) -> bool:
    return attempt.is_confirmed


def _is_refused(attempt: Attempt) -> bool:
    return attempt.is_refused
