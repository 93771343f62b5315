"""The example district: reproducible, of the promised size, and free of contradictions."""

from __future__ import annotations

import csv
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from esm.domain.register import above_scale_thresholds
from esm.domain.requests.states import TRANSITIONS, RequestState
from esm.domain.values import credit_code

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 23)

Record = dict[str, str]


@cache
def rows(sheet: str) -> list[Record]:
    with (EXAMPLES / "district.en" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(key: str, sheet: str) -> dict[str, Record]:
    return {row[key]: row for row in rows(sheet)}


def day(text: str, blank: date = date.max) -> date:
    return date.fromisoformat(text) if text else blank


def is_active(pairing: Record, on: date = TODAY) -> bool:
    return day(pairing["start_on"]) <= on < day(pairing["end_on"])


def in_post(cadre: Record, on: date) -> bool:
    return day(cadre["active_from"]) <= on < day(cadre["left_on"])


def predicted(row: Record) -> bool | None:
    qualified = {"yes": True, "no": False, "": None}[row["qualified"]]
    revenue, employees = Decimal(row["revenue"]), int(row["employees"])
    return above_scale_thresholds.prediction(
        row["industry_code"], revenue=revenue, employees=employees, qualified=qualified, on=TODAY
    ).above


def is_above(row: Record) -> bool:
    return row["above_scale"] == "yes" or (not row["above_scale"] and predicted(row) is True)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:  # what is in it: how well it is packed differs between zlib versions
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_script_writes_the_committed_files_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_district.py", tmp_path], check=True)
    committed = sorted((EXAMPLES / "district.en").iterdir())
    assert [path.name for path in committed] == sorted(path.name for path in (tmp_path / "district.en").iterdir())
    for path in committed:
        assert (tmp_path / "district.en" / path.name).read_bytes() == path.read_bytes(), path.name
    assert parts(tmp_path / "district.zh.xlsx") == parts(EXAMPLES / "district.zh.xlsx")


def test_the_district_has_the_promised_size() -> None:
    assert len(rows("cadres")) == 300
    assert len({row["department"] for row in rows("cadres")}) == 40
    assert Counter(map(is_above, rows("enterprises"))) == {True: 320, False: 60}
    assert len({row["subdistrict"] for row in rows("enterprises")}) == 8
    assert Counter(row["tier"] for row in rows("enterprises")) == {"A": 30, "B": 90, "C": 260}
    assert sum(map(is_active, rows("pairings"))) == 230
    assert (len(rows("recusals")), len(rows("absences"))) == (25, 20)


def test_the_readme_tells_how_much_there_is() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert f"{sum(not is_active(row) for row in rows('pairings'))} that have ended" in text
    assert f"{len(rows('visits')):,} contacts".replace(",", " ") in text


def test_the_district_shows_each_kind_of_trouble() -> None:
    silent = [row for row in rows("enterprises") if not row["above_scale"]]
    assert Counter(map(predicted, silent)) == {True: 8, False: 12}
    assert any(predicted(row) is False and row["above_scale"] == "yes" for row in rows("enterprises"))
    assert any(predicted(row) is True and row["above_scale"] == "no" for row in rows("enterprises"))
    cadres = by("staff_no", "cadres")
    assert sum(is_active(row) and not in_post(cadres[row["staff_no"]], TODAY) for row in rows("pairings")) == 7
    seats = sum(int(row["capacity"] or 1) for row in rows("cadres") if in_post(row, TODAY))
    assert seats < sum(is_above(row) and day(row["exited_on"]) > TODAY for row in rows("enterprises"))


def test_every_credit_code_is_sound_and_of_no_real_district() -> None:
    codes = [row["uscc"] for row in rows("enterprises")]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if credit_code.fault(code) or code[2:8] != "339907"] == []


def test_names_and_staff_numbers_are_unique() -> None:
    for sheet, key in [("cadres", "staff_no"), ("cadres", "name"), ("enterprises", "name")]:
        assert len({row[key] for row in rows(sheet)}) == len(rows(sheet)), (sheet, key)


def test_no_telephone_number_can_exist() -> None:
    numbers = [row["phone"] for row in rows("cadres")] + [row["contact_phone"] for row in rows("enterprises")]
    assert all(len(number) == 11 and number.startswith("1990000") for number in numbers)


def test_everybody_and_every_enterprise_mentioned_is_on_the_roster() -> None:
    matters = ("requests", "briefings", "applications", "reliefs")
    for sheet in ("pairings", "recusals", "absences", "visits", *matters):
        for row in rows(sheet):
            assert "staff_no" not in row or row["staff_no"] in by("staff_no", "cadres")
            assert "uscc" not in row or row["uscc"] in by("uscc", "enterprises")


def test_the_pairings_of_an_enterprise_do_not_overlap() -> None:
    ends: dict[str, date] = {}
    for row in sorted(rows("pairings"), key=lambda row: row["start_on"]):
        assert day(row["start_on"]) < day(row["end_on"])
        assert ends.get(row["uscc"], date.min) <= day(row["start_on"])
        ends[row["uscc"]] = day(row["end_on"])


def test_no_cadre_ever_serves_more_than_the_capacity() -> None:
    held = defaultdict(list)
    for row in rows("pairings"):
        held[row["staff_no"]].append(row)
    for staff_no, mine in held.items():
        room = int(by("staff_no", "cadres")[staff_no]["capacity"] or 1)
        assert all(sum(is_active(row, day(start["start_on"])) for row in mine) <= room for start in mine)


def test_every_pairing_starts_with_a_cadre_in_post_and_an_enterprise_enrolled_and_above_scale() -> None:
    cadres, enterprises = by("staff_no", "cadres"), by("uscc", "enterprises")
    for row in rows("pairings"):
        assert in_post(cadres[row["staff_no"]], day(row["start_on"]))
        enterprise = enterprises[row["uscc"]]
        assert day(enterprise["enrolled_on"]) <= day(row["start_on"])
        assert is_above(enterprise)
        assert not enterprise["exited_on"] or day(row["end_on"]) <= day(enterprise["exited_on"])


def test_nobody_was_ever_paired_in_spite_of_a_recusal() -> None:
    recused = {(row["staff_no"], row["uscc"]) for row in rows("recusals")}
    assert len(recused) == 25
    assert recused.isdisjoint((row["staff_no"], row["uscc"]) for row in rows("pairings"))


def test_every_absence_ends_after_it_begins_and_none_overlaps_another() -> None:
    assert all(day(row["start_on"]) < day(row["end_on"], date.min) for row in rows("absences"))
    assert len({row["staff_no"] for row in rows("absences")}) == len(rows("absences"))


def test_every_visit_was_made_by_the_cadre_of_the_day_who_was_in_post_and_not_away() -> None:
    spans = defaultdict(list)
    for row in rows("pairings"):
        spans[row["uscc"], row["staff_no"]].append(row)
    away = by("staff_no", "absences")
    for row in rows("visits"):
        on, staff_no = day(row["done_on"]), row["staff_no"]
        assert any(is_active(pairing, on) for pairing in spans[row["uscc"], staff_no])
        assert in_post(by("staff_no", "cadres")[staff_no], on)
        assert staff_no not in away or not day(away[staff_no]["start_on"]) <= on < day(away[staff_no]["end_on"])


def test_visits_lie_on_weekdays_of_the_fourteen_months_and_two_never_on_one_day() -> None:
    keys = {(row["uscc"], row["staff_no"], row["done_on"]) for row in rows("visits")}
    assert len(keys) == len(rows("visits"))
    for row in rows("visits"):
        assert date(2025, 9, 20) <= day(row["done_on"]) <= date(2026, 11, 20)
        assert day(row["done_on"]).weekday() < 5


def test_no_contact_of_an_enterprise_that_is_kept_in_scope_says_it_is_gone() -> None:
    gone = {row["uscc"] for row in rows("visits") if row["outcome"] in ("moved", "closed")}
    assert gone == {row["uscc"] for row in rows("enterprises") if row["exited_on"]}


def test_the_rhythm_is_about_two_months() -> None:
    dates = defaultdict(list)
    for row in rows("visits"):
        if (row["channel"], row["outcome"]) == ("on_site", "met"):
            dates[row["uscc"], row["staff_no"]].append(day(row["done_on"]))
    gaps = sorted(later - earlier for each in dates.values() for earlier, later in pairwise(each))
    assert timedelta(44) <= gaps[len(gaps) // 2] <= timedelta(62)
    assert gaps[-1] > timedelta(90)


def met() -> dict[tuple[str, str, str], Record]:
    found = [row for row in rows("visits") if (row["channel"], row["outcome"]) == ("on_site", "met")]
    return {(row["uscc"], row["staff_no"], row["done_on"]): row for row in found}


def states() -> list[str]:
    found = []
    steps = {number: list(each) for number, each in groupby(rows("request_events"), lambda row: row["request_no"])}
    for row in rows("requests"):
        state = "received"
        for step in steps.get(row["request_no"], []):
            state = TRANSITIONS[state][step["move"]]
        found.append(state)
    return found


def test_about_forty_requests_stand_in_every_state_and_each_was_raised_on_a_visit() -> None:
    assert len(rows("requests")) == 42
    assert set(states()) == set(RequestState)
    for row in rows("requests"):
        assert (row["uscc"], row["staff_no"], row["visited_on"]) in met()
        assert row["visited_on"] == row["received_on"]


def test_every_request_moves_from_day_to_day_among_departments_that_are_there() -> None:
    begun = by("request_no", "requests")
    departments = {row["department"] for row in rows("cadres")}
    for number, steps in groupby(rows("request_events"), lambda row: row["request_no"]):
        days = [begun[number]["received_on"], *(step["done_on"] for step in steps)]
        assert days == sorted(days)
        assert day(days[-1]) < TODAY
    for step in rows("request_events"):
        assert {step["department"], *step["supporting"].split(";")} - {""} <= departments


def test_a_policy_is_explained_on_visits_while_it_is_in_force_and_to_one_enterprise_once() -> None:
    policies = by("code", "policies")
    assert len(policies) == 13
    for row in rows("briefings"):
        policy = policies[row["policy"]]
        assert policy["start_on"] <= row["done_on"] <= (policy["until_on"] or "9999")
        assert (row["uscc"], row["staff_no"], row["done_on"]) in met()
    assert len({(row["policy"], row["uscc"]) for row in rows("briefings")}) == len(rows("briefings"))


def test_money_follows_an_application_that_follows_a_briefing_or_comes_unasked() -> None:
    told = {(row["policy"], row["uscc"]): row["done_on"] for row in rows("briefings")}
    applied = {(row["policy"], row["uscc"]): row for row in rows("applications")}
    assert all(told[pair] < row["done_on"] < TODAY.isoformat() for pair, row in applied.items())
    for row in rows("reliefs"):
        pair = row["policy"], row["uscc"]
        assert row["policy"] in {"N04", "J04"} or (
            applied[pair]["kind"] == "applied" and applied[pair]["done_on"] < row["done_on"]
        )
        assert row["done_on"] < TODAY.isoformat()
        assert 0 < int(row["amount"]) <= 1.1 * int(by("code", "policies")[row["policy"]]["worth"])


def test_the_readme_counts_what_was_told_applied_for_and_paid() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    nouns = {"requests": "requests", "policies": "measures", "briefings": "briefings", "applications": "answers",
             "reliefs": "payments"}  # fmt: skip
    assert [sheet for sheet, noun in nouns.items() if f"{len(rows(sheet))} {noun}" not in text] == []
