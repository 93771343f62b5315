"""The README says what is true: its session is run, its commands exist, it stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import console_sessions

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_session_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ESM_DB", str(tmp_path / "district.db"))
    monkeypatch.setenv("ESM_TODAY", "2026-11-23")
    monkeypatch.setenv("ESM_LANG", "en")
    (session,) = [block for kind, block in console_sessions.blocks(README) if kind == "console"]
    assert len(console_sessions.transcript(session, lambda: capsys.readouterr().out)) >= 6


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_every_command_of_the_readme_exists() -> None:
    from esm.cli.shell.commands import COMMANDS

    named = set(re.findall(r"`esm ([a-z]+)", README)) - {"command"}
    assert named <= {command.name for command in COMMANDS}
