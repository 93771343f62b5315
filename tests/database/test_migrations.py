"""Migrations: the schema is that of the tables, and an upgrade keeps every row or changes nothing at all."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests import bare_shell, database_content, killed_writer, later_migration, small_district
from tests.conftest import HEADER
from tests.later_migration import LATER, NEXT
from tests.small_district import CODES, TODAY

from esm.domain.policies.policy import Payment, ReliefKind
from esm.domain.values.money import Money
from esm.errors import RuleRefused, StorageRefused
from esm.storage.database import connection as database
from esm.storage.database import creation, journal, migration, settings
from esm.storage.database.connection import Reading
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace
from esm.storage.database.schema import tables
from esm.storage.pairing import deputies, pairings
from esm.storage.register import cadres, enterprises
from esm.usecases.desk import integrity, undo
from esm.usecases.policies import progress

FAILING = LATER + '    raise RuntimeError("the last step fails")\n'
ORPHANING = LATER + '    op.execute("DELETE FROM enterprise WHERE id = 1")\n'
PAID = """
INSERT INTO policy VALUES
    (2, 'P2', '稳岗补贴', '一号文', '补贴', 40000, '2026-01-01', '2026-12-31', 'C39', '1,2', 'small', 1, 0);
INSERT INTO relief VALUES (1, 2, 1, 'subsidy', '2026-11-20', 300), (2, 2, 1, 'loan', '2026-11-20', 5000);
INSERT INTO application VALUES (1, 2, 1, 'applied', '2026-11-10', NULL);
"""
RELEASED = sorted(
    dump for dump in (Path(__file__).parents[1] / "released").glob("*.sql") if dump.stem != database.REVISION
)
Scripts = Callable[[str], Path]
Upgrade = Callable[[Path, str], subprocess.CompletedProcess[str]]


@pytest.fixture
def settled(path: Path) -> Path:
    """Return a settled district; in its folder lie a backup and a note that are nobody's business."""
    small_district.settle(path)
    (path.parent / "backups").mkdir()
    migration.backup(FilePlace(path), FilePlace(path.parent / "backups" / "older.db"))
    (path.parent / "note.txt").write_text("keep me")
    return path


@pytest.fixture
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Scripts:
    """Return a function that makes a folder of migrations with one more behind those of this version."""
    return lambda later: later_migration.folder(tmp_path_factory.mktemp("later"), later)


@pytest.fixture
def upgrade(tmp_path_factory: pytest.TempPathFactory) -> Upgrade:
    """Return a function that runs `esm db upgrade` of the next release: this one and one migration more."""
    return lambda path, later: later_migration.release(tmp_path_factory.mktemp("release"), later).run(
        path, "db", "upgrade"
    )


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the tables and indexes by name, without what alembic needs for itself; blanks and quotes do not matter."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql NOT NULL")
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in rows if name != "alembic_version"}


def views_and_triggers(path: Path) -> dict[str, str]:
    with closing(database_content.bare(path)) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')"))


def files(folder: Path) -> dict[str, str]:
    """Return every file of a folder with what its bytes come to; an empty journal says nothing."""
    return {
        str(file.relative_to(folder)): database_content.digest(file)
        for file in folder.rglob("*")
        if file.is_file() and not (file.name.endswith("-journal") and file.stat().st_size == 0)
    }


def without(dump: database_content.Dump, *names: str) -> database_content.Dump:
    """Return the tables that a migration of the enterprises leaves alone, but for `names`."""
    return {table: rows for table, rows in dump.items() if table not in {"alembic_version", "enterprise", *names}}


def in_fen(dump: database_content.Dump, path: Path) -> database_content.Dump:
    """Return the rows of a schema before 0012 with their amounts in fen; the places are those of the upgraded file."""
    found = dict(dump)
    with closing(database_content.bare(path)) as connection:
        for table, column in (("enterprise", "revenue"), ("policy", "worth"), ("relief", "amount")):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            place = names.index(column)
            found[table] = [
                (*row[:place], None if row[place] is None else row[place] * 100, *row[place + 1 :])
                for row in dump.get(table, ())
            ]
    return {table: rows for table, rows in found.items() if table in dump}


# Columns that are gone: capacities are dated (0016), and how often a plan changed is read from the journal (0017).
GONE = {"cadre": "capacity", "plan": "sequence", "cancelled_plan": "sequence"}


def without_gone(dump: database_content.Dump, columns: dict[str, list[str]]) -> database_content.Dump:
    """Return the rows of an earlier schema, whose tables have these columns, without those that are gone since."""
    found = dict(dump)
    for table, names in columns.items():
        if GONE[table] in names:
            place = names.index(GONE[table])
            found[table] = [(*row[:place], *row[place + 1 :]) for row in dump[table]]
    return found


def test_the_migrated_schema_is_that_of_the_tables(path: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, closing(database_content.bare(path)) as migrated:
        tables.metadata.create_all(connection)
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        assert schema(migrated) == schema(raw)


def test_this_version_knows_the_newest_migration_and_all_before_it() -> None:
    chain = ScriptDirectory(str(database.MIGRATIONS))
    assert chain.get_heads() == [database.REVISION]
    assert {script.revision for script in chain.walk_revisions()} == database.KNOWN_REVISIONS


def test_a_new_database_is_of_this_version_and_whole(path: Path) -> None:
    assert database_content.flaws(path) == []
    assert database_content.dump(path)["alembic_version"] == [(database.REVISION,)]


def test_a_parent_table_is_rebuilt_without_losing_a_child(settled: Path, scripts: Scripts) -> None:
    before = database_content.dump(settled)
    migration.run(FilePlace(settled), scripts(LATER))
    after = database_content.dump(settled)
    assert (after["alembic_version"], after["region"]) == ([(NEXT,)], [])
    assert after["enterprise"] == [(*row, None) for row in before["enterprise"]]
    assert without(after, "region") == without(before)


def test_a_rebuilt_table_keeps_its_rules(settled: Path, scripts: Scripts) -> None:
    with closing(database_content.bare(settled)) as connection:
        before = schema(connection)
    migration.run(FilePlace(settled), scripts(LATER))
    with closing(database_content.bare(settled)) as connection:
        after = schema(connection)
        assert connection.execute("PRAGMA table_list(enterprise)").fetchone()[5] == 1  # STRICT
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert after.pop("enterprise").count("CONSTRAINT") == before.pop("enterprise").count("CONSTRAINT")
    assert after.pop("region")
    assert after == before


def test_the_triggers_come_back_and_watch_the_new_column_too(settled: Path, scripts: Scripts) -> None:
    before = views_and_triggers(settled)
    migration.run(FilePlace(settled), scripts(LATER))
    after = views_and_triggers(settled)
    assert {name for name in before if "region" not in name} <= after.keys()
    assert "'region', NEW.region" in after["journal_enterprise_update"]
    assert {"journal_region_insert", "journal_region_update", "journal_region_delete"} <= after.keys()
    with (
        closing(database_content.bare(settled)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only through esm"),
    ):
        connection.execute("UPDATE enterprise SET region = 'east'")


def test_a_migration_journals_nothing_but_itself(settled: Path, scripts: Scripts) -> None:
    before = database_content.dump(settled)
    migration.run(FilePlace(settled), scripts(LATER), HEADER)
    after = database_content.dump(settled)
    assert after["change"] == before["change"]
    assert after["operation"][:-1] == before["operation"]
    assert after["operation"][-1][6] == NEXT
    with closing(database_content.bare(settled)) as connection:
        assert list(journal.broken_seals(SqliteConnection(connection))) == []


@pytest.mark.parametrize(("later", "error"), [(FAILING, RuntimeError), (ORPHANING, StorageRefused)])
def test_a_migration_that_fails_changes_not_one_byte(
    settled: Path, scripts: Scripts, later: str, error: type[Exception]
) -> None:
    before = files(settled.parent)
    with pytest.raises(error):
        migration.run(FilePlace(settled), scripts(later))
    assert files(settled.parent) == before
    assert database_content.flaws(settled) == []


def test_a_database_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / ".esm-0123456789abcdef.db").write_text("left by somebody who was killed")
    creation.create(FilePlace(tmp_path / "new.db"))
    assert database_content.flaws(tmp_path / "new.db") == []
    assert files(tmp_path).keys() == {"new.db"}


def test_an_upgrade_of_what_is_up_to_date_does_nothing(settled: Path) -> None:
    before = files(settled.parent)
    assert migration.upgrade(FilePlace(settled), HEADER) == migration.Upgrade(
        database.REVISION, database.REVISION, None
    )
    assert files(settled.parent) == before


def test_an_upgrade_makes_a_backup_and_keeps_every_row(settled: Path, upgrade: Upgrade) -> None:
    stored, beside = database_content.dump(settled), files(settled.parent)
    ran = upgrade(settled, LATER)
    assert (ran.returncode, ran.stdout) == (0, "")
    (backup,) = set(files(settled.parent)) - set(beside)
    assert backup in ran.stderr
    assert database_content.dump(settled.parent / backup) == stored
    assert database_content.flaws(settled.parent / backup) == []
    after = database_content.dump(settled)
    assert after["alembic_version"] == [(NEXT,)]
    assert after["enterprise"] == [(*row, None) for row in stored["enterprise"]]
    assert without(after, "region", "operation") == without(stored, "operation")


@pytest.mark.parametrize("dump", RELEASED, ids=[dump.stem for dump in RELEASED])
def test_a_database_of_every_earlier_schema_is_upgraded_without_losing_a_row(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        columns = {table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in GONE}
    before = without_gone(database_content.dump(path), columns)
    with pytest.raises(StorageRefused, match="older schema"), database.reading(FilePlace(path)):
        pass
    upgraded = migration.upgrade(FilePlace(path), HEADER)
    after = database_content.dump(path)
    assert (upgraded.before, upgraded.after) == (dump.stem, database.REVISION)
    known = {name: rows for name, rows in before.items() if name != "alembic_version"}
    kept = {name: zip(rows, after[name][: len(rows)], strict=True) for name, rows in known.items()}
    # A column that a later schema added stands behind those of the earlier one.
    assert {name: [now[: len(old)] for old, now in rows] for name, rows in kept.items()} == in_fen(known, path)
    assert database_content.flaws(path) == []


def test_an_upgrade_that_fails_leaves_every_file_and_a_backup(settled: Path, upgrade: Upgrade) -> None:
    stored, beside = database_content.dump(settled), files(settled.parent)
    ran = upgrade(settled, FAILING)
    assert ran.returncode != 0
    assert "Traceback" not in ran.stderr
    after = files(settled.parent)
    (backup,) = [file for file in set(after) - set(beside) if file.startswith("backups/")]
    assert {file: after[file] for file in beside} == beside
    assert database_content.dump(settled.parent / backup) == stored


def test_a_database_of_the_next_release_is_refused_untouched(settled: Path, scripts: Scripts) -> None:
    migration.run(FilePlace(settled), scripts(LATER))
    before = files(settled.parent)
    for act in (
        lambda: database_content.flaws(settled),
        lambda: small_district.employ(settled, "9"),
        lambda: migration.upgrade(FilePlace(settled), HEADER),
    ):
        with pytest.raises(StorageRefused, match="newer esm"):
            act()
    assert files(settled.parent) == before


def test_an_upgraded_database_is_whole_to_its_own_esm(settled: Path, scripts: Scripts) -> None:
    migration.run(FilePlace(settled), scripts(LATER), HEADER)
    with closing(database_content.bare(settled)) as connection:
        flaws = integrity.flaws(Reading(SqliteConnection(connection)))
    assert [str(flaw.detail) for flaw in flaws if flaw.kind != "definitions"] == []  # this esm knows the older tables


def test_a_backup_is_a_whole_database_and_never_written_over(settled: Path, tmp_path: Path) -> None:
    copy = migration.backup(FilePlace(settled), FilePlace(tmp_path / "copies" / "monday.db")).file
    assert database_content.dump(copy) == database_content.dump(settled)
    assert database_content.flaws(copy) == []
    before = database_content.digest(copy)
    with pytest.raises(RuleRefused, match="already exists"):
        migration.backup(FilePlace(settled), FilePlace(copy))
    assert database_content.digest(copy) == before


def test_a_restored_backup_takes_the_place_and_the_present_file_is_put_aside(settled: Path) -> None:
    copy = migration.backup(FilePlace(settled), FilePlace(settled.with_name("monday.db"))).file
    monday = database_content.dump(settled)
    small_district.employ(settled, "1002")
    tuesday = database_content.dump(settled)
    aside = migration.restore(FilePlace(settled), FilePlace(copy), HEADER.at)
    assert isinstance(aside, FilePlace)
    assert (database_content.dump(settled), database_content.dump(aside.file), database_content.dump(copy)) == (
        monday,
        tuesday,
        monday,
    )


def test_what_a_killed_writer_left_is_never_played_into_a_restored_backup(settled: Path) -> None:
    copy = migration.backup(FilePlace(settled), FilePlace(settled.with_name("monday.db"))).file
    monday = database_content.dump(settled)
    for number in range(30):
        small_district.employ(settled, f"e{number}")
    tuesday = database_content.dump(settled)
    killed_writer.write_and_die(settled)
    assert settled.with_name(settled.name + "-journal").stat().st_size > 0
    aside = migration.restore(FilePlace(settled), FilePlace(copy), HEADER.at)
    assert (database_content.flaws(settled), database_content.dump(settled)) == ([], monday)
    assert isinstance(aside, FilePlace)
    assert (database_content.flaws(aside.file), database_content.dump(aside.file)) == ([], tuesday)


def test_what_is_no_backup_of_this_version_is_not_restored(settled: Path, scripts: Scripts) -> None:
    newer = migration.backup(FilePlace(settled), FilePlace(settled.with_name("newer.db"))).file
    migration.run(FilePlace(newer), scripts(LATER))
    before = files(settled.parent)
    for source, error in ((newer, StorageRefused), (settled.with_name("note.txt"), sqlite3.DatabaseError)):
        with pytest.raises(error):
            migration.restore(FilePlace(settled), FilePlace(source), HEADER.at)
        assert files(settled.parent) == before


def test_installing_the_definitions_again_changes_nothing(settled: Path) -> None:
    before = views_and_triggers(settled)
    with closing(database_content.bare(settled)) as connection:
        SqliteConnection(connection).install_definitions()
    assert views_and_triggers(settled) == before


def test_a_recusal_of_an_earlier_schema_is_of_another_kind_and_an_absence_has_no_deputy(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "released" / "0001.sql").read_text(encoding="utf-8"))
        bare_shell.open_operation(connection)
        connection.execute("INSERT INTO recusal (cadre_id, enterprise_id, reason) VALUES (1, 1, 'kin')")
        for day, next_day in (("2026-08-01", "2026-09-01"), ("2027-01-01", "2027-01-02")):
            connection.execute("INSERT INTO absence (cadre_id, start_on, end_on) VALUES (1, ?, ?)", (day, next_day))
        connection.execute("UPDATE operation SET hash = 'sealed', changes = 3 WHERE hash IS NULL")
    migration.run(FilePlace(path), database.MIGRATIONS)
    after = database_content.dump(path)
    assert [row[1:] for row in after["recusal"][-1:]] == [(1, 1, "kin", "other", "0001-01-01", None)]
    assert [row[1:] for row in after["absence"][-2:]] == [
        (1, None, "2026-08-01", "2026-09-01", None),
        (1, None, "2027-01-01", "2027-01-02", None),
    ]


@pytest.mark.parametrize("dump", RELEASED, ids=[dump.stem for dump in RELEASED])
def test_the_amounts_of_an_earlier_schema_are_kept_in_fen_and_the_journal_says_so(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        operation = journal.begin(SqliteConnection(connection), HEADER, dump.stem)
        for row_id, revenue in ((1, 12_345_678), (2, 10**13), (3, 0)):
            connection.execute("UPDATE enterprise SET revenue = ? WHERE id = ?", (revenue, row_id))
        journal.close(SqliteConnection(connection), operation)
    migration.upgrade(FilePlace(path), HEADER)
    with database.reading(FilePlace(path)) as reading:
        revenues = [each.enterprise.revenue for each in enterprises.load(reading).values()]
    assert revenues == [Decimal("1234.5678"), 10**9, 0]
    assert database_content.flaws(path) == []
    upgrade = database_content.dump(path)["operation"][-1][0]
    with pytest.raises(RuleRefused, match="upgraded the database"):
        small_district.write(path, lambda writing: undo.undo(writing, undo.operation_to_undo(writing, upgrade), TODAY))


@pytest.mark.parametrize("dump", RELEASED, ids=[dump.stem for dump in RELEASED])
def test_the_pairings_of_an_earlier_schema_have_no_deputy_and_take_some(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    migration.upgrade(FilePlace(path), HEADER)
    with database.reading(FilePlace(path)) as reading:
        before = pairings.find_pairings(reading)
        others = [key for (key,) in reading.rows("SELECT id FROM cadre ORDER BY id DESC LIMIT 2")]
    assert before
    assert [each.deputies for each in before if each.deputies] == []
    small_district.write(path, lambda writing: deputies.replace(writing, {before[0].id: others}))
    with database.reading(FilePlace(path)) as reading:
        assert len(pairings.find_pairings(reading)[0].deputies) == len(others) > 0
    assert database_content.flaws(path) == []


@pytest.mark.parametrize("dump", RELEASED, ids=[dump.stem for dump in RELEASED])
def test_what_an_earlier_schema_kept_without_days_holds_for_all_earlier_days(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        operation = journal.begin(SqliteConnection(connection), HEADER, dump.stem)
        connection.execute("UPDATE cadre SET capacity = 4 WHERE id = 1")
        connection.execute("INSERT INTO setting (key, value) VALUES ('cadence_months_c', '3')")
        connection.execute("INSERT INTO recusal (cadre_id, enterprise_id, reason) VALUES (1, 2, '亲属')")
        journal.close(SqliteConnection(connection), operation)
        ((uscc,),) = connection.execute("SELECT uscc FROM enterprise WHERE id = 2").fetchall()
    migration.upgrade(FilePlace(path), HEADER)
    assert database_content.flaws(path) == []
    long_ago, entered_on = date(1999, 1, 1), date.fromisoformat(HEADER.today)
    with database.reading(FilePlace(path)) as reading:
        for day in (long_ago, TODAY):
            assert settings.load(reading, day).cadence_months_c == 3
            (cadre,) = cadres.on_day(reading, day, "1001")
            assert cadre.capacity == 4
        # A recusal holds from the day on which it was entered, which the journal knows.
        assert ("1001", uscc) not in cadres.recusals(reading, entered_on - timedelta(days=1))
        assert cadres.recusals(reading, entered_on)["1001", uscc] == "亲属"


def test_policies_and_money_of_an_earlier_schema_stay_and_a_further_payment_of_a_day_fits(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(database_content.bare(path)) as connection:
        connection.executescript((Path(__file__).parents[1] / "released" / "0007.sql").read_text(encoding="utf-8"))
        operation = journal.begin(SqliteConnection(connection), HEADER, "0007")
        connection.executescript(PAID)
        journal.close(SqliteConnection(connection), operation)
    before = database_content.dump(path)
    migration.upgrade(FilePlace(path), HEADER)
    after = database_content.dump(path)
    before = in_fen(before, path)
    assert after["policy"] == [(*row, 0, None, None) for row in before["policy"]]
    assert (after["relief"], after["application"]) == (before["relief"], before["application"])
    assert [row[-1] for row in after["relief"]] == [30_000, 500_000]
    assert database_content.flaws(path) == []
    further = Payment(kind=ReliefKind.SUBSIDY, amount=Money(20_005), done_on=date(2026, 11, 20), again=True)
    small_district.write(path, lambda writing: progress.record_relief(writing, "P2", CODES[0], further, today=TODAY))
    assert database_content.dump(path)["relief"][2:] == [(3, 2, 1, "subsidy", "2026-11-20", 20_005)]
    assert database_content.flaws(path) == []
