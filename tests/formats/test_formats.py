"""What a sheet says in each format; read back with libraries that are not the ones that wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from rich.cells import cell_len
from tests.conftest import budget
from tests.sample_cells import CELLS, HOSTILE

from esm import formats
from esm.domain.values.ratio import Ratio
from esm.errors import UsageRefused
from esm.formats.read import csv as read_csv
from esm.formats.write import cell_text
from esm.formats.write.screen import terminal
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term


def _sheet(rows: list[tuple[Cell, ...]], *labels: str, **more: Any) -> Sheet:
    columns = tuple(Column(f"key{number}", label) for number, label in enumerate(labels))
    return Sheet("listing", "Listing", columns, rows, **more)


def _names() -> Sheet:
    return _sheet([(name,) for name in HOSTILE], "name")


def _all_kinds() -> Sheet:
    columns = tuple(Column(key, key.upper()) for key in CELLS)
    return Sheet("kinds", "Kinds", columns, [tuple(CELLS.values())])


def _report(*sheets: Sheet) -> Report:
    facts = (Fact("in_scope", "in scope", 4), Fact("rate", "走访率", Ratio(1, 2)))
    return Report("Coverage", facts, sheets, ("so far",))


def _csv(shown: Sheet | Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(formats.text(shown, "csv"), newline=""), strict=True))


def _printed(capsys: pytest.CaptureFixture[str], shown: Sheet | Report, width: int = 80) -> str:
    terminal.print_rich(shown, color=False, width=width)
    return capsys.readouterr().out


def _workbook(shown: Sheet | Report) -> Any:
    return load_workbook(io.BytesIO(formats.data(shown, "xlsx")))


class _Rendered(HTMLParser):
    """Collects the tags and the text of each table cell of a rendered page."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]).render(markdown))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.cells += [""] if tag == "td" else []

    def handle_data(self, data: str) -> None:
        if self.cells and data.strip():
            self.cells[-1] += data


def test_json_has_one_object_a_row_with_machine_values() -> None:
    assert json.loads(formats.text(_all_kinds(), "json")) == [
        {
            "name": "晨光机械",
            "count": 7,
            "is_paused": True,
            "revenue": 1250.5,
            "whole": 3000,
            "due_on": "2026-03-01",
            "rate": {"part": 3, "whole": 4},
            "state": "overdue",
            "expertise": ["C39", "C4"],
            "staff_no": None,
        }
    ]


def test_a_whole_decimal_is_a_whole_number_in_json() -> None:
    assert '"key0": 3000\n' in formats.text(_sheet([(Decimal("3E+3"),)], "revenue"), "json")


def test_json_of_a_report_is_one_object_with_facts_and_listings() -> None:
    shown = _report(_sheet([("A", 3)], "tier", "count"))
    wanted = {
        "in_scope": 4,
        "rate": {"part": 1, "whole": 2},
        "listing": [{"key0": "A", "key1": 3}],
        "notes": ["so far"],
    }
    assert json.loads(formats.text(shown, "json")) == wanted


def test_json_is_readable_text_of_utf8_with_a_newline_at_its_end() -> None:
    written = formats.data(_sheet([("晨光",)], "name"), "json").decode("utf-8")
    assert written == '[\n  {\n    "key0": "晨光"\n  }\n]\n'


def test_json_keeps_every_name_but_shows_no_control_character() -> None:
    written = formats.data(_names(), "json").decode("utf-8")
    assert [row["key0"] for row in json.loads(written)] == list(HOSTILE)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", written)


def test_a_column_or_fact_is_left_out_where_it_is_not_meant_to_be_shown() -> None:
    columns = (Column("shown", "Shown", data=False), Column("kept", "Kept", table=False))
    facts = (Fact("sum", "Sum", 1, data=False), Fact("code", "Code", 2, table=False))
    shown = Report("Title", facts, (Sheet("rows", "Rows", columns, [("x", "y")]),))
    assert json.loads(formats.text(shown, "json")) == {"code": 2, "rows": [{"kept": "y"}], "notes": []}
    assert _csv(shown)[1] == {"part": "rows", "code": "", "kept": "y"}
    words = {kind: set(re.findall(r"\w+", formats.text(shown, kind))) for kind in ("plain", "md")}
    assert words["plain"] == words["md"] == {"Title", "Sum", "1", "Rows", "Shown", "x"}
    assert [cell.value for cell in _workbook(shown)["Rows"][2]] == ["Shown", "Kept"]


def test_csv_has_keys_as_header_and_machine_values() -> None:
    assert formats.text(_all_kinds(), "csv").splitlines() == [
        "name,count,is_paused,revenue,whole,due_on,rate,state,expertise,staff_no",
        "晨光机械,7,true,1250.5,3000,2026-03-01,3/4,overdue,C39;C4,",
    ]


def test_csv_of_a_report_tells_the_parts_apart() -> None:
    tiers = Sheet("by_tier", "By tier", (Column("tier", "tier"), Column("in_scope", "in scope")), [("A", 3)])
    assert formats.text(_report(tiers), "csv").splitlines() == [
        "part,in_scope,rate,tier",
        "summary,4,1/2,",
        "by_tier,3,,A",
    ]


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_no_text_in_csv_starts_a_formula(start: str) -> None:
    (record,) = _csv(_sheet([(start + "1", (start,), Term(start, "label"))], "a", "b", "c"))
    assert all(value.startswith("'") for value in record.values())


def test_numbers_and_dates_in_csv_get_no_apostrophe() -> None:
    (record,) = _csv(_sheet([(-3, Decimal("-1.5"), date(2026, 3, 1))], "a", "b", "c"))
    assert list(record.values()) == ["-3", "-1.5", "2026-03-01"]


def test_csv_shows_every_hostile_name_in_one_cell() -> None:
    guarded = ["'" + seen if seen.startswith("=") else seen for seen in HOSTILE.values()]
    assert [record["key0"] for record in _csv(_names())] == [seen.replace(r"\n", "\n") for seen in guarded]


def test_a_csv_written_and_read_again_says_the_same() -> None:
    names = ["甲\n乙", "=1+1", "'quoted", 'a "b", c', "@name", "-3"]
    data = formats.data(_sheet([(name,) for name in names], "name"), "csv")
    assert [row[0] for row in read_csv.read(data, "names.csv").rows[1:]] == names


@pytest.mark.parametrize(
    "text",
    ["007", "913301001290404799", "1.50", ".5", "1e5", "3/4", "2026-03-01", "2026年3月1日", "14:30", "50%", "1,234",
     "TRUE", "false", "1 Mar", "mar-26", "５０", "￥5", "(5)", "123456789012"],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_would_eat_is_kept_in_a_file_and_plain_on_the_screen(text: str) -> None:
    sheet = _sheet([(text,)], "name")
    quoted = text if "," not in text else f'"{text}"'
    assert formats.text(sheet, "csv") == f"key0\n{quoted}\n"
    for data in (formats.data(sheet, "csv"), formats.exported(sheet)):
        assert data.decode("utf-8-sig") == f'key0\n"=""{text}"""\n'
        assert read_csv.read(data, "f.csv").rows[1] == [text]


@pytest.mark.parametrize(
    "text", ["7", "0", "12345678901", "甲1", "C3983", "1-3号楼", "91330100MA00000000", "mar", "", "、"]
)
def test_what_a_spreadsheet_keeps_is_not_wrapped(text: str) -> None:
    sheet = _sheet([(text, 7)], "name", "count")
    assert formats.exported(sheet).decode("utf-8-sig") == f"key0,key1\n{text},7\n"


@pytest.mark.parametrize(
    "text",
    ["a\tb", "a\x1b[2Jb", "a\rb", "a\r\nb", "x\u202ey", "'=1", "''=1", "'", '="007"', '\'="7"', '"', "\\t", "\ttab"],
)
def test_an_exported_text_is_read_back_as_it_is(text: str) -> None:
    assert read_csv.read(formats.exported(_sheet([(text, 7)], "name", "count")), "f.csv").rows[1] == [text, "7"]


def test_only_a_csv_file_carries_the_mark_for_excel() -> None:
    sheet = _sheet([("晨光",)], "name")
    assert formats.data(sheet, "csv") == b"\xef\xbb\xbf" + formats.text(sheet, "csv").encode()
    assert all(formats.data(sheet, kind) == formats.text(sheet, kind).encode() for kind in ("json", "md", "table"))


def test_markdown_shows_labels_and_words_for_people() -> None:
    lines = formats.text(_all_kinds(), "md").splitlines()
    assert lines[0] == "## Kinds"
    assert lines[2].startswith("| NAME | COUNT | IS\\_PAUSED | REVENUE |")
    assert lines[4] == "| 晨光机械 | 7 | yes | 1250.5 | 3000 | 2026-03-01 | 3/4 (75.0%) | 逾期 | C39, C4 |  |"


def test_markdown_of_a_report_has_facts_listings_and_notes() -> None:
    page = formats.text(_report(_sheet([], "tier", empty="nobody")), "md")
    facts = "|  |  |\n| --- | --- |\n| in scope | 4 |\n| 走访率 | 1/2 (50.0%) |"
    assert page == f"## Coverage\n\n{facts}\n\n### Listing\n\nnobody\n\nso far\n"


def test_no_name_is_markup_when_markdown_is_rendered() -> None:
    rendered = _Rendered(formats.text(_names(), "md"))
    assert rendered.cells == list(HOSTILE.values())
    assert rendered.tags == {"h2", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("note", ["# x", "- x", "+ x", "1. x", "12) x", "> x", "    x", *HOSTILE])
def test_a_note_is_a_paragraph_whatever_it_starts_with(note: str) -> None:
    assert _Rendered(formats.text(_sheet([], "name", notes=(note,)), "md")).tags == {"h2", "p"}


def test_the_plain_table_is_aligned_and_whole() -> None:
    rows: list[tuple[Cell, ...]] = [("晨光机械", 7, True, None), ("Ao", 12345, False, "e\u0301")]
    lines = formats.text(_sheet(rows, "名称", "count", "?", "x", notes=("note",)), "plain").split("\n")
    assert lines == [
        "Listing",
        "名称      count  ?    x",
        "晨光机械      7  yes",
        "Ao        12345  no   e\u0301",
        "",
        "note",
        "",
    ]


def test_the_plain_report_has_facts_listings_and_notes() -> None:
    listing = _sheet([], "tier", empty="nobody")
    facts = "Coverage\nin scope  4\n走访率    1/2 (50.0%)\n"
    assert formats.text(_report(listing), "plain") == f"{facts}\nListing\nnobody\n\nso far\n"


SPELLED = {"\n": r"\n", "\x1b": r"\x1b", "\u202e": r"\u202e", "\ud800": r"\ud800"}
PIECE = st.sampled_from(["a", " ", "晨", "Ｗ", "，", "e\u0301", "😀", *SPELLED])
NAME = st.lists(PIECE, max_size=40).map("".join)


@budget(60)
@given(rows=st.lists(st.tuples(NAME, st.dates(), NAME), min_size=1, max_size=6))
def test_plain_columns_start_at_one_width_and_lose_nothing(rows: list[tuple[str, date, str]]) -> None:
    _, _, *lines = formats.text(_sheet(list(rows), "name", "due_on", "note"), "plain").splitlines()
    starts = set()
    for line, (name, due_on, note) in zip(lines, rows, strict=True):
        seen = ["".join(SPELLED.get(character, character) for character in text) for text in (name, note)]
        start = line.index(f"  {due_on}") + 2
        starts.add(cell_len(line[:start]))
        assert line[:start].rstrip(" ") == seen[0].rstrip(" ")
        assert line[start:] == f"{due_on}  {seen[1]}".rstrip(" ")
    assert len(starts) == 1


@pytest.mark.parametrize("kind", ["plain", "csv", "md"])
def test_no_text_for_people_holds_a_character_that_acts(kind: str) -> None:
    hostile = "".join(HOSTILE)
    sheet = Sheet("k", hostile, (Column("k", hostile),), [(hostile,)], (hostile,))
    shown = Report(hostile, (Fact("f", hostile, Term(hostile, hostile)),), (sheet,), (hostile,))
    acting = r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    assert not re.search(acting, formats.text(shown, kind))


def test_hostile_names_stand_on_the_terminal_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _printed(capsys, _names()).splitlines()
    assert [line.rstrip() for line in lines[-len(HOSTILE) :]] == list(HOSTILE.values())


def test_the_terminal_gets_no_escape_code_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in _printed(capsys, _report(_names(), _all_kinds()))


def test_with_colour_only_what_is_overdue_is_red(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    rows: list[tuple[Cell, ...]] = [(Term("overdue", "late"), "overdue"), (Term("upcoming", "soon"), "x")]
    terminal.print_rich(_sheet(rows, "state", "name"), color=True, width=80)
    assert re.findall(r"\x1b\[31m(\w+)", capsys.readouterr().out) == ["late"]


def test_chinese_columns_line_up_at_eighty_cells_while_text_folds(capsys: pytest.CaptureFixture[str]) -> None:
    name = "晨光精密机械制造有限责任公司临江第一分公司"
    rows: list[tuple[Cell, ...]] = [(name, date(2026, 3, n), 1000 * n, name + "二") for n in range(1, 4)]
    lines = _printed(capsys, _sheet(rows, "企业名称", "应访日", "人数", "备注")).splitlines()
    starts = [(line, line.index("2026-03")) for line in lines if "2026-03" in line]
    assert max(map(cell_len, lines)) <= 80
    assert len(starts) == 3
    assert len({cell_len(line[:start]) for line, start in starts}) == 1
    assert all(re.search(rf"2026-03-0{n}\s+{n}000\s", "\n".join(lines)) for n in range(1, 4))
    assert all("".join(lines).count(character) >= 6 for character in set(name))


def test_long_chinese_labels_above_numbers_are_broken_so_that_the_table_fits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    labels = ("部门", *(f"未见到企业人员第{n}" for n in "甲乙丙丁戊己"))
    lines = _printed(capsys, _sheet([("税务局", 1, 2, 3, 4, 5, 6)], *labels)).splitlines()
    assert max(map(cell_len, lines)) <= 80
    (row,) = (line for line in lines if "税务局" in line)
    assert row.split() == ["税务局", "1", "2", "3", "4", "5", "6"]
    assert all("".join(lines).count(character) == 6 for character in "未见到企业人员第")


@pytest.mark.parametrize("width", [24, 30, 37, 38, 45])
def test_on_a_narrow_terminal_dates_and_numbers_are_whole(capsys: pytest.CaptureFixture[str], width: int) -> None:
    cells = (date(2026, 3, 1), date(2026, 4, 2), 123456, "晨光机械" * 5)
    printed = _printed(capsys, _sheet([cells], "last", "due", "count", "name"), width)
    assert max(map(cell_len, printed.splitlines())) <= width
    assert {"2026-03-01", "2026-04-02", "123456"} <= set(re.findall(r"[\d-]+", printed))
    assert len(re.findall("[晨光机械]", printed)) == 20


def test_numbers_are_right_aligned_on_the_terminal_and_data_columns_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    columns = (Column("name", "name"), Column("uscc", "uscc", table=False), Column("count", "count"))
    sheet = Sheet("listing", "Listing", columns, [("a", "hidden", 7), ("b", "hidden", 12345)])
    assert [line.rstrip() for line in _printed(capsys, sheet).splitlines()[-2:]] == [
        "a         7",
        "b     12345",
    ]


def test_an_empty_listing_says_so_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    printed = _printed(capsys, _report(_sheet([], "tier", empty="nobody")))
    assert [line.rstrip() for line in printed.splitlines() if line.strip()] == [
        "Coverage",
        "in scope  4",
        "走访率    1/2 (50.0%)",
        "Listing",
        "nobody",
        "so far",
    ]


def test_a_credit_code_is_never_broken_over_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    long = "晨光精密机械制造有限责任公司" * 3
    rows: list[tuple[Cell, ...]] = [("91339907MAPH8ETP9Y", long, long, long, long)] * 2
    printed = _printed(capsys, _sheet(rows, "code", "name", "where", "who", "why"))
    assert printed.count("91339907MAPH8ETP9Y") == 2


def test_a_format_that_contradicts_the_ending_is_refused() -> None:
    assert formats.kind_of("a", "csv") == formats.kind_of("a.csv", "csv") == "csv"
    with pytest.raises(UsageRefused, match=r"a\.xlsx has the extension of xlsx, but --format is csv"):
        formats.kind_of("a.xlsx", "csv")


def test_every_format_character_is_seen_by_people() -> None:
    acting = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) in {"Cc", "Cf", "Zl", "Zp"}]
    assert [character for character in acting if cell_text.visible(character) == character] == []


def test_the_ending_of_a_file_names_its_format() -> None:
    names = ["a.txt", "a.json", "a.NDJSON", "A.CSV", "b.c/a.md", "a.xlsx", "a.html"]
    assert [formats.kind_of(name) for name in names] == list(formats.FORMATS)


@pytest.mark.parametrize("name", ["a", "a.xls", ".csv", "a.csv/b", ""])
def test_another_ending_is_refused_with_the_endings_there_are(name: str) -> None:
    with pytest.raises(UsageRefused) as refusal:
        formats.kind_of(name)
    assert ".json, .ndjson, .csv, .md, .xlsx" in str(refusal.value.hint)


def test_a_workbook_is_refused_as_text() -> None:
    with pytest.raises(UsageRefused):
        formats.text(_all_kinds(), "xlsx")


def test_a_piped_table_loads_no_library_that_draws_or_calculates() -> None:
    module = "esm.formats.write.screen.plain_text"
    code = f"import sys, {module}; print({{'rich', 'xlsxwriter', 'csv', 'json'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
