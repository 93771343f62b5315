"""`--mine`: whoever acts is the cadre, in every command that may be narrowed to one (docs/cli.md, Values)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import told

ACTOR = "JP237"
LINES = [
    "due --within 60", "week", "brief", "visit list", "visit list --planned", "visit list --called-off",
    "visit promise list", "request list --all", "policy gaps",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_mine_answers_what_ones_own_number_does(esm: Esm, districts: dict[str, Path], line: str) -> None:
    db = districts["en"]
    own = told(esm, "--actor", ACTOR, *line.split(), "--mine", db=db)
    assert own == told(esm, *line.split(), "--cadre", ACTOR, db=db)
    assert own or "called-off" in line or "promise" in line or "request" in line


@pytest.mark.parametrize("line", [*LINES, "calendar export -o own.ics"])
def test_mine_is_one_cadre_alone_who_must_be_known(esm: Esm, districts: dict[str, Path], line: str) -> None:
    words = [*line.split(), "--mine"]
    assert esm(*words, "--cadre", ACTOR, db=districts["en"]).code == 2
    assert esm("--actor", "nobody", *words, db=districts["en"]).code == 3


def test_ones_own_calendar_and_record(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    db = districts["en"]
    assert esm("--actor", ACTOR, "calendar", "export", "--mine", "-o", "own.ics", db=db).code == 0
    assert esm("calendar", "export", "--cadre", ACTOR, "-o", "named.ics", db=db).code == 0
    assert Path("own.ics").read_bytes() == Path("named.ics").read_bytes()
    assert esm("calendar", "export", "--all", "--mine", "-o", "all", db=db).code == 2
    own = told(esm, "--actor", ACTOR, "cadre", "show", "--mine", db=db)
    assert own == told(esm, "cadre", "show", ACTOR, db=db)
    assert [esm("cadre", "show", *words, db=db).code for words in ([], [ACTOR, "--mine"])] == [2, 2]


def test_the_briefs_of_a_week_are_those_of_its_visits(esm: Esm, districts: dict[str, Path]) -> None:
    db = districts["en"]
    found = told(esm, "brief", "--cadre", ACTOR, db=db)
    visits = told(esm, "week", "--cadre", ACTOR, db=db)["visits"]
    assert [row["uscc"] for row in found["briefs"]] == [row["uscc"] for row in visits] != []
    for row in found["briefs"]:
        page = told(esm, "brief", row["uscc"], db=db)
        assert row == {key: page[key] for key in row}
        told_of = [each for each in found["lines"] if each["uscc"] == row["uscc"]]
        assert told_of == [
            {"uscc": row["uscc"], "enterprise": row["enterprise"], "section": section, **line}
            for section in dict.fromkeys(each["section"] for each in told_of)
            for line in page[section]
        ]
        asked = [each["question"] for each in found["questions"] if each["uscc"] == row["uscc"]]
        assert asked == [each["question"] for each in page["questions"]]


@pytest.mark.parametrize("words", [[], ["Dingjie", "--mine"], ["Dingjie", "--cadre", ACTOR]])
def test_a_brief_is_of_an_enterprise_or_of_a_week(esm: Esm, districts: dict[str, Path], words: list[str]) -> None:
    assert esm("brief", *words, db=districts["en"]).code == 2


def test_the_briefs_of_a_week_are_verified_and_read_one_after_the_other(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    db, file = districts["en"], tmp_path / "briefs.html"
    printed = esm("brief", "--cadre", ACTOR, db=db).out
    (name, *_others) = [row["enterprise"] for row in told(esm, "brief", "--cadre", ACTOR, db=db)["briefs"]]
    assert f"\n{name}\n" in printed
    assert f"\n{name}: Suggested questions\n" in printed
    assert esm("brief", "--cadre", ACTOR, "-o", str(file), db=db).code == 0
    assert esm("verify", str(file), db=db).code == 0
