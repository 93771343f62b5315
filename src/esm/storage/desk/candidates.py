"""What is on record that a word of the command line may name, for completion: few rows, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from esm.storage.database.connection import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """Where the names of one kind stand in SQL: what is typed for one, what it is called besides, and in which order.

    What is `matched` by the letters in the middle is told apart from the key, of which people type the beginning.
    """

    key: str
    about: str
    rows: str
    order: str
    matched: str = ""


def _named(table: str, key: str, order: str) -> Source:
    """Return records that are called by their name; those that share one, by their key."""
    others = f"(SELECT count(*) FROM {table} AS other WHERE other.name = {table}.name)"
    return Source(
        f"CASE WHEN {others} > 1 THEN {table}.{key} ELSE {table}.name END",
        f"CASE WHEN {others} > 1 THEN {table}.name ELSE {table}.{key} END",
        table, order, f"{table}.name",
    )  # fmt: skip


_ENTERPRISE = "JOIN enterprise ON enterprise.id ="
SOURCES = {
    "enterprise": _named("enterprise", "uscc", "exited_on IS NOT NULL, name"),
    "enterprise_code": Source("uscc", "name", "enterprise", "exited_on IS NOT NULL, uscc"),
    "cadre": _named("cadre", "staff_no", "left_on IS NOT NULL, name"),
    "cadre_code": Source("staff_no", "name", "cadre", "left_on IS NOT NULL, staff_no"),
    "subdistrict": Source(
        "subdistrict", "''", "(SELECT DISTINCT subdistrict FROM profile WHERE subdistrict IS NOT NULL) AS place",
        "subdistrict", "subdistrict",
    ),
    "department": Source(
        "department", "''",
        """(SELECT department FROM posting WHERE department IS NOT NULL
            UNION SELECT department FROM request_event WHERE department IS NOT NULL) AS office""",
        "department", "department",
    ),
    "policy": Source("code", "title", "policy", "code", "title"),
    "request": Source(
        "CAST(request.id AS TEXT)", "enterprise.name || ' ' || request.subject",
        f"request {_ENTERPRISE} request.enterprise_id", "request.id DESC", "request.subject",
    ),
    "visit": Source(
        "CAST(visit.id AS TEXT)", "visit.done_on || ' ' || enterprise.name",
        f"visit {_ENTERPRISE} visit.enterprise_id", "visit.id DESC", "enterprise.name",
    ),
    "planned_visit": Source(
        "'P' || CAST(plan.id AS TEXT)", "plan.planned_on || ' ' || enterprise.name",
        f"plan {_ENTERPRISE} plan.enterprise_id AND plan.visit_id IS NULL", "plan.planned_on", "enterprise.name",
    ),
    "outside_visit": Source(
        "'D' || CAST(outside_visit.id AS TEXT)", "outside_visit.done_on || ' ' || enterprise.name",
        f"outside_visit {_ENTERPRISE} outside_visit.enterprise_id", "outside_visit.id DESC", "enterprise.name",
    ),
    "promise": Source(
        "CAST(promise.id AS TEXT)", "enterprise.name || ' ' || promise.words",
        f"promise {_ENTERPRISE} promise.enterprise_id AND promise.kept_on IS NULL", "promise.due_on", "promise.words",
    ),
}  # fmt: skip
_ROWS = Template("SELECT $key, $about FROM $rows WHERE $fits ORDER BY $order LIMIT :limit")
_ENDS = Template("SELECT min($key), max($key) FROM $rows WHERE $fits")


def candidates(reading: Reading, kind: str, typed: str, limit: int) -> list[tuple[str, str]]:
    """Return what of a kind begins with the letters typed, else what has them inside, each with what it is about.

    Where there are more than the limit, the first and the last by letters are among them: what all begin with, and a
    shell therefore writes by itself, does not depend on the limit.
    """
    source = SOURCES[kind]
    beginning = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = _fitting(reading, source, source.key, beginning, limit)
    if found or not (source.matched and typed):
        return found
    return _fitting(reading, source, source.matched, f"%{beginning}", limit)


def _fitting(reading: Reading, source: Source, text: str, pattern: str, limit: int) -> list[tuple[str, str]]:
    words = {"key": source.key, "about": source.about, "rows": source.rows, "order": source.order}
    words["fits"] = f"is_like({text}, :pattern)"
    rows = reading.rows(_ROWS.substitute(words), pattern=pattern, limit=limit + 1)
    if len(rows) <= limit:
        return rows
    ends = reading.row(_ENDS.substitute(words), pattern=pattern) or ()
    shown = rows[: limit - len(ends)]
    return [*shown, *((end, "") for end in ends if end not in dict(shown))]
