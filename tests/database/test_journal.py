"""The journal: what every writing command did, row by row, sealed so that tampering shows."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests import database_content, small_district
from tests.conftest import HEADER

from esm.errors import RuleRefused
from esm.storage.database import connection as database
from esm.storage.database import journal
from esm.storage.database.place import FilePlace
from esm.usecases.register import cadres, enterprises
from esm.usecases.visits import log


def last_changes(path: Path) -> list[journal.RowChange]:
    with database.reading(FilePlace(path)) as reading:
        newest = journal.operations(reading.connection, 1)[0]
        return journal.changes(reading.connection, newest.id)


def rename(path: Path, name: str) -> None:
    small_district.write(
        path,
        lambda writing: enterprises.edit_enterprise(
            writing, small_district.CODES[0], {"name": name}, small_district.TODAY
        ),
    )


def test_a_change_holds_the_row_before_and_after(settled: Path) -> None:
    rename(settled, "江畔新名机电有限公司")
    (change,) = last_changes(settled)
    assert (change.subject, change.row_id) == ("enterprise", 1)
    assert change.old is not None
    assert change.old["name"] == "江畔0号机电有限公司"
    assert change.new == change.old | {"name": "江畔新名机电有限公司"}
    assert list(change.new.values()) == list(database_content.dump(settled)["enterprise"][0])


def test_an_added_row_has_no_before_and_a_deleted_one_no_after(settled: Path) -> None:
    small_district.employ(settled, "1002")
    added = last_changes(settled)
    assert [(change.subject, change.old) for change in added] == [("cadre", None), ("posting", None)]
    small_district.undo(settled)
    removed = last_changes(settled)
    assert [(change.subject, change.new) for change in removed] == [("posting", None), ("cadre", None)]
    assert [change.old for change in removed] == [change.new for change in reversed(added)]


@pytest.mark.parametrize("name", ["a\"b'c\\", "甲\n乙\t", "\x00\x1f\x7f", "𠮷\u2028", "", "null"])
def test_the_journal_keeps_any_text(settled: Path, name: str) -> None:
    rename(settled, name)
    (change,) = last_changes(settled)
    assert change.new is not None
    assert change.new["name"] == name
    assert database_content.flaws(settled) == []


def test_an_operation_says_who_when_and_what_was_typed(path: Path) -> None:
    header = replace(HEADER, actor="尹志恒", command=("esm", "cadre", "add", "a b"))
    with database.writing(FilePlace(path), header) as writing:
        cadres.add_cadre(writing, {"staff_no": "1001", "name": "尹志恒"})
    with database.reading(FilePlace(path)) as reading:
        (operation,) = journal.operations(reading.connection)
    said = (operation.actor, operation.at, operation.today, operation.host, operation.command)
    assert said == (header.actor, header.at, header.today, header.host, header.command)
    assert (operation.id, operation.changes, operation.revision) == (1, 2, database.REVISION)


def test_one_command_is_one_operation_whatever_it_changes(settled: Path) -> None:
    before = len(database_content.dump(settled)["operation"])
    with database.writing(FilePlace(settled), HEADER) as writing:
        log.log(
            writing, small_district.CODES[1], done_on=small_district.TODAY, today=small_district.TODAY, cadre="1001"
        )
        log.cancel(writing, 1, today=small_district.TODAY)
    assert len(database_content.dump(settled)["operation"]) == before + 1


def test_operations_are_chained_by_a_hash_that_anyone_can_recompute(settled: Path) -> None:
    dump = database_content.dump(settled)
    before = "0" * 64
    for operation in dump["operation"]:
        number, at, today, actor, host, command, revision, undoes, count, previous, sealed = operation
        told = [previous, number, at, today, actor, host, command, revision, undoes]
        changes = [(seq, *rest) for seq, owner, *rest in dump["change"] if owner == number]
        fields = [
            b"\x00" if field is None else str(field).encode() for field in (*told, *(f for c in changes for f in c))
        ]
        text = b"".join(str(len(field)).encode() + b":" + field for field in fields) + str(len(changes)).encode()
        assert (previous, sealed, count) == (before, hashlib.sha256(text).hexdigest(), len(changes))
        before = sealed


def test_an_operation_without_a_change_leaves_no_trace(settled: Path) -> None:
    before = database_content.digest(settled)
    rename(settled, "江畔0号机电有限公司")
    assert database_content.digest(settled) == before


def test_a_refused_command_leaves_no_trace(settled: Path) -> None:
    before = database_content.digest(settled)
    new = {"staff_no": "1002", "name": "尹志恒"}
    with pytest.raises(RuleRefused):
        small_district.write(settled, lambda writing: [cadres.add_cadre(writing, new) for _ in range(2)])
    assert database_content.digest(settled) == before


@pytest.mark.parametrize("how", ["dry run", "abandoned"])
def test_what_is_rolled_back_was_real_and_leaves_no_trace(settled: Path, how: str) -> None:
    before, stored = database_content.digest(settled), database_content.dump(settled)
    with database.writing(FilePlace(settled), HEADER, dry_run=how == "dry run") as writing:
        cadres.add_cadre(writing, {"staff_no": "1002", "name": "尹志恒"})
        assert writing.value("SELECT count(*) FROM cadre") == 2
        if how == "abandoned":
            writing.abandon()
    assert database_content.dump(settled) == stored
    assert database_content.digest(settled) == before


def test_a_whole_database_has_no_flaw(settled: Path) -> None:
    assert database_content.flaws(settled) == []


def tamper(path: Path, *statements: str) -> None:
    """Change data behind esm's back, as somebody would who knows how to drop the triggers and bring them back."""
    with closing(database_content.bare(path)) as connection:
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _definition in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        for _name, definition in triggers:
            connection.execute(definition)
        connection.execute("COMMIT")


BEHIND_THE_JOURNAL = [
    ("a row edited", "UPDATE enterprise SET name = '甲' WHERE id = 2"),
    ("a row emptied", "UPDATE cadre SET name = ''"),
    ("a value blanked", "UPDATE visit SET minutes = ''"),
    ("a visit moved by a day", "UPDATE visit SET done_on = '2026-09-02'"),
    ("a row deleted", "DELETE FROM pairing"),
    ("a row added", "INSERT INTO setting (key, value, start_on) VALUES ('due_soon_days', '7', '0001-01-01')"),
    ("a row given another id", "UPDATE visit SET id = 9"),
    ("a row that was put in another's place", "INSERT OR REPLACE INTO cadre (staff_no, name) VALUES ('1001', '甲')"),
]


@pytest.mark.parametrize(
    "statement", [case[1] for case in BEHIND_THE_JOURNAL], ids=[case[0] for case in BEHIND_THE_JOURNAL]
)
def test_data_changed_behind_the_journal_are_found(settled: Path, statement: str) -> None:
    tamper(settled, statement)
    assert "changed" in database_content.flaws(settled)


SEALED = [(table, column)
          for table, columns in {
              "change": ("seq", "operation_id", "subject", "row_id", "kind", "old", "new"),
              "operation": ("id", "at", "today", "actor", "host", "command", "revision", "undoes", "changes",
                            "previous_hash", "hash")}.items()
          for column in columns]  # fmt: skip
FORGED = {"kind": "'D'", "today": "'2026-11-22'", "undoes": "1", "command": "'[]'", "old": "'{}'", "new": "'{}'",
          "operation_id": "5", "id": "100", "seq": "1000", "row_id": "100", "changes": "100"}  # fmt: skip


@pytest.mark.parametrize("which", ["first", "last"])
@pytest.mark.parametrize(("table", "column"), SEALED)
def test_an_edit_of_any_field_of_the_journal_is_found(settled: Path, table: str, column: str, which: str) -> None:
    key = "seq" if table == "change" else "id"
    order = "min" if which == "first" else "max"
    value = FORGED.get(column, "'forged'")
    tamper(settled, f"UPDATE {table} SET {column} = {value} WHERE {key} = (SELECT {order}({key}) FROM {table})")
    assert "journal" in database_content.flaws(settled)


COPIED = "INSERT INTO operation SELECT 7, at, today, actor, host, command, revision, undoes"
MISFITS = [
    "DELETE FROM change WHERE seq = 2",
    "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)",
    "DELETE FROM operation WHERE id = 3",
    "INSERT INTO change (operation_id, subject, row_id, kind, new) VALUES (6, 'cadre', 1, 'U', '{}')",
    f"{COPIED}, 0, hash, 'x' FROM operation WHERE id = 6",
    f"{COPIED}, NULL, hash, NULL FROM operation WHERE id = 6",
]


@pytest.mark.parametrize("statement", MISFITS)
def test_an_entry_taken_from_the_journal_or_slipped_in_is_found(settled: Path, statement: str) -> None:
    tamper(settled, statement)
    assert "journal" in database_content.flaws(settled)


def test_a_change_that_two_operations_swapped_is_found(settled: Path) -> None:
    tamper(settled, "UPDATE change SET operation_id = 3 - operation_id WHERE operation_id IN (1, 2)")
    assert "journal" in database_content.flaws(settled)


def head(path: Path) -> str:
    with database.reading(FilePlace(path)) as reading:
        return reading.head()


CUT = ["DELETE FROM visit", "DELETE FROM change WHERE operation_id = 6", "DELETE FROM operation WHERE id = 6",
       "DELETE FROM clock", "INSERT INTO clock SELECT * FROM clock_now"]  # fmt: skip


def test_cutting_off_the_newest_operation_is_found_with_the_head_that_was_noted(settled: Path) -> None:
    noted = head(settled)
    tamper(settled, *CUT)
    assert database_content.flaws(settled) == []
    assert database_content.flaws(settled, head=noted[:16]) == ["head"]


def test_a_head_noted_earlier_is_still_there_later(settled: Path) -> None:
    noted = head(settled)
    small_district.employ(settled, "1002")
    assert head(settled) != noted
    for words in (noted, noted[:16], noted[:16].upper()):
        assert database_content.flaws(settled, head=words) == []
    assert database_content.flaws(settled, head="f00d") == ["head"]


def test_the_head_of_an_empty_journal_stays_true(path: Path) -> None:
    noted = head(path)
    small_district.employ(path, "1001")
    assert database_content.flaws(path, head=noted) == []


def test_every_dropped_view_or_trigger_is_found(settled: Path) -> None:
    with closing(database_content.bare(settled)) as connection:
        names = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
    unused = {"counted_visit", "open_plan", "service"}  # no trigger and no other view needs them to be checked
    for kind, name in [pair for pair in names if pair[0] == "trigger" or pair[1] in unused]:
        copy = Path(shutil.copy(settled, settled.with_name(f"{name}.db")))
        with closing(database_content.bare(copy)) as connection:
            connection.execute(f"DROP {kind} {name}")
        assert database_content.flaws(copy) == ["definitions"]
        copy.unlink()


def test_an_altered_trigger_is_found(settled: Path) -> None:
    with closing(database_content.bare(settled)) as connection:
        connection.execute("DROP TRIGGER journal_visit_delete")
        connection.execute("CREATE TRIGGER journal_visit_delete AFTER DELETE ON visit BEGIN SELECT 1; END")
    assert database_content.flaws(settled) == ["definitions"]


@pytest.mark.parametrize("statement", ["UPDATE clock SET due_on = '2027-01-01' WHERE enterprise_id = 1",
                                       "DELETE FROM clock WHERE enterprise_id = 2"])  # fmt: skip
def test_a_clock_that_was_set_by_hand_is_found(settled: Path, statement: str) -> None:
    tamper(settled, statement)
    assert set(database_content.flaws(settled)) == {"clock"}


def test_a_row_without_its_parent_is_found(settled: Path) -> None:
    tamper(settled, "DELETE FROM cadre")
    assert {"orphan", "changed"} <= set(database_content.flaws(settled))


def test_a_page_that_the_disk_damaged_is_found(settled: Path) -> None:
    with closing(database_content.bare(settled)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_visit_done_on'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(settled.read_bytes())
    content[root * size - 10 : root * size] = bytes(10)
    settled.write_bytes(content)
    assert "damaged" in database_content.flaws(settled)


def test_the_words_of_a_row_in_the_journal_are_json(settled: Path) -> None:
    for *_, old, new in database_content.dump(settled)["change"]:
        assert all(set(json.loads(text)) >= {"id"} for text in (old, new) if text is not None)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX uq_visit_standing",
        "CREATE TRIGGER spy AFTER INSERT ON visit BEGIN SELECT 1; END",
        "CREATE TABLE notes (words TEXT)",
    ],
)
def test_a_missing_index_and_a_foreign_definition_are_found(settled: Path, statement: str) -> None:
    with closing(database_content.bare(settled)) as connection:
        connection.execute(statement)
    assert "definitions" in database_content.flaws(settled)
