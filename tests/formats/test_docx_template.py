"""A template of an office is data: it is filled, its faults are named, and it runs nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from tests.conftest import Esm

from esm.errors import InputRefused
from esm.formats.write.docx.report_values import report_values
from esm.formats.write.docx.template import filled_from
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet

VALUES = {"title": "Report <&>", "fact": {"served": "12"}, "table": {"units": {"rows": [{"name": "a"}, {"name": "b"}]}}}


def template(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(rows=len(cells), cols=1)
        for number, text in enumerate(cells):
            table.cell(number, 0).text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text(*paragraphs: str, cells: tuple[str, ...] = ()) -> list[str]:
    (document,) = filled_from(template(*paragraphs, cells=cells), [VALUES], "own.docx")
    found = Document(BytesIO(document))
    return [one.text for one in found.paragraphs] + [c.text for t in found.tables for r in t.rows for c in r.cells]


def fault(*paragraphs: str) -> str:
    with pytest.raises(InputRefused) as refused:
        text(*paragraphs)
    return str(refused.value)


def test_values_are_text_and_rows_repeat() -> None:
    cells = ("{%tr for row in table.units.rows %}", "{{ row.name }}", "{%tr endfor %}")
    assert text("{{ title }}: {{ fact.served }}", cells=cells) == ["Report <&>: 12", "a", "b"]
    assert text("{%p if fact.served %}", "yes", "{%p endif %}") == ["yes"]


def test_what_xml_cannot_hold_is_spelled_out() -> None:
    sheet = Sheet(
        "units", "T\x0b", (Column("name", "N"),), [("a\x00\x1b\ud800\ufffeb" + "长" * 5000,), ("{{ title }}",)]
    )
    values = report_values(Report("t\x01<w:p/>", (Fact("of", "of", "\u202ex"),), (sheet,)))
    rows = ("{%tr for row in table.units.rows %}", "{{ row.name }}", "{%tr endfor %}")
    (document,) = filled_from(template("{{ title }} {{ fact.of }}", cells=rows), [values], "own.docx")
    found = Document(BytesIO(document))
    assert found.paragraphs[0].text == r"t\x01<w:p/> \u202ex"
    assert [row.cells[0].text for row in found.tables[0].rows] == [
        r"a\x00\x1b\ud800\ufffeb" + "长" * 5000, "{{ title }}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraphs", "place", "reason"),
    [
        (("Good", "Total {{ fact.serving }}"), "Total {{ fact.serving }}", "there is no serving"),
        (("Good", "Total {{ sums }}", "End"), "Total {{ sums }}", "there is no sums; at the top there are: fact,"),
        (("{% if false %}{{ sums }}{% endif %}",), "sums", "there is no sums"),
        (("Good", "Total {{ title"), "Total {{ title", ""),
        (("Good", "{%p for row in table.units.rows %}", "{{ row.name }}"), "", "endfor"),
        (("Good", "{{ title | shout }}"), "{{ title | shout }}", "shout"),
        (("Good", "{{ 1 / 0 }}"), "{{ 1 / 0 }}", "zero"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(paragraphs: tuple[str, ...], place: str, reason: str) -> None:
    told = fault(*paragraphs)
    assert told.startswith("own.docx")
    assert place in told
    assert reason in told


@pytest.mark.parametrize(
    "expression",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ title.format.__globals__ }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'].system('touch ran') }}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '/etc/passwd' %}",
        "{{ 'x' * 100000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ range(100000000) | list }}",
        "{{ table.units.rows.append(1) }}",
        "{{ fact.update(served='1') }}",
    ],
)
def test_a_template_runs_nothing_and_reads_nothing(
    expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = fault(expression)
    assert "root:" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("esm.formats.read.bounded_process.SECONDS", 1)
    loops = "".join(f"{{% for a{n} in range(9999) %}}" for n in range(6)) + "{% endfor %}" * 6
    assert "too long" in fault(loops)


def test_an_entity_of_xml_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    source, buffer = zipfile.ZipFile(BytesIO(template("{{ title }} MARK"))), BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                kind = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{tmp_path}/secret">]>'.encode()
                head, _, body = data.partition(b"?>")
                data = head + b"?>" + kind + body.replace(b"MARK", b"&f;")
            changed.writestr(entry.filename, data)
    try:
        (document,) = filled_from(buffer.getvalue(), [VALUES], "own.docx")
    except InputRefused:
        return
    assert b"secret" not in zipfile.ZipFile(BytesIO(document)).read("word/document.xml")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 broken", "not a document".encode("utf-16")])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused, match="not a Word document"):
        filled_from(data, [VALUES], "own.docx")


def test_our_template_can_be_changed_and_used(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    ours, out = tmp_path / "ours.docx", tmp_path / "bulletin.docx"
    assert esm("bulletin", "--write-template", str(ours), lang="zh").code == 0
    assert esm("bulletin", "--write-template", str(ours), lang="zh").code == 4
    document = Document(str(ours))
    document.add_paragraph("本区自拟：{{ fact.visits }}次；{{ table.by_department.count }}个部门")
    document.save(str(ours))
    words = ("bulletin", "--month", "2026-10", "--template", str(ours), "-o", str(out))
    assert esm(*words, db=districts["zh"], lang="zh").code == 0
    paragraphs = [one.text for one in Document(str(out)).paragraphs]
    assert any(one.startswith("本区自拟：136次；") for one in paragraphs)
    assert "一、总体情况" in paragraphs


def test_a_template_with_a_fault_writes_nothing(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(template("{{ title }}", "共{{ fact.visitors }}次"))
    for words in (("bulletin", "--month", "2026-10", "-o", str(tmp_path / "b.docx")),
                  ("report", "letters", "-o", str(tmp_path / "letters"))):  # fmt: skip
        ran = esm(*words, "--template", str(own), db=districts["zh"], lang="zh")
        assert (ran.code, ran.out) == (5, "")
        assert "“共{{ fact.visitors }}次”处：没有 visitors" in ran.err
        assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db"] == ["own.docx"]


def test_the_template_of_letters_is_ours_to_give(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    ours = tmp_path / "ours.docx"
    assert esm("report", "letters", "--write-template", str(ours)).code == 0
    words = ("report", "letters", "-o", str(tmp_path / "letters"), "--template", str(ours))
    assert esm(*words, db=districts["en"]).code == 0
    assert len(list((tmp_path / "letters").iterdir())) > 10
