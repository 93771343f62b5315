"""The shell of the command line: how it starts, what it takes, how it helps and ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
import typer

from esm.__main__ import main, opening
from esm.cli.shell import app
from esm.cli.shell.command_decorators import change, command_of
from esm.cli.shell.commands import CommandSpec
from esm.cli.shell.context import Context
from esm.cli.shell.errors import guarded
from esm.cli.shell.help import listed
from esm.errors import say

Run = subprocess.CompletedProcess[str]
PLAIN = {"LANG": "en_US.UTF-8", "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}


def python(code: str, **environment: str) -> Run:
    """Run `code` in a Python of its own, away from any terminal."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, env=PLAIN | environment, check=False)


def esm(*arguments: str, **environment: str) -> Run:
    """Run one command line in a process of its own, away from any terminal."""
    return python(f"import sys; from esm.__main__ import main; sys.exit(main({list(arguments)}))", **environment)


@pytest.mark.parametrize("words", ["--help", "--version", "dew"])
def test_closed_outputs_are_no_fault(words: str) -> None:
    line = ["sh", "-c", f'exec "$0" -m esm {words} >&- 2>&-', sys.executable]
    assert subprocess.run(line, env=PLAIN, check=False).returncode == (2 if words == "dew" else 0)


@dataclass(frozen=True)
class Span:
    """Options of its own that a command takes as one value."""

    within: Annotated[int, typer.Option("--within", min=0)] = 14
    since: Annotated[str | None, typer.Option(metavar="DATE")] = None


@change()
def visit_probe(desk: Context, name: Annotated[str, typer.Argument(metavar="ENTERPRISE")], *, span: Span) -> None:
    typer.echo(f"{name} {span.within} {span.since} {desk.output.kind} {desk.dry_run} {desk.options}")


def probe(*arguments: str) -> int:
    """Run one command line of an esm with the throw-away command `probe` and the group `box` of `open`."""
    root = app.tree()
    root.add_command(command_of("probe", visit_probe, "Shows what it was given."))
    root.add_command(
        listed(CommandSpec("box", say("Boxes."), inner=(CommandSpec("open", say("Opens."), "desk.history.history"),)))
    )
    return guarded(lambda: app.run(arguments, root))


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return the lines on standard error; standard output must be empty."""

    def read() -> list[str]:
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err.splitlines()

    return read


Told = Callable[[], list[str]]


def test_a_command_gets_the_global_options_and_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESM_ACTOR", "wei")
    words = (
        "--db",
        "x.db",
        "--today=2026-11-23",
        "--lang",
        "zh",
        "-q",
        "probe",
        "Lantern",
        "--within",
        "60",
        "--format",
        "json",
    )
    assert probe(*words) == 0
    out = capsys.readouterr().out
    assert out.startswith("Lantern 60 None json False Options(db='x.db', today='2026-11-23', lang='zh', color=False")
    assert f"quiet=True, verbose=False, debug=False, actor='wei', command_line={words}" in out


def test_a_command_may_choose_its_exit_code() -> None:
    def no(desk: Context) -> None:
        raise typer.Exit(1)

    root = app.tree()
    root.add_command(command_of("no", no, "Says no."))
    assert guarded(lambda: app.run(["no"], root)) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence", "hint"),
    [
        (["prove"], "Unknown command: “prove”.", "Did you mean probe? See `esm --help`."),
        (["box", "opne"], "Unknown command: “opne”.", "Did you mean open? See `esm box --help`."),
        (["box", "--"], "A command is missing.", "See `esm box --help`."),
        (["probe"], "ENTERPRISE is missing.", "See `esm probe --help`."),
        (["probe", "x", "y", "z"], "Unexpected argument: y z.", "See `esm probe --help`."),
        (
            ["probe", "x", "--witin", "3"],
            "Unknown option: --witin.",
            "Did you mean --within? See `esm probe --help`.",
        ),
        (["probe", "x", "-z"], "Unknown option: -z.", "See `esm probe --help`."),
        (["probe", "x", "--lag", "zh"], "Unknown option: --lag.", "Did you mean --lang? See `esm probe --help`."),
        (["probe", "x", "--within"], "The option --within needs a value.", ""),
        (["probe", "x", "--dry-run=1"], "The option --dry-run takes no value.", ""),
        (["probe", "x", "--within", "ab"], "--within: “ab” is not a whole number.", "See `esm probe --help`."),
        (["probe", "x", "-5"], "Unexpected argument: -5.", "See `esm probe --help`."),
        (["probe", "x", "--within", "-1"], "--within: -1 is out of range (0 or more).", "See `esm probe --help`."),
        (
            ["probe", "x", "--format", "pdf"],
            "--format: “pdf” is not one of table, json, csv, md, html.",
            "See `esm probe --help`.",
        ),
        (["-q", "-v", "probe", "x"], "--quiet and --verbose cannot be used together.", "Use only one of them."),
        (
            ["--lang", "tlh", "probe", "x"],
            "--lang: the language “tlh” is not supported.",
            "Choose en (English) or zh (Simplified Chinese).",
        ),
    ],
)
def test_wrong_usage_is_told_in_one_sentence_with_what_to_do_next(
    arguments: list[str], sentence: str, hint: str, told: Told
) -> None:
    assert probe(*arguments) == 2
    assert told() == [f"error: {sentence}", *filter(None, [hint])]


PRINTS_MUCH = """
import sys, typer
from esm.cli.shell import app
from esm.cli.shell.commands import CommandSpec
from esm.cli.shell.errors import guarded
from esm.cli.shell.command_decorators import command_of
root = app.tree()
root.add_command(command_of("much", lambda desk: [typer.echo("x" * 999) for _ in range(999)], "Prints."))
sys.exit(guarded(lambda: app.run(["much"], root)))
"""


def test_a_reader_that_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PRINTS_MUCH], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLAIN
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_standard_output_exits_6() -> None:
    code = "import sys; from esm.__main__ import main; sys.exit(main(['--help']))"
    with Path("/dev/full").open("w") as device:
        run = subprocess.run(
            [sys.executable, "-c", code],
            stdout=device,
            stderr=subprocess.PIPE,
            text=True,
            env=PLAIN,
            check=False,
        )
    assert run.returncode == 6
    assert run.stderr.splitlines()[0] == "error: The disk is full."


def test_no_word_at_all_shows_the_day_or_how_to_begin(tmp_path: Path) -> None:
    run = esm("--db", str(tmp_path / "none.db"))
    assert run.returncode == 0
    assert run.stdout.startswith("Today: ")
    assert "demo" in run.stdout


def test_a_group_without_a_command_shows_its_help_and_exits_2() -> None:
    run = esm("visit")
    assert run.returncode == 2
    assert run.stdout == esm("visit", "--help").stdout


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_global_option_and_an_example(option: str) -> None:
    run = esm(option)
    assert run.returncode == 0
    assert run.stderr == ""
    for word in ("--db", "--today", "--lang", "--actor", "--no-color", "-q", "-v", "--debug", "--version"):
        assert f"{word}" in run.stdout
    assert "Examples:\n  esm demo\n  esm due --within 60\n" in run.stdout
    assert "-completion" not in run.stdout


def test_help_loads_nothing_heavy() -> None:
    heavy = {"rich", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "ortools", "xlsxwriter"}
    run = python(
        f"import sys; from esm.__main__ import main; main(['--help']);sys.exit(str({heavy} & set(sys.modules)))"
    )
    assert run.stderr == "set()\n"


def test_the_version_is_told_before_typer_loads() -> None:
    run = python("import sys; from esm.__main__ import main; main(['--version']);sys.exit(str('typer' in sys.modules))")
    assert re.fullmatch(r"esm \d+\.\d+\.\d+\n", run.stdout)
    assert run.stderr == "False\n"


def test_a_console_of_a_small_alphabet_gets_question_marks_not_a_crash() -> None:
    run = esm("--lang", "zh", "--help", PYTHONIOENCODING="latin-1")
    assert run.returncode == 0
    assert "?" in run.stdout


def test_main_returns_the_exit_code_and_does_not_exit() -> None:
    assert main(["--version"]) == 0


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ([], {}),
        (["due", "--lang", "zh", "--db", "x"], {"--lang": "zh"}),
        (["--lang", "en", "due", "--lang=zh", "--debug"], {"--lang": "zh", "--debug": ""}),
        (["--lang", "zh", "visit", "log", "--minutes", "--lang", "--dry-run"], {"--lang": "zh"}),
        (["--lang=zh", "--debug", "due"], {"--lang": "zh", "--debug": ""}),
        (["--db", "--lang", "due"], {"--db": "--lang"}),
        (["--lang"], {"--lang": ""}),
        (["-h", "due"], {"-h": ""}),
        (["--", "--lang", "zh"], {}),
    ],
)
def test_what_is_given_is_known_before_the_command_is_loaded(arguments: list[str], given: dict[str, str]) -> None:
    assert opening(arguments) == given


def test_the_list_of_commands_shows_the_first_clause_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    root = app.tree()
    for name, text in (("a", "Looks; writes nothing."), ("b", "Long " * 30 + ". More"), ("c", "查看记录；不作改动。")):
        root.add_command(command_of(name, lambda desk: None, text))
    guarded(lambda: app.run(["--help"], root))
    out = " ".join(capsys.readouterr().out.split())
    assert "Looks" in out
    assert "writes nothing" not in out
    assert out.count("Long") == 30
    assert "查看记录" in out
    assert "不作改动" not in out
