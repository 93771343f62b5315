"""Words of a command line wherever and however they are typed: global options, short names, standard input, hints."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT, TODAY, Esm

from esm.__main__ import main
from esm.cli.shell import app
from esm.cli.shell.help import Listed
from esm.cli.shell.usage.command_names import ALIASES, meant


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with its options."""
    for name, inner in getattr(command, "commands", {}).items():
        if isinstance(inner, Listed):
            yield (*path, name), inner.load()
        else:
            yield from leaves(inner, (*path, name))


def names(parameters: Iterable[Any]) -> set[str]:
    return {name for each in parameters for name in (*each.opts, *each.secondary_opts)}


def test_no_command_has_an_option_of_its_own_that_is_called_like_a_global_one() -> None:
    root = app.tree()
    assert {path: names(command.params) & names(root.params) for path, command in leaves(root)
            if names(command.params) & names(root.params)} == {}  # fmt: skip


@pytest.mark.parametrize(
    "after",
    [
        ["due", "--db", "{db}", "--today", TODAY, "--lang", "zh"],
        ["--lang", "en", "due", "--db={db}", "--today", TODAY, "--lang=zh", "-q"],
        ["--today", TODAY, "due", "--lang", "zh", "--db", "{db}", "--verbose", "--no-color"],
    ],
)
def test_global_options_count_after_the_command_too(
    esm: Esm, districts: dict[str, Path], capsys: pytest.CaptureFixture[str], after: list[str]
) -> None:
    before = esm("due", db=districts["zh"], lang="zh").out
    assert main([word.replace("{db}", str(districts["zh"])) for word in after]) == 0
    assert capsys.readouterr().out == before


def test_global_options_stand_between_a_group_and_its_command(
    esm: Esm, districts: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = esm("cadre", "list", "--format", "json", db=districts["en"]).out
    assert main(["cadre", "--db", str(districts["en"]), "list", "--format", "JSON", "--today", TODAY]) == 0
    assert capsys.readouterr().out == before


@pytest.mark.parametrize("said", ["--db", "--lang"])
def test_what_is_said_of_a_visit_may_look_like_a_global_option(esm: Esm, districts: dict[str, Path], said: str) -> None:
    words = ["visit", "log", "鼎捷物流", f"--minutes={said}", "--dry-run", "--format", "json"]
    assert json.loads(esm(*words, db=districts["zh"], lang="zh").out)["minutes"] == said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["due", "-q", "-v"], "error: --quiet and --verbose cannot be used together."),
        (["due", "--lang", "tlh"], "error: --lang: the language “tlh” is not supported."),
        (["due", "--db"], "error: The option --db needs a value."),
        (["visit", "log", "鼎捷", "--minutes", "--quiet"], "error: The option --minutes needs a value."),
        (["visit", "log", "鼎捷", "--minutes", "--cadre", "1001"], "error: The option --minutes needs a value."),
        (["due", "-o", "--force"], "error: The option -o needs a value."),
    ],
)
def test_global_options_after_the_command_are_refused_as_before_it(esm: Esm, words: list[str], sentence: str) -> None:
    ran = esm(*words)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", sentence)


def test_the_version_and_help_in_another_language_after_the_command(esm: Esm) -> None:
    assert esm("due", "--version").out.startswith("esm ")
    assert "用法：" in esm("due", "--help", "--lang", "zh").out


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("rep cadres", "report cadres"),
        ("pol ls", "policy list"),
        ("visits --since -3", "visit list --since -3"),
        ("gaps", "policy gaps"),
        ("requests", "request list"),
        ("promises", "visit promise list"),
        ("visit prom ls", "visit promise list"),
    ],
)
def test_a_short_name_runs_the_command(esm: Esm, districts: dict[str, Path], short: str, long: str) -> None:
    whole = esm(*long.split(), db=districts["en"])
    assert whole.code == 0
    assert esm(*short.split(), db=districts["en"]) == whole


def test_every_first_letters_mean_one_command_or_are_refused_with_all() -> None:
    known = list(app.tree().commands)
    for name in known:
        for length in range(1, len(name) + 1):
            fitting = [each for each in known if each.startswith(name[:length])]
            found = meant(name[:length], known, is_root=True, refuses=False)
            if name[:length] in ALIASES:
                assert found == ALIASES[name[:length]]
            else:
                assert found == ((fitting[0],) if len(fitting) == 1 else (name[:length],))
    assert not set(ALIASES) & set(known)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["error: “re” fits several commands: recuse, report, request.", "Type more of the name."]),
        ("zh", ["错误：“re”可能是多个命令：recuse、report、request。", "请多输入几个字母。"]),
    ],
)
def test_letters_of_several_commands_are_refused_with_all_of_them(esm: Esm, lang: str, told: list[str]) -> None:
    ran = esm("re", lang=lang)
    assert (ran.code, ran.out, ran.err.splitlines()) == (2, "", told)


@pytest.mark.parametrize("file", ["examples/district.zh.xlsx", "examples/district.en/cadres.csv"])
def test_a_roster_comes_on_standard_input(esm: Esm, monkeypatch: pytest.MonkeyPatch, file: str, tmp_path: Path) -> None:
    given = esm("import", str(ROOT / file), "--dry-run", "--format", "json", db=tmp_path / "new.db")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((ROOT / file).read_bytes())))
    ran = esm("import", "-", "--dry-run", "--format", "json", db=tmp_path / "new.db")
    assert ran.code == given.code == 0
    assert json.loads(ran.out)["added"] == json.loads(given.out)["added"]


def test_a_completed_form_comes_on_standard_input(
    esm: Esm, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form = tmp_path / "form.csv"
    assert esm("visit", "form", "Dingjie Logistics", "-o", str(form), db=districts["en"]).code == 0
    filled = form.read_text(encoding="utf-8-sig").replace("Met with,,", "Met with,Manager Yin,")
    form.write_text(filled.replace("Minutes,,", "Minutes,Short of fitters,"), encoding="utf-8")
    answers = [esm("visit", "log", "--from", str(form), "--dry-run", "--format", "json", db=districts["en"])]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(form.read_bytes())))
    answers.append(esm("visit", "log", "--from", "-", "--dry-run", "--format", "json", db=districts["en"]))
    assert answers[0].code == 0
    assert answers[0].out == answers[1].out


def test_nothing_on_standard_input_is_refused(esm: Esm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    ran = esm("import", "-")
    assert (ran.code, ran.err.splitlines()[0]) == (5, "error: - is empty (0 bytes).")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("--limit 3 due", "--limit must come after the command: `esm due --limit …`."),
        ("visit --late list", "--late must come after the command: `esm visit list --late …`."),
        ("--planned visits", "--planned must come after the command: `esm visit list --planned …`."),
        ("visit --list", "“list” is a command: `esm visit list`."),
        ("visit due", "“due” is a command of another group: `esm due`."),
        ("dispatch 7", "“dispatch” is a command of another group: `esm request dispatch`."),
        ("visit show 1 --late", "--late is an option of `esm visit list`."),
        ("visit --late", "--late is an option of `esm visit list`."),
        ("request --stuck", "--stuck is an option of `esm request list`."),
        ("visit promise --on", "--on is an option of `esm visit promise done`."),
        ("due --json", "“json” is a value of --format: `--format json`."),
        ("visit list phone", "“phone” is a value of --channel: `--channel phone`."),
        ("visit list --outcome 电话", "“电话” is a value of --channel: `--channel 电话`."),
        ("due --sebd", "Did you mean --send, --debug, --db?"),
        ("due --tody 2026-11-20", "Did you mean --today, --actor, --db?"),
        ("reprot", "Did you mean report, export?"),
    ],
)
def test_a_hint_is_what_is_certain_else_what_is_likely(esm: Esm, line: str, hint: str) -> None:
    ran = esm(*line.split())
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[1].startswith(f"{hint} See `esm")
