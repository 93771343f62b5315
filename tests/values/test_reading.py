"""Cells become values: what is accepted, in which spellings, and why the rest is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.register.cadres import Rank
from esm.domain.register.enterprise_record import Tier
from esm.domain.values import cell_parsing, credit_code, industry, phones
from esm.domain.values import raw_text as cell_text
from esm.domain.values.money import UNITS, Money, money_in, yuan
from esm.domain.values.raw_text import Parser, RawCell
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.errors import Message

money = money_in(Decimal(1))
CODE = "91330100MA0000001" + credit_code.check_character("91330100MA0000001")
DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
SPELLINGS: dict[str, Callable[[date], str]] = {
    "dashes": lambda day: f"{day.year}-{day.month:02}-{day.day:02}",
    "short dashes": lambda day: f"{day.year}-{day.month}-{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "digits": lambda day: f"{day.year}{day.month:02}{day.day:02}",
    "Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "Chinese, spaced": lambda day: f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    "Chinese, spoken": lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    "with a time": lambda day: f"{day.year}-{day.month:02}-{day.day:02} 09:30:00",
}
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")

TIER, RANK = cell_parsing.code_of(Tier), cell_parsing.code_of(Rank)
CHANNEL, OUTCOME = cell_parsing.code_of(Channel), cell_parsing.code_of(VisitOutcome)


def refused(value: object, *words: str) -> bool:
    """Return whether the value is a fault whose sentence has all the words."""
    return isinstance(value, Message) and all(word in str(value) for word in words)


@budget(150)
@given(DAYS, st.sampled_from(sorted(SPELLINGS)), st.booleans())
def test_every_spelling_of_a_day_reads_as_that_day(day: date, spelling: str, is_full_width: bool) -> None:
    text = SPELLINGS[spelling](day)
    assert cell_parsing.day(text.translate(FULL_WIDTH) if is_full_width else text) == day


@budget(100)
@given(st.integers(36526, 73050))
def test_an_excel_serial_reads_as_that_many_days_after_the_last_day_but_one_of_1899(serial: int) -> None:
    day = date(1899, 12, 30) + timedelta(days=serial)
    assert cell_parsing.day(serial) == cell_parsing.day(serial + 0.75) == cell_parsing.day(str(serial)) == day


def test_the_serials_that_excel_is_known_to_show_read_alike() -> None:
    assert cell_parsing.day(45356) == date(2024, 3, 5)
    assert cell_parsing.day(36526) == date(2000, 1, 1)
    assert cell_parsing.day(73050.5) == date(2099, 12, 31)


def test_the_first_and_the_last_day_that_can_be_meant_are_days() -> None:
    assert cell_parsing.day("1901-01-01") == date(1901, 1, 1)
    assert cell_parsing.day("2199-12-31") == date(2199, 12, 31)
    assert refused(cell_parsing.day("1900-12-31"), "1900")
    assert refused(cell_parsing.day("2200-01-01"), "2200")


def test_a_real_date_and_a_number_of_eight_digits_are_dates() -> None:
    assert cell_parsing.day(date(2026, 3, 1)) == date(2026, 3, 1)
    assert cell_parsing.day(datetime.combine(date(2026, 3, 1), time(23, 59))) == date(2026, 3, 1)
    assert cell_parsing.day(20260301) == date(2026, 3, 1)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "\ufeff"])
def test_a_cell_of_blanks_is_blank_to_every_parser(cell: RawCell) -> None:
    assert [kind for kind, parse in cell_parsing.PARSERS.items() if parse(cell) is not None] == []


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("2026-02-29", "does not exist"), ("2026年13月1日", "does not exist"), ("20260230", "does not exist"),
        ("3月5日", "year is missing"), ("3-5", "year is missing"), ("03/05", "year is missing"),
        ("24.3.5", "two digits"), ("24年3月5日", "two digits"),
        ("3/5/2024", "confused"), ("05-03-2024", "confused"),
        ("2026.3.5-3.7", "more than one"), ("3.5-3.7", "more than one"), ("2026-03-01至2026-03-05", "more than one"),
        ("2026-03-01、2026-03-05", "more than one"), ("2026-03", "day of the month"), ("2026年3月", "day of the month"),
        ("0026-03-01", "out of range"), ("9999-12-31", "out of range"), (date(1900, 2, 28), "out of range"),
        ("上周五", "not a date"), ("待定", "not a date"), ("2024-W10-2", "not a date"), ("2026-3/1", "not a date"),
        ("2026-03-01T09:00+08:00", "not a date"), ("²026-03-01x", "not a date"), (60, "not a date"),
        (73051, "not a date"), (0, "not a date"), (2026.3, "not a date"), (True, "not allowed"),
    ],
)  # fmt: skip
def test_what_is_no_single_certain_day_is_refused_with_its_reason(cell: RawCell, word: str) -> None:
    assert refused(cell_parsing.day(cell), word)


@pytest.mark.parametrize(
    ("cell", "number"), [(3, 3), (3.0, 3), ("1,200", 1200), (" ３５ ", 35), ("0", 0), ("007", 7), (10**9, 10**9)]
)
def test_a_whole_number_is_read_from_numbers_and_texts(cell: RawCell, number: int) -> None:
    assert cell_parsing.integer(cell) == number


@pytest.mark.parametrize(
    "cell", [-1, 1.5, "-3", "1.5", "1.2万", "约50", "1,20", "²", "1200¹", "1200①", "٣", "五", "1e3",
             float("inf"), float("nan"), 10**9 + 1, "9" * 400, 10**18, True, date(2026, 1, 1)]
)  # fmt: skip
def test_what_is_no_whole_number_from_zero_is_refused(cell: RawCell) -> None:
    assert isinstance(cell_parsing.integer(cell), Message)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (1200, "1200"), (1200.5, "1200.5"), (0.1 + 0.2, "0.3"), ("1,200.5", "1200.5"), ("￥1200", "1200"),
        ("1200万元", "1200"), ("1200 万", "1200"), ("1.2亿元", "12000"), ("１．２亿", "12000"), ("35000元", "3.5"),
        ("0", "0"),
    ],
)  # fmt: skip
def test_money_is_read_in_units_of_ten_thousand_yuan(cell: RawCell, amount: str) -> None:
    assert money(cell) == Decimal(amount)


@budget(150)
@given(st.integers(0, 10**15), st.sampled_from(sorted(UNITS)))
def test_an_amount_is_kept_to_the_fen_or_refused_and_never_rounded(fen: int, unit: str) -> None:
    size = UNITS[unit] * 10_000 * 100
    read = money_in(UNITS[unit])(f"{Decimal(fen) / size:f}")
    exact = fen <= 10**9 * 10_000 * 100
    assert read == Decimal(fen) / 1_000_000 if exact else refused(read, "exceeds")


@pytest.mark.parametrize(
    ("cell", "decimals"), [(411.522633744856, "to 6"), ("12345678.911元", "to 2"), ("1.23456789123亿", "to 10")]
)
def test_an_amount_that_is_not_whole_in_fen_is_refused_with_the_decimals_that_it_may_have(
    cell: RawCell, decimals: str
) -> None:
    assert refused(money(cell), f"{decimals} decimals")


@pytest.mark.parametrize(("unit", "amount"), [("元", "0.12"), ("万元", "1200"), ("亿元", "12000000"), ("千元", "120")])
def test_a_bare_amount_counts_in_the_unit_of_its_header(unit: str, amount: str) -> None:
    parse = money_in(UNITS[unit])
    assert parse(1200) == parse("1200") == Decimal(amount)
    assert parse("3万元") == Decimal(3)


@pytest.mark.parametrize("cell", ["-5", -5, "约50", "5美元", "1e9", "1.2.3", "1,20", float("nan"), True, "10亿亿", 2e9])
def test_what_is_no_amount_of_money_is_refused(cell: RawCell) -> None:
    assert isinstance(money(cell), Message)


@pytest.mark.parametrize("cell", ["是", "√", "Y", "yes", "TRUE", True, 1, "1", 1.0, "有", "ｙ"])
def test_these_mean_yes(cell: RawCell) -> None:
    assert cell_parsing.yes_no(cell) is True


@pytest.mark.parametrize("cell", ["否", "N", "no", "false", False, 0, "0", "无", "×"])
def test_these_mean_no(cell: RawCell) -> None:
    assert cell_parsing.yes_no(cell) is False


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (TIER, "a", "A"), (TIER, "Ｂ级", "B"), (TIER, " C类 ", "C"),
        (RANK, 1, 1), (RANK, 5.0, 5), (RANK, "3", 3), (RANK, "科员", 1),
        (RANK, "副科", 2), (RANK, "正科级", 3), (RANK, "副处", 4), (RANK, "正处", 5),
        (RANK, "Section Head", 3), (RANK, "deputy division head", 4),
        (CHANNEL, "on_site", "on_site"), (CHANNEL, "On-site", "on_site"),
        (CHANNEL, "实地走访", "on_site"), (CHANNEL, "电话", "phone"),
        (CHANNEL, "线上", "online"), (CHANNEL, "会议", "meeting"),
        (OUTCOME, "met", "met"), (OUTCOME, "not reached", "not_reached"),
        (OUTCOME, "未见到", "not_reached"), (OUTCOME, "拒绝", "refused"),
        (OUTCOME, "搬迁", "moved"), (OUTCOME, "停业", "closed"),
    ],
)  # fmt: skip
def test_words_are_read_in_both_languages(parse: Parser, cell: RawCell, value: object) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell"),
    [
        (cell_parsing.yes_no, "也许"), (cell_parsing.yes_no, 2), (cell_parsing.yes_no, "x"), (TIER, "D"), (TIER, 1),
        (RANK, 0), (RANK, 6), (RANK, "处级"), (RANK, 1.5),
        (CHANNEL, "传真"), (OUTCOME, "好"), (OUTCOME, "#N/A"),
    ],
)  # fmt: skip
def test_a_word_that_is_not_in_the_list_is_refused_with_the_list(parse: Parser, cell: RawCell) -> None:
    assert refused(parse(cell), "not one of")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("19900001234", "19900001234"), (19900001234, "19900001234"), (19900001234.0, "19900001234"),
        ("+86 199-0000-1234", "19900001234"), ("86-19900001234", "19900001234"), ("008619900001234", "19900001234"),
        ("１９９　００００　１２３４", "19900001234"), ("199–0000–1234", "19900001234"),
        ("'19900001234", "19900001234"),
        ("0571-20000000", "0571-20000000"), ("057120000000", "0571-20000000"), ("(010) 2000 0000", "010-20000000"),
        ("0999-2000000", "0999-2000000"), ("021-20000000-808", "021-20000000-808"),
        ("021-20000000转808", "021-20000000-808"), ("+86 571 2000 0000", "0571-20000000"),
        ("20000000", "20000000"), ("400-000-0000", "4000000000"),
    ],
)  # fmt: skip
def test_a_phone_number_has_one_spelling(cell: RawCell, number: str) -> None:
    assert cell_parsing.phone(cell) == number
    assert cell_parsing.phone(number) == number


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1990000123", "not a phone"), ("199000012345", "not a phone"), ("12900001234", "not a phone"),
        ("199****1234", "masked"), ("19900001234/19900005678", "more than one"),
        ("19900001234、19900005678", "more than one"),
        ("330100190001011234", "not a phone"), (19900001234.5, "not a phone"), ("无", "not a phone"),
        (True, "not allowed"),
        (330100190001011234, "lost its last digits"),
    ],
)  # fmt: skip
def test_what_is_no_single_whole_phone_number_is_refused(cell: RawCell, word: str) -> None:
    assert refused(cell_parsing.phone(cell), word)


def test_a_masked_number_shows_three_digits_and_four_and_a_short_one_none() -> None:
    shown = {"19900001234": "199****1234", "12345678": "123*5678", "1234567": "*******", "1234": "****"}
    assert {number: phones.mask(number) for number in shown} == shown
    assert phones.mask_within("电 199 0000 1234，转 3") == "电 199******1234，转 3"


def test_of_what_may_be_an_identity_card_only_the_start_is_repeated() -> None:
    assert phones.safe_excerpt("330205800101123") == "330…"  # fifteen digits, as the old cards have
    assert phones.safe_excerpt("33020580010112") == "330*******0112"


@pytest.mark.parametrize(
    ("words", "letter"),
    [("餐饮", "H"), ("渔业", "A"), ("渔", None), ("服务业", None), ("Retail", "F"), ("ret", None), ("无此业", None)],
)
def test_a_section_is_meant_by_its_name_or_by_a_part_of_it_that_no_other_has(words: str, letter: str | None) -> None:
    assert industry.section_named(words) == letter


def test_an_amount_in_yuan_is_more_than_nothing_and_passes_on_what_is_wrong() -> None:
    assert (yuan("12.5万"), yuan("120,000")) == (Money(12_500_000), Money(12_000_000))
    assert (yuan(None), yuan(" ")) == (None, None)
    assert refused(yuan("0"), "zero")
    assert refused(yuan("many"), "amount of money")
    assert yuan(10_000_000_000) == Money(10**12)
    assert refused(yuan(10_000_000_000.01), "exceeds")


def test_a_parser_of_texts_passes_on_what_is_wrong_with_a_cell() -> None:
    read = cell_text.parser_of_text(str.upper)
    assert refused(read(True), "not allowed here")
    assert (read("ab"), read("  "), read(None)) == ("AB", None, None)


@pytest.mark.parametrize(
    ("cell", "number"), [(1001.0, "1001"), (1001, "1001"), ("0017", "0017"), (" Ａ-7 ", "A-7"), ("'007", "007")]
)
def test_a_staff_number_is_text_and_never_a_fraction(cell: RawCell, number: str) -> None:
    assert cell_parsing.staff_no(cell) == number


@pytest.mark.parametrize("cell", [1001.5, float("inf"), True, date(2026, 3, 1), 10**16, "x" * 201, "同上"])
def test_what_is_no_staff_number_is_refused(cell: RawCell) -> None:
    assert isinstance(cell_parsing.staff_no(cell), Message)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("1002", ("1002",)),
        (1002.0, ("1002",)),
        ("1002、1003", ("1002", "1003")),
        ("0012; 1003，1004；\n1003", ("0012", "1003", "1004")),
        ("、 ,", None),
        (None, None),
    ],
)
def test_staff_numbers_are_split_and_each_stands_once_in_order(cell: RawCell, numbers: tuple[str, ...] | None) -> None:
    assert cell_parsing.staff_nos(cell) == numbers


@pytest.mark.parametrize("cell", [10.5, "1002、#N/A"])
def test_a_list_with_what_is_no_staff_number_is_refused(cell: RawCell) -> None:
    assert isinstance(cell_parsing.staff_nos(cell), Message)


def test_a_credit_code_is_read_whatever_its_width_case_and_blanks() -> None:
    spaced = f" {CODE[:6].lower()} {CODE[6:12]}-{CODE[12:]} "
    wide = "".join(chr(ord(character) + 0xFEE0) for character in CODE)
    assert (
        cell_parsing.code(CODE)
        == cell_parsing.code(spaced)
        == cell_parsing.code(wide)
        == cell_parsing.code("'" + CODE)
        == CODE
    )


def test_a_credit_code_stored_as_a_number_is_refused_and_never_repaired() -> None:
    assert refused(cell_parsing.code(913301000000000001), "stored as a number", "lost its last digits")
    assert refused(cell_parsing.code(9.133e17), "stored as a number")


def test_a_credit_code_whose_check_character_does_not_fit_is_refused() -> None:
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    assert refused(cell_parsing.code(wrong), "check character")


def test_a_look_alike_letter_in_a_credit_code_is_refused_with_the_code_that_is_meant() -> None:
    assert refused(cell_parsing.code(CODE.replace("0", "O")), CODE)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("C39,C", ("C39", "C")), ("C39，F51、I65;c40；L", ("C39", "F51", "I65", "C40", "L")), ("3983", ("3983",)),
        (39, ("39",)), (3983.0, ("3983",)), ("Ｃ３９ , C39,", ("C39",)),
    ],
)  # fmt: skip
def test_industry_prefixes_are_split_at_commas_semicolons_and_enumeration_commas(
    cell: RawCell, codes: tuple[str, ...]
) -> None:
    assert industry.prefixes(cell) == codes


@pytest.mark.parametrize("cell", ["制造业", "C39 C40", "C39,XX", "9", "C12345", True, 1.5])
def test_what_is_no_list_of_industry_codes_is_refused(cell: RawCell) -> None:
    assert isinstance(industry.prefixes(cell), Message)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("制造业", "C"), ("建筑业", "E"), ("农、林、牧、渔业", "A"), ("零售", "F"), ("餐饮业", "H"), ("软件", "I"),
        ("Manufacturing", "C"), ("制造业、建筑业", "C, E"), ("C39；房地产业", "K"), ("教育", "P"), ("ＩＴ", "I"),
    ],
)  # fmt: skip
def test_the_name_of_a_section_is_refused_with_its_letter(cell: RawCell, code: str) -> None:
    assert refused(industry.prefixes(cell), f"is it {code}?")


@pytest.mark.parametrize("cell", ["服务业", "电子", "XX", "水", "制造业、电子", "it、XX"])
def test_words_that_name_no_one_section_are_refused_with_an_example(cell: RawCell) -> None:
    assert refused(industry.prefixes(cell), "such as C or C39")


def test_an_industry_code_keeps_its_spelling_but_for_width_and_case() -> None:
    assert [industry.industry_code(cell) for cell in ("c3983", "３９８３", 3983, "0610")] == [
        "C3983",
        "3983",
        "3983",
        "0610",
    ]


def test_an_industry_code_that_may_have_lost_its_leading_zero_is_refused() -> None:
    assert refused(industry.industry_code(610), "leading zero")


@budget(100)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"], exclude_characters="\ufffd"), min_size=1, max_size=200
    )
)
def test_a_name_keeps_its_characters(name: str) -> None:
    kept = cell_text.name(f"\u3000 {name}\n")
    assert kept == name or cell_text.excel_fault(name) is not None


@pytest.mark.parametrize("name", ["（虚构）甲·乙有限公司", "Ａ厂", "𠮷田虚构厂", "=1+1", "[red]甲", "甲\n乙", "É"])
def test_a_name_is_not_normalised(name: str) -> None:
    assert cell_text.name(name) == name


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("甲\x00乙", "cannot be stored"), ("甲\ud800", "cannot be stored"), ("甲\ufffe", "cannot be stored"),
        ("甲" * 201, "201 characters"),
        ("同上", "same as above"), ("#N/A", "Excel error"), (cell_text.NO_RESULT, "no stored result"),
        (True, "not allowed"), (date(2026, 3, 1), "not allowed"), (9.1e17, "lost its last digits"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_is_refused(cell: RawCell, word: str) -> None:
    assert refused(cell_text.name(cell), word)


def test_a_name_of_two_hundred_characters_is_kept_and_a_number_of_fifteen_digits() -> None:
    assert cell_text.name("甲" * 200) == "甲" * 200
    assert cell_text.name(10**15 - 1) == "999999999999999"
    assert refused(cell_text.name(10**15), "too long for Excel")


def test_a_number_in_a_text_column_has_no_decimal_point_of_its_own() -> None:
    assert [cell_text.text(cell) for cell in (360.0, 360, 1.5)] == ["360", "360", "1.5"]


def test_a_long_text_is_kept_up_to_what_a_cell_of_excel_holds() -> None:
    assert cell_text.text("记" * 32767) == "记" * 32767
    assert refused(cell_text.text("记" * 32768), "32768")
