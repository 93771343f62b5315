"""Completion: what is offered for a half-typed line, and how the real shells take it."""

from __future__ import annotations

import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.small_district import CODES
from typer.core import TyperGroup

from esm.__main__ import main
from esm.cli.shell import app, language_choice
from esm.cli.shell.completion import completer
from esm.cli.shell.completion.shells import Offer, answer_lines
from esm.cli.shell.completion.typed_line import TypedLine, typed_line

HARD = 'O\'Neil "Q" (江畔) [A] $x *`;&'  # a name of what shells take for something else
PATIENCE_SECONDS = 30.0  # of a loaded machine; a shell answers in less than one


ON_RECORD = (
    ("enterprise", "add", CODES[1], "--name", "江畔鼎捷物流有限公司", "--above-scale", "--subdistrict", "柳溪桥街道"),
    ("enterprise", "add", CODES[2], "--name", "江畔鼎元机械（集团）有限公司", "--subdistrict", "亭潮街道"),
    ("enterprise", "add", CODES[3], "--name", "Twin 100% Ltd."),
    ("enterprise", "add", CODES[4], "--name", "Twin 100% Ltd."),
    ("cadre", "add", "1001", "--name", HARD, "--department", "Statistics Bureau"),
    ("cadre", "add", "1002", "--name", "欧阳 明"),
    ("policy", "add", "R1", "--title", "稳岗补贴", "--worth", "2000"),
    ("request", "open", CODES[1], "用工不足", "--class", "labour", "--department", "Statistics Bureau"),
    ("visit", "log", CODES[1], "--cadre", "1001", "--met", "厂长", "--promise", "送名单", "--until", "2026-12-01"),
    ("pair", CODES[1], "1001"),
    ("schedule",),
)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a database with names of every kind, made once: to complete a line changes nothing."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("completion") / "district.db"))
    for words in ON_RECORD:
        assert main(["--db", str(path), "--today", "2026-11-23", "--actor", "clerk", *words]) == 0, words
    return path


@pytest.fixture
def desk(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return that database, which the environment names."""
    for name in [name for name in os.environ if name.startswith("ESM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ESM_DB", str(recorded))
    monkeypatch.setenv("ESM_TODAY", "2026-11-23")
    monkeypatch.setenv("ESM_LANG", "en")
    return recorded


def offered(text: str, shell: str = "fish") -> list[str] | str:
    """Return the words offered at the end of a line."""
    found = completer.offers(typed_line(text, shell))
    return found if isinstance(found, str) else [each.word for each in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("esm vi", ["visit"]),
        ("esm visit pr", ["promise"]),
        ("esm visit promise ", ["list", "done"]),
        ("esm due --wi", ["--within"]),
        ("esm --to", ["--today"]),
        ("esm due --to", ["--today"]),
        ("esm --lang ", ["en", "zh"]),
        ("esm due --lang z", ["zh"]),
        ("esm report cov", ["coverage"]),
        ("esm report --by ti", ["tier"]),
        ("esm city report tr", ["trend"]),
        ("esm visit log x --channel ph", ["phone"]),
        ("esm visit log x --channel 电", ["电话"]),
        ("esm due --format nd", ["ndjson"]),
        ("esm template x.xlsx --for bri", ["briefings"]),
        ("esm completion po", ["powershell"]),
        ("esm config set visits", ["visits_per_day"]),
        ("esm brief 鼎捷", ["江畔鼎捷物流有限公司"]),
        ("esm --db nowhere.db brief 鼎捷", []),
        ("esm brief 鼎捷 --db nowhere.db --l", ["--lang"]),
        ("esm brief 江畔鼎", ["江畔鼎元机械（集团）有限公司", "江畔鼎捷物流有限公司"]),
        ("esm brief 100%", [CODES[3], CODES[4]]),
        ("esm brief 100_", []),
        (f"esm brief {CODES[1][:-1]}", [CODES[1]]),
        ("esm enterprise pause twin", [CODES[3], CODES[4]]),
        ("esm cadre show 100", ["1001", "1002"]),
        ("esm cadre show 明", ["欧阳 明"]),
        ("esm visit log x --cadre=欧", ["--cadre=欧阳 明"]),
        ("esm visit log x --cadre 欧", ["欧阳 明"]),
        ("esm visit log x --with O", [HARD]),
        ("esm visit log x --class labour.t", ["labour.talent"]),
        ("esm due --subdistrict 亭", ["亭潮街道"]),
        ("esm assign --only 柳", ["柳溪桥街道"]),
        ("esm request list --department S", ["Statistics Bureau"]),
        ("esm policy show ", ["R1"]),
        ("esm policy show 稳岗", ["R1"]),
        ("esm policy brief R1 鼎捷", ["江畔鼎捷物流有限公司"]),
        ("esm request show ", ["1"]),
        ("esm request show 用工", ["1"]),
        ("esm visit show ", ["1"]),
        ("esm visit show D", []),
        ("esm visit confirm 鼎捷", ["江畔鼎捷物流有限公司"]),
        ("esm visit promise done ", ["1"]),
        ("esm undo 1", ["11", "10", "1"]),
        ("esm visit log x ", []),
        ("esm nonsense ", []),
        ("esm due -o ", "file"),
        ("esm --db ", "file"),
        ("esm import ", "file"),
    ],
)
def test_what_fits_is_offered(desk: Path, text: str, words: list[str] | str) -> None:
    found = offered(text)
    assert found == words if isinstance(words, str) else sorted(found) == sorted(words)


@pytest.mark.parametrize("command", ["show", "confirm", "cancel"])
def test_planned_visits_are_offered_where_their_letter_is_typed(desk: Path, command: str) -> None:
    with sqlite3.connect(desk) as raw:
        plans = [f"P{number}" for (number,) in raw.execute("SELECT id FROM plan WHERE visit_id IS NULL")]
    raw.close()
    assert plans
    assert offered(f"esm visit {command} p") == plans


def test_the_database_of_the_line_is_asked(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ESM_DB")
    monkeypatch.setenv("WHERE", str(desk.parent))
    for line in (f"esm --db {desk} brief 捷", f"esm brief --db={desk} 捷", f'esm brief --db "$WHERE/{desk.name}" 捷'):
        assert offered(line) == ["江畔鼎捷物流有限公司"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_group_offers_its_commands_each_with_one_line(language: str) -> None:
    language_choice.choose(language)
    groups: list[tuple[str, TyperGroup]] = [("esm", app.tree())]
    for path, group in groups:
        found = completer.offers(typed_line(f"{path} ", "fish"))
        assert isinstance(found, list)
        assert [each.word for each in found] == list(group.commands)
        lines = answer_lines("fish", typed_line(f"{path} ", "fish"), found, {})
        assert len("\n".join(lines).splitlines()) == len(found) + 1
        groups += [(f"{path} {name}", each) for name, each in group.commands.items() if isinstance(each, TyperGroup)]


def test_a_database_that_cannot_be_read_offers_nothing(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database")
    for place in (tmp_path / "none.db", tmp_path / "text.db", tmp_path):
        assert offered(f"esm --db {place} brief ") == []
    with sqlite3.connect(desk) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert offered("esm brief ") == []
    other.close()


def test_of_many_the_first_and_the_last_by_letters_are_shown(esm: Esm, path: Path, tmp_path: Path) -> None:
    names = [f"江畔{number:03}号有限公司" for number in range(120)] + ["乙公司"]
    rows = "".join(f"{number},{name}\n" for number, name in enumerate(names, 1))
    (tmp_path / "cadres.csv").write_text(f"staff_no,name\n{rows}", encoding="utf-8")
    assert esm("import", str(tmp_path / "cadres.csv")).code == 0
    found = offered(f"esm --db {path} cadre show ")
    assert 40 < len(found) <= 50
    assert {"乙公司", "江畔119号有限公司"} < set(found)


@pytest.mark.parametrize(
    ("shell", "text", "line"),
    [
        ("bash", "esm a b", TypedLine(("a",), "b")),
        ("bash", "esm a ", TypedLine(("a",), "")),
        ("bash", r"esm a\ b\'c", TypedLine((), "a b'c")),
        ("bash", "esm 'a b' \"c $d", TypedLine(("a b",), "c $d", '"', 0)),
        ("bash", "esm --x='a b", TypedLine((), "--x=a b", "'", 4)),
        ("bash", r'esm "a\"b\c', TypedLine((), r'a"b\c', '"', 0)),
        ("bash", r"esm 'a\b", TypedLine((), r"a\b", "'", 0)),
        ("fish", r"esm 'a\'b", TypedLine((), "a'b", "'", 0)),
        ("powershell", r"esm --db C:\a\b.db 'x y", TypedLine(("--db", r"C:\a\b.db"), "x y", "'", 0)),
        ("powershell", "esm a` b", TypedLine((), "a b")),
        ("zsh", "", TypedLine((), "")),
    ],
)
def test_a_line_is_read_as_its_shell_reads_it(shell: str, text: str, line: TypedLine) -> None:
    assert typed_line(text, shell) == line


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("esm x a", ["a b", "a;c"], ["plain", r"a\ b", r"a\;c"]),
        ("esm x 'a", ["a'b"], ["plain", r"a'\''b"]),
        ('esm x "a', ['a"$b'], ["plain", r"a\"\$b"]),
        ("esm x --c=a", ["--c=a b"], ["plain", r"a\ b"]),
        ("esm x --c='a", ["--c=a b"], ["plain", "a b"]),
        ("esm x 捷", ["鼎捷（集团）"], ["part", "鼎捷（集团）"]),
        ("esm x 捷", ["鼎捷", "元捷"], ["part", "鼎捷", "元捷", ""]),
    ],
)
def test_bash_gets_what_it_puts_behind_the_quotation_mark(text: str, words: list[str], answer: list[str]) -> None:
    assert answer_lines("bash", typed_line(text, "bash"), [Offer(word) for word in words], {}) == answer


def test_bash_shows_what_numbers_stand_for_only_where_it_lists_them() -> None:
    offers, line = (
        [Offer("1", "a visit", is_value=True), Offer("12", "", is_value=True)],
        typed_line("esm undo ", "bash"),
    )
    assert answer_lines("bash", line, offers, {"_ESM_COMPLETE_TYPE": "63"}) == ["plain", "1  (a visit)", "12"]
    assert answer_lines("bash", line, offers, {"_ESM_COMPLETE_TYPE": "9"}) == ["plain", "1", "12"]


@pytest.mark.parametrize(
    ("word", "typed"),
    [("P1", "P1"), ("--cadre=1", "--cadre=1"), ("a b", "'a b'"), (HARD, "'O''Neil" + HARD[6:] + "'"), ("鼎捷", "鼎捷")],
)
def test_powershell_gets_words_that_mean_themselves(word: str, typed: str) -> None:
    assert answer_lines("powershell", TypedLine((), ""), [Offer(word, "about")], {})[1] == f"{typed}\t{word}\tabout"


def test_powershell_gets_utf_8_whatever_the_console_speaks(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ESM_COMPLETE", "powershell")
    monkeypatch.setenv("_ESM_COMPLETE_LINE", "esm cadre show 欧")
    done = subprocess.run(
        [sys.executable, "-m", "esm"], env=os.environ | {"PYTHONIOENCODING": "cp936"}, capture_output=True, check=True
    )
    assert done.stdout.decode() == "plain\n'欧阳 明'\t欧阳 明\t1002\n"


def test_what_is_not_a_line_of_esm_ends_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ESM_LANG", "klingon")
    monkeypatch.setenv("_ESM_COMPLETE", "bash")
    assert main([]) == 1
    assert capsys.readouterr() == ("", "")


def test_a_key_loads_nothing_of_what_the_command_does(desk: Path) -> None:
    code = """import sys; from esm.__main__ import main; main()
names = ["rich", "sqlalchemy", "ortools", "xlsxwriter", "esm.usecases.reports.brief", "esm.sheets.reports.brief"]
loaded = [name for name in names if object.__getattribute__(sys.modules.get(name, sys), "__class__") is type(sys)]
sys.exit(str([name for name in loaded if name in sys.modules]))"""
    given = os.environ | {"_ESM_COMPLETE": "fish", "_ESM_COMPLETE_LINE": "esm brief 捷"}
    done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False)
    assert done.stdout == f"part\n江畔鼎捷物流有限公司\t{CODES[1]}\n"
    assert done.stderr == "[]\n"


@pytest.fixture
def bin_folder(desk: Path, tmp_path: Path) -> Path:
    """Return a folder with the command `esm`."""
    program = tmp_path / "bin" / "esm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m esm "$@"\n')
    program.chmod(0o755)
    return program.parent


def require_shell(shell: str) -> None:
    """Leave the test out where the shell is not installed, unless ESM_TEST_SHELLS says that it is required."""
    if shutil.which(shell) is None:
        message = f"no {shell} on the PATH: its completion is not tried"
        if os.environ.get("ESM_TEST_SHELLS") == "required":
            pytest.fail(message)
        pytest.skip(message)


def typed_into(command: list[str], keys: str, until: str, environment: dict[str, str]) -> str:
    """Type keys into a shell on a terminal of its own; return what it shows until it has shown a text."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)  # noqa: S606 - a shell it is
    shown, end = "", time.monotonic() + PATIENCE_SECONDS
    try:
        os.write(terminal, keys.encode())
        while until not in shown and time.monotonic() < end and select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
            shown += os.read(terminal, 65536).decode(errors="replace")
    finally:
        os.close(terminal)
        os.kill(child, 9)
        os.waitpid(child, 0)
    return shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "command", "start"),
    [
        ("bash", ["bash", "--norc", "--noprofile", "-i"], ""),
        ("zsh", ["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; "),
    ],
)
def test_a_shell_writes_the_name_so_that_it_is_one_word(
    bin_folder: Path, shell: str, command: list[str], start: str
) -> None:
    require_shell(shell)
    environment = os.environ | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}", "TERM": "dumb", "LC_ALL": "C.UTF-8", "HISTFILE": "",
    }  # fmt: skip
    begins = ('esm cadre show "O', "esm visit log x --cadre=O", "esm brief 捷")
    # Ctrl-A: what was completed becomes the arguments of another command.
    lines = "".join(f'{begin}\t\x01printf "<%s>" \n' for begin in begins)
    keys = f'PS1="$ "; {start}eval "$(esm completion {shell})"\n{lines}'
    shown = typed_into(command, keys, "<江畔鼎捷物流有限公司>", environment)
    assert f"<esm><cadre><show><{HARD}>" in shown
    assert f"<esm><visit><log><x><--cadre={HARD}>" in shown
    assert "<esm><brief><江畔鼎捷物流有限公司>" in shown


@pytest.mark.slow
def test_fish_offers_whole_names_and_nothing_of_the_help(bin_folder: Path) -> None:
    require_shell("fish")
    script = "esm completion fish | source; for line in $argv; complete -C $line; echo; end"
    lines = ["esm policy ", "esm --lang zh vi", "esm cadre show O", "esm visit log x --cadre=欧"]
    done = subprocess.run(
        ["fish", "--no-config", "-c", script, *lines], capture_output=True, text=True, check=True,
        env=os.environ | {"PATH": f"{bin_folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    policy, visit, *names = done.stdout.removesuffix("\n\n").split("\n\n")
    group = app.tree().commands["policy"]
    assert isinstance(group, TyperGroup)
    assert [line.partition("\t")[0] for line in policy.splitlines()] == list(group.commands)
    assert visit == "visit\t安排、登记、列出和取消走访"
    assert names == [f"{HARD}\t1001", "--cadre=欧阳 明\t1002"]
