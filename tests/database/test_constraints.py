"""What the database itself refuses, from any SQLite tool: the bare connections here know nothing of esm."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests import database_content, small_district

from esm.storage.database.engines.sqlite import SqliteConnection

BUSINESS = ["setting", "cadre", "posting", "enterprise", "profile", "scope", "pause", "pairing", "pairing_deputy",
            "recusal", "absence", "visit", "plan", "holiday", "blackout", "companion", "promise", "outside_visit",
            "cancelled_plan", "request_class", "request", "request_event", "policy", "briefing", "application",
            "relief"]  # fmt: skip
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
        database_content.open_operation(connection)
        for table, row in ROWS.items():
            insert(connection, table, row)
        connection.execute("UPDATE operation SET hash = 'sealed', changes = 5 WHERE hash IS NULL")
    return path


@pytest.fixture
def settled(full_template: Path, tmp_path: Path) -> Path:
    """Return a district with a row in every table, of this test's own."""
    return Path(shutil.copy(full_template, tmp_path / "settled.db"))


@pytest.fixture
def shell(settled: Path) -> Iterator[sqlite3.Connection]:
    """Open the district as an SQL shell does."""
    with closing(database_content.bare(settled)) as connection:
        yield connection


@pytest.fixture
def operating(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a district of two enterprises and two cadres, without dated rows, inside an operation of the journal."""
    with closing(database_content.bare(path)) as connection:
        connection.execute("BEGIN")
        database_content.open_operation(connection)
        for number in (1, 2):
            connection.execute("INSERT INTO enterprise (uscc, name) VALUES (?, '甲')", (small_district.CODES[number],))
            connection.execute("INSERT INTO cadre (staff_no, name) VALUES (?, '乙')", (str(number),))
        yield connection


def insert(connection: sqlite3.Connection, table: str, row: dict[str, object], verb: str = "INSERT") -> None:
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def stretch(table: str, start_on: str, end_on: str | None, owner: int = 1) -> dict[str, object]:
    return {OWNERS[table]: owner, "start_on": start_on, "end_on": end_on, **MUST[table]}


def test_the_tables_here_are_all_there_are(shell: sqlite3.Connection) -> None:
    assert sorted(SqliteConnection(shell).journalled_tables()) == sorted(BUSINESS)
    assert all(shell.execute(f"SELECT count(*) FROM {table}").fetchone() > (0,) for table in BUSINESS)


def test_an_enterprise_has_one_open_pairing_even_without_the_triggers(operating: sqlite3.Connection) -> None:
    operating.execute("DROP TRIGGER pairing_overlap_insert")
    insert(operating, "pairing", stretch("pairing", "2026-06-01", None))
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: pairing\.enterprise_id"):
        insert(operating, "pairing", stretch("pairing", "2026-07-01", None))
    insert(operating, "pairing", stretch("pairing", "2026-07-01", None, owner=2))


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
def test_two_stretches_of_one_owner_share_no_day(
    operating: sqlite3.Connection, table: str, start_on: str, end_on: str
) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, start_on, end_on, owner=2))
    with pytest.raises(sqlite3.IntegrityError, match=f"overlapping {table} intervals|UNIQUE constraint"):
        insert(operating, table, stretch(table, start_on, end_on))


@pytest.mark.parametrize("table", OWNERS)
@pytest.mark.parametrize(("start_on", "end_on"), OVERLAPS)
def test_no_stretch_is_moved_onto_another(
    operating: sqlite3.Connection, table: str, start_on: str, end_on: str
) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, "2020-01-01", "2020-02-01"))
    with pytest.raises(sqlite3.IntegrityError, match=f"overlapping {table} intervals|UNIQUE constraint"):
        operating.execute(f"UPDATE {table} SET start_on = ?, end_on = ? WHERE id = 2", (start_on, end_on))


@pytest.mark.parametrize("table", OWNERS)
@pytest.mark.parametrize(("start_on", "end_on"), NEIGHBOURS)
def test_stretches_may_touch(operating: sqlite3.Connection, table: str, start_on: str, end_on: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", "2026-07-01"))
    insert(operating, table, stretch(table, start_on, end_on))
    operating.execute(f"UPDATE {table} SET start_on = start_on")
    assert operating.execute(f"SELECT count(*) FROM {table}").fetchone() == (2,)


@pytest.mark.parametrize("table", sorted(OWNERS.keys() - {"absence", "blackout"}))
def test_a_running_stretch_lets_nothing_begin_after_it(operating: sqlite3.Connection, table: str) -> None:
    insert(operating, table, stretch(table, "2026-06-01", None))
    insert(operating, table, stretch(table, "2026-05-01", "2026-06-01"))
    for end_on in ("2030-01-02", None):
        with pytest.raises(sqlite3.IntegrityError):
            insert(operating, table, stretch(table, "2030-01-01", end_on))


@pytest.mark.parametrize("table", OWNERS)
def test_a_stretch_holds_at_least_one_day(operating: sqlite3.Connection, table: str) -> None:
    for end_on in ("2026-06-01", "2026-05-31"):
        with pytest.raises(sqlite3.IntegrityError, match=f"ck_{table}_interval"):
            insert(operating, table, stretch(table, "2026-06-01", end_on))


@pytest.mark.parametrize("table", BUSINESS)
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "UPDATE", "UPDATE OR REPLACE",
                                  "DELETE", "REPLACE"])  # fmt: skip
def test_nothing_is_written_outside_an_operation(
    shell: sqlite3.Connection, settled: Path, table: str, verb: str
) -> None:
    before = database_content.dump(settled)
    columns = ", ".join(row[1] for row in shell.execute(f"PRAGMA table_info({table})") if row[1] != "id")
    statement = {
        "INSERT": f"INSERT INTO {table} SELECT * FROM {table}_copy",
        "INSERT OR REPLACE": f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}_copy",
        "INSERT OR IGNORE": f"INSERT OR IGNORE INTO {table} SELECT * FROM {table}_copy",
        "UPDATE": f"UPDATE {table} SET id = id",
        "UPDATE OR REPLACE": f"UPDATE OR REPLACE {table} SET ({columns}) = (SELECT {columns} FROM {table}_copy)",
        "DELETE": f"DELETE FROM {table}",
        "REPLACE": f"REPLACE INTO {table} SELECT * FROM {table}",
    }[verb]
    copy(shell, table, new_id=verb in {"INSERT", "INSERT OR IGNORE"})
    why = "esm: data change only through esm" if verb in {"INSERT", "UPDATE", "DELETE"} else "esm: "
    with pytest.raises(sqlite3.IntegrityError, match=why):
        shell.execute(statement)
    assert database_content.dump(settled) == before


CLOCK_WRITES = [
    "DELETE FROM clock",
    "DELETE FROM clock WHERE enterprise_id = 2",
    "UPDATE clock SET due_on = '2030-01-01'",
    "UPDATE OR IGNORE clock SET due_on = '2030-01-01'",
    "UPDATE clock SET enterprise_id = 99 WHERE enterprise_id = 2",
    "REPLACE INTO clock SELECT enterprise_id, uscc, 'A', start_on, end_on, last_visit_on, anchor_on, due_on FROM clock",
    "INSERT INTO clock SELECT 99, uscc, tier, start_on, end_on, last_visit_on, anchor_on, due_on FROM clock LIMIT 1",
]


@pytest.mark.parametrize("statement", CLOCK_WRITES)
@pytest.mark.parametrize("is_operating", [False, True])
def test_nobody_writes_a_clock_that_the_facts_do_not_tell(
    shell: sqlite3.Connection, settled: Path, statement: str, is_operating: bool
) -> None:
    before = database_content.dump(settled)["clock"]
    shell.execute("BEGIN")
    if is_operating:
        database_content.open_operation(shell)
    why = "the clock follows the facts" if is_operating else "data change only through esm"
    with pytest.raises(sqlite3.IntegrityError, match=why):
        shell.execute(statement)
    assert shell.execute("SELECT * FROM clock ORDER BY 1").fetchall() == before


def test_the_true_clock_too_is_written_only_inside_an_operation(shell: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="data change only through esm"):
        shell.execute("UPDATE clock SET due_on = due_on")


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL"])
def test_however_a_visit_is_written_the_clock_follows(shell: sqlite3.Connection, verb: str) -> None:
    shell.execute("BEGIN")
    database_content.open_operation(shell)
    shell.execute(
        f"""{verb} INTO visit (enterprise_id, cadre_id, done_on, channel, outcome, recorded_on)
            VALUES (1, 1, '2026-11-01', 'on_site', 'met', '2026-11-01')"""
    )
    assert shell.execute("SELECT * FROM clock EXCEPT SELECT * FROM clock_now").fetchall() == []
    assert shell.execute("SELECT due_on FROM clock WHERE enterprise_id = 1").fetchone() == ("2027-01-01",)


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL", "REPLACE"])
def test_whoever_asks_for_a_clock_to_be_set_gets_the_true_one_and_no_leave_to_write(
    shell: sqlite3.Connection, settled: Path, verb: str
) -> None:
    before = database_content.dump(settled)["clock"]
    shell.execute("BEGIN")
    database_content.open_operation(shell)
    shell.execute(f"{verb} INTO winding SELECT enterprise_id FROM clock UNION SELECT 99")
    assert shell.execute("SELECT * FROM winding").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="the clock follows the facts"):
        shell.execute("UPDATE clock SET due_on = '2030-01-01'")
    assert shell.execute("SELECT * FROM clock ORDER BY 1").fetchall() == before


def test_a_clock_is_set_only_inside_an_operation(shell: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="data change only through esm"):
        shell.execute("INSERT INTO winding VALUES (1)")


def test_a_clock_that_cannot_be_computed_leaves_no_leave_to_write_one(shell: sqlite3.Connection) -> None:
    shell.execute("BEGIN")
    database_content.open_operation(shell)
    for statement in (
        "setting (key, value, start_on) VALUES ('scheme_start_on', 'x', '0001-01-01')",
        "winding VALUES (2)",
    ):
        with suppress(sqlite3.IntegrityError):
            shell.execute(f"INSERT OR FAIL INTO {statement}")
    assert shell.execute("SELECT * FROM winding").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="the clock follows the facts"):
        shell.execute("UPDATE clock SET due_on = '2030-01-01'")


def copy(connection: sqlite3.Connection, table: str, *, new_id: bool) -> None:
    """Make `<table>_copy` of the first row, in memory only; with `new_id` as a row that hurts nothing else."""
    connection.execute(f"CREATE TEMP TABLE {table}_copy AS SELECT * FROM {table} WHERE id = 1")
    if not new_id:
        return
    connection.execute(f"UPDATE {table}_copy SET id = 99")
    for column, value in {"key": "other", "staff_no": "other", "uscc": "other", "code": "other", "notice": "other",
                          "place": 9, "enterprise_id": 3, "cadre_id": None if table == "companion" else 1,
                          "start_on": "0001-01-01", "end_on": "0001-01-02"}.items():  # fmt: skip
        if any(row[1] == column for row in connection.execute(f"PRAGMA table_info({table}_copy)")):
            connection.execute(f"UPDATE {table}_copy SET {column} = ?", (value,))
    if table == "profile":
        connection.execute("UPDATE profile_copy SET enterprise_id = 99")
    if table == "posting":
        connection.execute("UPDATE posting_copy SET cadre_id = 99")


@pytest.mark.parametrize("table", BUSINESS)
def test_inside_an_operation_the_same_row_is_taken_and_journalled(shell: sqlite3.Connection, table: str) -> None:
    shell.execute("BEGIN")
    database_content.open_operation(shell)
    copy(shell, table, new_id=True)
    shell.execute(f"INSERT INTO {table} SELECT * FROM {table}_copy")
    last = shell.execute("SELECT subject, row_id, kind, old FROM change ORDER BY seq DESC").fetchone()
    assert last == (table, 99, "I", None)


JOURNAL_WRITES = [
    "UPDATE {table} SET {column} = 'x'",
    "UPDATE OR REPLACE {table} SET {key} = 1 WHERE {key} = 2",
    "UPDATE {table} SET {key} = 1000 WHERE {key} = 1",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "INSERT OR IGNORE INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE {key} = 1",
    "INSERT INTO {table} SELECT * FROM {table} WHERE {key} = 1 ON CONFLICT DO UPDATE SET {column} = 'x'",
]


@pytest.mark.parametrize(("table", "key", "column"), [("change", "seq", "new"), ("operation", "id", "actor")])
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("statement", JOURNAL_WRITES)
def test_the_journal_is_append_only(
    shell: sqlite3.Connection, settled: Path, table: str, key: str, column: str, recursive: str, statement: str
) -> None:
    before = database_content.dump(settled)
    shell.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="esm: the journal is append-only"):
        shell.execute(statement.format(table=table, key=key, column=column))
    assert database_content.dump(settled) == before


def test_only_one_operation_is_open_at_a_time(shell: sqlite3.Connection) -> None:
    shell.execute("BEGIN")
    database_content.open_operation(shell)
    with pytest.raises(sqlite3.IntegrityError):
        database_content.open_operation(shell)


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
def test_a_row_is_not_replaced_and_keeps_its_id_even_inside_an_operation(
    operating: sqlite3.Connection, recursive: str
) -> None:
    operating.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="a row with this id exists"):
        operating.execute("INSERT OR REPLACE INTO cadre (id, staff_no, name) VALUES (1, '9', '丙')")
    with pytest.raises(sqlite3.IntegrityError, match="an id never changes"):
        operating.execute("UPDATE OR REPLACE cadre SET id = 2 WHERE id = 1")
