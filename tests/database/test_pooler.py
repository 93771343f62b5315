"""PgBouncer in front of the server, which lends a connection for one transaction: esm says and writes the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests import database_content, pooler, small_district, two_desks
from tests.conftest import TODAY, Esm
from tests.pooler import Pooler
from tests.postgres import Server
from tests.several_processes import at_once

from esm.__main__ import main
from esm.storage.database import creation
from esm.storage.database.place import Place, place_of

pytestmark = [pytest.mark.nightly, pytest.mark.slow, pytest.mark.no_cover]

GROUPS = {"database", "import", "assign", "schedule", "visit", "request", "policy", "pairing", "database again"}
CONNECTIONS, CLERKS, VISITS = 2, 6, 4
FIRST = date(2026, 11, 2)
LEFT_BEHIND = """
    SELECT current_setting('search_path'), current_setting('lock_timeout'), current_setting('jit'),
           (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_listening_channels()),
           (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),
           (SELECT count(*) FROM pg_class WHERE relpersistence = 't')"""


@pytest.fixture
def small_pool(server: Server) -> Iterator[Pooler]:
    with pooler.started(server, CONNECTIONS) as started:
        yield started


@pytest.fixture
def pooled_place(small_pool: Pooler) -> Iterator[Place]:
    """Return a schema of this test's own, reached through the pooler."""
    with small_pool.server.schema() as name:
        place = place_of(small_pool.server.address(name))
        creation.create(place)
        yield place


def words_of(place: Place, number: int) -> list[str]:
    return ["--db", str(place), "--today", TODAY, "--actor", f"w{number}", "--quiet"]


def work(place: Place, number: int) -> int:
    """Do a clerk's work: log visits, look at the due list between them, and check the database in the end."""
    for count in range(VISITS):
        log = ["visit", "log", small_district.CODES[0], "--met", "Manager", "--cadre", f"w{number}"]
        if main([*words_of(place, number), *log, "--on", (FIRST + timedelta(days=count)).isoformat()]):
            return 1
        if main([*words_of(place, number), "due", "--within", "365"]):
            return 2
    return main([*words_of(place, number), "db", "check"])


def test_a_command_line_does_the_same_through_a_pooler(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pooler.started(server, 1) as single, single.server.schema() as name:
        desks = two_desks.set_up(tmp_path, single.server.address(name), "en", monkeypatch)
        for group, line in two_desks.steps():
            if group in GROUPS:
                desks.run(group, line, capsys)
        with capsys.disabled():
            sys.stdout.write(f"\n{desks.table()}\n")
        assert desks.unlike == {}
        assert desks.one.rows("change") == desks.other.rows("change")


def test_several_who_share_two_connections_lose_nothing_and_leave_nothing_behind(
    small_pool: Pooler, pooled_place: Place
) -> None:
    small_district.enrol(pooled_place, 0)
    for number in range(CLERKS):
        small_district.employ(pooled_place, f"w{number}")
    before = len(database_content.dump(pooled_place)["operation"])
    assert at_once(work, pooled_place, CLERKS) == [0] * CLERKS
    after = database_content.dump(pooled_place)
    assert len(after["visit"]) == CLERKS * VISITS
    assert [row[0] for row in after["operation"]] == list(range(1, before + CLERKS * VISITS + 1))
    assert database_content.flaws(pooled_place) == []
    with small_pool.server.connect() as one, small_pool.server.connect() as other:
        for connection in (one, other):
            connection.execute("BEGIN")  # so that each has one of the two
            assert connection.execute(LEFT_BEHIND).fetchone() == ('"$user", public', "0", "on", 0, 0, 0, 0)
    assert "not ready" not in small_pool.log()  # each connection was given back, none thrown away


def test_whoever_finds_no_connection_free_is_told_so(esm: Esm, server: Server, schema: str) -> None:
    assert esm("db", "init", db=schema).code == 0
    with pooler.started(server, 1, patience=1) as single, single.server.connect() as other:
        other.execute("BEGIN")
        ran = esm("due", db=schema.replace(server.url, single.server.url))
        assert (ran.code, "gives no answer: query_wait_timeout" in ran.err) == (6, True), ran
        other.execute("ROLLBACK")
        assert esm("due", db=schema.replace(server.url, single.server.url)).code == 0
