"""One style of sentences, in English and in Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from tests import catalogue

REFUSALS = {"EsmError", "UsageRefused", "NotFound", "RuleRefused", "InputRefused", "StorageRefused"}
WHOLE = re.compile(r"[^a-z].*[.?]", re.DOTALL)
ABBREVIATED = ("No.", "no.", "...")
ENDS = {".": "。", "?": "？", ":": "："}


def called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def refused() -> Iterator[str]:
    """Yield what every refusal of the source says, where it says it in place."""
    for file in sorted(catalogue.SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and called(node) in REFUSALS:
                said = [argument for argument in node.args if isinstance(argument, ast.Call)]
                yield from (str(ast.literal_eval(one.args[0])) for one in said if called(one) == "say")


def test_every_refusal_and_hint_is_a_whole_sentence() -> None:
    sentences = list(refused())
    assert len(sentences) > 50
    assert [sentence for sentence in sentences if not WHOLE.fullmatch(sentence)] == []


def test_commands_stand_in_backticks() -> None:
    sentences = [str(message.id) for message in catalogue.sentences(catalogue.translated())]
    assert [sentence for sentence in sentences if re.search(r"['\"“]esm ", sentence)] == []


@pytest.mark.parametrize("mark", ENDS)
def test_a_translation_ends_as_its_sentence_does(mark: str) -> None:
    messages = catalogue.sentences(catalogue.translated())
    pairs = [(str(message.id).strip(), str(message.string).strip()) for message in messages if message.string]
    whole = [(english, chinese) for english, chinese in pairs if not english.endswith(ABBREVIATED)]
    assert [english for english, chinese in whole if english.endswith(mark) != chinese.endswith(ENDS[mark])] == []
