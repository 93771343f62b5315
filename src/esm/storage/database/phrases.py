"""What SQL says in one word here: conditions that are written once, and what every engine writes in its own way.

Statements call a phrase like a function, `holds(scope, :today)`; before they run it is replaced by the SQL it stands
for. So the text of a query is the same for every engine, reads from top to bottom and keeps its indexes. Arguments
are tables of the statement, or expressions; an argument that is said twice is computed twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

# Conditions. The rules are stated in `domain`; tests hold both against the same examples.
CONDITIONS = {
    # An interval, half-open as all are, holds a day.
    "holds(row, day)": "{row}.start_on <= {day} AND ({row}.end_on IS NULL OR {row}.end_on > {day})",
    # An interval has a day in common with all days from the first to the last, both included.
    "touches(row, first, last)": "{row}.start_on <= {last} AND ({row}.end_on IS NULL OR {row}.end_on > {first})",
    # An interval is not over on a day, though it may begin later.
    "lasts(row, day)": "{row}.end_on IS NULL OR {row}.end_on > {day}",
    # A visit counts: it moves the clock (`Visit.counts`).
    "counts(visit)": "{visit}.channel = 'on_site' AND {visit}.outcome = 'met' AND {visit}.cancelled_on IS NULL",
    # A plan is open on a day: made by then, not used up by a visit until then, and of an enterprise in scope on both
    # its own day and that one.
    "is_open(plan, day)": """{plan}.made_on <= {day}
        AND ({plan}.visit_id IS NULL
             OR (SELECT used.done_on FROM visit AS used WHERE used.id = {plan}.visit_id) > {day})
        AND EXISTS (SELECT 1 FROM scope AS held
                    WHERE held.enterprise_id = {plan}.enterprise_id AND held.start_on <= {plan}.planned_on
                      AND (held.end_on IS NULL OR held.end_on > {plan}.planned_on AND held.end_on > {day}))""",
    # A row belongs to the enterprise of a code; without a code it belongs to the one that is meant, whichever.
    "is_of(enterprise_id, code)": "{code} IS NULL OR {enterprise_id} = (SELECT id FROM enterprise WHERE uscc = {code})",
    # An enterprise stands on the register on a day, in scope or not; without a day of enrolment since it was entered,
    # also when a later day of enrolment was told only afterwards.
    "enrolled(enterprise, scope, day)": """{scope}.id IS NOT NULL
        OR ({enterprise}.exited_on IS NULL OR {enterprise}.exited_on > {day})
        AND (coalesce({enterprise}.enrolled_on, (
               SELECT min(operation.today) FROM change JOIN operation ON operation.id = change.operation_id
               WHERE change.subject = 'enterprise' AND change.row_id = {enterprise}.id AND change.kind = 'I'),
               '') <= {day}
             OR (SELECT count(*) > 0 AND count(field_of(change.new, enrolled_on)) = 0
                 FROM change JOIN operation ON operation.id = change.operation_id
                 WHERE change.subject = 'enterprise' AND change.row_id = {enterprise}.id AND change.kind <> 'D'
                   AND operation.today <= {day} AND stands(operation)))""",
    # An operation is no undo and not undone; each undo of it, or of an undo of it, has turned that round.
    "stands(operation)": """{operation}.undoes IS NULL AND {operation}.id NOT IN (
        WITH RECURSIVE turn(operation_id, undo_id) AS (
          SELECT undoes, id FROM operation AS undo WHERE undoes IS NOT NULL
          UNION ALL SELECT turn.operation_id, undo.id FROM turn JOIN operation AS undo ON undo.undoes = turn.undo_id)
        SELECT operation_id FROM turn GROUP BY operation_id HAVING count(*) % 2 = 1)""",
    # A cadre is in post on a day (`Cadre.is_in_post`).
    "in_post(cadre, day)": """({cadre}.active_from IS NULL OR {cadre}.active_from <= {day})
        AND ({cadre}.left_on IS NULL OR {cadre}.left_on > {day})""",
}
# SQLite's own words. Days are ISO text; what is computed from nothing is nothing.
SQLITE = {
    "differs(one, other)": "{one} IS NOT {other}",  # a null is like a null and like nothing else
    "days_between(first, last)": "CAST(julianday({last}) - julianday({first}) AS INTEGER)",
    # SQLite does not clamp month ends: of the naive date and the month's last day the earlier one is meant.
    "months_later(day, months)": """min(date({day}, '+' || {months} || ' months'),
        date({day}, 'start of month', '+' || ({months} + 1) || ' months', '-1 day'))""",
    "later_of(one, other)": "max({one}, {other})",
    "earlier_of(one, other)": "min({one}, {other})",
    "among(value, list)": "{value} IN (SELECT value FROM json_each({list}))",  # see `as_list`
    "field_of(row, name)": "json_extract({row}, '$.{name}')",  # of a row as the journal keeps it
    "joined(texts)": "group_concat({texts}, char(31))",  # see `split`
    "listed(texts, between)": "group_concat({texts}, {between})",
    "is_like(text, pattern)": r"{text} LIKE {pattern} ESCAPE '\'",  # of Latin letters the case does not matter
}
# PostgreSQL's. What is no column is sorted letter by letter too, and not as the language of the server sorts.
POSTGRESQL = {
    "differs(one, other)": "{one} IS DISTINCT FROM {other}",
    "days_between(first, last)": "CAST({last} AS date) - CAST({first} AS date)",
    "months_later(day, months)": """to_char(CAST({day} AS date) + make_interval(months => CAST({months} AS integer)),
        'YYYY-MM-DD') COLLATE "C" """,
    # Alone, `greatest` and `least` pass over what is nothing.
    "later_of(one, other)": "CASE WHEN {one} IS NOT NULL AND {other} IS NOT NULL THEN greatest({one}, {other}) END",
    "earlier_of(one, other)": "CASE WHEN {one} IS NOT NULL AND {other} IS NOT NULL THEN least({one}, {other}) END",
    "among(value, list)": """{value} IN (SELECT CAST(value AS {value:type})
        FROM json_array_elements_text(CAST({list} AS json)))""",
    "field_of(row, name)": "CAST(CAST({row} AS json) ->> '{name}' AS {name:type}){name:order}",
    "joined(texts)": "string_agg({texts}, chr(31))",
    "listed(texts, between)": "string_agg({texts}, {between})",
    "is_like(text, pattern)": r"""({text}) COLLATE "C" ILIKE {pattern} ESCAPE '\'""",
}
# The columns that hold whole numbers: a server wants to know what a value taken out of JSON is.
NUMBERS = frozenset({
    "id", "above_scale", "accept_days", "amount", "answer_days", "capacity", "changes", "close_days", "confirmed",
    "days", "days_taken", "employees", "newly_entered", "pinned", "place", "provisional", "qualified", "rank",
    "retired", "revenue", "satisfied", "seq", "unasked", "undoes", "worked", "worth",
})  # fmt: skip
_APART = r"'[^']*'|--[^\n]*"  # texts and remarks, in which nothing is a phrase
_CALL = re.compile(rf"{_APART}|\b({'|'.join(head.split('(')[0] for head in CONDITIONS | SQLITE)})\(")
_MARK = re.compile(rf"{_APART}|[(),]")
_BETWEEN = "\x1f"  # no name holds it
_Meaning = tuple[tuple[str, ...], str]


class _Argument(str):
    """An argument of a phrase, from whose last word the type of a column is known."""

    __slots__ = ()

    def __format__(self, asked: str) -> str:
        if not asked:
            return str(self)
        is_number = self.endswith("_id") or re.split(r"\W", self)[-1] in NUMBERS
        return {"type": ("text", "bigint"), "order": (' COLLATE "C"', "")}[asked][is_number]


@lru_cache(maxsize=1_000)
def spelled_out(text: str, engine: str = "sqlite") -> str:
    """Return a statement with its phrases replaced by what they stand for, those in arguments and meanings too."""
    phrases = _phrases(engine)
    said, start = "", 0
    while found := next((call for call in _CALL.finditer(text, start) if call[1]), None):
        names, meaning = phrases[found[1]]
        arguments, end = _arguments(text, found.end())
        meant = meaning.format(**dict(zip(names, map(_Argument, arguments), strict=True)))
        said += f"{text[start : found.start()]}({spelled_out(meant, engine)})"
        start = end
    return said + text[start:]


@cache
def _phrases(engine: str) -> dict[str, _Meaning]:
    """Return for each phrase the names of its arguments and what it means to an engine, `sqlite` or `postgresql`."""
    words = CONDITIONS | {"sqlite": SQLITE, "postgresql": POSTGRESQL}[engine]
    heads = ((head.removesuffix(")").split("(", 1), meaning) for head, meaning in words.items())
    return {name: (tuple(arguments.split(", ")), meaning) for (name, arguments), meaning in heads}


def text_beside(module: str, name: str) -> str:
    """Return the statement that a file of this name holds, in the folder of the module whose `__file__` is given."""
    return Path(module).with_name(name).read_text(encoding="utf-8")


def limited(limit: int | None) -> str:
    """Return the clause that lets through at most so many rows, bound as `:limit`; all without a limit."""
    return "" if limit is None else "LIMIT :limit"


def as_list(values: Iterable[str | int]) -> str:
    """Return values as one value to bind, for `among`."""
    return json.dumps(list(values))


def split(joined: str | None) -> tuple[str, ...]:
    """Return the texts that `joined` put together, none when there were none."""
    return tuple(joined.split(_BETWEEN)) if joined else ()


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """Return the arguments of the call whose bracket opens before `start`, and where the text goes on after it."""
    arguments, depth = [], 0
    for mark in _MARK.finditer(text, start):
        if depth == 0 and mark[0] in ",)":
            arguments.append(text[start : mark.start()].strip())
            start = mark.end()
            if mark[0] == ")":
                break
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
    return arguments, start
