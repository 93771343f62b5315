"""What a login that does not own a district may do in it, and what it is never shown (docs/decisions/0048)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.conftest import Esm
from tests.postgres import Server

from esm.storage.database.schema import postgres_readers

HERE = "'听潮街道'"
GRANTED = """
SELECT DISTINCT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
WHERE nspname = %(schema)s AND relkind IN ('r', 'v', 'm', 'p', 'f')
  AND (has_table_privilege(%(login)s, c.oid, 'SELECT') OR has_any_column_privilege(%(login)s, c.oid, 'SELECT'))
ORDER BY 1"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = CAST(%(table)s AS regclass) AND attnum > 0 AND NOT attisdropped
  AND has_column_privilege(%(login)s, attrelid, attnum, 'SELECT') ORDER BY attnum"""


REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError, psycopg.errors.UndefinedObject)


class District:
    """A district on a server with a login of its own, and what either of them sees."""

    def __init__(self, server: Server, name: str, login: str) -> None:
        self.server, self.name, self.login = server, name, login
        self.address = server.address(name)
        self.address_of_login = self.address.replace("esm@", f"{login}@", 1)

    def as_owner(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self.server.connect() as connection:
            connection.execute(f"SET search_path TO {self.name}")
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def as_login(self, statement: str) -> list[tuple[object, ...]]:
        with self.server.connect() as connection:
            connection.execute(f"SET search_path TO {self.name}; SET SESSION AUTHORIZATION {self.login}")
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def granted(self) -> dict[str, list[str]]:
        """Return the relations that the login may read, each with the columns."""
        names = {"schema": self.name, "login": self.login}
        with self.server.connect() as connection:
            tables = [table for (table,) in connection.execute(GRANTED, names)]
            return {
                table: [column for (column,) in connection.execute(COLUMNS, {**names, "table": f"{self.name}.{table}"})]
                for table in tables
            }


@pytest.fixture
def district(esm: Esm, server: Server, schema: str, districts: dict[str, Path]) -> Iterator[District]:
    """Return a copy of the example district and a login without any right in it."""
    name = schema.rpartition("schema=")[2]
    login = f"{name}_login"
    assert esm("db", "copy", str(districts["zh"]), schema).code == 0
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN")
        try:
            yield District(server, name, login)
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE; DROP OWNED BY {login}; DROP ROLE {login}")


def grant(esm: Esm, district: District, *words: str) -> None:
    assert esm("db", "grant", *words, db=district.address).code == 0


def test_a_login_has_no_rights_until_they_are_granted_and_none_when_they_are_taken_away(
    esm: Esm, district: District
) -> None:
    assert district.granted() == {}
    assert esm("due", db=district.address_of_login).code == 6
    for role in ("app", "reader"):
        grant(esm, district, role, district.login)
        assert district.granted() != {}
    grant(esm, district, "none", district.login)
    assert district.granted() == {}
    assert district.as_owner("SELECT 1 FROM pg_policies WHERE schemaname = current_schema()") == []


def test_the_app_runs_commands_and_answers_as_the_owner_is_answered(esm: Esm, district: District) -> None:
    grant(esm, district, "app", district.login)
    questions = [["due"], ["report"], ["history"], ["check"], ["report", "--known-at", "2"], ["visit", "list"]]
    changes = [["undo"], ["schedule"], ["cadre", "add", "9009", "--name", "新人"]]
    for words in [*questions, *([*change, "--dry-run"] for change in changes)]:
        as_app, as_owner = (esm(*words, db=place) for place in (district.address_of_login, district.address))
        assert (as_app.code, as_app.out) == (as_owner.code, as_owner.out), words
    assert esm("cadre", "add", "9009", "--name", "新人", db=district.address_of_login).code == 0
    assert esm("undo", db=district.address_of_login).code == 0
    assert esm("db", "check", db=district.address).code == 0


BEHIND_THE_JOURNAL = (
    "UPDATE change SET new = NULL",
    "DELETE FROM change",
    "TRUNCATE change",
    "INSERT INTO change VALUES (0, 1, 'visit', 1, 'D', NULL, NULL)",
    "UPDATE operation SET actor = 'x'",
    "UPDATE operation SET hash = NULL",
    "DELETE FROM operation",
    "UPDATE clock SET due_on = '2030-01-01'",
    "DELETE FROM clock",
    "INSERT INTO clock VALUES (0, '', '', '', '', '', '', '')",
    "TRUNCATE visit",
    "ALTER TABLE visit DISABLE TRIGGER USER",
    "DROP TRIGGER journal_visit_insert ON visit",
    "ALTER TABLE visit DISABLE ROW LEVEL SECURITY",
    "DROP POLICY esm_app_x ON visit",
    "UPDATE alembic_version SET version_num = '0001'",
    "UPDATE visit SET done_on = '2026-01-05'",
    "DELETE FROM visit",
    "SELECT esm_wind(ARRAY[1])",
    "CREATE TABLE notes (id integer)",
)


def test_the_app_does_not_get_behind_the_journal(esm: Esm, district: District) -> None:
    grant(esm, district, "app", district.login)
    before = district.as_owner("SELECT count(*), max(hash) FROM operation")
    for statement in BEHIND_THE_JOURNAL:
        with pytest.raises(REFUSALS):
            district.as_login(statement)
        assert district.as_owner("SELECT count(*), max(hash) FROM operation") == before, statement
    assert esm("db", "check", db=district.address).code == 0


def test_a_reader_sees_no_phone_no_contact_no_free_text_and_no_journal(esm: Esm, district: District) -> None:
    grant(esm, district, "reader", district.login)
    granted = district.granted()
    assert {*granted} == {*postgres_readers.READABLE} | {f"reader_{table}" for table in postgres_readers.READABLE}
    columns = {column for columns in granted.values() for column in columns}
    private = {"phone", "contact_phone", "contact_name", "email", "note", "reason", "cancel_reason", "words", "why"}
    assert columns & (private | {"who", "met_with", "subject"}) == set()
    for table in granted:
        names = ", ".join(granted[table])
        base = table.removeprefix("reader_")
        everything = district.as_owner(f"SELECT count(*) FROM {base}")
        assert len(district.as_login(f"SELECT {names} FROM {table}")) == everything[0][0]


def test_a_reader_runs_no_command_of_esm_and_is_told_so(esm: Esm, district: District) -> None:
    for words in ([], ["--subdistrict", HERE.strip("'")]):
        grant(esm, district, "reader", district.login, *words)
        ran = esm("due", db=district.address_of_login)
        assert (ran.code, "login" in ran.err, ran.out) == (6, True, "")


def test_a_login_that_sees_a_part_is_never_answered_as_if_it_were_the_whole(esm: Esm, district: District) -> None:
    district.as_owner(f"GRANT USAGE ON SCHEMA {district.name} TO {district.login}")
    district.as_owner(f"GRANT SELECT ON ALL TABLES IN SCHEMA {district.name} TO {district.login}")
    ran = esm("report", db=district.address_of_login)
    assert (ran.code, "does not see the whole district" in ran.err, ran.out) == (6, True, "")


def test_a_reader_of_a_subdistrict_finds_no_row_of_a_neighbour_in_anything_granted(
    esm: Esm, district: District
) -> None:
    grant(esm, district, "reader", district.login, "--subdistrict", HERE.strip("'"))
    own = f"SELECT enterprise_id FROM profile WHERE end_on IS NULL AND subdistrict = {HERE}"
    owned = {  # of which enterprise a row is, written once more
        "enterprise": "id",
        "companion": "(SELECT enterprise_id FROM visit WHERE visit.id = visit_id)",
        "pairing_deputy": "(SELECT enterprise_id FROM pairing WHERE pairing.id = pairing_id)",
        "request_event": "(SELECT enterprise_id FROM request WHERE request.id = request_id)",
    }
    reached = 0
    for table, names in district.granted().items():
        base = table.removeprefix("reader_")
        if base in {"holiday", "policy", "request_class", "cadre", "posting"}:
            continue
        key = "enterprise_id" if base == "clock" else "id"
        shown = {row[0] for row in district.as_login(f"SELECT {key} FROM {table}")}
        current = " AND end_on IS NULL" if base == "profile" else ""
        expected = district.as_owner(
            f"SELECT {key} FROM {base} WHERE {owned.get(base, 'enterprise_id')} IN ({own}){current}"
        )
        assert shown == {row[0] for row in expected}, (table, names)
        assert len(shown) < district.as_owner(f"SELECT count(*) FROM {base}")[0][0] or not shown, table  # type: ignore[operator]
        reached += bool(shown)
    assert reached > 20
    cadres = {row[0] for row in district.as_login("SELECT id FROM reader_cadre")}
    own_cadres = district.as_owner(f"SELECT cadre_id FROM pairing WHERE enterprise_id IN ({own})")
    assert cadres == {row[0] for row in own_cadres}
    posted = {row[0] for row in district.as_login("SELECT cadre_id FROM posting")}
    assert posted <= cadres


def test_a_day_is_a_date_to_other_programs(esm: Esm, district: District) -> None:
    grant(esm, district, "reader", district.login)
    bounds = "SELECT CAST(min(done_on) AS text), CAST(max(done_on) AS text) FROM"
    assert district.as_login(f"{bounds} reader_visit") == district.as_owner(f"{bounds} visit")
    assert district.as_login("SELECT DISTINCT pg_typeof(done_on)::text FROM reader_visit") == [("date",)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["app", "nobody_at_all"], 3),
        (["boss", "x"], 2),
        (["app", "x", "--subdistrict", "听潮街道"], 2),
        (["reader", "LOGIN", "--subdistrict", "无此街道"], 3),
    ],
)
def test_what_cannot_be_granted_is_refused_and_changes_nothing(
    esm: Esm, district: District, words: list[str], code: int
) -> None:
    grant(esm, district, "reader", district.login)
    before = district.granted()
    ran = esm("db", "grant", *[district.login if word == "LOGIN" else word for word in words], db=district.address)
    assert (ran.code, district.granted()) == (code, before)


def test_a_file_has_no_logins(esm: Esm, settled: Path) -> None:
    assert esm("db", "grant", "app", "clerk", db=settled).code == 2


def test_every_column_is_either_read_by_readers_or_left_out_on_purpose(district: District) -> None:
    found = district.as_owner(
        """SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
           WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'r' AND attnum > 0
             AND NOT attisdropped"""
    )
    read = {(table, column) for table, names in postgres_readers.READABLE.items() for column in names.split()}
    unread = {"absence", "alembic_version", "change", "operation", "recusal", "setting"}
    assert {(table, column) for table, column in {*found} - read if table not in unread} == {
        ("application", "note"), ("blackout", "reason"), ("cadre", "email"), ("cadre", "expertise"), ("cadre", "phone"),
        ("cancelled_plan", "reason"), ("enterprise", "contact_name"), ("enterprise", "contact_phone"),
        ("outside_visit", "cancel_reason"), ("pairing", "why"), ("pause", "reason"), ("promise", "words"),
        ("request", "subject"), ("request_event", "note"), ("request_event", "reason"), ("request_event", "who"),
        ("visit", "cancel_reason"), ("visit", "met_with"),
    }  # fmt: skip
