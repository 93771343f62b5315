"""What the database itself refuses, from any tool: the bare connections here know nothing of esm."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from itertools import product
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from tests import database_content, small_district
from tests.bare_shell import (
    BUSINESS,
    REFUSED,
    TABLES,
    ServerShell,
    Shell,
    begin,
    columns,
    content,
    insert,
    make_schema,
    open_operation,
)
from tests.postgres import ON_SERVER, Server

AnyShell = TypeVar("AnyShell", sqlite3.Connection, ServerShell)
ENGINES = ["sqlite", "postgresql"]
OWNERS = {"pairing": "enterprise_id", "profile": "enterprise_id", "scope": "enterprise_id", "posting": "cadre_id",
          "pause": "enterprise_id", "absence": "cadre_id", "blackout": "enterprise_id", "setting": "key",
          "recusal": "cadre_id"}  # fmt: skip
MUST: dict[str, dict[str, object]] = {
    "pairing": {"cadre_id": 1, "pinned": 0},
    "profile": {"tier": "A"},
    "scope": {"basis": "register"},
    "posting": {},
    "pause": {"reason": "moving"},
    "absence": {},
    "blackout": {},
    "setting": {"value": "7"},
    "recusal": {"enterprise_id": 1, "reason": "kin"},
}
ROWS: dict[str, dict[str, object]] = {
    "cadre": {"staff_no": "1002", "name": "尹二"},
    "enterprise": {"uscc": small_district.CODES[3], "name": "江畔新厂"},
    "setting": {"key": "due_soon_days", "value": "7", "start_on": "0001-01-01"},
    "pause": {"enterprise_id": 1, "reason": "moving", "start_on": "2026-08-01", "end_on": "2026-09-01"},
    "recusal": {"cadre_id": 1, "enterprise_id": 2, "reason": "relative", "kind": "relative",
                "start_on": "2026-08-01"},
    "pairing_deputy": {"pairing_id": 1, "cadre_id": 2, "place": 1},
    "absence": {"cadre_id": 1, "start_on": "2026-08-01", "end_on": "2026-09-01"},
    "plan": {"enterprise_id": 1, "cadre_id": 1, "due_on": "2026-11-01", "planned_on": "2026-10-20", "confirmed": 0,
             "provisional": 0, "made_on": "2026-09-01"},
    "holiday": {"falls_on": "2027-01-01", "worked": 0, "name": "元旦", "notice": "2027", "source": "list"},
    "blackout": {"enterprise_id": 1, "start_on": "2026-08-01", "end_on": "2026-09-01"},
    "companion": {"visit_id": 1, "department": "税务局"},
    "promise": {"enterprise_id": 1, "visit_id": 1, "words": "回复", "due_on": "2026-10-01"},
    "outside_visit": {"enterprise_id": 1, "department": "税务局", "done_on": "2026-09-02", "recorded_on": "2026-09-02"},
    "cancelled_plan": {"plan_id": 7, "enterprise_id": 1, "cadre_id": 1, "planned_on": "2026-10-20",
                       "cancelled_on": "2026-10-01"},
    "request_class": {"code": "labour.training", "name": "培训", "retired": 0},
    "request": {"enterprise_id": 1, "received_on": "2026-09-01", "request_class": "tax", "nature": "help",
                "subject": "退税", "accept_days": 1, "answer_days": 3, "close_days": 7},
    "request_event": {"request_id": 1, "kind": "accept", "done_on": "2026-09-01"},
    "policy": {"code": "R1", "title": "稳岗补贴", "above_scale": 0, "newly_entered": 0},
    "briefing": {"policy_id": 1, "enterprise_id": 1, "done_on": "2026-09-01"},
    "application": {"policy_id": 1, "enterprise_id": 1, "kind": "applied", "done_on": "2026-09-02"},
    "relief": {"policy_id": 1, "enterprise_id": 1, "kind": "subsidy", "done_on": "2026-09-03", "amount": 5},
}  # fmt: skip


@pytest.fixture(scope="module")
def full_template(settled_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a district with at least one row in every table, made once; copy it."""
    path = Path(shutil.copy(settled_template, tmp_path_factory.mktemp("full") / "full.db"))
    with closing(database_content.bare(path)) as connection:
        open_operation(connection)
        for table, row in ROWS.items():
            insert(connection, table, row)
        connection.execute("UPDATE operation SET hash = 'sealed', changes = 5 WHERE hash IS NULL")
    return path


@pytest.fixture(scope="module")
def on_server(server: Server, full_template: Path) -> Iterator[dict[str, psycopg.Connection]]:
    """Return a full and an empty schema on a server."""
    filled = database_content.dump(full_template)
    with ExitStack() as stack:
        opened = {}
        for name, rows in {"full": filled, "empty": {}}.items():
            schema = stack.enter_context(server.schema())
            opened[name] = stack.enter_context(closing(server.connect()))
            make_schema(opened[name], schema, rows)
        yield opened


def server_shell(request: pytest.FixtureRequest, name: str) -> Iterator[ServerShell]:
    request.node.user_properties.append((ON_SERVER, True))
    connection: psycopg.Connection = request.getfixturevalue("on_server")[name]
    with connection.transaction(force_rollback=True):
        connection.execute("SET CONSTRAINTS ALL DEFERRED")  # a bare connection to a file checks no references either
        yield ServerShell(connection)


@pytest.fixture
def sqlite_shell(full_template: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open a district with a row in every table as an SQL shell of SQLite does."""
    with closing(database_content.bare(Path(shutil.copy(full_template, tmp_path / "settled.db")))) as connection:
        yield connection


@pytest.fixture(params=ENGINES)
def shell(request: pytest.FixtureRequest) -> Iterator[Shell]:
    """Open a district with a row in every table as an SQL shell does."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_shell")
        return
    yield from server_shell(request, "full")


@pytest.fixture
def sqlite_operating(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a district of two enterprises and two cadres, without dated rows, inside an operation of the journal."""
    with closing(database_content.bare(path)) as connection:
        connection.execute("BEGIN")
        yield begun(connection)


@pytest.fixture(params=ENGINES)
def operating(request: pytest.FixtureRequest) -> Iterator[Shell]:
    """Open such a district on an engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_operating")
        return
    yield from map(begun, server_shell(request, "empty"))


def begun(shell: AnyShell) -> AnyShell:
    open_operation(shell)
    for number in (1, 2):
        insert(shell, "enterprise", {"uscc": small_district.CODES[number], "name": "甲"})
        insert(shell, "cadre", {"staff_no": str(number), "name": "乙"})
    return shell


def stretch(table: str, start_on: str, end_on: str | None, owner: int = 1) -> dict[str, object]:
    return {OWNERS[table]: owner, "start_on": start_on, "end_on": end_on, **MUST[table]}


def test_every_table_has_a_row_here(shell: Shell) -> None:
    assert all(shell.execute(f"SELECT count(*) FROM {table}").fetchone() > (0,) for table in BUSINESS)


def test_an_enterprise_has_one_open_pairing_even_without_the_rule_on_overlaps(operating: Shell) -> None:
    on_file = isinstance(operating, sqlite3.Connection)
    rule = "TRIGGER pairing_overlap_insert" if on_file else "CONSTRAINT pairing_overlap"
    operating.execute(f"DROP {rule}" if on_file else f"ALTER TABLE pairing DROP {rule}")
    insert(operating, "pairing", stretch("pairing", "2026-06-01", None))
    with pytest.raises(REFUSED, match=r"UNIQUE constraint failed: pairing\.enterprise_id|ix_pairing_open"):
        insert(operating, "pairing", stretch("pairing", "2026-07-01", None))
    insert(operating, "pairing", stretch("pairing", "2026-07-01", None, owner=2))


OVERLAP = "overlapping {table} intervals|UNIQUE constraint|{table}_overlap|uq_{table}"
OVERLAPS = [
    ("2026-06-01", "2026-07-01"),
    ("2026-05-01", "2026-06-02"),
    ("2026-06-30", "2026-08-01"),
    ("2026-06-10", "2026-06-11"),
    ("2026-05-01", "2026-08-01"),
]
NEIGHBOURS = [("2026-05-01", "2026-06-01"), ("2026-07-01", "2026-08-01")]


@pytest.mark.parametrize("table", OWNERS)
@pytest.mark.parametrize(("start_on", "end_on"), OVERLAPS)
def test_two_stretches_of_one_owner_share_no_day(operating: Shell, table: str, start_on: str, end_on: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, start_on, end_on, owner=2))
    with pytest.raises(REFUSED, match=OVERLAP.format(table=table)):
        insert(operating, table, stretch(table, start_on, end_on))


@pytest.mark.parametrize("table", OWNERS)
@pytest.mark.parametrize(("start_on", "end_on"), OVERLAPS)
def test_no_stretch_is_moved_onto_another(operating: Shell, table: str, start_on: str, end_on: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, "2020-01-01", "2020-02-01"))
    with pytest.raises(REFUSED, match=OVERLAP.format(table=table)):
        operating.execute(f"UPDATE {table} SET start_on = ?, end_on = ? WHERE id = 2", (start_on, end_on))


@pytest.mark.parametrize("table", OWNERS)
@pytest.mark.parametrize(("start_on", "end_on"), NEIGHBOURS)
def test_stretches_may_touch(operating: Shell, table: str, start_on: str, end_on: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, start_on, end_on))
    operating.execute(f"UPDATE {table} SET start_on = start_on")
    assert operating.execute(f"SELECT count(*) FROM {table}").fetchone() == (2,)


@pytest.mark.parametrize("table", sorted(OWNERS.keys() - {"absence", "blackout"}))
def test_a_running_stretch_lets_nothing_begin_after_it(operating: Shell, table: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", None))
    insert(operating, table, stretch(table, "2026-05-01", "2026-06-01"))
    for end_on in ("2030-01-02", None):
        with pytest.raises(REFUSED):
            insert(operating, table, stretch(table, "2030-01-01", end_on))


@pytest.mark.parametrize("table", OWNERS)
def test_a_stretch_holds_at_least_one_day(operating: Shell, table: str) -> None:
    for end_on in ("2026-06-01", "2026-05-31"):
        with pytest.raises(REFUSED, match=f"ck_{table}_interval"):
            insert(operating, table, stretch(table, "2026-06-01", end_on))


WRITES = {
    "INSERT": "INSERT INTO {table} SELECT * FROM {table}_copy",
    "UPDATE": "UPDATE {table} SET id = id",
    "DELETE": "DELETE FROM {table}",
}
SQLITE_WRITES = {
    "INSERT OR IGNORE": "INSERT OR IGNORE INTO {table} SELECT * FROM {table}_copy",
    "INSERT OR REPLACE": "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}_copy",
    "UPDATE OR REPLACE": "UPDATE OR REPLACE {table} SET ({columns}) = (SELECT {columns} FROM {table}_copy)",
    "REPLACE": "REPLACE INTO {table} SELECT * FROM {table}",
}


@pytest.mark.parametrize("table", BUSINESS)
@pytest.mark.parametrize("verb", WRITES)
def test_nothing_is_written_outside_an_operation(shell: Shell, table: str, verb: str) -> None:
    before = content(shell)
    copy(shell, table, new_id=verb == "INSERT")
    with pytest.raises(REFUSED, match="esm: data change only through esm"):
        shell.execute(WRITES[verb].format(table=table))
    assert content(shell) == before


@pytest.mark.parametrize("table", BUSINESS)
@pytest.mark.parametrize("verb", SQLITE_WRITES)
def test_sqlites_other_verbs_write_nothing_outside_an_operation(
    sqlite_shell: sqlite3.Connection, table: str, verb: str
) -> None:
    before = content(sqlite_shell)
    names = ", ".join(name for name in columns(sqlite_shell, table) if name != "id")
    copy(sqlite_shell, table, new_id=verb == "INSERT OR IGNORE")
    with pytest.raises(REFUSED, match="esm: "):
        sqlite_shell.execute(SQLITE_WRITES[verb].format(table=table, columns=names))
    assert content(sqlite_shell) == before


@pytest.mark.parametrize("shell", ["postgresql"], indirect=True)
def test_no_table_is_emptied_at_one_stroke(shell: Shell) -> None:
    begin(shell)
    shell.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        with pytest.raises(REFUSED, match=r"^esm: "):
            shell.execute(f"TRUNCATE {table} CASCADE")


CLOCK_WRITES = [
    "DELETE FROM clock",
    "DELETE FROM clock WHERE enterprise_id = 2",
    "UPDATE clock SET due_on = '2030-01-01'",
    "UPDATE clock SET enterprise_id = 99 WHERE enterprise_id = 2",
    "INSERT INTO clock SELECT 99, uscc, tier, start_on, end_on, last_visit_on, anchor_on, due_on FROM clock LIMIT 1",
]
SQLITE_CLOCK_WRITES = [
    "UPDATE OR IGNORE clock SET due_on = '2030-01-01'",
    "REPLACE INTO clock SELECT enterprise_id, uscc, 'A', start_on, end_on, last_visit_on, anchor_on, due_on FROM clock",
]


@pytest.mark.parametrize(
    ("shell", "statement"),
    [
        *product(ENGINES, CLOCK_WRITES),
        *product(["sqlite"], SQLITE_CLOCK_WRITES),
        ("postgresql", "SELECT esm_wind(ARRAY[1])"),
    ],
    indirect=["shell"],
)
@pytest.mark.parametrize("is_operating", [False, True])
def test_nobody_writes_a_clock_that_the_facts_do_not_tell(shell: Shell, statement: str, is_operating: bool) -> None:
    before = content(shell)["clock"]
    if is_operating:
        begin(shell)
    why = "the clock follows the facts" if is_operating else "data change only through esm"
    with pytest.raises(REFUSED, match=why):
        shell.execute(statement)
    assert content(shell)["clock"] == before


def test_the_true_clock_too_is_written_only_inside_an_operation(shell: Shell) -> None:
    with pytest.raises(REFUSED, match="data change only through esm"):
        shell.execute("UPDATE clock SET due_on = due_on")


@pytest.mark.parametrize(
    ("shell", "verb"),
    [*product(ENGINES, ["INSERT"]), *product(["sqlite"], ["INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL"])],
    indirect=["shell"],
)
def test_however_a_visit_is_written_the_clock_follows(shell: Shell, verb: str) -> None:
    begin(shell)
    shell.execute(
        f"""{verb} INTO visit (id, enterprise_id, cadre_id, done_on, channel, outcome, recorded_on)
            VALUES (7, 1, 1, '2026-11-01', 'on_site', 'met', '2026-11-01')"""
    )
    assert shell.execute("SELECT * FROM clock EXCEPT SELECT * FROM clock_now").fetchall() == []
    assert shell.execute("SELECT due_on FROM clock WHERE enterprise_id = 1").fetchone() == ("2027-01-01",)


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL", "REPLACE"])
def test_whoever_asks_for_a_clock_to_be_set_gets_the_true_one_and_no_leave_to_write(
    sqlite_shell: sqlite3.Connection, verb: str
) -> None:
    before = content(sqlite_shell)["clock"]
    begin(sqlite_shell)
    sqlite_shell.execute(f"{verb} INTO winding SELECT enterprise_id FROM clock UNION SELECT 99")
    assert sqlite_shell.execute("SELECT * FROM winding").fetchall() == []
    with pytest.raises(REFUSED, match="the clock follows the facts"):
        sqlite_shell.execute("UPDATE clock SET due_on = '2030-01-01'")
    assert content(sqlite_shell)["clock"] == before


def test_a_clock_is_set_only_inside_an_operation(sqlite_shell: sqlite3.Connection) -> None:
    with pytest.raises(REFUSED, match="data change only through esm"):
        sqlite_shell.execute("INSERT INTO winding VALUES (1)")


def test_a_clock_must_be_told_from_the_settings(shell: Shell) -> None:
    begin(shell)
    with pytest.raises(REFUSED, match="esm: the clock cannot be told from the settings"):
        insert(shell, "setting", {"key": "scheme_start_on", "value": "x", "start_on": "0001-01-01"})


def test_a_clock_that_cannot_be_computed_leaves_no_leave_to_write_one(sqlite_shell: sqlite3.Connection) -> None:
    begin(sqlite_shell)
    for statement in (
        "setting (key, value, start_on) VALUES ('scheme_start_on', 'x', '0001-01-01')",
        "winding VALUES (2)",
    ):
        with suppress(*REFUSED):
            sqlite_shell.execute(f"INSERT OR FAIL INTO {statement}")
    assert sqlite_shell.execute("SELECT * FROM winding").fetchall() == []
    with pytest.raises(REFUSED, match="the clock follows the facts"):
        sqlite_shell.execute("UPDATE clock SET due_on = '2030-01-01'")


def copy(shell: Shell, table: str, *, new_id: bool) -> None:
    """Make `<table>_copy` of the first row, for this connection only; with `new_id` one that hurts nothing else."""
    shell.execute(f"CREATE TEMP TABLE {table}_copy AS SELECT * FROM {table} WHERE id = 1")
    if not new_id:
        return
    shell.execute(f"UPDATE {table}_copy SET id = 99")
    for column, value in {"key": "other", "staff_no": "other", "uscc": "other", "code": "other", "notice": "other",
                          "place": 9, "enterprise_id": 3, "cadre_id": None if table == "companion" else 1,
                          "start_on": "0001-01-01", "end_on": "0001-01-02"}.items():  # fmt: skip
        if column in columns(shell, f"{table}_copy"):
            shell.execute(f"UPDATE {table}_copy SET {column} = ?", (value,))
    for other, owner, new in (("profile", "enterprise_id", 4), ("posting", "cadre_id", 2)):  # of those without one
        if table == other:
            shell.execute(f"UPDATE {table}_copy SET {owner} = {new}")


@pytest.mark.parametrize("table", BUSINESS)
def test_inside_an_operation_the_same_row_is_taken_and_journalled(shell: Shell, table: str) -> None:
    begin(shell)
    copy(shell, table, new_id=True)
    shell.execute(f"INSERT INTO {table} SELECT * FROM {table}_copy")
    last = shell.execute("SELECT subject, row_id, kind, old FROM change ORDER BY seq DESC").fetchone()
    assert last == (table, 99, "I", None)


JOURNAL_WRITES = [
    "UPDATE {table} SET {column} = 'x'",
    "UPDATE {table} SET {key} = 1000 WHERE {key} = 1",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
    "INSERT INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE {key} = 1 ON CONFLICT ({key}) DO UPDATE SET {column} = 'x'",
]
SQLITE_JOURNAL_WRITES = [
    "UPDATE OR REPLACE {table} SET {key} = 1 WHERE {key} = 2",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "INSERT OR IGNORE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
]
JOURNAL = [("change", "seq", "new"), ("operation", "id", "actor")]


@pytest.mark.parametrize(("table", "key", "column"), JOURNAL)
@pytest.mark.parametrize("statement", JOURNAL_WRITES)
def test_the_journal_is_append_only(shell: Shell, table: str, key: str, column: str, statement: str) -> None:
    before = content(shell)
    with pytest.raises(REFUSED, match=f"esm: the journal is append-only|pk_{table}"):
        shell.execute(statement.format(table=table, key=key, column=column))
    assert content(shell) == before


@pytest.mark.parametrize(("table", "key", "column"), JOURNAL)
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("statement", [*JOURNAL_WRITES, *SQLITE_JOURNAL_WRITES])
def test_the_journal_is_append_only_for_every_verb_and_setting_of_sqlite(
    sqlite_shell: sqlite3.Connection, table: str, key: str, column: str, recursive: str, statement: str
) -> None:
    before = content(sqlite_shell)
    sqlite_shell.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(REFUSED, match="esm: the journal is append-only"):
        sqlite_shell.execute(statement.format(table=table, key=key, column=column))
    assert content(sqlite_shell) == before


def test_only_one_operation_is_open_at_a_time(shell: Shell) -> None:
    begin(shell)
    with pytest.raises(REFUSED):
        open_operation(shell)


def test_a_row_keeps_its_id_even_inside_an_operation(operating: Shell) -> None:
    with pytest.raises(REFUSED, match=r"a row with this id exists|pk_cadre"):
        operating.execute("INSERT INTO cadre (id, staff_no, name) VALUES (1, '9', '丙')")
    with pytest.raises(REFUSED, match="an id never changes"):
        operating.execute("UPDATE cadre SET id = 9 WHERE id = 1")


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
def test_a_row_is_not_replaced_and_keeps_its_id_in_sqlite(sqlite_operating: sqlite3.Connection, recursive: str) -> None:
    sqlite_operating.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(REFUSED, match="a row with this id exists"):
        sqlite_operating.execute("INSERT OR REPLACE INTO cadre (id, staff_no, name) VALUES (1, '9', '丙')")
    with pytest.raises(REFUSED, match="an id never changes"):
        sqlite_operating.execute("UPDATE OR REPLACE cadre SET id = 2 WHERE id = 1")
