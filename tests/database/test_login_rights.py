"""Which login may do what to which relation: docs/logins.md says what the server's own catalogue says.

`--update-goldens` writes the page anew; it is then read in the diff.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT, Esm
from tests.postgres import Server
from tests.small_district import CODES

PAGE = ROOT / "docs" / "logins.md"
STREET = "听潮街道"
ROLES = {"app": ("app",), "reader": ("reader",), "street": ("reader", "--subdistrict", STREET)}
HEAD = """# What a login may do on a server

Made by `tests/database/test_login_rights.py` of what the catalogue of a server says; docs/decisions/0048 tells why. The
owner of a district may do everything, and nobody else anything that is not here. What is added, changed or removed is
so inside an operation of the journal alone. *Its rows* are those of the enterprises of the login's subdistrict.

| relation | `app` | `reader` | `reader --subdistrict` |
|---|---|---|---|
"""
RIGHTS = """
SELECT relname,
       (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
       (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
                                            AND has_column_privilege(%(login)s, c.oid, attnum, 'SELECT')),
       has_table_privilege(%(login)s, c.oid, 'INSERT'), has_table_privilege(%(login)s, c.oid, 'UPDATE'),
       (SELECT string_agg('`' || attname || '`', ', ' ORDER BY attname) FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
          AND has_column_privilege(%(login)s, c.oid, attnum, 'UPDATE')),
       has_table_privilege(%(login)s, c.oid, 'DELETE'), has_table_privilege(%(login)s, c.oid, 'TRUNCATE, TRIGGER'),
       (SELECT qual <> 'true' FROM pg_policies
        WHERE schemaname = %(schema)s AND tablename = regexp_replace(relname, '^reader_', '')
          AND %(login)s = ANY (roles))
FROM pg_class AS c WHERE relnamespace = CAST(%(schema)s AS regnamespace) AND relkind IN ('r', 'v')
ORDER BY relname COLLATE "C" """
FUNCTIONS = """
SELECT proname FROM pg_proc WHERE pronamespace = CAST(%(schema)s AS regnamespace)
  AND has_function_privilege(%(login)s, oid, 'EXECUTE') ORDER BY proname COLLATE "C" """


@pytest.fixture
def granted(esm: Esm, server: Server, schema: str, settled: Path) -> Iterator[dict[str, dict[str, str]]]:
    """Return the names that a login of each role goes by in the queries."""
    name = schema.rpartition("schema=")[2]
    logins = {role: {"schema": name, "login": f"{name}_{role}"} for role in ROLES}
    assert esm("enterprise", "edit", CODES[0], "--subdistrict", STREET, db=settled).code == 0
    assert esm("db", "copy", str(settled), schema).code == 0
    with server.connect() as connection:
        try:
            for role, words in ROLES.items():
                connection.execute(f"CREATE ROLE {logins[role]['login']} LOGIN")
                assert esm("db", "grant", words[0], logins[role]["login"], *words[1:], db=schema).code == 0
            yield logins
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE")
            for each in logins.values():
                connection.execute(f"DROP OWNED BY {each['login']}; DROP ROLE {each['login']}")


def page(server: Server, logins: dict[str, dict[str, str]]) -> str:
    with server.connect() as connection:
        told = {role: connection.execute(RIGHTS, names).fetchall() for role, names in logins.items()}
        called = {
            role: ", ".join(f"`{name}`" for (name,) in connection.execute(FUNCTIONS, names))
            for role, names in logins.items()
        }
    lines = [
        f"| {rows[0][0]} | {' | '.join(words(*row[1:]) for row in rows)} |"
        for rows in zip(*told.values(), strict=True)
        if any(words(*row[1:]) != "–" for row in rows)
    ]
    functions = f"| functions that it may call | {' | '.join(called.values())} |"
    return f"{HEAD}{chr(10).join([*lines, functions])}\n"


def words(
    columns: int, readable: int, adds: bool, changes: bool, changed: str | None, removes: bool, empties: bool,
    is_part: bool | None,
) -> str:  # fmt: skip
    """Return what a login may do to a relation."""
    reads = "read" if readable == columns else f"read {readable} of {columns} columns"
    some = [
        f"{reads}, its rows" if readable and is_part else reads if readable else "",
        "add" if adds else "",
        "change" if changes else f"change {changed}" if changed else "",
        "remove" if removes else "",
        "empty or watch" if empties else "",
    ]
    return ", ".join(filter(None, some)) or "–"


def test_the_page_of_logins_says_what_the_server_grants(
    server: Server, granted: dict[str, dict[str, str]], pytestconfig: pytest.Config
) -> None:
    made = page(server, granted)
    if pytestconfig.getoption("update_goldens"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
