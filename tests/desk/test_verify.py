"""`esm verify`: the figures of a file are computed again; what was changed is named, and where."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zlib
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests import database_content, desk_at_work
from tests.conftest import TODAY, Esm, budget
from tests.desk_at_work import COMMANDS, FIRMS, MONDAY, STAFF
from tests.district import code
from tests.small_district import CODES

from esm import __version__
from esm.__main__ import main
from esm.domain.desk.figure_differences import figure
from esm.domain.desk.proof import parsed_proof
from esm.formats import kind_of
from esm.formats.read.shown import shown_file
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.usecases.desk.file_comparison import compared

# The day of every part of a file: where parts are made in memory, and where they go through files.
LIBRARY_DAYS = {(1980, 1, 1, 0, 0, 0), (1980, 1, 31, 0, 0, 0)}

FORMATS = ("html", "md", "xlsx", "csv", "json")
REPORTS = [
    *(("report", name) for name in ("coverage", "visits", "requests", "policies", "cadres", "burden", "overview")),
    ("report", "trend"), ("report", "--by", "subdistrict,tier"), ("report", "--period", "2026-09"),
    ("report", "--against", "2026-11-20"), ("check",), ("due", "--within", "400"), ("brief", FIRMS[0]),
    ("visit", "list", "--sort", "-done_on"), ("visit", "list", "--planned", "--limit", "3"), ("enterprise", "list"),
    ("enterprise", "show", FIRMS[1]), ("cadre", "list"), ("config", "list"), ("scale",), ("history",), ("forecast",),
    ("calendar", "show", "2026"), ("db", "info"),
]  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    return desk_at_work.make(tmp_path_factory.mktemp("verify"), empty_database)


def verified(esm: Esm, file: Path, db: Path, lang: str = "en") -> tuple[int, dict[str, object]]:
    ran = esm("verify", str(file), "--format", "json", db=db, today="2027-03-01", lang=lang)
    assert ran.err == ""
    return ran.code, json.loads(ran.out)


def places(esm: Esm, file: Path, db: Path) -> list[str]:
    code, told = verified(esm, file, db)
    assert (code, told["same"]) == (1, False)
    differences = told["differences"]
    assert isinstance(differences, list)
    return [each["place"] for each in differences]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("ending", FORMATS)
def test_every_report_is_the_same_after_the_database_moved_on(
    template: Path, esm: Esm, tmp_path: Path, ending: str, turn: int
) -> None:
    """Every report in every format, by turns in one language and the other; by night in both."""
    db = tmp_path / "district.db"
    shutil.copy(template, db)
    turn += FORMATS.index(ending)
    files = []
    for number, words in enumerate(REPORTS):
        files.append(tmp_path / f"{number}.{ending}")
        lang = ("en", "zh")[(number + turn) % 2]
        assert esm(*words, "-o", str(files[-1]), db=db, lang=lang).code in {0, 1}, words
    for words in (
        ("visit", "log", FIRMS[0], "--on", "2026-11-20", "--minutes", "走访"),
        ("enterprise", "edit", FIRMS[1], "--tier", "A"),
        ("undo", "2"),
        ("assign",),
    ):
        esm(*words, db=db)
    for file, words in zip(files, REPORTS, strict=True):
        code, told = verified(esm, file, db)
        assert (code, told["same"], told["differences"]) == (0, True, []), words


@pytest.mark.slow
@given(before=st.lists(COMMANDS, max_size=3), after=st.lists(COMMANDS, min_size=1, max_size=4), data=st.data())
@budget(15)
def test_whatever_is_entered_later_a_file_stays_the_same(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, ...]],
    after: list[tuple[str, ...]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("later")
    db = folder / "district.db"
    shutil.copy(template, db)
    common = ["--db", str(db), "--today", str(MONDAY), "--actor", "clerk", "--quiet"]
    for words in before:
        main([*common, *words])
    file = folder / f"file.{data.draw(st.sampled_from(FORMATS))}"
    main([*common, *data.draw(st.sampled_from(REPORTS)), "-o", str(file)])
    for words in after:
        main([*common, *words])
    assert main([*common, "verify", str(file)]) == 0


def test_my_own_list_is_the_same_for_another_person(template: Path, esm: Esm, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    assert esm("--actor", "1001", "due", "--mine", "-o", str(file), db=template).code == 0
    assert verified(esm, file, template)[0] == 0


def turned(digit: str) -> str:
    return str((int(digit) + 1) % 10)


def each_digit_of_text(file: Path) -> list[bytes]:
    """Return the file with each digit of its tables, facts or values turned, one at a time."""
    text = file.read_bytes().decode()
    cells = {
        ".html": r"<(td|dd|th)[^>]*>([^<]*)<",
        ".md": r"^(\|)(.*)$",
        ".csv": r"(^|,)([^,\n]*)(?=,|$)",
        ".json": r"(\": )([^\n]*)",
        ".txt": r"^()(.*)$",
    }[file.suffix]
    found = []
    for cell in re.finditer(cells, text, re.MULTILINE):
        for digit in re.finditer(r"\d", cell[2]):
            at = cell.start(2) + digit.start()
            found.append((text[:at] + turned(text[at]) + text[at + 1 :]).encode())
    return found


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json", "txt"])
def test_each_changed_digit_is_named(settled: Path, esm: Esm, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    assert esm("report", "visits", "--against", "2026-10", "-o", str(file), db=settled).code == 0
    original = file.read_bytes()
    kind = kind_of(str(file))
    read = shown_file.read(file, kind)
    changed = each_digit_of_text(file)
    assert len(changed) > 20
    for content in changed:
        file.write_bytes(content)
        assert compared(shown_file.read(file, kind), read).differences, content.decode()
    file.write_bytes(changed[-1])
    assert places(esm, file, settled)
    file.write_bytes(original)
    assert verified(esm, file, settled)[0] == 0


@pytest.mark.slow
def test_each_changed_cell_of_a_workbook_is_named(settled: Path, esm: Esm, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    assert esm("report", "-o", str(file), db=settled).code == 0
    book = load_workbook(file)
    count = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
                    continue
                kept = cell.value
                cell.value = kept + 1
                book.save(file)
                cell.value = kept
                count += 1
                if count < 6:
                    assert places(esm, file, settled) == [f"{sheet.title}!{cell.coordinate}"]
    assert count > 5
    book.save(file)
    assert verified(esm, file, settled)[0] == 0, "saved by another program"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_changed_figures_of_the_leaders_page_are_named(template: Path, esm: Esm, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "page.html"
    assert esm("report", "overview", "-o", str(file), db=template, lang=lang, today="2027-02-15").code == 0
    text = file.read_text(encoding="utf-8")
    packed = re.search(r'id="listings">([^<]+)<', text)
    assert packed
    rows = zlib.decompress(base64.b64decode(packed[1])).decode()
    tampered_rows = base64.b64encode(zlib.compress(rows.replace("2026-1", "2026-0", 1).encode(), 9)).decode()
    changes = [text.replace(packed[1], tampered_rows)]
    for pattern in (
        r'<dd data-fact="in_scope"><a[^>]*>(\d)',
        r"<b>(\d)",
        r"<td data-row[^>]*><a[^>]*>(\d)",
        r"<title>[^<]*: (\d)[^<]*</title></circle>",
        r'<td data-key="in_scope"[^>]*>(?:<a[^>]*>)?(\d)',
    ):
        found = re.search(pattern, text)
        assert found, pattern
        changes.append(text[: found.start(1)] + turned(found[1]) + text[found.end(1) :])
    for changed in changes:
        file.write_text(changed, encoding="utf-8")
        assert len(places(esm, file, template)) == 1
    file.write_text(text.replace(packed[1], packed[1][:-8]), encoding="utf-8")
    assert len(places(esm, file, template)) > 10


def changed_document(file: Path, old: str, new: str) -> None:
    document = Document(str(file))
    (cell,) = [cell for table in document.tables for row in table.rows for cell in row.cells if cell.text == old][:1]
    for run in cell.paragraphs[0].runs[1:]:
        run.text = ""
    cell.paragraphs[0].runs[0].text = new
    document.save(str(file))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("is_own", [False, True])
def test_a_changed_figure_of_a_bulletin_is_named(
    template: Path, esm: Esm, tmp_path: Path, lang: str, is_own: bool
) -> None:
    file, ours = tmp_path / "bulletin.docx", tmp_path / "ours.docx"
    words = ["bulletin", "--month", "2026-11"]
    if is_own:
        assert esm("bulletin", "--write-template", str(ours), db=template, lang=lang).code == 0
        words += ["--template", str(ours)]
    assert esm(*words, "-o", str(file), db=template, lang=lang).code == 0
    document = Document(str(file))
    document.paragraphs[0].runs[0].text = "本期简报第99期"
    if is_own:
        document.add_table(1, 1).cell(0, 0).text = "3 copies"
    document.save(str(file))
    code, told = verified(esm, file, template)
    assert (code, told["differences"]) == (0, [])
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    old = next(text for text in cells if text.isdigit())
    changed_document(file, old, turned(old[0]) + old[1:])
    assert len(places(esm, file, template)) == 1


@pytest.mark.parametrize("ending", ["html", "md"])
def test_a_number_in_a_sentence_of_esm_is_compared_and_others_are_listed(
    settled: Path, esm: Esm, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"due.{ending}"
    assert esm("due", "--within", "400", "--limit", "2", "-o", str(file), db=settled).code == 0
    text = file.read_text(encoding="utf-8")
    assert "2 shown" in text
    file.write_text(text.replace("2 shown", "3 shown"), encoding="utf-8")
    code, told = verified(esm, file, settled)
    assert isinstance(told["differences"], list)
    assert [(each["place"][:10], each["file"], each["database"]) for each in told["differences"]] == [
        ("the text “", "3", "2")
    ]
    assert code == 1
    end = "</body>" if ending == "html" else "<!-- esm"
    file.write_text(text.replace(end, f"\n本表共3页。\n\n{end}"), encoding="utf-8")
    code, told = verified(esm, file, settled)
    assert (code, told["same"], told["not_compared"]) == (0, True, [{"text": "本表共3页。"}])
    ran = esm("verify", str(file), db=settled)
    assert "Every figure of the file" not in ran.out
    assert "Every figure that was compared" in ran.out


@pytest.mark.parametrize("ending", ["html", "md", "xlsx"])
def test_a_heading_can_be_worded_anew(settled: Path, esm: Esm, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    assert esm("report", "-o", str(file), db=settled).code == 0
    if ending == "xlsx":
        book = load_workbook(file)
        book[book.sheetnames[1]].title = "按街道统计"
        book.save(file)
    else:
        text = file.read_text(encoding="utf-8")
        assert "By subdistrict" in text
        file.write_text(text.replace("By subdistrict", "按街道统计"), encoding="utf-8")
    assert verified(esm, file, settled)[1]["differences"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-11-05", "2026/11/5"), ("12.50", "12.5"), ("0.1987179487179487", "0.198717948717949"), ("50.0%", "50%")],
)
def test_an_office_program_may_spell_a_figure_in_its_own_way(one: str, other: str) -> None:
    assert figure(one) == figure(other)
    assert figure(one) != figure(turned(other[0]) + other[1:])


@pytest.mark.parametrize("ending", ["html", "md", "xlsx", "csv", "json", "txt", "docx"])
def test_a_file_that_was_cut_off_is_never_fine(settled: Path, esm: Esm, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    words = ("bulletin", "--month", "2026-11") if ending == "docx" else ("report",)
    assert esm(*words, "-o", str(file), db=settled).code == 0
    data = file.read_bytes()
    for share in (0.3, 0.6, 0.95):
        file.write_bytes(data[: int(len(data) * share)])
        ran = esm("verify", str(file), db=settled)
        is_named = ran.code == 1 and ending in {"csv", "txt"}
        assert is_named or (ran.code, ran.out) == (5, ""), share
        assert is_named or ending == "md" or "is damaged or incomplete" in ran.err


def natures(esm: Esm, folder: Path, db: Path) -> dict[str, Path]:
    """Write files of esm without a proof; return them by what each is."""
    files = {
        "the answer to a command": folder / "plan.xlsx", "a form": folder / "form.xlsx",
        "an export": folder / "all.xlsx", "a template": folder / "ours.docx",
        "a calendar": folder / "visits.ics",
        "an answer with whole phone numbers": folder / "whole.html", "the week of a cadre": folder / "week.html",
    }  # fmt: skip
    for words in (
        ("visit", "log", CODES[0], "--met", "甲", "--dry-run", "-o", str(files["the answer to a command"])),
        ("visit", "form", CODES[0], "-o", str(files["a form"])),
        ("export", str(files["an export"])),
        ("bulletin", "--write-template", str(files["a template"])),
        ("calendar", "export", "-o", str(files["a calendar"])),
        ("week", "--cadre", "1001", "-o", str(files["the week of a cadre"])),
        ("enterprise", "show", CODES[0], "--with-phones", "-o", str(files["an answer with whole phone numbers"])),
    ):
        assert esm(*words, db=db).code in {0, 1}, words
    return files


def test_a_file_without_a_proof_says_what_it_is(settled: Path, esm: Esm, tmp_path: Path) -> None:
    for nature, file in natures(esm, tmp_path, settled).items():
        ran = esm("verify", str(file), db=settled)
        assert (ran.code, ran.out) == (5, "")
        assert f"is {nature}" in ran.err
        assert "nothing of it was verified" in ran.err


def test_each_page_of_all_weeks_says_what_it_is(districts: dict[str, Path], esm: Esm, tmp_path: Path) -> None:
    assert esm("week", "--all", "-o", str(tmp_path / "weeks"), db=districts["en"]).code == 0
    page = next((tmp_path / "weeks").iterdir())
    assert "is the week of a cadre, so nothing of it was verified" in esm("verify", str(page)).err


def test_what_a_command_answered_is_computed_again_from_the_state_before_it(esm: Esm, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        esm("cadre", "add", f"100{number}", "--name", f"尹虚{number}", "--capacity", "3")
        esm("enterprise", "add", code(number), "--name", f"江畔{number}号", "--above-scale", "--enrolled-on",
            "2026-08-01")  # fmt: skip
    files = [tmp_path / name for name in ("try.html", "assign.json", "plan.xlsx", "over.docx", "over.md", "anew.csv")]
    for words, file in zip(
        [("assign", "--dry-run"), ("assign",), ("schedule", "--until", "2027-03-31"), ("handover", "1001"),
         ("handover", "1002", "--to", "1003", "--dry-run"), ("assign", "--freeze")],
        files, strict=True,
    ):  # fmt: skip
        assert esm(*words, "-o", str(file)).code == 0, words
    assert json.loads(files[1].read_text(encoding="utf-8"))["new"] == 3
    assert esm("visit", "log", code(2), "--met", "甲").code == 0
    assert esm("undo").code == 0
    seals = esm("history", "--format", "json").out
    for file in files:
        ran = esm("verify", str(file), today="2027-03-01")
        assert (ran.code, "All figures of the file agree" in ran.out) == (0, True), ran
    files[1].write_text(files[1].read_text(encoding="utf-8").replace('"new": 3', '"new": 2'), encoding="utf-8")
    ran = esm("verify", str(files[1]))
    assert (ran.code, re.search(r"new +2 +3", ran.out) is not None) == (1, True)
    assert esm("history", "--format", "json").out == seals


def test_a_handover_with_whole_phones_carries_no_proof(settled: Path, esm: Esm, tmp_path: Path) -> None:
    before = tmp_path / "before.db"
    shutil.copy(settled, before)
    assert esm("handover", STAFF[0], "--with-phones", "-o", str(tmp_path / "h.json"), db=before).code in {0, 1}
    assert not (tmp_path / "h.json.proof").exists()


def test_a_name_and_prose_are_free(settled: Path, esm: Esm, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    assert esm("due", "--within", "400", "-o", str(file), db=settled).code == 0
    text = file.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if "企业" in line or "号" in line or "|" in line)
    file.write_text(
        text.replace("\n" + first, "\n\n本报告由办公室于12月整理，共3页。\n\n" + first, 1), encoding="utf-8"
    )
    assert verified(esm, file, settled)[0] == 0


def tampered(path: Path, statements: str) -> None:
    """Change a database behind the back of esm."""
    with closing(database_content.bare(path)) as connection:
        SqliteConnection(connection).remove_definitions()
        connection.executescript(statements)
        SqliteConnection(connection).install_definitions()


@pytest.mark.parametrize(
    ("statements", "row", "what"),
    [
        ("UPDATE visit SET done_on = '2026-10-09' WHERE id = 1", "visit 1", "changed without the journal"),
        ("DELETE FROM visit WHERE id = 1", "visit 1", "deleted without the journal"),
        ("UPDATE change SET new = replace(new, '2026', '2025') WHERE operation_id = 2", "operation 2",
         "changed after it was sealed"),
    ],
)  # fmt: skip
def test_a_row_changed_in_the_past_is_named(
    settled: Path, esm: Esm, tmp_path: Path, statements: str, row: str, what: str
) -> None:
    file = tmp_path / "visits.json"
    assert esm("visit", "list", "-o", str(file), db=settled).code == 0
    assert esm("config", "set", "due_soon_days", "10", db=settled).code == 0
    tampered(settled, statements)
    code, told = verified(esm, file, settled)
    assert code == 1
    assert {"place": row, "file": None, "database": what} in told["differences"]  # type: ignore[operator]


def test_another_database_and_a_rewritten_history_are_named(
    settled: Path, template: Path, esm: Esm, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    assert esm("report", "-o", str(file), db=settled).code == 0
    assert places(esm, file, template) == ["the database"]
    earlier = tmp_path / "earlier.db"
    shutil.copy(settled, earlier)
    assert esm("config", "set", "due_soon_days", "10", db=settled).code == 0
    assert esm("report", "-o", str(file), "--force", db=settled).code == 0
    assert places(esm, file, earlier) == ["the head, operation 7"]
    assert esm("config", "set", "due_soon_days", "11", db=earlier).code == 0
    assert places(esm, file, earlier) == ["the head, operation 7"]


def with_changed_proof(file: Path, change: Callable[[dict[str, object]], object]) -> None:
    beside = file.with_name(f"{file.name}.proof")
    proof = json.loads(beside.read_text(encoding="utf-8"))
    change(proof)
    beside.write_text(json.dumps(proof), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"figures": "0" * 64}, "the digest of the figures"),
        ({"as_of": "2026-11-22"}, "the date of the figures"),
        ({"version": "99.0"}, "the version of esm"),
        ({"version": "my own"}, "the version of esm"),
    ],
)
def test_a_changed_proof_is_named(
    settled: Path, esm: Esm, tmp_path: Path, change: dict[str, object], part: str
) -> None:
    file = tmp_path / "report.csv"
    assert esm("report", "-o", str(file), db=settled).code == 0
    with_changed_proof(file, lambda proof: proof.update(change))
    assert places(esm, file, settled) == [part]


@pytest.mark.parametrize(
    "asked",
    [
        ["undo"], ["db", "init"],
        ["handover", STAFF[0], "--write-template=x.docx"], ["demo", "somewhere"], ["due", "--digest=somewhere"],
        ["due", "--send"],
        ["no", "such"], ["report", "--no-such"], ["visit", "list", "--with-phones"], [], ["report", "nothing"],
        ["import", "x.csv"], ["verify", "report.csv"],
    ],
)  # fmt: skip
def test_a_proof_never_makes_esm_do_anything_but_ask(
    settled: Path, esm: Esm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "report.csv"
    assert esm("report", "-o", str(file), db=settled).code == 0
    with_changed_proof(file, lambda proof: proof.update(asked=asked))
    before, names = database_content.digest(settled), sorted(tmp_path.iterdir())
    ran = esm("verify", str(file), db=settled)
    assert (ran.code, ran.out) == (5, "")
    assert (database_content.digest(settled), sorted(tmp_path.iterdir())) == (before, names)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.html", b"<p>nothing</p>", 5), ("none.md", b"# Nothing", 5), ("none.csv", b"a,b\n1,2\n", 5),
        ("none.xlsx", b"PK", 5), ("none.txt", b"text", 5), ("none.pdf", b"%PDF", 2), ("empty.json", b"", 5),
    ],
)  # fmt: skip
def test_a_file_without_proof_is_refused(
    settled: Path, esm: Esm, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    (tmp_path / name).write_bytes(content)
    assert esm("verify", str(tmp_path / name), db=settled).code == code
    assert esm("verify", str(tmp_path / "missing.html"), db=settled).code == 5


def test_what_is_no_report_carries_no_proof(settled: Path, esm: Esm, tmp_path: Path) -> None:
    assert esm("visit", "form", CODES[0], "-o", str(tmp_path / "form.xlsx"), db=settled).code == 0
    assert esm("enterprise", "show", CODES[0], "--with-phones", "-o", str(tmp_path / "a.csv"), db=settled).code == 0
    assert not list(tmp_path.glob("*.proof"))
    assert shown_file.proof_text(tmp_path / "form.xlsx", "xlsx") is None


def test_a_table_and_its_proof_are_written_both_or_not_at_all(settled: Path, esm: Esm, tmp_path: Path) -> None:
    beside = tmp_path / "due.csv.proof"
    beside.write_text("mine", encoding="utf-8")
    assert esm("due", "-o", str(tmp_path / "due.csv"), db=settled).code == 4
    assert list(tmp_path.glob("due*")) == [beside]
    assert esm("due", "-o", str(tmp_path / "due.csv"), "--force", db=settled).code == 0
    proof = parsed_proof(beside.read_text(encoding="utf-8"))
    assert proof is not None
    assert (proof.command, proof.today, proof.version) == ("esm due", TODAY, __version__)


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        *((("due", "--within", "60", "-o"), ending) for ending in (*FORMATS, "txt")),
        (("bulletin", "--month", "2026-11", "-o"), "docx"), (("report", "overview", "-o"), "xlsx"),
        (("calendar", "export", "-o"), "ics"), (("export",), "xlsx"), (("template",), "xlsx"),
        (("visit", "form", CODES[0], "-o"), "xlsx"),
    ],
)  # fmt: skip
def test_the_same_question_gives_the_same_bytes_whatever_the_clock_says(
    settled: Path, esm: Esm, tmp_path: Path, words: tuple[str, ...], ending: str
) -> None:
    """No file has a time in it that is not of the day asked about: neither its parts nor its properties."""
    files = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for file in files:
        assert esm(*words, str(file), db=settled).code == 0
        if ending in {"xlsx", "docx"}:
            with ZipFile(file) as archive:
                (dated,) = {part.date_time for part in archive.infolist()}
                assert dated in LIBRARY_DAYS
                told = re.findall(r"T(\d\d:\d\d:\d\d)Z", archive.read("docProps/core.xml").decode())
                assert ending == "docx" or set(told) == {"00:00:00"}, "the day alone"
    assert files[0].read_bytes() == files[1].read_bytes()


def test_properties_of_an_office_program_are_kept(settled: Path, esm: Esm, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    assert esm("report", "-o", str(file), db=settled).code == 0
    proof = shown_file.proof_text(file, "xlsx")
    assert proof
    from esm.formats.proof.attachment import with_proof

    again = with_proof(file.read_bytes().replace(b"esm-proof", b"esm-other"), "xlsx", proof)
    with ZipFile(BytesIO(again)) as archive:
        assert archive.testzip() is None
        assert archive.getinfo("docProps/custom.xml").compress_type == ZIP_DEFLATED
    assert load_workbook(BytesIO(again)).custom_doc_props.names
