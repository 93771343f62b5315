"""Section E of the catalogue: CSV files and encodings."""

from __future__ import annotations

from pathlib import Path

from tests.corpus import GOOD, HEADER, OTHER, A, B, Expected, bytes_file, case, csv, lines, refused


@case("E1")
def utf8_with_mark(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), "utf-8-sig"))


@case("E2")
def gb18030_with_rare_names(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [A, "𠮷䶮虚构", *GOOD[2:]]), "gb18030"), values={"name": "𠮷䶮虚构"})


@case("E3")
def utf16_with_mark(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator="\t"), "utf-16"))


@case("E4")
def utf16_without_mark(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, GOOD), "utf-16-le"))


@case("E6")
def garbled_when_saved(folder: Path) -> Expected:
    header = ["企业名称".encode().decode("gb18030", "replace"), "姓名".encode().decode("gb18030")]
    return refused(csv(folder, lines(header, ["x", "y"])), "garbled", "企业名称")


@case("E6")
def replacement_characters(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, "虚构\ufffd\ufffd", *GOOD[2:]])), "encoding", cells="B2")


@case("E7")
def bytes_of_no_encoding(folder: Path) -> Expected:
    return refused(bytes_file(folder, "r.csv", b"\xff\xfe\xfd" + bytes(range(200, 256)) * 3))


@case("E8")
def nul_characters(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, "虚\x00构", *GOOD[2:]])))


@case("E11")
def quotation_mark_left_open(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, '"虚构甲', *GOOD[2:]], OTHER)), "quotation marks")


@case("E12")
def semicolons(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator=";")))


@case("E13")
def ragged_rows(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [*GOOD, "more"])), "more cells", cells="F2")


@case("E14")
def old_mac_line_ends(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD).replace("\n", "\r")))


@case("E16")
def separator_declared(folder: Path) -> Expected:
    return Expected(csv(folder, "sep=;\n" + lines(HEADER, GOOD, separator=";")))


@case("E17")
def wrapped_numbers(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [f'="{A}"', *GOOD[1:4], '="19900001234"'])))


@case("E17")
def formulas_as_names(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [A, "=1+1", *GOOD[2:]])), values={"name": "=1+1"})


@case("E18")
def saved_again_by_excel(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, ["9.13E+17", *GOOD[1:4], "1.99E+10"])), cells="A2 E2")


@case("E1")
def utf8_without_mark(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD)), values={"name": GOOD[1]})


@case("E2")
def gbk_with_crlf(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD).replace("\n", "\r\n"), "gbk"), values={"name": GOOD[1]})


@case("E3")
def utf16_with_mark_and_the_high_byte_first(folder: Path) -> Expected:
    return Expected(csv(folder, "\ufeff" + lines(HEADER, GOOD), "utf-16-be"), values={"name": GOOD[1]})


@case("E4")
def utf16_without_mark_and_the_high_byte_first(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, GOOD), "utf-16-be"), "encoding", "CSV UTF-8")


@case("E5")
def utf8_that_gb18030_could_read_as_well(folder: Path) -> Expected:
    name = "企业".encode().decode("gb18030")  # the bytes of these words are sound in either encoding
    assert name != "企业"
    return Expected(csv(folder, lines(HEADER, [A, "企业", *GOOD[2:]])), values={"name": "企业"}, silent_on=(name,))


@case("E6")
def two_encodings_in_one_file(folder: Path) -> Expected:
    data = lines(HEADER, GOOD).encode() + lines(OTHER).encode("gb18030")
    return refused(bytes_file(folder, "r.csv", data), "line 3", "CSV UTF-8")


@case("E6")
def header_and_rows_in_two_encodings(folder: Path) -> Expected:
    data = lines(HEADER).encode() + lines(GOOD, OTHER).encode("gb18030")
    return refused(bytes_file(folder, "r.csv", data), "garbled", "统一社会信用代码")


@case("E9")
def half_a_character(folder: Path) -> Expected:
    data = lines(HEADER, [A, "X", *GOOD[2:]]).encode().replace(b",X,", b",\xed\xa0\x80,")
    return refused(bytes_file(folder, "r.csv", data), "encoding", "line 2")


@case("E10")
def field_of_more_than_131072_characters(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, "甲" * 131_073, *GOOD[2:]])), "line 2")


@case("E10")
def text_longer_than_a_cell_of_excel(folder: Path) -> Expected:
    header = ["统一社会信用代码", "企业名称", "地址"]
    return refused(csv(folder, lines(header, [A, "虚构甲", "长" * 32_768])), "32768", cells="C2")


@case("E11")
def quotation_mark_inside_a_bare_cell(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [A, '虚构"甲"厂', *GOOD[2:]])), values={"name": '虚构"甲"厂'})


@case("E12")
def tabs(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator="\t"), name="r.txt"))


@case("E12")
def full_width_commas(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator="，")))


@case("E12")
def full_width_comma_in_a_title_over_commas(folder: Path) -> Expected:
    return Expected(csv(folder, "企业名单，2026年\n" + lines(HEADER, GOOD)))


@case("E13")
def short_rows(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD[:2])), values={"subdistrict": None})


@case("E14")
def line_ends_of_all_kinds(folder: Path) -> Expected:
    text = lines(HEADER) + lines(GOOD).replace("\n", "\r") + lines(OTHER).replace("\n", "\r\n")
    return Expected(csv(folder, text), added=2)


@case("E14")
def line_break_in_quotation_marks(folder: Path) -> Expected:
    text = lines(['"统一社会\n信用代码"', *HEADER[1:]], [A, '"虚构\r\n甲"', *GOOD[2:]], OTHER)
    return Expected(csv(folder, text), added=2)


@case("E14")
def line_break_in_quotation_marks_before_a_fault(folder: Path) -> Expected:
    text = lines(HEADER, [A, '"虚构\n甲"', *GOOD[2:]], [B, "虚构乙", "", "3月5日", ""])
    return refused(csv(folder, text), "year is missing", cells="D3")


@case("E15")
def separator_at_the_end_of_every_line(folder: Path) -> Expected:
    return Expected(csv(folder, lines([*HEADER, ""], [*GOOD, ""], [*OTHER, "", ""])), added=2)


@case("E19")
def control_characters_in_a_code_and_a_name(folder: Path) -> Expected:
    """A name is data and keeps what it has; nobody's screen is given the character itself (docs/decisions/0010)."""
    row = [A[:6] + "\u200b" + A[6:], "虚构\x1b[31m甲\u202e", *GOOD[2:]]
    return Expected(csv(folder, lines(HEADER, row)), silent_on=("\x1b", "\u202e"), values={"uscc": A})


@case("E19")
def control_characters_in_a_day(folder: Path) -> Expected:
    row = [*GOOD[:3], "2026-03\x1b-01", ""]
    return refused(csv(folder, lines(HEADER, row)), "not a date", cells="D2", silent_on=("\x1b",))
