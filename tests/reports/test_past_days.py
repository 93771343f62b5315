"""Reports of a past day: what is entered later about later days leaves them as they were."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.district import code

CADRES = "staff_no,name,department,active_from\n1001,尹一,商务局,2020-01-01\n1002,尹二,税务局,2020-01-01\n"
ENTERPRISES = "uscc,name,industry_code,tier,above_scale,enrolled_on\n"
FIRM = f"{code(1)},江畔一号,C3983,B,是,2026-01-05\n"


def take_in(esm: Esm, folder: Path, today: str, **sheets: str) -> None:
    """Import sheets, each given as the text of a CSV file under its name."""
    files = []
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        files.append(str(folder / f"{name}.csv"))
    ran = esm("import", *files, today=today)
    assert ran.code == 0, ran.err


def told(esm: Esm, *words: str, today: str) -> Any:
    return json.loads(esm(*words, "--format", "json", today=today).out)


def test_a_policy_counts_who_was_enrolled_on_that_day(esm: Esm, tmp_path: Path) -> None:
    take_in(esm, tmp_path, "2026-02-01", cadres=CADRES, enterprises=ENTERPRISES + FIRM)
    assert esm("policy", "add", "P1", "--title", "稳岗补贴", today="2026-02-01").code == 0
    before = told(esm, "report", "policies", "--as-of", "2026-02-02", today="2026-04-02")
    assert before["eligible"] == 1
    later = (("--above-scale",), ("--below-scale",), ("--above-scale", "--enrolled-on", "2026-03-01"))
    for number, words in enumerate(later, start=2):
        added = ("enterprise", "add", code(number), "--name", f"江畔{number}号有限公司", *words)
        assert esm(*added, today="2026-04-01").code == 0
    assert told(esm, "report", "policies", "--as-of", "2026-02-02", today="2026-04-02") == before
    assert told(esm, "report", "policies", "--as-of", "2026-03-02", today="2026-04-02")["eligible"] == 2
    assert told(esm, "report", "policies", "--as-of", "2026-04-02", today="2026-04-02")["eligible"] == 4


def test_a_past_check_takes_the_register_of_that_day(esm: Esm, tmp_path: Path) -> None:
    firm = (
        f"uscc,name,industry_code,revenue,tier,above_scale,enrolled_on\n{code(1)},江畔一号,C3983,9999,B,是,2026-01-05\n"
    )
    take_in(esm, tmp_path, "2026-02-01", cadres=CADRES, enterprises=firm)

    def kinds(on: str) -> list[str]:
        return [each["kind"] for each in told(esm, "check", today=on)]

    before = kinds("2026-02-20")
    assert "predicted_above_scale" not in before
    assert esm("enterprise", "edit", code(1), "--below-scale", today="2026-03-10").code == 0
    assert kinds("2026-02-20") == before
    assert "predicted_above_scale" in kinds("2026-03-10")
    assert esm("enterprise", "add", code(2), "--name", "江畔二号", "--industry", "C3983", "--revenue", "9999",
               "--below-scale", today="2026-03-12").code == 0  # fmt: skip
    assert kinds("2026-02-20") == before


@pytest.mark.parametrize("words", ["--above-scale", "--below-scale"])
@pytest.mark.parametrize("undone", ["never", "the later word", "an earlier word", "an earlier word thrice"])
def test_what_could_not_be_decided_then_still_could_not(esm: Esm, words: str, undone: str) -> None:
    """The register said nothing in February and something in March: what was undone it never said."""
    firm = code(1)
    assert esm("enterprise", "add", firm, "--name", "江畔一号", "--industry", "C3983", today="2026-02-01").code == 0
    if undone.startswith("an earlier word"):
        assert esm("enterprise", "edit", firm, words, today="2026-02-10").code == 0
        assert esm("undo", "2", today="2026-03-01").code == 0
    for undo in ("3", "4") if undone.endswith("thrice") else ():
        assert esm("undo", undo, today="2026-03-02").code == 0

    def told_on(day: str) -> tuple[Any, ...]:
        found = [each["kind"] for each in told(esm, "check", today=day)]
        (listed,) = told(esm, "enterprise", "list", today=day)
        scale = told(esm, "scale", today=day)
        shown = told(esm, "enterprise", "show", firm, today=day)
        return (
            found,
            listed["basis"],
            [key for key in ("undecidable", "unchecked") if scale[key]],
            shown["above_scale"],
        )

    before = told_on("2026-02-20")
    assert before == (["undecidable"], "undecidable", ["undecidable"], None)
    assert esm("enterprise", "edit", firm, words, today="2026-03-10").code == 0
    assert told_on("2026-02-20") == before
    assert told_on("2026-03-10")[3] is (words == "--above-scale")
    if undone == "the later word":
        assert esm("undo", today="2026-03-12").code == 0
        assert told_on("2026-03-11") == before


@pytest.mark.parametrize("order", [*permutations(("1001", "1002"))])
def test_two_cadres_at_one_enterprise_on_one_day_count_for_both_and_once_in_every_total(
    esm: Esm, tmp_path: Path, order: tuple[str, str]
) -> None:
    visits = "uscc,staff_no,done_on\n" + "".join(f"{code(1)},{staff_no},2026-02-01\n" for staff_no in order)
    take_in(esm, tmp_path, "2026-02-02", cadres=CADRES, enterprises=ENTERPRISES + FIRM, visits=visits)
    found = told(esm, "report", "visits", today="2026-02-02")
    assert (found["contacts"], found["visits"], found["joint"]) == (2, 1, 1)
    for name, keys in (("by_cadre", ["1001", "1002"]), ("by_department", ["商务局", "税务局"])):
        assert sorted((row["key"], row["visits"], row["joint"]) for row in found[name]) == [(key, 1, 0) for key in keys]
    for name in ("by_subdistrict", "by_month"):
        assert [(row["visits"], row["joint"]) for row in found[name]] == [(1, 1)]
    (row,) = told(esm, "report", "burden", today="2026-02-02")["enterprises"]
    assert row["visitors"] == ["商务局", "税务局"]


def groups_on(esm: Esm, on: str) -> dict[str, list[str | None]]:
    """Return the keys of the groups in which the report of a day has somebody in scope."""
    found = told(esm, "report", "coverage", "--as-of", on, today="2026-04-01")
    return {name: [row["key"] for row in found[name] if row["in_scope"]] for name in found if name.startswith("by_")}


@pytest.mark.parametrize(
    ("words", "group", "filled"),
    [
        (("enterprise", "edit", code(1), "--subdistrict", "西街道"), "by_subdistrict", "西街道"),
        (("enterprise", "edit", code(1), "--industry", "C3983"), "by_industry", "C"),
        (("cadre", "edit", "1001", "--department", "商务局"), "by_department", "商务局"),
    ],
)
def test_a_blank_that_is_filled_in_was_unknown_before_unless_it_is_said_since_when(
    esm: Esm, tmp_path: Path, words: tuple[str, ...], group: str, filled: str
) -> None:
    take_in(
        esm, tmp_path, "2026-03-02",
        cadres="staff_no,name,active_from\n1001,尹一,2020-01-01\n",
        enterprises=f"uscc,name,tier,above_scale,enrolled_on\n{code(1)},江畔一号,B,是,2026-01-05\n",
        pairings=f"uscc,staff_no,start_on\n{code(1)},1001,2026-01-05\n",
    )  # fmt: skip
    before = {on: groups_on(esm, on) for on in ("2026-02-01", "2026-03-19")}
    unknown = before["2026-02-01"][group]
    assert esm(*words, today="2026-03-20").code == 0
    assert {on: groups_on(esm, on) for on in before} == before
    assert groups_on(esm, "2026-03-20")[group] == [filled]
    assert esm(*words, "--since", "2026-03-10", today="2026-03-21").code == 0
    found = [groups_on(esm, f"2026-03-{day}")[group] for day in ("09", "10", "19", "20", "25")]
    assert found == [unknown, *[[filled]] * 4]
    assert esm(*words, "--since", "2026-03-22", today="2026-03-21").code == 4


def test_a_blank_that_an_import_fills_is_known_from_the_day_of_the_import(esm: Esm, tmp_path: Path) -> None:
    take_in(esm, tmp_path, "2026-03-02", cadres=CADRES, enterprises=ENTERPRISES + FIRM)
    take_in(esm, tmp_path, "2026-03-10", enterprises=f"uscc,name,subdistrict\n{code(1)},江畔一号,西街道\n")
    assert [groups_on(esm, f"2026-03-{day}")["by_subdistrict"] for day in ("09", "10")] == [[None], ["西街道"]]
