"""The payments of one policy, enterprise, day and kind: told apart, and the same file again changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content, small_district
from tests.conftest import Esm, budget
from tests.rosters import csv_file, told
from tests.small_district import CODES

from esm.domain.values.money import Money
from esm.storage.database.place import Place
from esm.usecases.exchange import payment_numbers
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally

HEADER = "policy,uscc,done_on,kind,number,amount"
DAY = ("R1", "X", "2026-11-02", "subsidy")


@pytest.fixture
def desk(esm: Esm, place: Place) -> Esm:
    """Return a district of one enterprise with a policy."""
    small_district.enrol(place, 0, industry_code="C3983")
    assert esm("policy", "add", "R1", "--title", "稳岗补贴").code == 0
    return esm


def paid(desk: Esm, tmp_path: Path, *payments: str) -> Any:
    """Import payments of one day, each a number and an amount."""
    rows = [f"R1,{CODES[0]},2026-11-02,subsidy,{payment}" for payment in payments]
    return told(desk, "import", csv_file(tmp_path, "reliefs", HEADER, *rows))


def amounts(place: Place) -> list[int]:
    """Return the amounts on record in fen."""
    return [row[-1] for row in database_content.dump(place)["relief"]]


@pytest.mark.parametrize("payments", [(",100", ",250"), ("2,250", "1,100"), ("1,100", ",250"), ("1,100", "2,100")])
def test_two_payments_of_a_day_are_taken_and_taken_once(
    desk: Esm, place: Place, tmp_path: Path, payments: tuple[str, ...]
) -> None:
    assert paid(desk, tmp_path, *payments)["added"] == 2
    before = database_content.business(place)
    assert paid(desk, tmp_path, *payments)["unchanged"] == 2
    assert paid(desk, tmp_path, *reversed(payments))["unchanged"] == 2
    assert database_content.business(place) == before


def test_a_number_corrects_the_payment_that_has_it(desk: Esm, place: Place, tmp_path: Path) -> None:
    paid(desk, tmp_path, "1,100", "2,250")
    assert paid(desk, tmp_path, "2,300")["updated"] == 1
    assert amounts(place) == [10_000, 30_000]


def test_a_further_payment_follows_those_on_record(desk: Esm, place: Place, tmp_path: Path) -> None:
    paid(desk, tmp_path, ",100")
    assert paid(desk, tmp_path, ",100", ",50")["added"] == 1
    assert amounts(place) == [10_000, 5_000]


def test_an_amount_that_may_correct_a_payment_or_be_another_is_asked_about(
    desk: Esm, place: Place, tmp_path: Path
) -> None:
    paid(desk, tmp_path, ",100")
    (error,) = paid(desk, tmp_path, ",50")["errors"]
    assert error["cell"] == "F2"
    assert "write 1 in the column" in error["reason"]
    assert "2 for a further payment" in error["reason"]
    assert amounts(place) == [10_000]


@pytest.mark.parametrize(
    ("payments", "cell", "says"),
    [
        ((",100", ",100"), "F3", "row 2 is identical"),
        (("2,100",), "E2", "numbered from 1"),
        (("0,100",), "E2", "numbered from 1"),
        (("1,100", "3,200"), "E3", "numbered from 1"),
        (("1,100", "1,200"), "A3", "duplicate of row 2"),
    ],
)
def test_payments_that_cannot_be_told_apart_are_refused(
    desk: Esm, place: Place, tmp_path: Path, payments: tuple[str, ...], cell: str, says: str
) -> None:
    (error,) = paid(desk, tmp_path, *payments)["errors"]
    assert (error["cell"], says in error["reason"]) == (cell, True), error
    assert amounts(place) == []


def rows(payments: list[tuple[int | None, int]]) -> list[RosterRow]:
    policy, uscc, on, kind = DAY
    values = {"policy": policy, "uscc": uscc, "done_on": date.fromisoformat(on), "kind": kind}
    return [
        RosterRow(
            "reliefs",
            "f",
            "s",
            place,
            {**values, "amount": Money(fen), **({} if number is None else {"number": number})},
            {},
        )
        for place, (number, fen) in enumerate(payments, 2)
    ]


PAYMENTS = st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 4)), st.integers(1, 3)), max_size=5)


@budget(200)
@given(PAYMENTS.filter(lambda found: max(Counter(n for n, _ in found if n).values(), default=1) == 1),
       st.lists(st.integers(1, 3).map(Money), max_size=3))  # fmt: skip
def test_a_file_taken_twice_finds_what_it_left(payments: list[tuple[int | None, int]], recorded: list[Money]) -> None:
    def take(on_record: list[Money]) -> list[Money] | None:
        tally = Tally()
        left = dict(enumerate(on_record, 1))
        for row in payment_numbers.with_numbers(rows(payments), {DAY: on_record}, tally):
            left[row.values["number"]] = row.values["amount"]
        assert sorted(left) == list(range(1, len(left) + 1))
        return None if tally.problems else list(left.values())

    once = take(recorded)
    assert once is None or take(once) == once


def test_the_words_of_an_office_name_the_kind_and_the_number(desk: Esm, place: Place, tmp_path: Path) -> None:
    header = "政策编号,统一社会信用代码,到账日期,资金类型,当日第几笔,金额"
    rows = [f"R1,{CODES[0]},2026-11-02,补贴,{number},{amount}" for number, amount in ((2, 250), (1, 100))]
    assert told(desk, "import", csv_file(tmp_path, "兑付", header, *rows))["added"] == 2
    assert sorted(amounts(place)) == [10_000, 25_000]
