"""What is a proof and what a figure is in a file (docs/rules.md, Proof of a file)."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from esm.domain.desk.figure_differences import figure
from esm.domain.desk.proof import Proof, SealedState, parsed_proof

PROOF = Proof(
    version="1.0",
    asked=("report",),
    today="2026-11-23",
    as_of="2026-11-23",
    language="en",
    actor=None,
    state=SealedState(operation=7, seal="7f", first_seal="1f"),
    figures="0f",
)


@pytest.mark.parametrize("actor", [None, "clerk"])
def test_a_proof_is_read_as_it_was_written(actor: str | None) -> None:
    proof = replace(PROOF, actor=actor)
    assert parsed_proof(proof.text) == proof


@pytest.mark.parametrize("operation", [0, -7, True, 7.0, "7", None, [7]])
def test_a_proof_rests_on_an_operation_by_its_number(operation: object) -> None:
    values = asdict(PROOF)
    values["state"]["operation"] = operation
    assert parsed_proof(json.dumps(values)) is None


@pytest.mark.parametrize(
    "changed", [{"version": 1}, {"asked": ["report", 1]}, {"asked": 1}, {"actor": 1}, {"state": 7}, {"more": ""}]
)
def test_what_is_not_of_the_kind_of_a_proof_is_none(changed: dict[str, object]) -> None:
    assert parsed_proof(json.dumps({**asdict(PROOF), **changed})) is None


@pytest.mark.parametrize("text", [None, "", "江畔甲有限公司（本部）", "over 12 days", "–"])
def test_what_does_not_begin_with_a_digit_is_no_figure(text: str | None) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("12 days", "12"), ("12天", "12"), ("（12 户）", "（12）"), ("1 234.50元", "1234.5"), ("3万", "3万")],
)
def test_a_figure_has_neither_words_nor_blanks_but_its_unit(text: str, number: str) -> None:
    assert figure(text) == number
