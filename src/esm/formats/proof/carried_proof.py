"""The proof that a file carries, as text; and of one without, what it says that it is."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from esm.formats.proof.attachment import BESIDE, MARK, NATURE, OFFICE, PROPERTIES
from esm.formats.read import file as input_file

_MOST_BYTES = 2**20
_COMMENT = re.compile(rb"<!-- esm-proof (\{[^<>]*\}) -->")
_SAID_NATURE = re.compile(rb"<!-- esm-file ([a-z]+) -->")
_CALENDAR = b"PRODID:-//esm//"
_TAG = re.compile(rb"\{[{%]")


def proof_text(path: Path, data: bytes, kind: str) -> str | None:
    """Return the proof within the content of a file, or in the one beside it; None where there is none."""
    if kind in BESIDE:
        return _beside(path)
    if kind in OFFICE:
        return _in_properties(data)
    found = _COMMENT.findall(data)
    return found[-1].decode(errors="replace") if found else None


def is_cut_off(data: bytes, kind: str) -> bool:
    """Return whether the end of a file is missing, as far as its kind tells."""
    if kind in OFFICE:
        return not zipfile.is_zipfile(BytesIO(data))
    if kind == "html" and b"</html>" not in data:
        return True
    return kind not in BESIDE and f"<!-- {MARK}".encode() in data and not _COMMENT.search(data)


def nature(data: bytes, kind: str) -> str | None:
    """Return what a file without a proof says that it is; None where it says nothing."""
    if kind == "ics":
        return "calendar" if _CALENDAR in data else None
    if kind == "docx" and _TAG.search(_part(data, "word/document.xml")):
        return "template"
    if kind in OFFICE:
        return _properties(data).get(NATURE)
    found = _SAID_NATURE.findall(data)
    return found[-1].decode() if found else None


def _beside(path: Path) -> str | None:
    beside = path.with_name(f"{path.name}.proof")
    return input_file.content(beside).decode(errors="replace") if beside.exists() else None


def _in_properties(data: bytes) -> str | None:
    pieces = _properties(data).items()
    own = sorted((int(name.removeprefix(f"{MARK}-")), text) for name, text in pieces if _is_own(name))
    return "".join(text for _number, text in own) or None


def _properties(data: bytes) -> dict[str, str]:
    """Return the own properties of an office file by name; none of one that cannot be read."""
    content = _part(data, PROPERTIES)
    if not content or b"<!" in content:  # a declaration could expand without end
        return {}
    try:
        properties = ElementTree.fromstring(content)  # noqa: S314 - without declarations nothing expands
    except ElementTree.ParseError:
        return {}
    return {each.get("name", ""): "".join(each.itertext()) for each in properties}


def _part(data: bytes, name: str) -> bytes:
    """Return a part of an office file, nothing where it is missing, too large or damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            about = archive.getinfo(name)
            return archive.read(about) if about.file_size <= _MOST_BYTES else b""
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError):
        return b""


def _is_own(name: str) -> bool:
    return name.startswith(f"{MARK}-") and name.removeprefix(f"{MARK}-").isdecimal()
