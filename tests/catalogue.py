"""Collects the sentences of src/esm into the Chinese catalogue, compiles it, and names what is untranslated.

Run by `make catalogue`. The `.po` is written by hand and by this; the `.mo`, not kept in git, is what esm reads.
The Chinese of coded values is copied from their classes, which alone tell it.
Sentences no longer in the source are dropped, new ones wait for a translation: none is guessed from a similar one.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po, write_po
from hatch_build import compile_catalogues
from tests import codes

from esm import __version__

SOURCE = Path(__file__).resolve().parent.parent / "src" / "esm"
PO = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES" / "esm.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "gettext": None, "say": None}
HEADER = "# The Simplified Chinese of esm. Collected and compiled by `make catalogue`.\n#"
# A date of its own would change the files at each run.
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def collected() -> Catalog:
    """Return every sentence that the source says, in the order of its files, without translations."""
    catalogue = empty()
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("typer:",))
    for file, _line, sentence, comments, _context in found:
        catalogue.add(sentence, locations=[(f"src/esm/{file}", 0)], auto_comments=sorted(set(comments)))
    return catalogue


def empty() -> Catalog:
    """Return the catalogue without sentences."""
    return Catalog(
        locale="zh_CN",
        domain="esm",
        project="esm",
        version=__version__,
        msgid_bugs_address="esm",
        header_comment=HEADER,
        creation_date=DAY,
        revision_date=DAY,
        last_translator="esm",
        language_team="esm",
        fuzzy=False,
    )


def translated() -> Catalog:
    """Return the catalogue as it stands in the `.po`."""
    if not PO.exists():
        return empty()
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="esm")


def compiled() -> Catalog:
    """Return the catalogue as it stands in the `.mo`."""
    with MO.open("rb") as file:
        return read_mo(file)


def sentences(catalogue: Catalog) -> list[Message]:
    """Return the messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def merged(source: Catalog, known: Catalog) -> Catalog:
    """Return the sentences of `source` with the translations of `known`, and of coded values with their own."""
    for message in sentences(source):
        earlier = known.get(message.id)
        if earlier is not None and not earlier.fuzzy:
            message.string = earlier.string
            message.user_comments = earlier.user_comments
    for kind in codes.kinds():
        for member in kind:
            labelled = source.get(str(member.label))
            if labelled is not None:
                labelled.string = member.chinese
    return source


def main() -> int:
    """Bring `.po` and `.mo` up to date; return 1 while a sentence is untranslated."""
    catalogue = merged(collected(), translated())
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)
    compile_catalogues()
    missing = [message.id for message in sentences(catalogue) if not message.string]
    sys.stdout.writelines(f"untranslated: {sentence}\n" for sentence in missing)
    sys.stdout.write(f"sentences: {len(sentences(catalogue))}, untranslated: {len(missing)}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
