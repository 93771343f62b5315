"""The letters of supervision that lie in a folder, known by their proofs: which numbers are given already."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from esm.domain.desk.proof import Proof, parsed_proof
from esm.domain.reports.letters import FiledLetter
from esm.errors import InputRefused
from esm.formats.read.shown import shown_file

FIRST, DEPARTMENT = "--first=", "--department="


def filed_letters(folder: Path) -> list[FiledLetter]:
    """Return the letters of esm in a folder, in order of their names; what is none, or damaged, is passed over."""
    found = []
    for path in sorted(folder.glob("*.docx")):
        with suppress(InputRefused, ValueError):  # a day that is none
            proof = parsed_proof(shown_file.proof_text(path, "docx") or "")
            if proof is not None and proof.asked[:2] == ("report", "letters"):
                found.append(_filed(path.name, proof))
    return found


def _filed(name: str, proof: Proof) -> FiledLetter:
    number = _value(proof, FIRST)
    return FiledLetter(
        name,
        date.fromisoformat(proof.as_of),
        _value(proof, DEPARTMENT) or None,
        int(number) if number is not None and number.isdecimal() else None,
    )


def _value(proof: Proof, option: str) -> str | None:
    return next((word.removeprefix(option) for word in proof.asked if word.startswith(option)), None)
