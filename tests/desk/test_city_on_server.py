"""A city whose districts are the schemas of a database on a server, or stand on both (docs/rules.md, City)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from tests import small_district
from tests.conftest import Esm
from tests.postgres import Server

from esm.storage.database import connection as database
from esm.storage.database.place import place_of

DATABASE = f"esm_test_city_{os.getpid()}"
READER = f"esm_test_reader_{os.getpid()}"
NAMES = ["east", "north", "south"]
UNREACHABLE = "postgresql://esm@127.0.0.1:1/x"


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    """Return the address of a database of its own without a schema of esm."""
    base, question, words = server.url.partition("?")
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}".encode())
        try:
            yield f"{base.rpartition('/')[0]}/{DATABASE}{question}{words}"
        finally:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)".encode())


@pytest.fixture
def shell(address: str) -> Iterator[psycopg.Connection]:
    """Return a connection to that database as whoever owns the server has one."""
    with psycopg.connect(address.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        yield connection


@pytest.fixture
def city(esm: Esm, address: str, shell: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a city of three districts with one, two and three enterprises."""
    monkeypatch.setenv("ESM_CITY", address)
    for size, name in enumerate(NAMES, start=1):
        assert esm("city", "add", name).code == 0
        for number in range(size):
            small_district.enrol(place_of(address, name), number)
    return address


def told(esm: Esm, *words: str, code: int = 0, db: object = None) -> Any:
    ran = esm(*words, "--format", "json", db=db)
    assert ran.code == code, ran
    return json.loads(ran.out)


def of(city: str, name: str) -> str:
    """Return the address of a district."""
    return f"{city}{'&' if '?' in city else '?'}schema={name}"


def read_only(city: str) -> str:
    """Return the address as that of a standby, which takes no changes."""
    return f"{city}{'&' if '?' in city else '?'}options={quote('-c default_transaction_read_only=on')}"


def heads(city: str) -> list[str]:
    found = []
    for name in NAMES:
        with database.reading(place_of(city, name)) as reading:
            found.append(reading.head())
    return found


def test_the_districts_of_a_server_are_its_schemas_of_esm(esm: Esm, city: str, shell: psycopg.Connection) -> None:
    shell.execute("CREATE SCHEMA other; CREATE TABLE other.enterprise (id integer); CREATE SCHEMA bare")
    rows = told(esm, "city", "list")
    assert [(row["district"], row["in_scope"], row["problem"]) for row in rows] == [
        (name, size, None) for size, name in enumerate(NAMES, start=1)
    ]
    assert [row["head"] for row in rows] == heads(city)
    assert told(esm, "city", "check") == []
    assert [row["before"] == row["after"] for row in told(esm, "city", "upgrade")] == [True] * 3


def test_a_district_on_a_server_is_made_once_and_nowhere_else(esm: Esm, city: str) -> None:
    assert esm("city", "add", "north").code == 4
    assert esm("city", "add", "West").code == 6
    assert esm("city", "add", "west", "west.db").code == 2
    assert [row["district"] for row in told(esm, "city", "list")] == NAMES


def test_the_sums_on_a_server_are_those_of_its_districts(esm: Esm, city: str) -> None:
    for report in ("coverage", "requests"):
        whole = told(esm, "city", "report", report)
        singles = [told(esm, "report", report, db=of(city, name)) for name in NAMES]
        counted = [key for key, value in singles[0].items() if type(value) is int and key != "longest_gap_days"]
        assert len(counted) > 10
        assert {key: whole[key] for key in counted} == {key: sum(each[key] for each in singles) for key in counted}


def test_an_undo_in_one_schema_leaves_the_heads_of_the_others(esm: Esm, city: str) -> None:
    before = heads(city)
    assert esm("undo", db=of(city, "north")).code == 0
    after = heads(city)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_what_a_login_may_not_read_is_a_district_that_says_so(
    esm: Esm, city: str, shell: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.execute(f"CREATE ROLE {READER}".encode())
    try:
        assert esm("db", "grant", "app", READER, db=of(city, "east")).code == 0
        assert esm("db", "grant", "reader", READER, db=of(city, "south")).code == 0
        role = quote(f"-c role={READER}")
        monkeypatch.setenv("ESM_CITY", f"{city}{'&' if '?' in city else '?'}options={role}")
        rows = told(esm, "city", "list", code=1)
        assert [(row["district"], row["in_scope"]) for row in rows] == [("east", 1), ("north", None), ("south", None)]
        assert "may not" in rows[1]["problem"]
        whole = told(esm, "city", "report", code=1)
        assert (whole["districts"], whole["districts_counted"], whole["in_scope"]) == (3, 1, 1)
        assert [row["district"] for row in whole["not_counted"]] == ["north", "south"]
        assert esm("city", "add", "west").code == 6
    finally:
        shell.execute(f"DROP OWNED BY {READER}; DROP ROLE {READER}".encode())


def test_a_district_that_a_restore_put_aside_is_not_counted_twice(esm: Esm, city: str, tmp_path: Path) -> None:
    whole = told(esm, "city", "report")
    assert esm("db", "backup", str(tmp_path / "copy.db"), db=of(city, "south")).code == 0
    assert esm("db", "restore", str(tmp_path / "copy.db"), db=of(city, "south")).code == 0
    assert told(esm, "city", "report") == whole


def test_a_list_may_have_files_and_schemas(
    esm: Esm, city: str, tmp_path: Path, settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESM_CITY", str(tmp_path / "city.toml"))
    assert esm("city", "add", "small", str(settled)).code == 0
    assert esm("city", "add", "south", city).code == 0
    assert esm("city", "add", "again", of(city, "south")).code == 4
    assert esm("city", "add", "new", city).code == 0
    parts = [told(esm, "report", db=place)["in_scope"] for place in (settled, of(city, "south"), of(city, "new"))]
    whole = told(esm, "city", "report")
    assert [row["in_scope"] for row in whole["by_district"]] == parts
    assert whole["in_scope"] == sum(parts)


def test_questions_about_a_city_go_to_the_standby_and_changes_to_the_primary(
    esm: Esm, city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(esm, "city", "report")
    monkeypatch.setenv("ESM_CITY", UNREACHABLE)
    monkeypatch.setenv("ESM_DB_READ", read_only(city))
    assert told(esm, "city", "report") == whole
    assert [row["head"] for row in told(esm, "city", "list")] == heads(city)
    assert esm("city", "upgrade").code == 6
    monkeypatch.setenv("ESM_CITY", city)
    assert told(esm, "city", "check") == []
    assert esm("city", "upgrade").code == 0
    assert esm("city", "add", "west").code == 0
    monkeypatch.setenv("ESM_DB_READ", UNREACHABLE)
    assert esm("city", "report").code == 6
    assert esm("city", "upgrade").code == 0


def test_in_a_list_each_district_has_a_standby_of_its_own(
    esm: Esm, city: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "city.toml"
    monkeypatch.setenv("ESM_CITY", str(listed))
    monkeypatch.setenv("ESM_DB_READ", UNREACHABLE)  # whose standby it is nobody says
    listed.write_text(
        f'"north" = {{ database = "{UNREACHABLE}", standby = "{read_only(city)}" }}\n"south" = "{city}"\n', "utf-8"
    )
    whole = told(esm, "city", "report")
    assert sorted(row["in_scope"] for row in whole["by_district"]) == [2, 3]
    assert told(esm, "city", "check", code=1)[0]["district"] == "north"  # a standby is not what is checked
    assert [row["problem"] is None for row in told(esm, "city", "upgrade", code=1)] == [False, True]
    listed.write_text(f'"north" = {{ database = "{city}", standby = "{of(city, "south")}" }}\n', "utf-8")
    assert "names the district south, not north" in told(esm, "city", "list", code=1)[0]["problem"]


def test_an_address_of_a_city_names_no_district_and_no_password(
    esm: Esm, city: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for location, reason in ((of(city, "east"), "east"), ("postgresql://a:secret@b/c", "password")):
        monkeypatch.setenv("ESM_CITY", location)
        ran = esm("city", "list")
        assert ran.code == 6
        assert reason in ran.err
        assert "secret" not in ran.err
