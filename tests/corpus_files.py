"""Section A of the catalogue: files and containers."""

from __future__ import annotations

import os
import struct
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import xlwt
from tests.corpus import (
    GOOD,
    HEADER,
    OTHER,
    SHEET,
    A,
    B,
    Expected,
    bytes_file,
    case,
    csv,
    lines,
    refused,
    repacked,
    xlsx,
)  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@case("A1")
def empty_file(folder: Path) -> Expected:
    return refused(bytes_file(folder, "r.xlsx", b""), "0 bytes")


@case("A2")
def text_named_xlsx(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), name="enterprises.xlsx"))


@case("A3")
def old_xls(folder: Path) -> Expected:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    for number, row in enumerate((HEADER, GOOD)):
        for position, cell in enumerate(row):
            sheet.write(number, position, cell)
    book.save(str(folder / "r.xls"))
    return Expected(folder / "r.xls")


@case("A3")
def old_xls_named_xlsx_with_real_dates_and_a_hidden_sheet(folder: Path) -> Expected:
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, key in (("企业", 0), ("企业名录", 1)):
        sheet = book.add_sheet(name)
        sheet.visibility = key
        for position, cell in enumerate(HEADER[:4]):
            sheet.write(0, position, cell)
        for position, cell in enumerate(((A, B)[key], "虚构甲", "江畔街道")):
            sheet.write(1, position, cell)
        sheet.write(1, 3, date(2026, 3, 1), style)
    book.save(str(folder / "r.xlsx"))
    return refused(folder / "r.xlsx", "the sheet is hidden", cells="A2")


@case("A4")
def password(folder: Path) -> Expected:
    def entry(name: str, kind: int, child: int) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBiii", len(wide), kind, 1, -1, -1, child)
        return wide.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<iQ", -2, 0)

    header = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<iiiiiiiiii", 0, 1, 1, 0, 4096, -2, 0, -2, 0, 0) + b"\xff" * 432
    table = struct.pack("<ii", -3, -2) + b"\xff" * 504
    entries = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, -1) + b"\0" * 256
    return refused(bytes_file(folder, "r.xlsx", header + table + entries), "password", "remove the password")


@case("A5")
def web_page_named_xls(folder: Path) -> Expected:
    return refused(csv(folder, "<html><table><tr><td>企业名称</td></tr></table></html>", name="r.xls"), "web page")


@case("A6")
def zip_that_is_no_workbook(folder: Path) -> Expected:
    with zipfile.ZipFile(folder / "r.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    return refused(folder / "r.xlsx", "archive")


@case("A7")
def cut_off(folder: Path) -> Expected:
    path = xlsx(folder)
    path.write_bytes(path.read_bytes()[:-400])
    return refused(path, "damaged")


@case("A8")
def wrong_checksum(folder: Path) -> Expected:
    path = xlsx(folder)
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    data[place + 16] ^= 0xFF
    path.write_bytes(data)
    return refused(path, "damaged")


@case("A9")
def zip_bomb(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{"xl/media/a.bin": bytes(60 << 20)})
    return refused(path, "expands to")


@case("A9")
def too_many_parts(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{f"xl/media/{n}.bin": b"" for n in range(2001)})
    return refused(path, "too large")


@case("A10")
def entity_bomb(folder: Path) -> Expected:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    path = repacked(xlsx(folder), "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", doctype + b"<workbook", 1))
    return Expected(path)


@case("A12")
def macros(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{"xl/vbaProject.bin": b"x"})
    return Expected(path.rename(folder / "r.xlsm"), says=("macros were not run",))


@case("A13")
def links_to_other_workbooks(folder: Path) -> Expected:
    link = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    return Expected(repacked(xlsx(folder), SHEET, lambda xml: xml, **link), says=("other workbooks",))


@case("A15")
def phantom_rows_to_the_last(folder: Path) -> Expected:
    ghosts = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in (500_000, 1_048_576))
    path = repacked(xlsx(folder), SHEET, lambda xml: xml.replace(b"</sheetData>", ghosts + b"</sheetData>"))
    return Expected(path)


@case("A16")
def wrong_dimension(folder: Path) -> Expected:
    path = xlsx(folder, (HEADER, GOOD, OTHER))
    return Expected(repacked(path, SHEET, lambda xml: xml.replace(b'ref="A1:E3"', b'ref="A1"')), added=2)


@case("A17")
def crafted_xls(folder: Path) -> Expected:
    path = old_xls(folder).file
    data = bytearray(path.read_bytes())
    for place in range(512, len(data), 37):
        data[place] ^= 0x5A
    path.write_bytes(data)
    return refused(path)


@case("A19")
def folder_as_file(folder: Path) -> Expected:
    (folder / "r.xlsx").mkdir()
    return refused(folder / "r.xlsx", "folder or a device")


@case("A19")
def pipe_as_file(folder: Path) -> Expected:
    os.mkfifo(folder / "r.csv")
    return refused(folder / "r.csv", "folder or a device")


@case("A20")
def lock_of_an_open_workbook(folder: Path) -> Expected:
    return refused(bytes_file(folder, "~$r.xlsx", b"\x05clerk" + bytes(159)), "is a lock file")


@case("A21")
def open_document(folder: Path) -> Expected:
    with zipfile.ZipFile(folder / "r.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return refused(folder / "r.ods", "OpenDocument")


@case("A23")
def missing_file(folder: Path) -> Expected:
    return refused(folder / "none.xlsx", "does not exist")


@case("A23")
def file_name_with_quotes_and_blanks(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), name="规上 '企业' \"2026\".csv"))


@case("A24")
def strict_open_xml(folder: Path) -> Expected:
    path = xlsx(folder)
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for part in ("xl/workbook.xml", SHEET):
        repacked(path, part, lambda xml: xml.replace(old, new))
    return Expected(path)


@case("A3")
def old_xls_cut_off(folder: Path) -> Expected:
    path = old_xls(folder).file
    path.write_bytes(path.read_bytes()[:700])
    return refused(path, "damaged", "save it as .xlsx")


@case("A4")
def password_of_an_old_workbook(folder: Path) -> Expected:
    path = old_xls(folder).file
    start = b"\xe1\x00\x02\x00"  # a record of two bytes becomes FilePass, which says that all after it is encrypted
    data = path.read_bytes()
    assert data.count(start) == 1
    path.write_bytes(data.replace(start, b"\x2f\x00\x02\x00"))
    return refused(path, "password", "remove the password")


def _texts(folder: Path, doctype: bytes, text: bytes) -> Path:
    """Write a workbook whose first name is `text` in its XML, under a document type."""
    path = xlsx(folder, (HEADER, [A, "NAME", *GOOD[2:]]))
    return repacked(path, SHEET, lambda xml: doctype + xml.replace(b"NAME", text))


def _patched(folder: Path, kind: int, length: int, at: int, value: bytes) -> Path:
    """Change bytes in the only record of a kind of an old workbook."""
    path = old_xls(folder).file
    data = bytearray(path.read_bytes())
    start = struct.pack("<HH", kind, length)
    assert data.count(start) == 1
    place = data.find(start) + 4 + at
    data[place : place + len(value)] = value
    path.write_bytes(data)
    return path


@case("A9")
def old_xls_that_claims_4_000_000_000_rows(folder: Path) -> Expected:
    return refused(_patched(folder, 0x0200, 14, 0, b"\xff\xff\xff\xff"), "damaged")


@case("A9")
def old_xls_that_claims_2_000_000_000_texts(folder: Path) -> Expected:
    path = old_xls(folder).file
    data = bytearray(path.read_bytes())
    texts = data.find(struct.pack("<II", 10, 10))  # cells that refer to texts, and the texts
    assert texts > 0
    data[texts + 4 : texts + 8] = b"\xff\xff\xff\x7f"
    path.write_bytes(data)
    return refused(path, "damaged")


@case("A15")
def old_xls_with_a_cell_right_of_the_last_column(folder: Path) -> Expected:
    path = old_xls(folder).file
    data = bytearray(path.read_bytes())
    cell = data.find(struct.pack("<HHHH", 0x00FD, 10, 1, 4))
    assert cell > 0
    data[cell + 6 : cell + 8] = b"\xff\xff"
    path.write_bytes(data)
    return refused(path, "damaged")


@case("A16")
def old_xls_whose_size_is_wrong(folder: Path) -> Expected:
    return Expected(_patched(folder, 0x0200, 14, 0, struct.pack("<IIHH", 0, 65_536, 0, 256)))


@case("A10")
def entities_that_unfold(folder: Path) -> Expected:
    doctype = b"<!DOCTYPE worksheet [" + b'<!ENTITY a0 "x">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9)
    ) + b"]>"  # fmt: skip
    return refused(_texts(folder, doctype, b"&a8;"))


@case("A11")
def entity_of_a_file(folder: Path) -> Expected:
    secret = bytes_file(folder, "secret.txt", "不应读到".encode())
    doctype = f'<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'.encode()
    return refused(_texts(folder, doctype, b"&secret;"), silent_on=("不应读到",))


@case("A15")
def cell_in_the_last_row_of_all(folder: Path) -> Expected:
    path = xlsx(folder, (HEADER, GOOD), lambda sheet: sheet.cell(1_048_576, 2, "见上"))
    return refused(path, "required", cells="A1048576")


@case("A15")
def blanks_in_the_last_row_of_all(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, GOOD), lambda sheet: sheet.cell(1_048_576, 2, "\u3000 ")))


@case("A15")
def cell_in_the_last_corner_of_all(folder: Path) -> Expected:
    path = xlsx(folder, (HEADER, GOOD), lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    return refused(path, "企业", "row 1048576 and column XFD", "Copy only the table")


@case("A15")
def thousands_of_formatted_blank_rows_before_a_last_one(folder: Path) -> Expected:
    path = xlsx(folder, (HEADER, GOOD))
    blanks = "".join(f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(3, 60_000))
    last = f'<row r="60000"><c r="A60000" t="str"><v>{B}</v></c><c r="B60000" t="str"><v>Z</v></c></row>'
    more = f"{blanks}{last}</sheetData>".encode()
    return Expected(repacked(path, SHEET, lambda xml: xml.replace(b"</sheetData>", more)), added=2)


def _flagged(folder: Path, central: int, local: int, value: int) -> Path:
    """Set a byte in the headers of the first part of a workbook."""
    path = xlsx(folder)
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + central] = data[data.find(b"PK\x03\x04") + local] = value
    path.write_bytes(data)
    return path


@case("A18")
def part_that_is_encrypted(folder: Path) -> Expected:
    return refused(_flagged(folder, 8, 6, 1), "damaged")


@case("A18")
def part_of_an_unknown_version(folder: Path) -> Expected:
    return refused(_flagged(folder, 6, 4, 78), "damaged")


@case("A18")
def part_packed_by_an_unknown_method(folder: Path) -> Expected:
    return refused(_flagged(folder, 10, 8, 99), "damaged")


@case("A19")
def device_as_file(folder: Path) -> Expected:
    return refused(Path("/dev/zero"), "folder or a device")


@case("A20")
def workbook_open_in_excel(folder: Path) -> Expected:
    bytes_file(folder, "~$r.xlsx", b"\x05clerk" + bytes(159))
    return refused(xlsx(folder), "open in another program", "Save and close it there", "delete ~$r.xlsx")


@case("A20")
def workbook_open_in_libreoffice(folder: Path) -> Expected:
    bytes_file(folder, ".~lock.r.xlsx#", b",clerk,desk,24.11.2026 10:00,file:///home/clerk;")
    return refused(xlsx(folder), "open in another program", "delete .~lock.r.xlsx#")


@case("A20")
def lock_of_libreoffice(folder: Path) -> Expected:
    return refused(bytes_file(folder, ".~lock.r.xlsx#", b",clerk,desk,24.11.2026 10:00;"), "is a lock file")


@case("A22")
def same_file_again(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, GOOD, OTHER)), added=0, before=(folder / "r.xlsx",))


@case("A23")
def name_of_more_than_255_bytes(folder: Path) -> Expected:
    return refused(folder / ("长" * 90 + ".xlsx"), "cannot be read")


@case("A23")
def name_with_a_new_line(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), name="规上\n企业.csv"))


# What other programs write, told by its first bytes.
OTHERS: dict[str, tuple[str, bytes, str]] = {
    "A5 single_file_web_page": ("r.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web page"),
    "A5 table_of_xml": ("r.xls", b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', "web page or XML"),
    "A5 web_page_in_gb18030": ("r.xls", "<table><tr><td>企业名称</td></tr></table>".encode("gb18030"), "web page"),
    "A6 other_archive": ("r.xlsx", b"Rar!\x1a\x07\x00" + bytes(99), "Extract it"),
    "A21 scanned_list": ("r.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "contains no table"),
    "A21 photographed_list": ("r.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "Ask for the workbook"),
}


def _other(folder: Path, told: tuple[str, bytes, str]) -> Expected:
    name, data, words = told
    return refused(bytes_file(folder, name, data), words)


for title, told in OTHERS.items():
    case(*title.split(" "))(partial(_other, told=told))


@case("A21")
def word_document(folder: Path) -> Expected:
    with zipfile.ZipFile(folder / "r.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return refused(folder / "r.docx", "another type", "save it as .xlsx")
