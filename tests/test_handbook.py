"""The handbook says what is true: every command on its pages is run, and prints what the page shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests import console_sessions

from esm.cli.shell.commands import COMMANDS
from esm.cli.shell.usage.command_names import meant

ROOT = Path(__file__).parents[1]
HANDBOOK = ROOT / "docs" / "handbook"
LANGUAGES = ("en", "zh")
PAGES = sorted(page.relative_to(HANDBOOK) for language in LANGUAGES for page in (HANDBOOK / language).glob("*.md"))
FROM_NOTHING = {"getting-started", "importing"}  # these pages begin without a database
ON_A_SERVER = {"server", "failover"}  # walked in tests/database/test_server_district.py and in tests/failover
TODAY = "2026-11-23"


def read(page: Path) -> str:
    return (HANDBOOK / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem not in ON_A_SERVER], ids=str)
def test_every_command_of_a_page_does_what_the_page_shows(
    page: Path, districts: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def heard() -> str:
        told = capsys.readouterr()
        return told.out + told.err

    language = page.parts[0]
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DB": "district.db",
        "TODAY": TODAY,
        "LANG": language,
        "ACTOR": "clerk",
        "CITY": "city.toml",
    }.items():
        monkeypatch.setenv(f"ESM_{name}", value)
    if page.stem not in FROM_NOTHING:
        shutil.copy(districts[language], "district.db")
    assert console_sessions.run(read(page), heard)


def test_each_page_stands_in_both_languages() -> None:
    english, chinese = ({page.name for page in PAGES if page.parts[0] == language} for language in LANGUAGES)
    assert english == chinese != set()


@pytest.mark.parametrize("name", sorted({page.name for page in PAGES}))
def test_both_languages_show_the_same_commands(name: str) -> None:
    def commands(language: str) -> list[str]:
        shown = [
            block for kind, block in console_sessions.blocks(read(Path(language) / name)) if kind in {"console", "sh"}
        ]
        return [" ".join(words) for words in re.findall(r"\besm (?:--\S+ \S+ )*([a-z]+)(?: ([a-z]+))?", "".join(shown))]

    assert [words.split()[0] for words in commands("en")] == [words.split()[0] for words in commands("zh")]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_is_short_and_names_only_commands_that_exist(page: Path) -> None:
    text = read(page)
    assert len(text.splitlines()) <= 60
    named = set(re.findall(r"`esm ([a-z]+)", text)) | set(re.findall(r"^\$ esm ([a-z]+)", text, re.MULTILINE))
    known = {command.name for command in COMMANDS}
    assert {meant(name, known, is_root=True)[0] for name in named} <= known


def test_the_first_page_leads_to_every_page() -> None:
    linked = set(re.findall(r"\(((?:en|zh)/[a-z-]+\.md)\)", read(Path("README.md"))))
    assert linked == {page.as_posix() for page in PAGES}
