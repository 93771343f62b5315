"""`--known-at`: what an answer was when only so much was known, by folding the journal back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content, desk_at_work, small_district
from tests.conftest import HEADER, TODAY, Esm, budget
from tests.database_content import Dump
from tests.desk_at_work import COMMANDS, FIRMS, MONDAY
from tests.small_district import CODES

from esm.cli.shell.commands import COMMANDS as TREE
from esm.cli.shell.commands import CommandSpec
from esm.storage.database import connection as database
from esm.storage.database import journal, migration
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace
from esm.storage.reports import past_database

LATER = str(MONDAY + timedelta(days=30))
QUESTIONS = [
    *(("report", name) for name in ("coverage", "visits", "requests", "policies", "cadres", "burden")),
    ("report", "coverage", "--period", "2026-09"), ("report", "coverage", "--as-of", "2026-11-25"),
    ("check",), ("due", "--within", "400"), ("brief", FIRMS[0]), ("visit", "list"), ("visit", "list", "--planned"),
    ("enterprise", "list"), ("enterprise", "show", FIRMS[1]), ("cadre", "list"), ("config", "list"), ("scale",),
    ("policy", "list"), ("policy", "relief", "--year", "2026"), ("request", "classes"),
    ("assign", "--explain", FIRMS[0]), ("assign", "--what-if", "cadres+1"), ("history",), ("db", "check"),
    ("db", "info"),
]  # fmt: skip
ENTRIES = st.one_of(
    COMMANDS,
    st.just(("import", "more.csv")),
    st.builds(lambda number: ("undo", str(number)), st.integers(1, 6)),
    st.just(("undo",)),
    st.builds(lambda words: ("request", "open", words, "门前道路不通", "--class", "land"), desk_at_work.firms),
)
EARLIER = sorted(
    dump for dump in (Path(__file__).parents[1] / "released").glob("*.sql") if dump.stem != database.REVISION
)
EDITED = """
UPDATE enterprise SET revenue = 12345678 WHERE id < 3;
UPDATE cadre SET capacity = 2;
INSERT INTO setting (key, value) VALUES ('cadence_months_a', '3'), ('window_days', '14');
"""
PAID = """
INSERT INTO policy (id, code, title, worth, above_scale, newly_entered) VALUES (7, 'P7', '稳岗补贴', 40000, 1, 0);
INSERT INTO relief VALUES (1, 7, 1, 'subsidy', '2026-11-20', 300);
UPDATE relief SET amount = 400 WHERE id = 1;
DELETE FROM relief WHERE id = 1;
INSERT INTO relief VALUES (2, 7, 1, 'loan', '2026-11-20', 5000);
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    folder = tmp_path_factory.mktemp("known_at")
    made = desk_at_work.make(folder, empty_database)
    (folder / "more.csv").write_text(f"uscc,staff_no,done_on\n{FIRMS[2]},1003,2026-11-02\n", encoding="utf-8")
    return made


def known_after(path: Path, operation: int) -> Dump:
    """Return every row of the database as an operation left it."""
    with (
        database.reading(FilePlace(path)) as reading,
        past_database.as_left_by(reading, operation) as earlier,
    ):
        return database_content.rows(earlier.connection)


def asked(esm: Esm, words: Sequence[str], *, today: str) -> tuple[int, Any]:
    """Return what a command answers as JSON, without up to which operation it knew."""
    ran = esm(*words, "--format", "json", today=today)
    answer = json.loads(ran.out)
    if isinstance(answer, dict):
        answer.pop("known_at", None)
    return ran.code, answer


@given(st.lists(st.tuples(ENTRIES, st.integers(-5, 20)), max_size=6), st.data())
@budget(10)
def test_every_answer_is_given_again_as_it_was_after_any_operation(
    esm: Esm, path: Path, template: Path, entries: Sequence[tuple[tuple[str, ...], int]], data: st.DataObject
) -> None:
    shutil.copy(template, path)
    more = str(template.with_name("more.csv"))
    question = data.draw(st.sampled_from(QUESTIONS), label="question")
    before: dict[int, tuple[Dump, Any]] = {}
    for words, days in [(("history",), 0), *entries]:
        esm(*(more if word == "more.csv" else word for word in words), today=str(MONDAY + timedelta(days=days)))
        kept = database_content.dump(path)
        before[len(kept["operation"])] = (kept, asked(esm, question, today=LATER))
    file = database_content.digest(path)
    for operation, (kept, answer) in before.items():
        assert known_after(path, operation) == kept, operation
        assert asked(esm, (*question, "--known-at", str(operation)), today=LATER) == answer, operation
    assert database_content.digest(path) == file


def test_every_question_is_answered_again_when_much_was_done_since(esm: Esm, path: Path, template: Path) -> None:
    shutil.copy(template, path)
    answers = [asked(esm, question, today=LATER) for question in QUESTIONS]
    for words in (
        ("visit", "log", FIRMS[0], "--minutes", "走访"), ("enterprise", "exit", FIRMS[1]), ("assign",),
        ("config", "set", "cadence_months_a", "3"), ("enterprise", "edit", FIRMS[2], "--tier", "A"),
        ("undo",), ("undo", "7"), ("handover", "1002", "--on", "2026-12-01"),
        ("import", str(template.with_name("more.csv"))),
        ("request", "open", FIRMS[0], "门前道路不通", "--class", "land"),
    ):  # fmt: skip
        assert esm(*words).code in (0, 1), words
    again = [asked(esm, (*question, "--known-at", "2"), today=LATER) for question in QUESTIONS]
    assert again == answers


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(-1, 10))
@budget(12)
def test_a_day_means_all_before_the_first_operation_of_a_later_day(
    esm: Esm, path: Path, settled_template: Path, days: Sequence[int], asked_for: int
) -> None:
    shutil.copy(settled_template, path)
    todays = [date.fromisoformat(TODAY)] * 6 + [date.fromisoformat(TODAY) + timedelta(days=day) for day in days]
    for number, today in enumerate(todays[6:]):
        assert esm("enterprise", "edit", CODES[0], "--address", f"{number}号", today=str(today)).code == 0
    day = date.fromisoformat(TODAY) + timedelta(days=asked_for)
    known = 0
    for today in todays:  # a naive reading of the rule
        if today > day:
            break
        known += 1
    ran = esm("report", "--known-at", str(day), "--format", "json")
    if known == 0:
        assert (ran.code, ran.out) == (3, "")
        assert f"On {day} nothing was on record: the first operation is of {TODAY}." in ran.err
    else:
        assert (ran.code, json.loads(ran.out)["known_at"]) == (0, known)


@pytest.mark.parametrize("known_at", ["1", "2026-11-23"])
def test_nothing_is_written_and_no_file_is_made(
    esm: Esm, settled: Path, known_at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_district.visit(settled, 0, date(2026, 11, 1))
    (scratch := tmp_path / "scratch").mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(scratch))
    before, files = database_content.digest(settled), sorted(settled.parent.rglob("*"))
    settled.chmod(0o400)
    for question in (("report",), ("check",), ("history",)):
        assert esm(*question, "--known-at", known_at, db=settled).code in (0, 1)
    assert (database_content.digest(settled), sorted(settled.parent.rglob("*"))) == (before, files)


def test_nothing_is_copied_where_the_point_is_the_last_operation(settled: Path) -> None:
    with database.reading(FilePlace(settled)) as reading, past_database.as_left_by(reading, 6) as same:
        assert same is reading


def test_a_past_state_is_a_whole_database_with_its_own_history(settled: Path, esm: Esm) -> None:
    assert esm("db", "check", "--known-at", "3", db=settled).code == 0
    history = json.loads(esm("history", "--known-at", "3", "--format", "json", db=settled).out)
    assert [row["id"] for row in history] == [3, 2, 1]


def test_people_are_told_up_to_which_operation_and_when_the_day_is_a_later_one(settled: Path, esm: Esm) -> None:
    said = esm("report", "--known-at", "2026-11-23", db=settled, today="2026-12-24")
    assert "Known up to operation" in said.out
    assert "This is how 2026-12-24 looked from what was known on 2026-11-23" in said.err
    assert "Known up to operation: 3" in esm("due", "--known-at", "3", db=settled).out
    for words in (("report", "--as-of", "2026-11-23"), ("history",)):
        assert esm(*words, "--known-at", "2026-11-23", db=settled, today="2026-12-24").err == ""
    assert "录入截至操作" in esm("report", "--known-at", "3", db=settled, lang="zh").out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("report", "--known-at", "99"), 3, "There is no operation 99."),
        (("report", "--known-at", "0"), 3, "There is no operation 0."),
        (("report", "--known-at", "99999999999"), 3, "There is no operation 99999999999."),
        (("report", "--known-at", "2026-11-22"), 3, "On 2026-11-22 nothing was on record"),
        (("report", "--known-at", "someday"), 2, "“someday” is not a date."),
        (("brief", CODES[0], "--with-phones", "--known-at", "6"), 2, "cannot be used together"),
        (("due", "--send", "--known-at", "6"), 2, "can only be combined"),
        (("visit", "log", CODES[0], "--known-at", "6"), 2, "--known-at"),
        (("export", "x.xlsx", "--with-phones", "--known-at", "6"), 2, "cannot be used together"),
        (("assign", "--known-at", "6"), 2, "--known-at is for questions"),
        (("assign", "--dry-run", "--known-at", "6"), 2, "--known-at is for questions"),
        (
            ("policy", "relief", "P1", CODES[0], "--amount", "1", "--kind", "subsidy", "--known-at", "6"),
            2,
            "--known-at is for questions",
        ),
        (
            ("request", "classes", "labour.training", "--name", "培训", "--known-at", "6"),
            2,
            "--known-at is for questions",
        ),
        (("undo", "--known-at", "6"), 2, "--known-at"),
    ],
)
def test_what_cannot_be_known_is_refused(
    settled: Path, esm: Esm, words: Sequence[str], code: int, sentence: str
) -> None:
    before = database_content.digest(settled)
    ran = esm(*words, db=settled)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert database_content.digest(settled) == before


def test_of_an_empty_database_nothing_earlier_is_known(esm: Esm) -> None:
    assert esm("report", "--known-at", TODAY).code == 3


@pytest.mark.parametrize(
    ("damage", "known_at", "sentence"),
    [
        ("DELETE FROM change WHERE operation_id = 5", "4", "Operation 5 was changed after it was sealed"),
        ("DELETE FROM operation WHERE id = 4; DELETE FROM change WHERE operation_id = 4", "3", "Operation 5"),
        ("UPDATE change SET old = '{}' WHERE operation_id = 6", "4", "Operation 6"),
        ("DELETE FROM operation WHERE id < 3; DELETE FROM change WHERE operation_id < 3", "2", "begins with"),
        ("DELETE FROM operation WHERE id < 3", "2026-11-22", "begins with"),
        ("INSERT INTO setting (id, key, value) VALUES (5, 'due_soon_days', '9')", "7", "does not lead back"),
    ],
)  # fmt: skip
def test_a_journal_that_does_not_lead_back_is_refused(
    settled: Path, esm: Esm, damage: str, known_at: str, sentence: str
) -> None:
    if "setting" in damage:  # a row from outside stands in the way of what was there
        for words in (("config", "set", "due_soon_days", "10"), ("undo",)):
            assert esm(*words, db=settled).code == 0
    with closing(database_content.bare(settled)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        SqliteConnection(connection).remove_definitions()
        connection.executescript(damage)
        SqliteConnection(connection).install_definitions()
    ran = esm("report", "--known-at", known_at, db=settled)
    assert (ran.code, ran.out) == (6, "")
    assert sentence in ran.err


def backup_of_then(dump: Path, path: Path, operation: int) -> None:
    """Make the database of an earlier schema as an operation left it: of each row what was told last."""
    with closing(database_content.bare(path)) as connection:
        write_old(dump, connection)
        SqliteConnection(connection).remove_definitions()
        tables = SqliteConnection(connection).journalled_tables()
        told: dict[tuple[str, int], str | None] = {}
        for subject, row_id, new in connection.execute(
            "SELECT subject, row_id, new FROM change WHERE operation_id <= ? ORDER BY seq", (operation,)
        ):
            told[subject, row_id] = new
        for table in tables:
            connection.execute(f"DELETE FROM {table}")
        for (subject, _), new in told.items():
            if new is not None:
                row = json.loads(new)
                connection.execute(
                    f"INSERT INTO {subject} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
                )
        connection.execute("DELETE FROM change WHERE operation_id > ?", (operation,))
        connection.execute("DELETE FROM operation WHERE id > ?", (operation,))


def write_old(dump: Path, connection: sqlite3.Connection) -> int:
    """Write the released database, and money into it; return its last operation."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(dump.read_text(encoding="utf-8"))
    for statements in (EDITED, PAID if dump.stem > "0005" else "", "UPDATE cadre SET capacity = 9, name = '尹改名'"):
        operation = journal.begin(SqliteConnection(connection), HEADER, dump.stem)
        connection.executescript(statements)
        journal.close(SqliteConnection(connection), operation)
    return operation


@pytest.mark.parametrize("dump", EARLIER, ids=[dump.stem for dump in EARLIER])
def test_before_an_upgrade_is_known_what_a_backup_of_then_says_when_it_is_upgraded(
    dump: Path, path: Path, esm: Esm
) -> None:
    path = path.with_name("old.db")
    with closing(database_content.bare(path)) as connection:
        last = write_old(dump, connection)
    migration.upgrade(FilePlace(path), HEADER)
    uscc = database_content.dump(path)["enterprise"][0][1]
    for words in (
        ("enterprise", "edit", uscc, "--revenue", "77.01"),
        ("config", "set", "due_soon_days", "20"),
        ("undo",),
    ):
        assert esm(*words, db=path).code == 0
    for operation in range(1, last + 1):
        copy = path.with_name(f"{operation}.db")
        backup_of_then(dump, copy, operation)
        migration.upgrade(FilePlace(copy), HEADER)
        known = database_content.only_business(known_after(path, operation))
        assert known == database_content.business(copy), operation
        assert esm("report", "--known-at", str(operation), db=path).code == 0


def test_files_are_written_as_they_would_have_been_then(esm: Esm, path: Path, template: Path, tmp_path: Path) -> None:
    shutil.copy(template, path)

    def written(name: str, *words: str) -> dict[str, bytes]:
        folder = tmp_path / name
        folder.mkdir()
        assert esm("export", str(folder / "sheets"), *words).code == 0
        assert esm("calendar", "export", "-o", str(folder / "all.ics"), *words).code == 0
        return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*.*"))}

    before = written("before")
    for words in (("visit", "log", FIRMS[0], "--minutes", "走访"), ("pair", FIRMS[1], "1003", "--deputy", "1001")):
        assert esm(*words).code == 0
    after = written("after")
    assert {"all.ics", "sheets/visits.csv", "sheets/pairings.csv"} <= {
        name for name, content in after.items() if content != before.get(name)
    }
    assert written("then", "--known-at", "2") == before
    ran = esm("export", str(tmp_path / "book.xlsx"), "--known-at", "2", today=LATER)
    assert "Known up to operation 2." in ran.err
    assert f"This is how {LATER} looked" not in ran.err  # an export tells no day


def test_every_command_that_only_asks_the_database_takes_the_option(esm: Esm) -> None:
    writing_or_files = {
        "demo", "completion", "help", "template", "import", "pair", "unpair", "recuse", "handover", "schedule", "undo",
        "visit log", "visit plan", "visit confirm", "visit cancel", "visit promise done", "calendar import",
        "config set", "db init", "db upgrade", "db backup", "db restore", "db copy", "db grant", "verify",
        "policy add", "policy edit", "policy brief", "policy apply", "policy decline",
        *(f"request {name}" for name in ("open", "accept", "reject", "dispatch", "dispute", "answer", "extend", "close",
                                         "confirm", "reopen", "withdraw", "elevate", "edit")),
        *(f"enterprise {name}" for name in ("add", "edit", "exit", "pause", "blackout", "resume")),
        *(f"cadre {name}" for name in ("add", "edit", "leave", "absence")),
        *(f"city {name}" for name in ("add", "list", "report", "check", "upgrade")),
    }  # fmt: skip
    without = {name for name in _names(TREE) if "--known-at" not in esm(*name.split(), "--help").out}
    assert without == writing_or_files


def _names(entries: Sequence[CommandSpec], before: str = "") -> list[str]:
    return [
        name
        for entry in entries
        for name in (_names(entry.inner, f"{before}{entry.name} ") if entry.inner else [before + entry.name])
    ]
