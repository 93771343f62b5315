"""Where a file carries its proof: at the end of a page, in the properties of an office file, or in a file beside it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

BESIDE = ("json", "ndjson", "csv", "table")
_WITHIN = {"html", "md"}
OFFICE = {"xlsx", "docx"}
MARK = "esm-proof"
NATURE = "esm-file"
PROPERTIES = "docProps/custom.xml"
_LONGEST = 250  # characters of a property that every office program takes
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>'
)
_TYPE = (
    '<Override PartName="/docProps/custom.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    '<Relationship Id="rIdEsmProof" Target="docProps/custom.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>'
)
_NUMBER = re.compile(r'\bpid="(\d+)"')
_ORIGIN = (1980, 1, 1, 0, 0, 0)


def with_proof(data: bytes, kind: str, proof: str) -> bytes:
    """Return the content of a file of a kind that carries its proof within."""
    if kind in OFFICE:
        pieces = [proof[start : start + _LONGEST] for start in range(0, len(proof), _LONGEST)]
        return _office_file(data, {f"{MARK}-{number}": piece for number, piece in enumerate(pieces, start=1)})
    hidden = proof.replace("--", "-\\u002d").replace(">", "\\u003e")  # neither may end the comment
    return data + f"\n<!-- {MARK} {hidden} -->\n".encode()


def with_nature(data: bytes, kind: str, nature: str) -> bytes:
    """Return the content of a file without a proof that says what it is, where its kind has room for that."""
    if kind in OFFICE:
        return _office_file(data, {NATURE: nature})
    return data + f"\n<!-- {NATURE} {nature} -->\n".encode() if kind in _WITHIN else data


def _office_file(data: bytes, added: Mapping[str, str]) -> bytes:
    """Return an office file with more properties of its own, the others as they were."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        is_first = PROPERTIES not in old.namelist()
        for part in old.infolist():
            content = old.read(part)
            if part.filename == PROPERTIES:
                content = _properties(content.decode(), added).encode()
            elif is_first and part.filename == "[Content_Types].xml":
                content = content.replace(b"</Types>", f"{_TYPE}</Types>".encode())
            elif is_first and part.filename == "_rels/.rels":
                content = content.replace(b"</Relationships>", f"{_RELATION}</Relationships>".encode())
            new.writestr(part, content, zipfile.ZIP_DEFLATED)
        if is_first:
            new.writestr(zipfile.ZipInfo(PROPERTIES, _ORIGIN), _properties(_EMPTY, added), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _properties(present: str, added: Mapping[str, str]) -> str:
    used = max(map(int, _NUMBER.findall(present)), default=1)
    texts = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{used + number}" name="{name}">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(added.items(), start=1)
    )
    return present.replace("</Properties>", f"{texts}</Properties>")
