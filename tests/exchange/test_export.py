"""What an export writes, an import reads back: nothing that a user entered is lost."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import district, full_district
from tests.conftest import HEADER, Esm, budget
from tests.rosters import CHINESE, code, csv_file, told

from esm import formats
from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.values.column_spec import SheetSpec
from esm.domain.visits.columns import PROMISES
from esm.formats.read import file as intake
from esm.formats.write import fillable_workbook as write_book
from esm.sheets.exchange import fillable_workbook as book
from esm.storage.database import connection as database
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace
from esm.storage.exchange import tables
from esm.usecases.exchange import export, load
from esm.usecases.exchange.roster import roster_parser as rostering

LATER = date(2029, 6, 30)  # after everything that a drawn district holds

# What a workbook need not hold: numbers that only connect rows, and `alembic_version`.
CONNECTING = {"id"}
# What calendars were told is of one database: the numbers of plans are in it, and these connect rows.
NOT_ENTERED: set[tuple[str, str]] = {("cancelled_plan", "plan_id")}
# What a column of another sheet gathers: the deputies of a pairing.
GATHERED = {("pairing_deputy", column) for column in ("pairing_id", "cadre_id", "place")}


def extracted(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading(FilePlace(path)) as reading:
        return {key: list(rows) for key, rows in export.extract(reading, with_phones=True).items()}


def imported(files: list[Path], empty: Path, target: Path) -> dict[str, list[tuple[Any, ...]]]:
    shutil.copy(empty, target)
    read = rostering.read_sheets([grid for file in files for grid in intake.read(file)])
    with database.writing(FilePlace(target), HEADER) as writing:
        summary = load.load(writing, read, files=["f"], today=LATER)
    assert summary.problems == ()
    return extracted(target)


def sound(drawn: district.District) -> district.District:
    """Return the district without cadres who leave before they come: no command lets them in."""
    people = tuple(
        replace(each, left_on=None) if each.active_from and each.left_on and each.left_on <= each.active_from else each
        for each in drawn.cadres
    )
    return replace(drawn, cadres=people)


def stored(
    empty: Path, target: Path, drawn: district.District, data: st.DataObject
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the export of the district with something in every sheet."""
    shutil.copy(empty, target)
    with database.writing(FilePlace(target), HEADER) as writing:
        district.store(writing, sound(drawn))
        full_district.furnish(data.draw, writing)
    return extracted(target)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export")


@budget(25)
@given(district.districts(), st.data())
def test_any_database_is_the_same_after_export_and_import_as_a_workbook(
    empty_database: Path, folder: Path, drawn: district.District, data: st.DataObject
) -> None:
    before = stored(empty_database, folder / "a.db", drawn, data)
    for lang in ("zh", "en"):
        (folder / "book.xlsx").write_bytes(write_book.content(book.database_book(lang, before, [])))
        assert imported([folder / "book.xlsx"], empty_database, folder / "b.db") == before


@budget(15)
@given(district.districts(), st.data())
def test_any_database_is_the_same_after_export_and_import_as_csv_files(
    empty_database: Path, folder: Path, drawn: district.District, data: st.DataObject
) -> None:
    before = stored(empty_database, folder / "a.db", drawn, data)
    files = []
    for listing in book.listings(before):
        files.append(folder / f"{listing.key}.csv")
        files[-1].write_bytes(formats.exported(listing))
    assert imported(files, empty_database, folder / "b.db") == before


def saved_by_a_spreadsheet(data: bytes) -> bytes:
    """Return a CSV file as a spreadsheet saves it: what it takes for a number has 15 digits, a yes is a big one."""
    kept = []
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        kept.append([saved_cell(cell) for cell in row])
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(kept)
    return buffer.getvalue().encode("utf-8-sig")


def saved_cell(cell: str) -> str:
    wrapped = re.fullmatch('="([^"]*)"', cell)
    if wrapped is not None:
        return wrapped[1]
    if re.fullmatch("(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[Ee][+-]?[0-9]+)?", cell):
        number = float(cell)
        return f"{Decimal(f'{number:.15g}'):f}" if number < 1e16 else f"{number:.15G}"
    if re.fullmatch("(?i)true|false", cell):
        return cell.upper()
    assert not re.fullmatch("[0-9]+[-/.][0-9]+|[0-9]+%|(?i:[0-9]* ?mar [0-9]*)", cell)  # it would be a date or a share
    return cell


@pytest.mark.nightly
@budget(15)
@given(district.districts(), st.data())
def test_any_database_is_the_same_after_its_csv_files_went_through_a_spreadsheet(
    empty_database: Path, folder: Path, drawn: district.District, data: st.DataObject
) -> None:
    before = stored(empty_database, folder / "a.db", drawn, data)
    files = []
    for listing in book.listings(before):
        files.append(folder / f"{listing.key}.csv")
        files[-1].write_bytes(saved_by_a_spreadsheet(formats.exported(listing)))
    assert imported(files, empty_database, folder / "b.db") == before


def test_every_journalled_column_is_in_a_sheet_or_known_not_to_be_entered(path: Path) -> None:
    """Who adds a table or a column adds it to its sheet, or to `NOT_ENTERED`."""
    with closing(sqlite3.connect(path)) as connection:
        stored = {
            (table, column[1])
            for table in SqliteConnection(connection).journalled_tables()
            for column in connection.execute(f"PRAGMA table_info({table})")
        }
    declared = {
        (spec.table, column.links[0] if column.links else column.name) for spec in BOOK for column in spec.columns
    }
    assert {(t, c) for t, c in stored if c not in CONNECTING} - declared - GATHERED == NOT_ENTERED


@pytest.mark.parametrize("spec", BOOK, ids=lambda spec: spec.key)
def test_every_column_of_a_sheet_stands_in_its_table_or_behind_its_references(path: Path, spec: SheetSpec) -> None:
    with database.reading(FilePlace(path)) as reading:
        assert tables.rows(reading, spec) == []
        for column in spec.columns:
            table = spec.table
            for link in column.links:
                assert link in _columns(reading, table)
                table = tables.target(link)
            if column.name and column.key != "cancelled_entry":
                assert column.name in _columns(reading, table)


def _columns(reading: database.Reading, table: str) -> set[str]:
    return {row[1] for row in reading.rows(f"PRAGMA table_info({tables.VIEWS.get(table, table)})")}


@pytest.fixture
def filled(esm: Esm, tmp_path: Path) -> Esm:
    esm("import", CHINESE)
    esm("assign")
    esm("schedule")
    esm("visit", "cancel", "3", "--reason", "entered twice")
    planned = told(esm, "visit", "list", "--planned")
    assert esm("visit", "cancel", planned[5]["id"], "--reason", "flood").code == 0
    esm("cadre", "edit", "1002", "--department", "新设局", today="2026-11-24")
    _around_visits(esm, tmp_path)
    return esm


def _around_visits(esm: Esm, folder: Path) -> None:
    """Enter one of everything that belongs to visits and working days."""
    firm = told(esm, "due", "--limit", "1")[0]["uscc"]
    list_of_days = csv_file(folder, "days", "日期,类型,名称", "2027-01-01,休,元旦")
    for words in (
        ["cadre", "edit", "JP002", "--email", "yin@office.example"],
        ["visit", "log", firm, "--cadre", "JP002", "--with", "JP001", "--with-department", "税务局", "--met", "虚构甲",
         "--business", "steady", "--satisfaction", "partly", "--promise", "回复", "--until", "2026-12-01", "--promise",
         "回复", "--until", "2026-12-01"],
        ["visit", "promise", "done", "1"],
        ["visit", "log", firm, "--department", "消防"],
        ["visit", "cancel", "D1", "--reason", "误登"],
        ["visit", "log", firm, "--department", "消防"],
        ["enterprise", "blackout", firm, "--from", "2027-01-10", "--until", "2027-01-12"],
        ["calendar", "import", list_of_days],
    ):  # fmt: skip
        ran = esm(*words)
        assert ran.code == 0, ran.err


def test_the_same_database_is_the_same_file_byte_by_byte(filled: Esm, tmp_path: Path) -> None:
    book_file, copy = str(tmp_path / "a.xlsx"), tmp_path / "copy.db"
    filled("export", book_file, "--with-phones")
    assert filled("import", book_file, db=copy).code == 0
    filled("export", str(tmp_path / "b.xlsx"), "--with-phones", db=copy)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_was_promised_on_cancelled_visits_stays_with_each_of_them(filled: Esm, tmp_path: Path, path: Path) -> None:
    firm = told(filled, "due", "--limit", "2")[1]["uscc"]
    for words in ("赠书", "回电", "送表"):
        log = ["--met", "虚构甲", "--cadre", "JP002", "--with", "JP001", "--promise", words, "--until", "2026-12-01"]
        number = told(filled, "visit", "log", firm, *log)["id"]
        if words != "送表":
            filled("visit", "cancel", str(number), "--reason", "误登")
    filled("export", str(tmp_path / "a.xlsx"), "--with-phones")
    assert filled("import", str(tmp_path / "a.xlsx"), db=tmp_path / "b.db").code == 0
    before = extracted(path)
    assert extracted(tmp_path / "b.db") == before
    entry = [column.key for column in PROMISES.columns].index("cancelled_entry")
    assert sorted(row[entry] for row in before["promises"] if row[0] == firm) == [0, 1, 2]
    summary = told(filled, "import", str(tmp_path / "a.xlsx"))
    assert (summary["added"], summary["updated"], summary["errors"]) == (0, 0, [])


def test_an_export_imported_where_it_came_from_changes_nothing(filled: Esm, tmp_path: Path) -> None:
    filled("export", str(tmp_path / "a.xlsx"))
    summary = told(filled, "import", str(tmp_path / "a.xlsx"))
    assert (summary["added"], summary["updated"], summary["errors"], summary["missing"]) == (0, 0, [], [])


def test_a_cell_changed_in_an_exported_workbook_is_taken_over(filled: Esm, tmp_path: Path) -> None:
    filled("export", str(tmp_path / "a.xlsx"))
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = workbook["Enterprises"]
    tier = [cell.value for cell in sheet[1]].index("Tier") + 1
    uscc, old = sheet.cell(2, 1).value, sheet.cell(2, tier).value
    new = "A" if old != "A" else "B"
    sheet.cell(2, tier).value = new
    workbook.save(tmp_path / "a.xlsx")
    (change,) = told(filled, "import", str(tmp_path / "a.xlsx"))["changes"]
    assert (change["key"], change["old"], change["new"]) == (uscc, old, new)
    assert told(filled, "enterprise", "show", uscc)["tier"] == new


def test_phones_are_masked_and_a_mask_keeps_the_number_on_record(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name,phone", "1001,虚构甲,19900001234"))
    assert "masked" in esm("export", str(tmp_path / "out")).err
    exported = (tmp_path / "out" / "cadres.csv").read_text(encoding="utf-8-sig")
    assert "199****1234" in exported
    assert "19900001234" not in exported
    assert told(esm, "import", str(tmp_path / "out" / "cadres.csv"))["unchanged"] == 1
    assert told(esm, "cadre", "show", "1001", "--with-phones")["phone"] == "19900001234"


@pytest.mark.parametrize("phone", ["198****1234", "199****1235", "199*****1234"])
def test_a_masked_phone_that_fits_none_on_record_is_refused(esm: Esm, tmp_path: Path, phone: str) -> None:
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name,phone", "1001,虚构甲,19900001234"))
    ran = esm("import", csv_file(tmp_path, "new", "staff_no,name,phone", f"1001,虚构甲,{phone}"))
    assert ran.code == 5
    assert "--with-phones" in ran.err


def test_only_an_export_with_phones_is_in_the_journal_and_there_is_nothing_to_undo(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name,phone", "1001,虚构甲,19900001234"))
    esm("export", str(tmp_path / "a.xlsx"))
    esm("export", str(tmp_path / "b.xlsx"), "--with-phones")
    newest, *others = told(esm, "history")
    assert ("--with-phones" in newest["command"], len(others)) == (True, 1)
    assert esm("undo", str(newest["id"])).code == 4
    assert esm("db", "check").code == 0
    assert esm("undo").code == 0
    assert told(esm, "cadre", "list") == []


@pytest.mark.parametrize(("name", "exit_code"), [("a.docx", 2), ("district.db", 2), ("old.xlsx", 4)])
def test_an_export_goes_to_a_workbook_or_a_folder_and_never_over_a_file(
    esm: Esm, tmp_path: Path, name: str, exit_code: int
) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"older")
    assert esm("export", str(tmp_path / name)).code == exit_code
    assert (tmp_path / "old.xlsx").read_bytes() == b"older"


def test_names_with_control_characters_formulas_and_escapes_survive(esm: Esm, tmp_path: Path, path: Path) -> None:
    names = ["=1+1", "a\x1bb", "_x0041_", "甲\n乙", "'quoted", "\\n", "𠮷田 ABC"]
    with database.writing(FilePlace(path), HEADER) as writing:
        firms = tuple(district.Enterprise(number) for number in range(len(names)))
        district.store(writing, district.District(firms))
        for number, name in enumerate(names, start=1):
            writing.connection.execute("UPDATE enterprise SET name = ? WHERE id = ?", (name, number))
    before = extracted(path)
    esm("export", str(tmp_path / "a.xlsx"))
    assert esm("import", str(tmp_path / "a.xlsx"), db=tmp_path / "b.db").code == 0
    assert extracted(tmp_path / "b.db") == before


def test_history_that_leaves_a_gap_is_refused(esm: Esm, tmp_path: Path) -> None:
    firm = csv_file(tmp_path, "enterprises", "uscc,name", f"{code(1)},虚构甲")
    past = csv_file(
        tmp_path, "profiles", "uscc,tier,start_on,end_on", f"{code(1)},C,,2026-02-01", f"{code(1)},A,2026-03-01,"
    )
    ran = esm("import", firm, past)
    assert ran.code == 5
    assert "profiles" in ran.err


def test_settings_that_esm_does_not_know_are_refused(esm: Esm, tmp_path: Path) -> None:
    rows = ["key,value", "visits_per_day,3", "no_such_thing,1", "cadence_months_a,two", "scheme_start_on,soon"]
    errors = told(esm, "import", csv_file(tmp_path, "settings", *rows))["errors"]
    assert [error["cell"] for error in errors] == ["B3", "B4", "B5"]


def test_the_drawn_districts_reach_every_table_that_is_exported(empty_database: Path, folder: Path) -> None:
    reached: set[str] = set()

    @settings(max_examples=40, derandomize=True)
    @given(district.districts(), st.data())
    def draw(drawn: district.District, data: st.DataObject) -> None:
        reached.update(key for key, rows in stored(empty_database, folder / "a.db", drawn, data).items() if rows)

    draw()
    assert reached == {spec.key for spec in BOOK}
