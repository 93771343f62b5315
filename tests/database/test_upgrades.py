"""A schema that is upgraded is the schema that is made anew, on a file and on a server, and whole or not at all."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from tests import database_content, later_migration
from tests.conftest import HEADER, Esm
from tests.later_migration import FAILING, KILLED, NEXT, ON_BOTH, Release
from tests.postgres import Server
from tests.small_district import CODES

from esm.errors import StorageRefused
from esm.storage.database import connection as database
from esm.storage.database import migration
from esm.storage.database.engines import postgres_schema
from esm.storage.database.place import FilePlace, Place, ServerPlace, place_of

UPGRADERS = 8
# Everything that the server's catalogue says of a schema but the numbers by which it knows its parts.
CATALOGUE = {
    "columns": """
        SELECT relname, row_number() OVER (PARTITION BY relname ORDER BY attnum), attname,
               format_type(atttypid, atttypmod), collname, attnotnull, pg_get_expr(adbin, adrelid)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace = :schema AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped""",
    "relations": """
        SELECT relname, relkind, relpersistence, relrowsecurity, relforcerowsecurity, reloptions,
               CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) WHEN 'i' THEN pg_get_indexdef(oid) END,
               pg_get_userbyid(relowner)
        FROM pg_class WHERE relnamespace = :schema""",
    "constraints": """
        SELECT CAST(conrelid AS regclass), conname, contype, condeferrable, condeferred, convalidated,
               pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = :schema""",
    "functions": """
        SELECT proname, pg_get_functiondef(oid), pg_get_userbyid(proowner) FROM pg_proc WHERE pronamespace = :schema""",
    "triggers": """
        SELECT relname, tgname, tgenabled, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = :schema AND NOT tgisinternal""",
    "policies": """
        SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies
        WHERE CAST(quote_ident(schemaname) AS regnamespace) = :schema""",
    "grants": """
        SELECT named, CAST(grantee AS regrole), privilege_type, is_grantable FROM (
          SELECT relname AS named, relacl AS list FROM pg_class WHERE relnamespace = :schema
          UNION ALL SELECT relname || '.' || attname, attacl FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
          WHERE relnamespace = :schema AND NOT attisdropped
          UNION ALL SELECT proname, proacl FROM pg_proc WHERE pronamespace = :schema
          UNION ALL SELECT 'schema', nspacl FROM pg_namespace WHERE oid = :schema) AS granted,
        LATERAL aclexplode(list) AS entry""",
    "comments": """
        SELECT relname, polname, description FROM pg_description JOIN pg_policy ON pg_policy.oid = objoid
        JOIN pg_class ON pg_class.oid = polrelid WHERE relnamespace = :schema
        UNION ALL SELECT relname, CAST(objsubid AS text), description FROM pg_description
        JOIN pg_class ON pg_class.oid = objoid AND classoid = CAST('pg_class' AS regclass)
        WHERE relnamespace = :schema""",
    "revision": "SELECT version_num FROM alembic_version",
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return later_migration.declaring_release(tmp_path_factory.mktemp("release"))


@pytest.fixture
def upgrading(release: Release) -> Iterator[Release]:
    """Return the release, with its own migration again afterwards."""
    yield release
    release.with_script(ON_BOTH)


@pytest.fixture
def on_server(esm: Esm, settled: Path, schema: str) -> ServerPlace:
    """Return a copy of the settled district on the server."""
    assert esm("db", "copy", str(settled), schema).code == 0
    place = place_of(schema)
    assert isinstance(place, ServerPlace)
    return place


@pytest.fixture
def logins(server: Server) -> Iterator[tuple[str, str, str]]:
    """Return a login for each role."""
    names = ("esm_test_clerk", "esm_test_street", "esm_test_city")
    with server.connect() as connection:
        for name in names:
            connection.execute(f"CREATE ROLE {name} LOGIN")
        yield names
        for name in names:
            connection.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def catalogue(server: Server, schema: str) -> dict[str, set[tuple[Any, ...]]]:
    """Return what the server says of a schema, without its name."""
    with server.connect() as connection:
        connection.execute(f"SET search_path TO {schema}")
        asked = {
            what: query.replace(":schema", f"CAST('{schema}' AS regnamespace)") for what, query in CATALOGUE.items()
        }
        rows = {what: connection.execute(query.encode()).fetchall() for what, query in asked.items()}
    return {what: {tuple(_plain(each, schema) for each in row) for row in found} for what, found in rows.items()}


def _plain(value: object, schema: str) -> object:
    return tuple(value) if isinstance(value, list) else str(value).replace(schema, "SCHEMA")


def file_catalogue(file: Path) -> dict[str, str]:
    """Return what a file says of itself, by name; blanks and quotes do not matter."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: "".join(sql.replace('"', "").split()) for name, sql in rows}


def rows(server: Server, schema: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a schema but when and where an operation was done, and the seals that follow from it."""
    with server.connect() as connection:
        told = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        asked = {name: f"SELECT {_COLUMNS.get(name, '*')} FROM {schema}.{name} ORDER BY 1" for (name,) in told}
        return {name: connection.execute(query.encode()).fetchall() for name, query in asked.items()}


_COLUMNS = {"operation": "id, actor, revision, undoes, changes"}
STREET = "听潮街道"


def name_of(address: str) -> str:
    return address.rpartition("schema=")[2]


def grants(logins: Sequence[str]) -> list[tuple[str, ...]]:
    """Return what gives each login a role of its own."""
    words = (("app",), ("reader", "--subdistrict", STREET), ("reader",))
    return [("db", "grant", role, login, *more) for login, (role, *more) in zip(logins, words, strict=True)]


def succeeded(ran: subprocess.CompletedProcess[str]) -> str:
    """Return what a command line said that must have ended well."""
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


@pytest.mark.slow
def test_an_upgraded_schema_is_one_that_is_made_anew(
    esm: Esm, server: Server, release: Release, settled: Path, schema: str, logins: tuple[str, ...], tmp_path: Path
) -> None:
    assert esm("enterprise", "edit", CODES[0], "--subdistrict", STREET, db=settled).code == 0
    assert esm("db", "copy", str(settled), schema).code == 0
    for grant in grants(logins):
        assert esm(*grant, db=schema).code == 0
    with server.schema() as anew:
        release.run_each(
            (settled, "db", "upgrade"),
            (schema, "db", "upgrade"),
            (tmp_path / "anew.db", "db", "init"),
            (settled, "db", "copy", settled, server.address(anew)),
            *((server.address(anew), *grant) for grant in grants(logins)),
            (schema, "db", "check"),
        )
        upgraded = name_of(schema)
        assert file_catalogue(settled) == file_catalogue(tmp_path / "anew.db")
        for what, found in catalogue(server, upgraded).items():
            assert found == catalogue(server, anew)[what], what
        assert rows(server, upgraded) == rows(server, anew)
        assert [row[-1] for row in rows(server, upgraded)["cadre"]] == [1]  # told in the operation of the upgrade
        assert rows(server, upgraded)["alembic_version"] == [(NEXT,)]


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("script", [FAILING, KILLED], ids=["failing", "killed"])
def test_an_upgrade_that_ends_in_the_middle_changed_nothing_and_can_be_done_again(
    server: Server, upgrading: Release, settled: Path, on_server: ServerPlace, script: str
) -> None:
    name = on_server.schema
    before = catalogue(server, name), rows(server, name), database_content.dump(settled)
    upgrading.with_script(script)
    for place in (on_server, settled):
        assert upgrading.run(place, "db", "upgrade").returncode in {70, -signal.SIGKILL}
    assert (catalogue(server, name), rows(server, name), database_content.dump(settled)) == before
    assert database_content.flaws(on_server) == database_content.flaws(settled) == []
    upgrading.with_script(ON_BOTH)
    for place in (on_server, settled):
        succeeded(upgrading.run(place, "db", "upgrade"))
        succeeded(upgrading.run(place, "db", "check"))


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("engine", ["file", "server"])
def test_of_eight_who_upgrade_at_once_one_does(
    release: Release, settled: Path, on_server: ServerPlace, engine: str
) -> None:
    place = settled if engine == "file" else on_server
    before = len(database_content.dump(place)["operation"])
    running = [release.start(place, "db", "upgrade") for _ in range(UPGRADERS)]
    said = [each.communicate()[1] for each in running]
    assert [each.returncode for each in running] == [0] * UPGRADERS, said
    assert sum("upgraded to schema" in each for each in said) == 1
    assert sum("already at this version" in each for each in said) == UPGRADERS - 1
    succeeded(release.run(place, "db", "check"))
    assert f'"operations": {before + 1}' in succeeded(release.run(place, "db", "info", "--format", "json"))


def test_whoever_reads_during_an_upgrade_waits_and_then_hears_of_it(esm: Esm, on_server: ServerPlace) -> None:
    heard: list[str] = []

    def ask() -> None:
        try:
            with database.reading(on_server):
                heard.append("read")
        except StorageRefused as refusal:
            heard.append(refusal.message.template)

    reader = Thread(target=ask)
    with postgres_schema.changing(on_server, 30) as connection:
        connection.exclude_others()
        with pytest.raises(psycopg.errors.LockNotAvailable), database.reading(on_server, patience=0.1):
            pass
        connection.execute(f"UPDATE alembic_version SET version_num = '{NEXT}'")
        reader.start()
        wait_until(lambda: is_waiting(connection.raw))
    reader.join()
    assert heard == ["The database {path} was created by a newer esm (schema {revision})."]


def is_waiting(connection: psycopg.Connection[Any]) -> bool:
    """Return whether anybody waits for a table."""
    found = connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'")
    return found.fetchone() is not None


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_at = monotonic() + 30
    while not is_so():
        assert monotonic() < ends_at
        sleep(0.02)


def test_whoever_writes_during_an_upgrade_hears_of_it_and_writes_nothing(on_server: ServerPlace) -> None:
    with postgres_schema.changing(on_server, 30) as connection:
        connection.exclude_others()
        with pytest.raises(psycopg.errors.LockNotAvailable), database.writing(on_server, HEADER, patience=0.1):
            pass


def test_a_restore_waits_for_whoever_reads_and_changes_nothing_under_them(
    server: Server, settled: Path, on_server: ServerPlace
) -> None:
    aside: list[Place | None] = []
    restoring = Thread(target=lambda: aside.append(migration.restore(on_server, FilePlace(settled), HEADER.at)))
    before = database_content.dump(on_server)["enterprise"]
    with server.connect() as watching:
        with database.reading(on_server) as reading:
            restoring.start()
            wait_until(lambda: is_waiting(watching) or not restoring.is_alive())
            assert reading.rows("SELECT * FROM enterprise ORDER BY 1") == before
        restoring.join()
        [put_aside] = aside
        assert isinstance(put_aside, ServerPlace)
        watching.execute(f"DROP SCHEMA {put_aside.schema} CASCADE".encode())
    assert database_content.flaws(on_server) == []


@pytest.mark.slow
@pytest.mark.nightly
def test_an_upgrade_of_a_city_that_was_killed_goes_on_where_it_ended(
    esm: Esm, server: Server, upgrading: Release, settled: Path, tmp_path: Path
) -> None:
    with server.schema() as second, server.schema() as third:
        places = [str(settled), server.address(second), server.address(third)]
        for place in places[1:]:
            assert esm("db", "copy", str(settled), place).code == 0
        city = tmp_path / "city.toml"
        city.write_text("".join(f'"{number}" = "{place}"\n' for number, place in enumerate(places)), encoding="utf-8")
        upgrading.with_script(KILLED.replace("    __import__", f"    if is_on('{second}'): __import__"))
        assert upgrading.run("no.db", "city", "upgrade", ESM_CITY=str(city)).returncode == -signal.SIGKILL
        told = upgrading.run("no.db", "city", "list", "--format", "ndjson", ESM_CITY=str(city))
        assert [json.loads(line)["revision"] for line in told.stdout.splitlines()] == [NEXT, *2 * [database.REVISION]]
        upgrading.with_script(ON_BOTH)
        said = succeeded(upgrading.run("no.db", "city", "upgrade", "--format", "ndjson", ESM_CITY=str(city)))
        done = [json.loads(line) for line in said.splitlines()]
        assert [row["before"] for row in done] == [NEXT, *2 * [database.REVISION]]
        assert {row["after"] for row in done} == {NEXT}
        succeeded(upgrading.run("no.db", "city", "check", ESM_CITY=str(city)))
