"""The options of every listing: columns, order, part, ndjson, and the line with the total (docs/cli.md, Listings)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Ran

Esm = Callable[..., Ran]
LISTINGS = [
    "due --within 60", "visit list --since 2026-11-01", "visit list --planned", "visit list --outside",
    "visit promise list", "request list", "request clusters", "request classes", "policy list --all", "policy gaps",
    "enterprise list --tier A", "cadre list", "scale --list nursery", "check", "check --visits", "history",
    "config list", "db check",
]  # fmt: skip


@pytest.fixture
def ask(esm: Esm, districts: dict[str, Path]) -> Callable[..., Ran]:
    """Return a function that asks the example district."""
    return lambda line, *words: esm(*line.split(), *words, db=districts["en"])


def rows(ran: Ran) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(ran.out)
    return answer


@pytest.mark.parametrize("line", LISTINGS)
def test_every_listing_has_the_same_rows_in_every_format(ask: Callable[..., Ran], line: str) -> None:
    whole = rows(ask(line, "--format", "json"))
    assert [json.loads(each) for each in ask(line, "--format", "ndjson").out.splitlines()] == whole
    table = list(csv.DictReader(io.StringIO(ask(line, "--format", "csv").out)))
    assert len(table) == len(whole)
    assert not whole or list(table[0]) == list(whole[0])


@pytest.mark.parametrize("line", LISTINGS)
def test_every_listing_shows_a_part_and_says_of_how_many(ask: Callable[..., Ran], line: str) -> None:
    whole = rows(ask(line, "--format", "json", "--limit", "100000"))
    part = ask(line, "--format", "json", "--limit", "2", "--offset", "1")
    assert rows(part) == whole[1:3]
    shown = len(whole[1:3])
    assert part.err.startswith(f"{len(whole)} in all, ") == (shown != len(whole))
    table = ask(line, "--limit", "100000")
    assert (table.out.splitlines()[-1] == f"{len(whole)} in all.") == bool(whole)
    assert table.err == ""


@pytest.mark.parametrize("line", [line for line in LISTINGS if line not in {"visit list --outside", "db check"}])
def test_every_listing_is_ordered_and_narrowed_by_its_keys(ask: Callable[..., Ran], line: str) -> None:
    whole = rows(ask(line, "--format", "json", "--limit", "100000"))
    if not whole:
        return
    first, *_rest, last = whole[0]
    found = rows(ask(line, "--format", "json", "--columns", f"{last},{first}", "--sort", f"-{first}", "--limit", "3"))
    values = sorted((str(row[first]) for row in whole if row[first] is not None), reverse=True)
    assert all(list(row) == [last, first] for row in found)
    if isinstance(whole[0][first], str):
        assert [row[first] for row in found] == values[:3]


def test_the_line_with_the_total_is_chinese_where_esm_speaks_it(esm: Esm, districts: dict[str, Path]) -> None:
    told = esm("due", "--limit", "2", "--offset", "2", lang="zh", db=districts["zh"]).out.splitlines()[-1]
    assert told == "共95条，列出第3至4条。"


def test_quiet_says_no_total_beside_the_rows(ask: Callable[..., Ran]) -> None:
    assert ask("due", "--format", "ndjson", "--limit", "1").err == "95 in all, the first 1 shown.\n"
    assert ask("--quiet due", "--format", "ndjson", "--limit", "1").err == ""


def test_a_file_of_lines_has_one_object_a_line(ask: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "due.ndjson"
    assert ask("due", "-o", str(file), "--columns", "uscc,tier", "--limit", "4").code == 0
    assert [list(json.loads(line)) for line in file.read_text().splitlines()] == [["uscc", "tier"]] * 4


def test_a_hidden_column_that_is_named_stands_in_the_table(ask: Callable[..., Ran]) -> None:
    lines = ask("due", "--columns", "uscc,days_overdue", "--sort", "-days_overdue", "--limit", "1").out.splitlines()
    assert lines[1].split() == ["Credit", "code", "Days", "overdue"]
    assert lines[2].split()[1] == "448"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("due --columns enterprize", "Did you mean enterprise?"),
        ("due --sort -due", "Did you mean due_on?"),
        ("scale --limit 3", "Omit them."),
        ("request list --stuck --columns id", "Omit them."),
        ("scale --format ndjson", "Omit them."),
        ("request classes labour.fair --name Fairs --limit 3", "Omit them."),
        ("report -o report.ndjson", "Use .json instead."),
    ],
)
def test_what_does_not_fit_the_answer_is_refused(ask: Callable[..., Ran], line: str, hint: str) -> None:
    ran = ask(line)
    assert (ran.code, ran.out, ran.err.splitlines()[1]) == (2, "", hint)


def test_an_unknown_column_is_refused_before_the_database_is_opened(esm: Esm, tmp_path: Path) -> None:
    ran = esm("cadre", "list", "--with-phones", "--columns", "nam", db=tmp_path / "none.db")
    assert (ran.code, ran.err.splitlines()) == (
        2, ["error: This listing has no column “nam”.", "Did you mean name?"],
    )  # fmt: skip
    assert not (tmp_path / "none.db").exists()


def test_one_list_of_the_watch_is_named_by_its_code_or_its_word(ask: Callable[..., Ran]) -> None:
    by_code = ask("scale", "--list", "nursery", "--format", "json")
    assert by_code.code == 0
    assert ask("scale", "--list", "培育", "--format", "json").out == by_code.out
    assert ask("scale", "--list", "Near the threshold", "--format", "json").out == by_code.out


@pytest.mark.parametrize(("lang", "hint"), [("en", "Available columns: uscc, "), ("zh", "可用的列：uscc、")])
def test_a_key_unlike_any_other_is_answered_with_the_columns(
    esm: Esm, districts: dict[str, Path], lang: str, hint: str
) -> None:
    ran = esm("due", "--columns", "zzzzzzzz", db=districts["en"], lang=lang)
    assert (ran.code, hint in ran.err) == (2, True)
