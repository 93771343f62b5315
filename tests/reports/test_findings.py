"""What the checker tells beside each finding: who is to see to it, and in what order people read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.conftest import Esm, Ran
from tests.district import Cadre, District, Enterprise, Pairing, Span, code, store

from esm.storage.database.connection import Writing
from esm.usecases.reports import check

Ask = Callable[..., Ran]


@pytest.fixture
def ask(esm: Esm, districts: dict[str, Path]) -> Ask:
    """Return a function that asks the example district."""
    return lambda *words, lang="en": esm(*words, db=districts[lang], lang=lang)


def listed(ask: Ask, *words: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(ask(*words, "--format", "json").out)
    return answer


def test_every_finding_names_the_cadre_the_department_and_the_subdistrict_of_the_day(ask: Ask) -> None:
    firms = {each["uscc"]: each for each in listed(ask, "enterprise", "list")}
    people = {each["staff_no"]: each for each in listed(ask, "cadre", "list")}
    due = {each["uscc"]: each for each in listed(ask, "due", "--within", "3000")}
    found = listed(ask, "check")
    assert {"overdue", "unserved", "below_line", "absent_without_deputy"} <= {each["kind"] for each in found}
    for each in found:
        assert each["subdistrict"] == firms[each["uscc"]]["subdistrict"]
        if each["staff_no"] is None:
            assert each["cadre"] is each["department"] is None
            assert each["uscc"] not in due or due[each["uscc"]]["staff_no"] is None
        else:
            assert (each["cadre"], each["department"]) == (
                people[each["staff_no"]]["name"], people[each["staff_no"]]["department"],
            )  # fmt: skip
    late = [each for each in found if each["kind"] == "overdue"]
    assert [(each["staff_no"], each["days"]) for each in late] == [
        (due[each["uscc"]]["staff_no"], due[each["uscc"]]["days_overdue"]) for each in late
    ]


def test_the_worst_of_a_kind_stand_first(ask: Ask) -> None:
    found = listed(ask, "check")
    for kind in dict.fromkeys(each["kind"] for each in found):
        days = [each["days"] or 0 for each in found if each["kind"] == kind]
        assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(("lang", "between"), [("en", "Found: "), ("zh", "共发现问题")])
def test_people_read_one_table_a_kind_and_how_many_there_are_of_each(ask: Ask, lang: str, between: str) -> None:
    counts = Counter(each["kind"] for each in json.loads(ask("check", "--format", "json", lang=lang).out))
    lines = ask("check", lang=lang).out.splitlines()
    total = next(line for line in lines if line.startswith(between))
    numbers = [int("".join(filter(str.isdigit, part))) for part in total.replace("、", ",").split(",")]
    assert numbers[1:] == sorted(counts.values(), reverse=True)[1:]
    heads = [line for line in lines if line.replace("：", ": ").split(": ")[-1].isdigit()]
    assert [int(head.replace("：", ": ").split(": ")[-1]) for head in heads] == list(counts.values())


def test_a_part_and_a_file_hold_one_listing_with_all_columns(ask: Ask, tmp_path: Path) -> None:
    found = listed(ask, "check")
    file = tmp_path / "check.xlsx"
    assert ask("check", "-o", str(file)).code == 1
    (sheet,) = load_workbook(file).worksheets
    assert sum(row[0] in {"overdue"} for row in sheet.iter_rows(values_only=True)) == sum(
        each["kind"] == "overdue" for each in found
    )
    part = ask("check", "--columns", "kind,department,days", "--sort", "-days", "--limit", "2")
    assert "448" in part.out
    assert "first 2 shown" in part.out


def test_a_finding_about_a_cadre_has_the_subdistrict_of_the_cadre(writing: Writing) -> None:
    firms = tuple(Enterprise(number, (Span(date(2028, 1, 1)),)) for number in (1, 2))
    pairs = tuple(Pairing(firm.uscc, "1001", Span(date(2028, 1, 1))) for firm in firms)
    store(writing, District(firms, (Cadre("1001"),), pairs))
    writing.connection.execute("UPDATE posting SET capacity = 1, department = 'B'")
    writing.connection.execute("UPDATE cadre SET subdistrict = 'S'")
    (busy,) = (each for each in check.findings(writing, date(2028, 1, 2)) if each.kind == "over_capacity")
    assert (busy.uscc, busy.staff_no, busy.department, busy.subdistrict) == (None, "1001", "B", "S")
    assert code(1) not in (busy.subject,)


def test_where_nothing_is_in_scope_nothing_is_called_good(esm: Esm) -> None:
    assert "no enterprise is in scope" in esm("check").out
    assert "Nothing found" not in esm("check").out


def test_an_audit_tells_how_many_visits_it_looked_at_and_left_out(ask: Ask) -> None:
    alone = ask("check", "--visits", "--sample", "3", "--seed", "x")
    assert "There was nothing to look at" in alone.out
    assert "Left out: 339 visits of the first import" in alone.out
    assert "No anomalies" not in alone.out
    assert "The sample was drawn" not in alone.out
    assert "Left out: 339 visits" in ask("check", "--visits", "--format", "json").err


def test_an_audit_looks_at_imported_visits_when_it_is_asked_to(ask: Ask) -> None:
    drawn = listed(ask, "check", "--visits", "--imported", "--sample", "3", "--seed", "x")
    assert sum(each["kind"] == "call_back" for each in drawn) == 3
    assert not any(each["kind"] == "late_entry" for each in drawn)  # when they were imported says nothing
    assert all(each["cadre"] and each["department"] for each in drawn)
    text = ask("check", "--visits", "--imported").out
    assert "Looked at: 339 visits since 2026-09-01." in text
    assert "Left out" not in text


def test_imported_can_only_be_asked_of_an_audit(esm: Esm) -> None:
    assert esm("check", "--imported").code == 2


def test_due_visits_of_a_department_are_those_of_its_cadres(ask: Ask) -> None:
    every = listed(ask, "due", "--within", "60")
    own = listed(ask, "due", "--within", "60", "--department", "Tax Bureau")
    assert own == [each for each in every if each["department"] == "Tax Bureau"]
    assert own
    assert all(each["department"] is None for each in every if each["staff_no"] is None)
    assert ask("due", "--department", "Tax Bureau", "--check").code == 1
    assert "Tax Bureau" in ask("due", "--department", "Tax Bureau", "--columns", "enterprise,department").out


def test_an_unknown_department_is_refused_with_names_like_it(ask: Ask) -> None:
    refused = ask("due", "--department", "Tax Bureua")
    assert refused.code == 3
    assert "Did you mean Tax Bureau" in refused.err


def test_reminders_of_a_department_go_to_its_cadres(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "reminders"
    assert ask("due", "--department", "Tax Bureau", "--digest", str(folder)).code == 0
    own = {each["staff_no"] for each in listed(ask, "cadre", "list", "--department", "Tax Bureau")}
    assert {file.stem for file in folder.iterdir()} <= own
    assert {each["staff_no"] for each in listed(ask, "due", "--department", "Tax Bureau")} <= {
        file.stem for file in folder.iterdir()
    }
