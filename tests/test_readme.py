"""The README says what is true: its session is run, its commands exist, it stays short."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from esm.__main__ import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def session() -> Iterator[tuple[str, str]]:
    """Yield each command of the session with what the README says that it prints; `…` stands for left-out lines."""
    block = re.search(r"```console\n(.*?)```", README, re.DOTALL)
    assert block is not None
    for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed.rstrip("\n")


def test_the_session_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ESM_DB", str(tmp_path / "district.db"))
    monkeypatch.setenv("ESM_TODAY", "2026-11-23")
    monkeypatch.setenv("ESM_LANG", "en")
    steps = list(session())
    assert len(steps) >= 6
    for command, printed in steps:
        words = [str(path) for word in shlex.split(command)[1:] for path in sorted(ROOT.glob(word)) or [Path(word)]]
        main([str(Path(word).relative_to(ROOT)) if word.startswith(str(ROOT)) else word for word in words])
        lines = capsys.readouterr().out.rstrip("\n")
        pattern = ".*".join(re.escape(piece) for piece in printed.split("…\n"))
        assert re.fullmatch(pattern.replace("…", ".*"), lines, re.DOTALL), f"{command}\n{lines}"


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_every_command_of_the_readme_exists() -> None:
    from esm.cli.app import COMMANDS

    named = set(re.findall(r"`esm ([a-z]+)", README)) - {"command"}
    assert named <= {name.rstrip("_") for name in COMMANDS}
