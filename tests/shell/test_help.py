"""`esm help`: commands and pages of the handbook by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, Esm

from esm.cli.desk import handbook
from esm.cli.shell.completion import completer
from esm.cli.shell.completion.typed_line import typed_line
from esm.formats.write.cell_text import width
from esm.formats.write.screen.handbook_page import screen_text

HANDBOOK = ROOT / "docs" / "handbook"


@pytest.mark.parametrize("words", ["due", "visit log", "visit", "log", "visit promise list"])
def test_a_command_has_its_own_help(esm: Esm, words: str) -> None:
    helped = esm("help", *words.split())
    assert helped.code == 0
    assert helped.out == esm(*words.split(), "--help").out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_is_listed_and_opens_as_it_stands(esm: Esm, lang: str) -> None:
    files = {file.stem: file.read_text(encoding="utf-8") for file in (HANDBOOK / lang).glob("*.md")}
    listed = {
        line.split()[2]: line for line in esm("help", lang=lang).out.splitlines() if line.startswith("  esm help")
    }
    assert listed.keys() == files.keys()
    for topic, text in files.items():
        assert text.partition("\n")[0].removeprefix("# ") in listed[topic]
        shown = esm("help", topic, lang=lang)
        assert shown.code == 0
        assert shown.out.endswith(text) or "](" in text


def test_a_command_and_a_page_of_one_name_are_both_shown(esm: Esm) -> None:
    shown = esm("help", "brief").out
    assert "esm brief [OPTIONS]" in shown.partition("\n# ")[0]
    assert "\n# The brief before a visit\n" in shown


def test_a_page_is_found_by_its_title_and_leads_to_others(esm: Esm) -> None:
    assert esm("help", "走访计划", lang="zh").out.startswith("# 走访计划与应访清单\n")
    assert esm("help", "结对", lang="zh").out.startswith("# 结对\n")
    assert "When a server fails (`esm help failover`)" in esm("help", "server").out


def test_what_is_neither_is_answered_with_what_is_like_it(esm: Esm) -> None:
    slip, nothing, several = esm("help", "pairng"), esm("help", "nothing", "like", "it"), esm("help", "the")
    assert (slip.code, nothing.code, several.code) == (3, 3, 3)
    assert "Did you mean pairing" in slip.err
    assert "`esm help`" in nothing.err
    assert "daily" in several.err


@pytest.mark.parametrize("page", sorted(HANDBOOK.glob("??/*.md")), ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_a_page_fits_a_terminal_of_80_columns(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = screen_text(page.read_text(encoding="utf-8"), color=False)
    assert max(map(width, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    assert "**" not in shown
    assert "\x1b" in screen_text(page.read_text(encoding="utf-8"), color=True)


def test_a_terminal_gets_the_page_laid_out(esm: Esm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _stream: True)
    shown = esm("help", "pairing").out
    assert "    $ esm assign --dry-run --summary\n" in shown
    assert "```" not in shown


def test_commands_and_topics_are_completed() -> None:
    found = completer.offers(typed_line("esm help pair", "fish"))
    assert [each.word for each in found if not isinstance(each, str)] == ["pair", "pairing"]
    assert {page.topic for page in handbook.pages("zh")} >= {"pairing"}
