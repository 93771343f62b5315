"""Sections C and D of the catalogue: dates, codes, phones, names and numbers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.corpus import GOOD, HEADER, A, B, C, Expected, case, csv, refused, sheet_csv, xlsx
from tests.rosters import code

Cells = list[object]
COLUMNS = {
    "day": "入库日期", "phone": "联系电话", "count": "从业人数", "revenue": "年营业收入（万元）", "name": "企业名称",
    "street": "街道", "tier": "等级", "industry": "行业代码", "contact": "联系人", "yes": "是否规上",
}  # fmt: skip
# Cells of one column that are refused each, with words of the reason.
REFUSED: dict[str, tuple[str, Cells, str]] = {
    "C2 serials_outside_2000_to_2099": ("day", [36525, 73051, 1, 0], "not a date"),
    "C4 the_29_February_1900_of_excel": ("day", [60], "not a date"),
    "C6 no_year": ("day", ["3月5日", "3-5", "03/05", "３月５日"], "year is missing"),
    "C7 two_digits_of_a_year": ("day", ["24.3.5", "24-3-5", "24年3月5日"], "two digits"),
    "C8 day_or_month_first": ("day", ["3/5/2024", "05-03-2024"], "year first"),
    "C9 no_such_day": ("day", ["2024-02-30", "2023-02-29", "2024年13月1日", "20240431"], "date does not exist"),
    "C10 week_of_a_year": ("day", ["2024-W10-2", "2024-065"], "not a date"),
    "C12 centuries_that_cannot_be_meant": ("day", ["1850-01-01", "2926-03-01"], "out of range"),
    "C13 words_for_a_day": ("day", ["上周五", "3月上旬", "待定", "年底", "2026年春节"], "2026-03-01"),
    "C13 month_without_a_day": ("day", ["2026年3月", "2026-03", "2026.3"], "day of the month"),
    "C14 from_day_to_day": ("day", ["3.5-3.7", "2026-03-01至2026-03-05", "2026.3.1~3.5"], "more than one"),
    "C15 two_days": ("day", ["2026-03-01、2026-04-01", "2026/3/1 2026/4/1"], "more than one"),
    "C16 time_zone": ("day", ["2026-03-01T10:00:00+08:00", "2026-03-01T10:00:00Z"], "not a date"),
    "C20 signs_for_nothing": ("day", ["~", "0"], "not a date"),
    "D13 two_phones": ("phone", ["19900001234/19900001235", "19900001234、0571-20000000"], "more than one"),
    "D15 phones_too_short_long_or_unknown": ("phone", ["1990000123", "199000012345", "12900001234"], "not a phone"),
    "D16 mask_for_no_number_on_record": ("phone", ["199****1234"], "masked"),
    "D17 number_of_an_identity_card": ("phone", ["110101199001011234"], "not a phone"),
    "D18 raised_digits": ("phone", ["1990000123²"], "not a phone"),
    "D18 raised_digit_after_a_count": ("count", ["12²", "５①"], "digits only"),
    "D19 counts_that_are_none": ("count", [-3, 1.5, "1.2万", "约50", "三百", "1e3", "5人左右", "50-60"], "digits only"),
    "D19 negative_money": ("revenue", ["-5", "(5)"], "not an amount"),
    "D20 not_a_number": ("count", ["NaN", "inf", "-inf"], "digits only"),
    "D21 numbers_beyond_64_bits": ("count", ["9223372036854775808", "1" + "0" * 30], "larger than"),
    "D21 number_cell_beyond_64_bits": ("count", [2**63], "too long for Excel"),
    "D22 money_in_words": ("revenue", ["约50", "5美元", "1.2.3", "1,20", "三千万"], "not an amount"),
    "D22 money_beyond_the_fen": ("revenue", ["12345678.911元", 1234.5678901], "stored to the fen"),
    "D22 money_beyond_reason": ("revenue", ["100001亿元"], "exceeds"),
    "D23 name_of_201_characters": ("name", ["长" * 201], "201"),
    "D23 name_missing": ("name", [None, "\u3000", "\u200b"], "required"),
    "D29 tier_that_is_not_in_the_list": ("tier", ["D", "甲", "一级"], "A, B, C"),
    "D29 industry_by_its_name": ("industry", ["制造业", "Manufacturing", "c 制造业"], "such as C or C39|is it C?"),
    "D29 industry_that_is_none": ("industry", ["C9999", "U12", "39833"], "not an industry code"),
    "D30 same_as_above": ("street", ["同上", "〃"], "same as above"),
}  # fmt: skip
# Cells of one column that are taken each, with what is then on record.
TAKEN: dict[str, tuple[str, Cells, str, object]] = {
    "C1 six_spellings_of_a_day": (
        "day",
        ["2024年3月5日", "2024.3.5", "2024/3/5", "2024-3-5", "20240305", "２０２４年３月５日", "2024-03-05", 20240305],
        "enrolled_on", "2024-03-05",
    ),
    "C2 serial": ("day", [45356, 45356.0, "45356"], "enrolled_on", "2024-03-05"),
    "C5 time_of_day": (
        "day", [45356.5, "2024-03-05 09:30", datetime(2024, 3, 5, 23, 59)], "enrolled_on", "2024-03-05"  # noqa: DTZ001
    ),
    "C12 before_2000": ("day", ["1999-12-31"], "enrolled_on", "1999-12-31"),
    "C20 blank": ("day", [None, "", " \u3000"], "enrolled_on", None),
    "D11 phone_as_a_number": ("phone", [19900001234, 19900001234.0], "contact_phone", "199****1234"),
    "D12 phone_in_any_dress": (
        "phone",
        ["+86 199 0000 1234", "86-19900001234", "199-0000-1234", "１９９００００１２３４", "0086 19900001234"],
        "contact_phone", "199****1234",
    ),
    "D14 landline_with_an_extension": (
        "phone", ["021-20000000-808", "(021)20000000转808", "021 2000 0000 ext808"], "contact_phone", "021*********-808"
    ),
    "D18 full_width_digits": ("count", ["１３８", "138", 138, 138.0, " 138 "], "employees", 138),
    "D19 thousands": ("count", ["1,200", "１，２００"], "employees", 1200),
    "D22 money_with_its_unit": (
        "revenue", ["35,000,000元", "3500", "3,500万元", "0.35亿元", "￥3500", "３５００", 3500.0], "revenue", 3500
    ),
    "D22 money_with_fen": ("revenue", ["12345678.91元", 1234.567891, 12.34567891 * 100], "revenue", 1234.567891),
    "D22 noise_of_floating_point": ("revenue", [0.1 + 0.2, 0.3000000000001], "revenue", 0.3),
    "D23 name_of_one_character": ("name", ["甲", " 甲 ", "甲\n"], "name", "甲"),
    "D25 names_like_options": ("contact", ["--all"], "contact_name", "--all"),
    "D29 tier_in_any_dress": ("tier", ["a", "Ａ", "A级", "A类"], "tier", "A"),
}  # fmt: skip


def _column(folder: Path, column: str, cells: Cells) -> Path:
    """Write a workbook of enterprises with these cells in one column: C for all but a name, which is B."""
    if column == "name":
        return xlsx(folder, (HEADER[:2], *[[code(n), cell] for n, cell in enumerate(cells, start=1)]))
    rows = [[code(n), f"虚构{n}", cell] for n, cell in enumerate(cells, start=1)]
    return xlsx(folder, ([*HEADER[:2], COLUMNS[column]], *rows))


def _refused(folder: Path, wrong: tuple[str, Cells, str]) -> Expected:
    column, cells, says = wrong
    letter = "B" if column == "name" else "C"
    places = " ".join(f"{letter}{row}" for row in range(2, len(cells) + 2))
    hidden = [str(cell) for cell in cells if column == "phone" and "*" not in str(cell)]
    return refused(_column(folder, column, cells), *says.split("|"), cells=places, silent_on=tuple(hidden))


def _taken(folder: Path, right: tuple[str, Cells, str, object]) -> Expected:
    column, cells, key, value = right
    return Expected(_column(folder, column, cells), added=len(cells), values={key: value})


for title, wrong in REFUSED.items():
    case(*title.split(" "))(partial(_refused, wrong=wrong))
for title, right in TAKEN.items():
    case(*title.split(" "))(partial(_taken, right=right))


@case("C3")
def dates_of_1904(folder: Path) -> Expected:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "企业"
    for row in (HEADER[:2] + ["入库日期"], [A, "虚构甲", datetime(2026, 3, 1)]):  # noqa: DTZ001, RUF005
        book.active.append(row)
    book.save(folder / "r.xlsx")
    return Expected(folder / "r.xlsx", values={"enrolled_on": "2026-03-01"})


@case("D1")
def codes_in_any_dress(folder: Path) -> Expected:
    dressed = [A.lower(), f"{B[:6]} {B[6:12]}-{B[12:]}", "".join(chr(ord(c) + 0xFEE0) for c in C)]
    return Expected(xlsx(folder, (HEADER, *[[word, f"虚构{n}"] for n, word in enumerate(dressed)])), added=3)


@case("D2")
def letter_o_for_zero(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A.replace("0", "O"), "虚构甲"])), A, cells="A2")


@case("D8")
def one_code_twice(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, [A, "虚构乙"])), "row 2", cells="A3")


@case("D22")
def revenue_in_hundred_millions(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "年营业收入（亿元）"], [A, "虚构甲", 1.2])
    return Expected(xlsx(folder, rows), values={"revenue": 12000})


@case("D22")
def revenue_in_yuan(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "营业收入(元)"], [A, "虚构甲", "35,000,000"])
    return Expected(xlsx(folder, rows), values={"revenue": 3500})


@case("D22")
def revenue_in_a_unit_unknown(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "营业收入(美元)"], [A, "虚构甲", 5])
    return Expected(xlsx(folder, rows), says=("营业收入(美元)",), values={"revenue": None})


@case("D22")
def revenue_in_the_unit_of_the_title(folder: Path) -> Expected:
    rows = (["企业名单", "", "单位：亿元、人"], ["统一社会信用代码", "企业名称", "营业收入"], [A, "虚构甲", 1.2])
    return Expected(xlsx(folder, rows), says=("read in 亿元",), values={"revenue": 12000})


@case("D22")
def revenue_whose_header_contradicts_the_title(folder: Path) -> Expected:
    rows = (["企业名单（单位：元）"], ["统一社会信用代码", "企业名称", "营业收入（万元）"], [A, "虚构甲", 1200])
    return refused(xlsx(folder, rows), "元", cells="C2")


@case("C20")
def words_for_nothing(folder: Path) -> Expected:
    rows = [[code(at), f"虚构{at}", sign, sign] for at, sign in enumerate(("无", "暂无", "/", "—", "N/A", "待补"), 1)]
    path = xlsx(folder, (["统一社会信用代码", "企业名称", "街道", "联系电话"], *rows))
    return Expected(path, added=6, values={"subdistrict": None, "contact_phone": None})


ENTERPRISES = f"uscc,name,contact_phone\n{A},虚构甲有限公司,19900001234\n{B},虚构乙有限公司,\n"
CADRES = "staff_no,name\n1001,虚构干甲\n1002,虚构干乙\n"


def _district(folder: Path) -> tuple[Path, ...]:
    """Write two enterprises and two cadres, to be imported before."""
    return csv(folder, ENTERPRISES, name="enterprises.csv"), csv(folder, CADRES, name="cadres.csv")


@case("C11")
def visit_of_tomorrow(folder: Path) -> Expected:
    file = sheet_csv(folder, "visits", "uscc,staff_no,done_on", f"{A},1001,2026-11-23", f"{A},1001,2026-11-24")
    return refused(file, "future", cells="C3", before=_district(folder))


@case("C12")
def visit_before_any_pairing(folder: Path) -> Expected:
    file = sheet_csv(folder, "visits", "uscc,staff_no,done_on", f"{A},1001,2019-03-01")
    return Expected(file, before=_district(folder))


@case("C17")
def end_not_after_the_start(folder: Path) -> Expected:
    file = sheet_csv(folder, "absences", "staff_no,start_on,end_on", "1001,2026-03-05,2026-03-05")
    return refused(file, "2026-03-05", "not after", cells="C2", before=_district(folder))


@case("C17")
def end_on_the_register_before_its_start(folder: Path) -> Expected:
    file = sheet_csv(folder, "enterprises", "uscc,name,enrolled_on,exited_on", f"{A},甲,2026-03-05,2026-03-01")
    return refused(file, "not after", cells="D2")


@case("D2")
def letters_that_look_like_digits(folder: Path) -> Expected:
    sound = next(code(n) for n in range(10_000) if {"0", "1", "5", "2"} <= set(code(n)[10:]))
    dressed = sound.translate(str.maketrans("0152", "OISZ"))
    return refused(xlsx(folder, (HEADER, [dressed, "虚构甲"])), dressed, f"is it {sound}?", cells="A2")


@case("D2")
def letter_o_in_a_code_that_is_wrong_anyway(folder: Path) -> Expected:
    wrong = A[:-2].replace("0", "O") + A[-1] + A[-2]
    return refused(xlsx(folder, (HEADER, [wrong, "虚构甲"])), "cannot contain O", cells="A2", silent_on=("is it",))


@case("D3")
def every_neighbours_swapped(folder: Path) -> Expected:
    swapped = [A[:n] + A[n + 1] + A[n] + A[n + 2 :] for n in range(17) if A[n] != A[n + 1]]
    cells = " ".join(f"A{row}" for row in range(2, len(swapped) + 2))
    return refused(xlsx(folder, (HEADER[:2], *[[each, "甲"] for each in swapped])), "check character", cells=cells)


@case("D4")
def eighteen_zeros(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, ["0" * 18, "虚构甲"])), "does not begin with 0", cells="A2")


@case("D5")
def codes_of_17_and_19_characters(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A[:-1], "甲"], [A + "0", "乙"])), "18", "17", "19", cells="A2 A3")


@case("D6")
def codes_that_a_number_column_has_destroyed(folder: Path) -> Expected:
    words: Cells = [913_100_001_234_567_890, 9.131e17, "9.131E+17"]
    rows = [[word, f"虚构{n}"] for n, word in enumerate(words)]
    return refused(xlsx(folder, (HEADER, *rows)), "lost its last digits", "format the column as text", cells="A2 A3 A4")


@case("D7")
def registration_number_of_15_digits(folder: Path) -> Expected:
    rows = ["330100000012345", "甲"], [330_100_000_012_345, "乙"]
    return refused(xlsx(folder, (HEADER, *rows)), "注册号", cells="A2 A3")


@case("D3")
def letter_of_another_alphabet(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, ["А" + A[1:], "虚构甲"])), "cannot contain А", cells="A2")


@case("D9")
def code_on_record_under_another_name(folder: Path) -> Expected:
    file = sheet_csv(folder, "next", "uscc,name", f"{A},虚构甲新名有限公司")
    says = ("虚构甲有限公司", "虚构甲新名有限公司")
    return Expected(file, added=0, updated=1, says=says, before=_district(folder)[:1])


@case("D10")
def one_name_under_two_codes(folder: Path) -> Expected:
    file = sheet_csv(folder, "next", "uscc,name", f"{C},虚构甲有限公司")
    return Expected(file, says=(f'"other_uscc": "{A}"',), before=_district(folder)[:1])


@case("D16")
def mask_of_the_number_on_record(folder: Path) -> Expected:
    file = sheet_csv(folder, "next", "uscc,contact_phone,name", f"{A},199****1234,虚构甲有限公司")
    return Expected(file, added=0, before=_district(folder)[:1])


@case("D21")
def capacity_beyond_reason(folder: Path) -> Expected:
    file = sheet_csv(folder, "cadres", "staff_no,name,capacity", f"1001,甲,{10**18}")
    return refused(file, "larger than 1000000000", cells="C2")


@case("D24")
def two_cadres_of_one_name(folder: Path) -> Expected:
    file = sheet_csv(folder, "cadres", "staff_no,name", "1001,虚构伟", "1002,虚构伟")
    return Expected(file, added=2, says=('"staff_no": "1002"', '"other_staff_no": "1001"'))


@case("D25")
def cadre_called_like_an_option(folder: Path) -> Expected:
    return Expected(sheet_csv(folder, "cadres", "staff_no,name", "-1,--all", "--help,-h"), added=2)


@case("D26")
def subdistrict_in_two_spellings(folder: Path) -> Expected:
    rows = (HEADER[:3], [A, "虚构甲", "江畔街道"], [B, "虚构乙", "江畔"])
    return Expected(xlsx(folder, rows), added=2, says=('"subdistrict": "江畔街道"', '"other_subdistrict": "江畔"'))


@case("D22")
def revenue_of_a_year(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "2025年度营业收入（亿元）"], [A, "虚构甲", 1.2])
    return Expected(xlsx(folder, rows), values={"revenue": 12000})


@case("D22")
def revenue_of_two_years(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "2024年营业收入", "营业收入(2025年)"], [A, "虚构甲", 1, 2])
    return Expected(xlsx(folder, rows), says=("2024年营业收入, 营业收入(2025年)",), values={"revenue": None})


@case("D22")
def revenue_of_a_part_of_a_year(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "2026年1-10月营业收入"], [A, "虚构甲", 1])
    return Expected(xlsx(folder, rows), says=("2026年1-10月营业收入",), values={"revenue": None})


@case("D22")
def revenue_of_a_year_beside_revenue_itself(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "2024年营业收入", "年营业收入"], [A, "虚构甲", 1, 2])
    return Expected(xlsx(folder, rows), says=("2024年营业收入",), values={"revenue": 2})


@case("D27")
def enterprise_paired_twice(folder: Path) -> Expected:
    rows = f"{A},1001,2026-03-01", f"{A},1002,2026-03-01"
    file = sheet_csv(folder, "pairings", "uscc,staff_no,start_on", *rows)
    return refused(file, "row 2", cells="A3", before=_district(folder))


@case("D28")
def pairings_that_overlap(folder: Path) -> Expected:
    rows = f"{A},1001,2026-03-01,2026-06-01", f"{A},1002,2026-05-31,", f"{B},1002,2026-03-01,2026-06-01"
    file = sheet_csv(folder, "pairings", "uscc,staff_no,start_on,end_on", *rows)
    return refused(file, "row 2 has not ended", cells="C3", before=_district(folder))


@case("D29")
def words_that_are_in_no_list(folder: Path) -> Expected:
    header, row = "uscc,staff_no,done_on,channel,outcome,business", f"{A},1001,2026-03-01,传真,好,还行"
    file = sheet_csv(folder, "visits", header, row)
    return refused(file, "on_site 实地", "met 已联系上", "steady 平稳", cells="D2 E2 F2", before=_district(folder))


@case("D29")
def rank_that_is_none(folder: Path) -> Expected:
    file = sheet_csv(folder, "cadres", "staff_no,name,rank", "1001,甲,6", "1002,乙,处级")
    return refused(file, "副科", cells="C2 C3")


@case("D29")
def keys_that_are_not_on_record(folder: Path) -> Expected:
    file = sheet_csv(folder, "visits", "uscc,staff_no,done_on", f"{C},1003,2026-03-01")
    return refused(file, C, "1003", cells="A2 B2", before=_district(folder))
