"""A district on a server: made, copied, checked and refused like one in a file (docs/decisions/0046)."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import sleep

import psycopg
import pytest
from tests import database_content
from tests.conftest import HEADER, ROOT, Esm
from tests.postgres import Server

from esm.cli.shell import storage_errors
from esm.errors import RuleRefused, StorageRefused
from esm.storage.database import connection as database
from esm.storage.database import copying
from esm.storage.database.engines import postgres_session
from esm.storage.database.engines.server_address import server_place
from esm.storage.database.place import FilePlace, ServerPlace, place_of

ASIDE = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s || '_before_restore')"
CADRES = ROOT / "examples" / "district.en" / "cadres.csv"


@pytest.fixture
def address(schema: str) -> str:
    """Return the address of a district that is not made yet."""
    return schema


@pytest.fixture
def name(address: str) -> str:
    """Return the schema of the address."""
    return address.rpartition("schema=")[2]


@pytest.fixture
def settled_there(esm: Esm, settled: Path, address: str) -> str:
    """Return the address of a copy of the settled district."""
    assert esm("db", "copy", str(settled), address).code == 0
    return address


@pytest.fixture
def shell(server: Server, name: str, settled_there: str) -> Iterator[psycopg.Connection]:
    """Return a connection as whoever owns the server has one."""
    with server.connect() as connection:
        connection.execute(f"SET search_path TO {name}")
        yield connection


def content(place: ServerPlace | FilePlace) -> database_content.Dump:
    """Return every row of the tables and of the journal."""
    with database.reading(place) as reading:
        tables = ["operation", "change", "clock", *reading.connection.journalled_tables()]
        return {table: reading.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables}


@pytest.mark.parametrize(
    ("location", "district", "place"),
    [
        ("postgresql+psycopg://clerk@db/esm?schema=jiangbei", None, ("postgresql://clerk@db/esm", "jiangbei")),
        ("postgresql://db/esm", "jiangbei", ("postgresql://db/esm", "jiangbei")),
        ("postgresql://db/esm?schema=a", "b", ("postgresql://db/esm", "a")),
        (
            "postgres://clerk@one:5432,two:5433/esm?target_session_attrs=read-write&schema=江北",
            None,
            ("postgresql://clerk@one:5432,two:5433/esm?target_session_attrs=read-write", "江北"),
        ),
        ("postgresql:///?service=city&schema=a_1", None, ("postgresql:///?service=city", "a_1")),
    ],
)
def test_an_address_names_a_server_and_a_district(
    monkeypatch: pytest.MonkeyPatch, location: str, district: str | None, place: tuple[str, str]
) -> None:
    if district is not None:
        monkeypatch.setenv("ESM_DISTRICT", district)
    assert place_of(location) == ServerPlace(*place)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("mysql://clerk@db/esm?schema=a", "of the kind mysql"),
        ("postgresql://clerk:secret@db/esm?schema=a", "contains a password"),
        ("postgresql://db/esm?schema=a&password=secret", "contains a password"),
        ("postgresql://db/esm?schema=a&sslpassword=secret", "contains a password"),
        ("postgresql://db/esm", "which district"),
        ("postgresql://db/esm?schema=", "which district"),
        ("postgresql://db/esm?schema=public", "cannot be called"),
        ("postgresql://db/esm?schema=pg_toast", "cannot be called"),
        ("postgresql://db/esm?schema=Jiangbei", "cannot be called"),
        ("postgresql://db/esm?schema=1", "cannot be called"),
        ('postgresql://db/esm?schema=a"b', "cannot be called"),
        ("postgresql://db/esm?schema=" + 22 * "江", "cannot be called"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(location: str, reason: str) -> None:
    with pytest.raises(StorageRefused, match=reason) as caught:
        server_place(location, None)
    assert "secret" not in f"{caught.value.message} {caught.value.hint}"


def test_an_import_makes_the_district_and_the_next_finds_it(esm: Esm, address: str) -> None:
    assert esm("due", db=address).code == 6
    assert esm("import", str(CADRES), db=address).code == 0
    assert esm("db", "init", db=address).code == 4
    assert esm("db", "check", db=address).code == 0
    assert len(esm("cadre", "list", "--format", "ndjson", db=address).out.splitlines()) > 1


@pytest.mark.parametrize("is_there", [False, True])
def test_a_refused_import_leaves_of_a_schema_what_was_there(
    esm: Esm, server: Server, name: str, address: str, tmp_path: Path, is_there: bool
) -> None:
    table = tmp_path / "cadres.csv"
    table.write_text("staff_no,name,capacity\n1,Ann,many\n")
    with server.connect() as connection:
        if is_there:
            connection.execute(f"CREATE SCHEMA {name}")
        assert esm("import", str(table), db=address).code == 5
        found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [name]).fetchall()
        assert found == ([(1,)] if is_there else [])


def test_nothing_is_made_in_the_schema_of_another_program(esm: Esm, server: Server, name: str, address: str) -> None:
    with server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {name}; CREATE TABLE {name}.visit (id integer)")
    assert esm("db", "init", db=address).code == 4
    assert esm("due", db=address).code == 6


def test_a_district_goes_to_a_server_and_back_with_its_journal(
    esm: Esm, settled: Path, settled_there: str, tmp_path: Path
) -> None:
    back = tmp_path / "back.db"
    assert esm("db", "copy", settled_there, str(back)).code == 0
    assert content(place_of(settled_there)) == content(FilePlace(settled)) == content(FilePlace(back))
    assert database_content.flaws(back) == []
    assert [esm("db", "check", db=place).code for place in (settled_there, back)] == [0, 0]


def test_what_is_known_of_an_earlier_day_is_the_same_there(esm: Esm, settled: Path, settled_there: str) -> None:
    for words in (["due", "--known-at", "5"], ["history"], ["report", "--known-at", "4"]):
        assert esm(*words, db=settled_there) == esm(*words, db=settled)


def test_both_places_write_the_same_journal(esm: Esm, settled: Path, settled_there: str) -> None:
    for place in (settled, settled_there):
        with database.writing(place_of(str(place)), HEADER) as writing:
            writing.change("enterprise", 1, {"name": "江\t\"'\\/\x7f€😀\n", "revenue": None})
            writing.delete("pairing", [row[0] for row in writing.rows("SELECT id FROM pairing ORDER BY id")])
    assert content(place_of(settled_there)) == content(FilePlace(settled))


def test_no_district_is_made_where_texts_are_kept_in_another_encoding(esm: Esm, server: Server, name: str) -> None:
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        try:
            ran = esm("db", "init", db=server.address("a").replace("/postgres?", f"/{name}?", 1))
        finally:
            connection.execute(f"DROP DATABASE {name}")
    assert (ran.code, "needs UTF8" in ran.err) == (6, True)


def test_a_copy_is_made_only_where_nothing_stands(esm: Esm, settled: Path, settled_there: str) -> None:
    before = content(place_of(settled_there)), database_content.digest(settled)
    for words in (
        ("copy", str(settled), settled_there),
        ("copy", settled_there, str(settled)),
        ("backup", str(settled)),
    ):
        ran = esm("db", *words, db=settled_there)
        assert (ran.code, "Choose another name." in ran.err) == (4, True)
    assert (content(place_of(settled_there)), database_content.digest(settled)) == before


def test_a_district_that_is_not_whole_is_not_copied(
    esm: Esm, shell: psycopg.Connection, settled_there: str, tmp_path: Path
) -> None:
    shell.execute("ALTER TABLE visit DISABLE TRIGGER ALL; UPDATE visit SET done_on = '2026-01-05'")
    assert esm("db", "copy", settled_there, str(tmp_path / "new.db")).code == 6
    assert list(tmp_path.glob("new.db*")) == []


def test_a_text_that_the_server_cannot_keep_stops_the_copy(
    esm: Esm, server: Server, name: str, address: str, settled: Path
) -> None:
    with database.writing(FilePlace(settled), HEADER) as writing:
        writing.change("enterprise", 1, {"address": "a\0b"})
    assert esm("db", "copy", str(settled), address).code in {4, 5}
    with server.connect() as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [name]).fetchall() == []


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("ALTER TABLE visit DISABLE TRIGGER ALL; UPDATE visit SET done_on = '2026-01-05'", "visit 1 was changed"),
        ("ALTER TABLE visit DISABLE TRIGGER USER", "journal_visit"),
        ("CREATE TABLE notes (id integer)", "notes"),
        ("CREATE OR REPLACE VIEW counted_visit AS SELECT enterprise_id, done_on FROM visit", "counted_visit"),
        ("ALTER TABLE visit ALTER COLUMN done_on DROP NOT NULL", "visit.done_on"),
        ("DROP INDEX ix_clock_due", "ix_clock_due"),
        ("ALTER TABLE change DISABLE TRIGGER ALL; UPDATE change SET new = old WHERE seq = 1", "operation 1"),
        ("ALTER TABLE operation DISABLE TRIGGER ALL; UPDATE operation SET actor = 'x' WHERE id = 2", "operation 2"),
        ("ALTER TABLE clock DISABLE TRIGGER ALL; UPDATE clock SET due_on = '2030-01-01'", "the visit clock of"),
    ],
)
def test_what_was_done_behind_the_journal_is_named(
    esm: Esm, shell: psycopg.Connection, settled_there: str, tampering: str, named: str
) -> None:
    shell.execute(tampering.encode())
    ran = esm("db", "check", "--format", "csv", db=settled_there)
    assert ran.code == 1
    assert named in ran.out


def test_a_backup_is_a_file_and_goes_back_beside_what_stands_there(
    esm: Esm, server: Server, name: str, settled_there: str, tmp_path: Path
) -> None:
    monday, copy = content(place_of(settled_there)), tmp_path / "monday.db"
    assert esm("db", "backup", str(copy), db=settled_there).code == 0
    assert content(FilePlace(copy)) == monday
    assert esm("cadre", "add", "9009", "--name", "Later", db=settled_there).code == 0
    tuesday = content(place_of(settled_there))
    assert esm("db", "restore", str(copy), db=settled_there).code == 0
    assert content(place_of(settled_there)) == monday
    with server.connect() as connection:
        found = connection.execute(ASIDE, [name]).fetchall()
        [aside] = [aside for (aside,) in found]
        try:
            assert content(place_of(server.address(aside))) == tuesday
            assert esm("db", "check", db=server.address(aside)).code == 0
            assert esm("db", "check", db=settled_there).code == 0
        finally:
            connection.execute(f'DROP SCHEMA "{aside}" CASCADE')


def test_a_name_that_somebody_else_has_just_taken_is_refused(settled: Path, settled_there: str) -> None:
    """Two restores in the same second would put the district aside under the same name."""
    place = place_of(settled_there)
    assert isinstance(place, ServerPlace)
    with pytest.raises(psycopg.errors.DuplicateSchema) as caught:
        copying.restore(FilePlace(settled), place, place.schema)
    for error in (caught.value, psycopg.errors.DuplicateTable()):
        refusal = storage_errors.refusal(error)
        assert isinstance(refusal, RuleRefused)
        assert "already exists" in str(refusal)


@pytest.mark.parametrize(("there", "code"), [("", 0), ("CREATE TABLE {name}.visit (id integer)", 6)])
def test_a_backup_goes_into_an_empty_schema_and_over_no_other_program(
    esm: Esm, server: Server, name: str, address: str, settled: Path, there: str, code: int
) -> None:
    with server.connect() as connection:
        connection.execute(f"CREATE SCHEMA {name}; {there.format(name=name)}")
        assert esm("db", "restore", str(settled), db=address).code == code
        assert connection.execute(ASIDE, [name]).fetchall() == []
    if code == 0:
        assert content(place_of(address)) == content(FilePlace(settled))


def test_no_backup_is_promised_of_an_older_schema_on_a_server(
    esm: Esm, shell: psycopg.Connection, settled_there: str
) -> None:
    shell.execute("UPDATE alembic_version SET version_num = '0017'")
    for words in (["due"], ["cadre", "add", "9009", "--name", "Later"]):
        ran = esm(*words, db=settled_there)
        assert (ran.code, "Make a backup on the server" in ran.err) == (6, True)


def test_a_district_of_an_older_schema_is_upgraded_to_what_a_new_one_is(
    esm: Esm, shell: psycopg.Connection, settled_there: str
) -> None:
    before = content(place_of(settled_there))
    shell.execute("DROP INDEX ix_clock_due_on_end_on; UPDATE alembic_version SET version_num = '0018'")
    assert esm("due", db=settled_there).code == 6
    assert esm("db", "upgrade", db=settled_there).code == 0
    assert esm("db", "check", db=settled_there).code == 0  # every table, index and trigger is that of this version
    after = content(place_of(settled_there))
    assert after.pop("operation")[:-1] == before.pop("operation")
    assert after == before


def test_a_second_writer_waits_for_the_first_and_is_then_refused(settled_there: str) -> None:
    place = place_of(settled_there)
    with (
        database.writing(place, HEADER),
        pytest.raises(psycopg.errors.LockNotAvailable),
        database.writing(place, HEADER, patience=0.1),
    ):
        pass


def test_a_reader_sees_one_state_while_others_write(settled_there: str) -> None:
    place = place_of(settled_there)
    with database.reading(place) as reading:
        before = reading.head()
        with database.writing(place, HEADER) as writing:
            writing.change("enterprise", 1, {"address": "elsewhere"})
        assert reading.head() == before
    with database.reading(place) as reading:
        assert reading.head() != before


def test_a_standby_is_read_from_and_not_written_to(esm: Esm, settled_there: str) -> None:
    standby = settled_there.replace("?", "?options=-c%20default_transaction_read_only%3Don&", 1)
    assert esm("due", db=standby).code == 0
    for place in (standby, f"{standby}&target_session_attrs=read-write"):
        ran = esm("cadre", "add", "9009", "--name", "Later", db=place)
        assert (ran.code, "takes no changes now" in ran.err) == (6, True)


def test_questions_go_to_the_standby_and_changes_to_the_primary(
    esm: Esm, monkeypatch: pytest.MonkeyPatch, settled: Path, settled_there: str
) -> None:
    monkeypatch.setenv("ESM_DB_READ", "postgresql://esm@127.0.0.1:1/x")
    assert esm("due", db=settled_there).code == 6
    assert esm("cadre", "add", "9009", "--name", "Later", db=settled_there).code == 0
    for words in (["assign", "--dry-run"], ["history"], ["db", "info"], ["db", "check"], ["undo"]):
        assert esm(*words, db=settled_there).code in {0, 1}, words
    assert esm("cadre", "add", "9009", "--name", "Later", db=settled_there).code == 0
    assert esm("due", db=settled).code == 0
    monkeypatch.setenv("ESM_DB_READ", settled_there)
    assert esm("cadre", "show", "9009", db=settled_there).code == 0
    monkeypatch.setenv("ESM_DB_READ", settled_there.replace("schema=", "schema=other_"))
    ran = esm("due", db=settled_there)
    assert (ran.code, "names the district" in ran.err) == (6, True)


def test_of_a_connection_lost_in_the_commit_nothing_certain_is_said(
    esm: Esm, shell: psycopg.Connection, settled_there: str
) -> None:
    shell.execute(
        b"""CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER die AFTER INSERT ON cadre DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION die()"""
    )
    ran = esm("cadre", "add", "9009", "--name", "Later", db=settled_there)
    assert (ran.code, "operation 7" in ran.err, "is not known" in ran.err, "esm history" in ran.err) == (6, *3 * [True])


def test_of_a_change_that_the_standby_did_not_confirm_the_clerk_is_told(
    esm: Esm, shell: psycopg.Connection, settled_there: str
) -> None:
    shell.execute(
        b"""CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE WARNING ''canceling wait for synchronous replication''; RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON cadre DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION warn()"""
    )
    ran = esm("cadre", "add", "9009", "--name", "Later", db=settled_there)
    assert (ran.code, ran.err.splitlines()[0]) == (
        6, "error: Operation 7 was saved, but the standby server did not confirm it."
    )  # fmt: skip
    assert esm("cadre", "show", "9009", db=settled_there).code == 0


def test_of_a_change_that_is_interrupted_while_it_is_saved_nothing_certain_is_said(
    esm: Esm, shell: psycopg.Connection, server: Server, settled_there: str
) -> None:
    shell.execute(
        b"""CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON cadre DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION wait()"""
    )

    def interrupt_what_waits() -> None:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = 'COMMIT'"
        with server.connect() as other:
            while other.execute(waiting).fetchone() != (1,):
                sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = Thread(target=interrupt_what_waits)
    watcher.start()
    ran = esm("cadre", "add", "9009", "--name", "Later", db=settled_there)
    watcher.join()
    assert (ran.code, "operation 7" in ran.err, "is not known" in ran.err) == (6, True, True)
    assert esm("cadre", "show", "9009", db=settled_there).code == 3


def test_a_server_that_is_silent_is_waited_for_as_long_as_the_address_says(esm: Esm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"postgresql://esm@127.0.0.1:{silent.getsockname()[1]}/x?schema=a&connect_timeout=2"
        ran = esm("due", db=place)
    assert (ran.code, "gives no answer: connection timeout expired" in ran.err) == (6, True)


def test_a_machine_that_is_silent_is_given_up_unless_the_address_says_otherwise() -> None:
    named = postgres_session.parameters("postgresql://esm@one,two/x?keepalives_idle=99&client_encoding=latin1")
    assert (named["host"], named["keepalives_idle"], named["client_encoding"]) == ("one,two", "99", "utf8")
    assert (named["connect_timeout"], named["tcp_user_timeout"]) == (10, 30_000)


def test_a_word_that_no_server_knows_is_named(esm: Esm) -> None:
    ran = esm("due", db="postgresql://esm@one/x?schema=a&target_sesion_attrs=any")
    assert (ran.code, "target_sesion_attrs" in ran.err, "address of the server is invalid" in ran.err) == (
        6,
        True,
        True,
    )


@pytest.mark.parametrize("place", ["postgresql://esm@127.0.0.1:1/x?schema=a", "postgresql:///x?host=/nowhere&schema=a"])
def test_a_server_that_does_not_answer_is_no_internal_error(esm: Esm, place: str) -> None:
    for words in (["due"], ["cadre", "add", "1", "--name", "A"], ["import", str(CADRES)], ["db", "check"]):
        ran = esm(*words, db=place)
        assert (ran.code, "gives no answer" in ran.err) == (6, True)


def test_a_file_is_read_without_the_driver(settled: Path) -> None:
    code = "import sys; from esm.__main__ import main; main(['due']); print('psycopg' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"ESM_DB": str(settled)}, check=True
    )
    assert ran.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_handbook_leads_from_a_file_to_a_server(
    esm: Esm, server: Server, address: str, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path, lang: str,
) -> None:  # fmt: skip
    page = (ROOT / "docs" / "handbook" / lang / "server.md").read_text(encoding="utf-8")
    shutil.copy(districts["zh"], tmp_path / "district.db")
    monkeypatch.chdir(tmp_path)
    lines = [line.split(maxsplit=1)[1] for line in re.findall(r"^esm .*$", page, flags=re.M)]
    assert len(lines) == 8
    name = address.rpartition("schema=")[2]
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {name}_login LOGIN")
        try:
            for line in lines:
                words = [
                    address if "://" in word else f"{name}_login" if word in {"clerk", "street3"} else word
                    for word in shlex.split(line)
                ]
                assert (esm(*words, db=address).code, line) == (0, line)
        finally:
            connection.execute(f"DROP OWNED BY {name}_login; DROP ROLE {name}_login")
            for (aside,) in connection.execute(ASIDE, [name]).fetchall():
                connection.execute(f'DROP SCHEMA "{aside}" CASCADE')
