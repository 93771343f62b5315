"""The man pages: one a command, in both languages, which groff lays out without a complaint."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatch_build import make_man_pages
from typer.core import TyperGroup

from esm.cli.shell import app

SHELVES = ("man1", "zh_CN/man1")


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the pages of both languages."""
    folder = tmp_path_factory.mktemp("man")
    make_man_pages(folder)
    return folder


def commands(group: TyperGroup, path: str = "esm") -> Iterator[str]:
    """Yield the name of the page of every command and group."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path}-{name}")
        else:
            yield f"{path}-{name}"


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_command_has_its_page(manual: Path, shelf: str) -> None:
    assert {page.stem for page in (manual / shelf).iterdir()} == set(commands(app.tree()))


def test_a_page_says_what_the_help_says(manual: Path) -> None:
    english, chinese = ((manual / shelf / "esm-visit-log.1").read_text(encoding="utf-8") for shelf in SHELVES)
    for text in (english, chinese):
        assert text.startswith('.TH "ESM-VISIT-LOG" 1 ')
        assert "\\fB\\-\\-with\\-department NAME\\fR" in text
        assert "\\fBesm\\-visit\\fR(1)" in text
    assert '.SH "OPTIONS"' in english
    assert '.SH "选项"' in chinese
    assert "其\\:他\\:部\\:门\\:的\\:走\\:访：" in chinese
    assert "env var: ESM_DB" in (manual / "man1" / "esm.1").read_text(encoding="utf-8")
    assert "Examples" not in (manual / "zh_CN" / "man1" / "esm.1").read_text(encoding="utf-8")


def test_groff_lays_every_page_out_without_a_complaint(manual: Path) -> None:
    if shutil.which("groff") is None:
        message = "no groff on the PATH: the man pages are not laid out"
        if os.environ.get("ESM_TEST_SHELLS") == "required":
            pytest.fail(message)
        pytest.skip(message)
    for shelf in SHELVES:
        pages = sorted(map(str, (manual / shelf).iterdir()))
        line = ["groff", "-ww", "-K", "utf8", "-man", "-T", "utf8", "-P-c", "-rLL=78n", *pages]
        done = subprocess.run(line, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert "esm-visit-log" in done.stdout
