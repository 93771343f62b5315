"""The moves that the rows of a ledger of requests tell, as rows of the sheet of moves (docs/rules.md, Import)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from esm.domain.requests.columns import REQUEST_EVENTS, REQUESTS
from esm.domain.requests.ledger_moves import LedgerMove, missing_moves, moves_told
from esm.domain.requests.ledger_row import LedgerEntry
from esm.domain.requests.states import RequestOutcome, RequestState
from esm.errors import Message, say
from esm.storage.requests import requests
from esm.storage.requests import transitions as request_transitions
from esm.usecases.exchange.load_requests import twin
from esm.usecases.exchange.roster.roster_rows import RosterRow
from esm.usecases.exchange.tally import Tally
from esm.usecases.exchange.upsert import Incoming

_FIELDS = frozenset(each.name for each in fields(LedgerEntry))
_CONSEQUENCES: Mapping[str, Message] = {
    "accepted_on": say("no date stated: counted as accepted on the day of receipt, in time"),
    "dispatched_on": say("no date stated: counted as dispatched on the day of the step before it"),
    "answered_on": say("no date stated: counted as answered on the day of the step beside it"),
    "closed_on": say(
        "no date stated: counted as closed on the day of the step before it, which decides whether it is late"
    ),
    "confirmed_on": say("no date stated: counted as confirmed on the day of the close"),
}
# Where the cell stands that a column of the sheet of moves has its value from.
_SOURCES = {"department": "department", "supporting": "supporting", "basis": "basis", "satisfied": "satisfied"}


@dataclass(slots=True)
class _Supposed:
    """The rows of which something is supposed."""

    open: list[RosterRow] = field(default_factory=list)
    solved: list[RosterRow] = field(default_factory=list)
    ended: dict[object, list[RosterRow]] = field(default_factory=lambda: defaultdict(list))
    days: dict[tuple[str, str], list[RosterRow]] = field(default_factory=lambda: defaultdict(list))


def moves_of_ledgers(incoming: Incoming, tally: Tally) -> list[RosterRow]:
    """Return the moves of the requests' sheets that are not on record, and note what is supposed about new ones."""
    rows = incoming.rows[REQUESTS.key]
    if not rows:
        return []
    known = {
        twin(each.request.uscc, each.request.received_on, each.request.subject): each.id
        for each in requests.load(incoming.writing, date.max)
    }
    recorded = {
        number: [event for _, event in events]
        for number, events in request_transitions.by_request(incoming.writing).items()
    }
    supposed, seen = _Supposed(), set()
    found: list[RosterRow] = []
    for row in rows:
        number = known.get(twin(row.values["uscc"], row.values["received_on"], row.values["subject"]))
        if number is None or number in seen:
            continue
        seen.add(number)
        entry = LedgerEntry(**{key: value for key, value in row.values.items() if key in _FIELDS})
        found += _rows_of_moves(row, number, missing_moves(moves_told(entry), recorded.get(number, ())), supposed)
        if number not in recorded and entry.verdict is not None:
            supposed.ended[entry.verdict[1]].append(row)
        if number not in recorded and _is_unsaid(row, entry) and not incoming.rows[REQUEST_EVENTS.key]:
            supposed.open.append(row)
    _say(supposed, tally)
    return found


def _is_unsaid(row: RosterRow, entry: LedgerEntry) -> bool:
    """Return whether nothing tells that a request is open; what esm wrote has its moves in a sheet of their own."""
    is_told = entry.standing is not None or entry.closed is not None or not row.letters.keys().isdisjoint(
        ("closed_on", "visited_on")
    )  # fmt: skip
    return not (is_told or entry.is_closed)


def _rows_of_moves(
    row: RosterRow, number: int, moves: Iterator[LedgerMove], supposed: _Supposed
) -> Iterator[RosterRow]:
    for move in moves:
        if move.day_from is not None:
            supposed.days[move.column, move.day_from].append(row)
        is_unsaid = RequestOutcome.parse(row.values.get("result", "")) is None
        if move.told.get("outcome") is RequestOutcome.SOLVED and is_unsaid:
            supposed.solved.append(row)
        yield row._replace(
            kind=REQUEST_EVENTS.key, values={"request_no": number, **move.told}, letters=_letters(row, move)
        )


def _letters(row: RosterRow, move: LedgerMove) -> Mapping[str, str]:
    sources = {
        **_SOURCES, "done_on": move.day_from or move.column, "outcome": "result",
        "note": "answer" if "answer" in row.values else "progress",
        "move": "state" if "state" in row.letters else "closed",
    }  # fmt: skip
    return {key: row.letters[source] for key, source in sources.items() if source in row.letters}


def _say(supposed: _Supposed, tally: Tally) -> None:
    tally.suppose(
        supposed.open, "state", RequestState.RECEIVED,
        say("not stated whether they are closed: counted as open, and as late after their deadline"),
    )  # fmt: skip
    tally.suppose(supposed.solved, "result", RequestOutcome.SOLVED, say("closed without an outcome: counted as solved"))
    for end, rows in supposed.ended.items():
        tally.suppose(rows, "result", end, say("read from a text: counted as ended so, and not as solved"))
    for (column, source), rows in supposed.days.items():
        tally.suppose(rows, column, source, _CONSEQUENCES[column])
