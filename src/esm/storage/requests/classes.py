"""The classes of requests as the district changed them."""

from __future__ import annotations

from esm.domain.requests.classes import RequestClass
from esm.storage.database.connection import Reading, Writing


def own_classes(reading: Reading) -> list[RequestClass]:
    """Return the classes that the district added, renamed or retired."""
    rows = reading.rows("SELECT code, name, retired FROM request_class ORDER BY code")
    return [RequestClass(code, name, bool(retired)) for code, name, retired in rows]


def store_class(writing: Writing, changed: RequestClass) -> None:
    """Store what the district made of a class."""
    row_id = writing.value("SELECT id FROM request_class WHERE code = :code", code=changed.code)
    if row_id is None:
        values = {"code": changed.code, "name": changed.name, "retired": int(changed.is_retired)}
        writing.insert("request_class", [values])
    else:
        writing.change("request_class", row_id, {"name": changed.name, "retired": int(changed.is_retired)})
