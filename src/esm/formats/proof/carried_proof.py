"""The proof that a file carries, as text."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from esm.formats.proof.attachment import BESIDE, MARK, OFFICE, PROPERTIES
from esm.formats.read import file as input_file

_MOST_BYTES = 2**20
_COMMENT = re.compile(rb"<!-- esm-proof (\{[^<>]*\}) -->\s*\Z")


def proof_text(path: Path, data: bytes, kind: str) -> str | None:
    """Return the proof within the content of a file, or in the one beside it; None where there is none."""
    if kind in BESIDE:
        return _beside(path)
    if kind in OFFICE:
        return _in_properties(data)
    found = _COMMENT.search(data)
    return None if found is None else found[1].decode(errors="replace")


def _beside(path: Path) -> str | None:
    beside = path.with_name(f"{path.name}.proof")
    return input_file.content(beside).decode(errors="replace") if beside.exists() else None


def _in_properties(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            about = archive.getinfo(PROPERTIES)
            if about.file_size > _MOST_BYTES:
                return None
            content = archive.read(about)
        if b"<!" in content:  # a declaration could expand without end
            return None
        properties = ElementTree.fromstring(content)  # noqa: S314 - without declarations nothing expands
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError, EOFError, NotImplementedError):
        return None
    pieces = {each.get("name", ""): "".join(each.itertext()) for each in properties}
    own = sorted((int(name.removeprefix(f"{MARK}-")), text) for name, text in pieces.items() if _is_own(name))
    return "".join(text for _number, text in own) or None


def _is_own(name: str) -> bool:
    return name.startswith(f"{MARK}-") and name.removeprefix(f"{MARK}-").isdecimal()
