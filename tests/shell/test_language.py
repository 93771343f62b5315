"""Which language esm speaks, and that its Chinese is whole."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from babel.messages.catalog import Catalog
from rich.cells import cell_len
from tests import catalogue

from esm.cli.shell import app, language_choice
from esm.cli.shell.commands import CommandSpec
from esm.cli.shell.errors import guarded
from esm.cli.shell.help import TYPERS_OWN, examples_text, listed
from esm.domain.values.money import Money
from esm.errors import Listed, NotFound, UsageRefused, say
from esm.sheets.sheet.message_translation import tell


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process speak Chinese for one test."""
    monkeypatch.setenv("LANGUAGE", "")
    language_choice.choose("zh")
    yield
    gettext.textdomain("messages")


def esm(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command line in a process of its own, away from any terminal."""
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "esm", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=paths | environment, check=False)


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        (None, {}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        (None, {"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "zh_SG"}, "zh"),
        (None, {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"ESM_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"ESM_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ("zh", {"ESM_LANG": "en"}, "zh"),
        ("zh-CN", {}, "zh"),
        ("EN", {"LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_option_goes_before_the_variable_and_that_before_the_system(
    option: str | None, environment: dict[str, str], expected: str
) -> None:
    assert language_choice.wanted(option, environment) == expected


@pytest.mark.parametrize(("option", "variable"), [("fr", "zh"), ("", "zh"), (None, "latin")])
def test_a_language_that_esm_does_not_speak_is_wrong_usage(option: str | None, variable: str) -> None:
    with pytest.raises(UsageRefused):
        language_choice.wanted(option, {"ESM_LANG": variable})


def test_an_unknown_language_exits_2_and_names_the_known_ones() -> None:
    run = esm("--lang", "fr", "--help")
    assert run.returncode == 2
    assert run.stderr.splitlines()[1] == "Choose en (English) or zh (Simplified Chinese)."


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--lang", "zh", "-h"], {}),
        (["--lang=zh", "-h"], {}),
        (["-h"], {"ESM_LANG": "zh"}),
        (["-h"], {"LANG": "zh_CN"}),
    ],
)
@pytest.mark.parametrize("rich", ["0", "1"])
def test_the_help_is_chinese_throughout(arguments: list[str], environment: dict[str, str], rich: str) -> None:
    run = esm(*arguments, **environment, TYPER_USE_RICH=rich)
    assert run.returncode == 0
    for word in ("用法：", "[选项]", "选项", "环境变量：ESM_DB", "显示本帮助。", "示例："):
        assert word in run.stdout
    for word in ("Usage", "Options", "Show this", "env var", "OPTIONS", "Example"):
        assert word not in run.stdout


PAGES = """
import os
os.environ["TYPER_USE_RICH"] = "0"  # as in every run of esm
import typer
from esm.__main__ import main
from esm.cli.shell import language_choice
language_choice.choose({lang!r})
from esm.cli.shell import app

def walk(command, words):
    yield words
    for name, child in getattr(command, "commands", {{}}).items():
        yield from walk(child, [*words, name])

for words in list(walk(app.tree(), [])):
    print(*words, sep=" ", end="\\f")
    main(["--lang", {lang!r}, *words, "--help"])
    print(end="\\f")
"""


@pytest.mark.parametrize(("lang", "heading"), [("en", "Example"), ("zh", "示例")])
def test_every_help_fits_eighty_columns_and_shows_an_example(lang: str, heading: str) -> None:
    command = [sys.executable, "-c", PAGES.format(lang=lang)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "80"})
    *told, _ = done.stdout.split("\f")
    pages = dict(zip(told[::2], told[1::2], strict=True))
    assert pages.keys() >= {"", "due", "visit", "visit log", "db restore"}
    for words, page in pages.items():
        assert heading in page, words
        assert [line for line in page.splitlines() if cell_len(line) > 80] == [], words


def test_english_is_spoken_even_where_the_system_is_chinese() -> None:
    assert "Usage: esm [OPTIONS]" in esm("--lang", "en", "--help", LANG="zh_CN.UTF-8").stdout


def test_without_its_catalogue_esm_speaks_english(tmp_path: Path) -> None:
    shutil.copytree(catalogue.SOURCE, tmp_path / "esm", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    run = subprocess.run(
        [sys.executable, "-m", "esm", "--lang", "zh", "duu"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.startswith("error: Unknown command: “duu”.")


def test_wrong_usage_is_told_in_chinese() -> None:
    run = esm("--lang", "zh", "duu")
    assert run.returncode == 2
    assert run.stderr.splitlines()[0] == "错误：没有“duu”这个命令。"


@pytest.mark.usefixtures("chinese")
def test_a_refusal_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> int:
        raise NotFound(say("Unknown option: {value}.", value="--x"), say("Use only one of them."))

    guarded(refuse)
    assert capsys.readouterr().err == "错误：没有 --x 这个选项。\n请只用其中一个。\n"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(("words", "code"), [(["box", "open", "--help"], 0), (["box"], 2)])
def test_the_help_of_a_command_and_a_bare_group_is_chinese(
    words: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    root = app.tree()
    root.add_command(
        listed(CommandSpec("box", say("Boxes."), inner=(CommandSpec("open", say("Opens."), "desk.history.history"),)))
    )
    assert guarded(lambda: app.run(words, root)) == code
    out = capsys.readouterr().out
    assert f"用法：esm {' '.join(words[:-1] or words)} [选项]" in out
    assert "显示本帮助。" in out


@pytest.mark.usefixtures("chinese")
def test_a_sentence_inside_a_sentence_is_told_too() -> None:
    assert tell(say("{parameter}: {reason}", parameter="-x", reason=say("The disk is full."))) == "-x：磁盘已满。"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("fen", "english", "chinese"),
    [
        (30_000_000, "300,000 yuan", "30万元"), (123_456_789, "1,234,567.89 yuan", "123.456789万元"),
        (1_000_000, "10,000 yuan", "1万元"), (999_999, "9,999.99 yuan", "9,999.99元"), (0, "0 yuan", "0元"),
    ],
)  # fmt: skip
def test_money_in_a_sentence_has_the_unit_of_its_language(fen: int, english: str, chinese: str) -> None:
    message = say("{code} {title}: {amount}", code="R1", title="稳岗补贴", amount=Money(fen))
    language_choice.choose("en")
    assert tell(message) == f"R1 稳岗补贴: {english}"
    language_choice.choose("zh")
    assert tell(message) == f"R1 稳岗补贴：{chinese}"


@pytest.mark.usefixtures("chinese")
def test_of_many_names_the_first_are_listed_as_the_language_lists_them() -> None:
    names = ("甲", "乙", "丙")
    assert [f"{Listed.first(names, most)}" for most in (2, 3)] == ["甲, 乙 …", "甲, 乙, 丙"]
    language_choice.choose("zh")
    assert "甲、乙 …" in tell(say("Known names: {names}.", names=Listed.first(names, 2)))


@pytest.mark.usefixtures("chinese")
def test_examples_stand_one_a_line_under_a_heading_of_the_language() -> None:
    assert examples_text("esm due") == "示例：\n  esm due"


@pytest.fixture(scope="module")
def source() -> Catalog:
    return catalogue.collected()


@pytest.fixture(scope="module")
def chinese_catalogue() -> Catalog:
    return catalogue.translated()


def ids(messages: Catalog) -> set[object]:
    return {message.id for message in catalogue.sentences(messages)}


def test_every_sentence_of_the_source_is_in_the_catalogue_and_no_other(
    source: Catalog, chinese_catalogue: Catalog
) -> None:
    assert ids(source) == ids(chinese_catalogue)
    assert not chinese_catalogue.obsolete


def test_every_sentence_is_translated_and_none_is_a_guess(chinese_catalogue: Catalog) -> None:
    messages = catalogue.sentences(chinese_catalogue)
    assert [message.id for message in messages if not message.string or message.fuzzy] == []


# What is never one: lengths, a list of at least two, and the whole of a part.
ALWAYS_MANY = ("{count} characters", "{most} characters", "{wanted} characters", "{count} values", "{rungs} levels",
               "at least {count} enterprises",
               "of {total} visits", "of {count} messages")  # fmt: skip
UNITS = (
    "characters days decimals departments enterprises levels messages minutes months requests rows values visits years"
)


def test_a_number_stands_beside_the_word_that_fits_it(source: Catalog) -> None:
    assert [str(say("{days:day|days} and {n}", days=days, n=days)) for days in (0, 1, 2)] == [
        "0 days and 0", "1 day and 1", "2 days and 2",
    ]  # fmt: skip
    bare = re.compile(rf"\{{\w+\}} (?:\w+ )?(?:{UNITS.replace(' ', '|')})\b")
    always = re.compile("|".join(map(re.escape, ALWAYS_MANY)))
    assert [sentence for sentence in map(str, ids(source)) if bare.search(always.sub("", sentence))] == []


def placeholders(sentence: object) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(str(sentence)) if name is not None}


def test_a_translation_has_the_placeholders_of_its_sentence(chinese_catalogue: Catalog) -> None:
    messages = [message for message in catalogue.sentences(chinese_catalogue) if message.string]
    wrong = [message.id for message in messages if placeholders(message.id) != placeholders(message.string)]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_source(chinese_catalogue: Catalog) -> None:
    written = {message.id: message.string for message in catalogue.sentences(chinese_catalogue) if message.string}
    assert {message.id: message.string for message in catalogue.sentences(catalogue.compiled())} == written


def test_what_typer_says_itself_is_still_what_it_says() -> None:
    folder = Path(str(typer.__file__)).parent
    code = (folder / "core.py").read_text() + (folder / "rich_utils.py").read_text()
    assert [str(word.template) for word in TYPERS_OWN if f'_("{word.template}")' not in code] == []


@pytest.mark.parametrize("sentence", ["Missing command.", "No such command {name!r}."])
def test_the_sentences_that_are_read_out_of_typer_stay_english(sentence: str, chinese_catalogue: Catalog) -> None:
    assert chinese_catalogue.get(sentence) is None
