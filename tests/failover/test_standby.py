"""Reports from the standby: it answers what only reads, as far as it has come, and goes on when the primary is gone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from tests import two_desks
from tests.conftest import Esm
from tests.failover import desks, replicas
from tests.failover.desks import run
from tests.failover.processes import eventually
from tests.failover.replicas import Replicas
from tests.sent_statements import acting_before

from esm.storage.database.place import Place, place_of

pytestmark = pytest.mark.nightly

SCHEMA = "jiangbei"
NOWHERE = f"postgresql+psycopg://esm@/postgres?host=/nowhere&schema={SCHEMA}"
# It is asked of the primary, or about a file that such a command has not written here.
UNANSWERED = r"gives no answer|There is no database at copy.db|The file (or folder )?\S+ does not exist"
QUESTIONS = (
    ("due", "--limit", "5"),
    ("report", "coverage"),
    ("report", "visits"),
    ("enterprise", "list", "--limit", "5"),
    ("cadre", "show", "Z1"),
)


@pytest.fixture
def servers() -> Iterator[Replicas]:
    """Return a primary and its synchronous standby."""
    with replicas.started() as found:
        yield found


@pytest.fixture
def impatient_servers() -> Iterator[Replicas]:
    """Return the same, of which the standby cancels at once what stands in the way of changes."""
    with replicas.started(settings="-c max_standby_streaming_delay=0") as found:
        yield found


class ReportingDesk(two_desks.Desk):
    """A desk that reaches the standby only, which has by then all that the primary has."""

    def __init__(self, folder: Path, servers: Replicas) -> None:
        super().__init__(folder, NOWHERE)
        self.servers = servers

    @cached_property
    def place(self) -> Place:
        return place_of(self.servers.standby.address(SCHEMA))

    def run(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> two_desks.Done:
        self.servers.catch_up()
        os.environ["ESM_DB_READ"] = self.servers.standby.address(SCHEMA)
        try:
            return super().run(words, capsys)
        finally:
            del os.environ["ESM_DB_READ"]


def test_whatever_only_reads_is_answered_by_the_standby_and_nothing_else(
    servers: Replicas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    both = two_desks.set_up(tmp_path, servers.primary.address(SCHEMA), "en", monkeypatch)
    (tmp_path / "reports").mkdir()
    both.one, both.other = both.other, ReportingDesk(tmp_path / "reports", servers)
    for group, line in two_desks.steps():
        both.run(group, line, capsys)
    answered = both.compared.total() - len(both.unlike)
    refused = {line: {name: str(told) for name, _, told in unlike} for (_, line), unlike in both.unlike.items()}
    assert [(line, told) for line, told in refused.items() if not re.search(UNANSWERED, told.get("err", ""))] == []
    assert answered > 150


def test_the_standby_answers_as_far_as_it_has_come_and_goes_on_alone(servers: Replicas) -> None:
    address, reports = servers.address(SCHEMA), servers.standby.address(SCHEMA)
    assert run(address, "import", *desks.ROSTERS).returncode == 0
    with servers.standing_still():
        assert run(address, "cadre", "add", "Y1", "--name", "First").returncode == 0
        assert "add Y1" in run(address, "undo", ESM_DB_READ=reports).stdout
        assert run(address, "cadre", "add", "Z1", "--name", "First").returncode == 0
        assert "add Z1" in run(address, "history", "--limit", "1", ESM_DB_READ=reports).stdout
        assert run(address, "cadre", "show", "Z1").returncode == 0
        assert run(address, "cadre", "show", "Z1", ESM_DB_READ=reports).returncode == 3
    servers.catch_up()
    assert run(address, "cadre", "show", "Z1", ESM_DB_READ=reports).returncode == 0
    answers = [run(address, *words).stdout for words in QUESTIONS]
    replicas.kill(servers.primary)
    assert [run(address, *words, ESM_DB_READ=reports).stdout for words in QUESTIONS] == answers
    for words in (("cadre", "add", "Z2", "--name", "Second"), ("due",)):
        ran = run(address, *words)
        assert (ran.returncode, "takes no changes now" in ran.stderr) == (6, True)
    assert run(address, "cadre", "add", "Z2", "--name", "Second", ESM_DB_READ=reports).returncode == 6


def test_reports_go_to_the_primary_where_the_standby_is_gone(servers: Replicas) -> None:
    address, reports = servers.address(SCHEMA), servers.address(SCHEMA, wanted="prefer-standby")
    assert run(address, "db", "init").returncode == 0
    servers.catch_up()
    with servers.standing_still():
        assert run(address, "cadre", "add", "Z1", "--name", "First").returncode == 0
        assert run(address, "cadre", "show", "Z1", ESM_DB_READ=reports).returncode == 3
    replicas.kill(servers.standby)
    assert run(address, "cadre", "show", "Z1", ESM_DB_READ=reports).returncode == 0


def test_what_is_confirmed_is_seen_on_a_standby_that_has_to_apply_it(servers: Replicas) -> None:
    address, reports = servers.address(SCHEMA), servers.standby.address(SCHEMA)
    servers.set_on_primary("synchronous_commit", "remote_apply")
    assert run(address, "db", "init").returncode == 0
    for number in map(str, range(1, 6)):
        assert run(address, "cadre", "add", number, "--name", "Seen").returncode == 0
        assert run(address, "cadre", "show", number, ESM_DB_READ=reports).returncode == 0


@pytest.mark.parametrize("is_asking", [True, False])
def test_a_question_in_the_way_of_changes_ends_with_6(
    esm: Esm, impatient_servers: Replicas, *, is_asking: bool
) -> None:
    """The standby cancels a statement, or ends a connection between two."""
    servers = impatient_servers
    primary, standby = servers.primary.address(SCHEMA), servers.standby.address(SCHEMA)
    assert esm("db", "init", db=primary).code == 0
    servers.catch_up()

    def want_the_table() -> None:
        with servers.primary.connect() as other:
            other.execute(f"BEGIN; LOCK TABLE {SCHEMA}.alembic_version; COMMIT".encode())

    def stand_in_the_way(connection: psycopg.Connection[Any]) -> None:
        if is_asking:
            with _while_it_sleeps(servers, want_the_table):
                connection.cursor().execute("SELECT pg_sleep(60)")
        else:
            want_the_table()
            servers.catch_up()

    with acting_before(1000, stand_in_the_way) as sent:
        assert esm("due", db=standby).code == 0
    for number in range(3, len(sent)):  # after the first that reads, before the last, which ends the transaction
        with acting_before(number, stand_in_the_way):
            ran = esm("due", db=standby)
        assert (ran.code, ran.out, "standby server stopped the query" in ran.err) == (6, "", True), (number, ran)


@contextmanager
def _while_it_sleeps(servers: Replicas, act: Any) -> Iterator[None]:
    """Do something in another thread as soon as the block sleeps on the standby."""

    def watch() -> None:
        eventually(servers.is_asleep, "nothing sleeps on the standby")
        act()

    watching = Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        watching.join()
