"""Views and triggers: definitions that every migration drops and installs anew.

They are the code of this version and not data, so a migration never carries them. The journal's
triggers are made from the live schema, so that a new column cannot be forgotten. The table `clock` is
derived by these definitions, so it is filled anew with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from esm.storage.database import visit_clock

SQL = Path(__file__).parent / "sql"
WITHOUT_OVERLAP = {"pairing": "enterprise_id", "profile": "enterprise_id", "scope": "enterprise_id",
                   "posting": "cadre_id", "pause": "enterprise_id", "absence": "cadre_id",
                   "blackout": "enterprise_id", "setting": "key", "recusal": "cadre_id, enterprise_id"}  # fmt: skip
CLOCKED = {"scope": "enterprise_id", "visit": "enterprise_id", "profile": "enterprise_id", "enterprise": "id"}
CLOCK_COLUMNS = ("uscc", "tier", "start_on", "end_on", "last_visit_on", "anchor_on", "due_on")
_UNJOURNALLED_WRITE = "RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')"
_CLOCK_OF_NEW = visit_clock.latest_of("scope.enterprise_id = NEW.enterprise_id", "LIMIT -1")
OPEN_OPERATION = f"coalesce((SELECT id FROM operation WHERE hash IS NULL), {_UNJOURNALLED_WRITE})"
NO_OPERATION = f"SELECT {_UNJOURNALLED_WRITE} WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL)"


def statements(tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield every definition, given the business tables with their columns."""
    yield f"CREATE VIEW clock_now AS {visit_clock.LATEST}"
    yield "DELETE FROM clock"
    yield "INSERT INTO clock SELECT * FROM clock_now"
    yield from statements_in("sqlite.sql")
    yield from statements_in("views.sql")
    for table, columns in tables.items():
        yield from _journal_triggers(table, columns)
    for table, owner in WITHOUT_OVERLAP.items():
        yield from _overlap_triggers(table, owner)
    for table, owner in CLOCKED.items():
        yield from _clock_triggers(table, owner)
    yield from _setting_triggers()
    yield from _guard_triggers()


def statements_in(name: str) -> list[str]:
    """Return the definitions that stand in a file; each begins with CREATE, and remarks stand before it."""
    text = re.sub("^--.*\n", "", (SQL / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [each.rstrip().removesuffix(";") for each in re.split("^(?=CREATE )", text, flags=re.MULTILINE)[1:]]


def _journal_triggers(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Write each row's change into the open operation; without one the write itself is refused."""
    kinds = {"INSERT": ("I", "NEW"), "UPDATE": ("U", "NEW"), "DELETE": ("D", "OLD")}
    for event, (kind, row) in kinds.items():
        old = "NULL" if event == "INSERT" else row_as_json("OLD", columns)
        new = "NULL" if event == "DELETE" else row_as_json("NEW", columns)
        yield f"""
            CREATE TRIGGER journal_{table}_{event.lower()} AFTER {event} ON {table} BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ({OPEN_OPERATION}, '{table}', {row}.id, '{kind}', {old}, {new});
            END"""
    yield f"""
        CREATE TRIGGER {table}_id_is_fixed BEFORE UPDATE OF id ON {table} WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END"""
    yield f"""
        CREATE TRIGGER {table}_is_not_replaced BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END"""


def row_as_json(row: str, columns: Sequence[str]) -> str:
    """Return SQL for a row as the journal writes it."""
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in columns)
    return f"json_object({pairs})"


def _overlap_triggers(table: str, owner: str) -> Iterator[str]:
    """Refuse two intervals of one owner that share a day; `owner` are the columns that say whose they are."""
    of_owner = " AND ".join(f"{column} = NEW.{column}" for column in owner.split(", "))
    for event, same in (("INSERT", ""), (f"UPDATE OF {owner}, start_on, end_on", "AND id <> NEW.id")):
        name = event.split()[0].lower()
        yield f"""
            CREATE TRIGGER {table}_overlap_{name} BEFORE {event} ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {of_owner} {same}
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping {table} intervals'); END"""


def _clock_triggers(table: str, owner: str) -> Iterator[str]:
    """Recompute the clock of the enterprise that a change concerns; only scope and groups can end one.

    The groups of an enterprise that never was in scope concern no clock.
    """
    for event in ("INSERT", "UPDATE", "DELETE"):
        if table == "enterprise" and event == "INSERT":
            continue
        keys = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
        owners = [f"{key}.{owner}" for key in keys]
        change = "UPDATE OF uscc" if table == "enterprise" and event == "UPDATE" else event
        condition = (
            "WHEN EXISTS (SELECT 1 FROM scope WHERE enterprise_id = NEW.enterprise_id)"
            if (table, event) == ("profile", "INSERT")
            else ""
        )
        ended = (
            ""
            if table == "visit" or event == "INSERT"
            else f"""
              DELETE FROM clock WHERE enterprise_id IN ({", ".join(owners)})
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);"""
        )
        yield f"""
            CREATE TRIGGER clock_{table}_{event.lower()} AFTER {change} ON {table} {condition} BEGIN{ended}
              INSERT INTO winding VALUES ({owners[0]});
              {f"INSERT INTO winding SELECT {owners[1]} WHERE {owners[1]} <> {owners[0]};" if owners[1:] else ""}
            END"""


def _clock_upsert(source: str) -> str:
    news = ", ".join(f"{column} = excluded.{column}" for column in CLOCK_COLUMNS)
    is_news = " OR ".join(f"{column} IS NOT excluded.{column}" for column in CLOCK_COLUMNS)
    return f"""INSERT INTO clock SELECT * FROM {source} WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET {news} WHERE {is_news}"""


def _setting_triggers() -> Iterator[str]:
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("NEW", "OLD")), ("DELETE", ("OLD",))):
        condition = " OR ".join(f"{row}.key IN {visit_clock.CLOCK_SETTINGS}" for row in rows)
        yield f"""
            CREATE TRIGGER clock_setting_{event.lower()} AFTER {event} ON setting
            WHEN {condition} BEGIN
              {_clock_upsert("clock_now")};
            END"""


def _guard_triggers() -> Iterator[str]:
    """Let nothing stand in `clock` but what the facts say, whoever writes, and nothing without an operation.

    Whoever puts an enterprise into `winding` has its clock set by this trigger, and finds the table empty again when
    the statement is over. So a row in it tells the guard that what is written has just been computed. A clock that
    cannot be computed ends the statement at once, for `INSERT OR FAIL` would let the row stay.
    """
    yield f"""
        CREATE TRIGGER clock_is_wound AFTER INSERT ON winding BEGIN
          {NO_OPERATION};
          {_clock_upsert(f"({_CLOCK_OF_NEW})")};
          DELETE FROM winding;
        END"""
    yield """
        CREATE TRIGGER clock_can_be_told BEFORE INSERT ON clock WHEN NEW.due_on IS NULL
        BEGIN SELECT RAISE(ABORT, 'esm: the clock cannot be told from the settings'); END"""
    says = " AND ".join(f"{column} IS NEW.{column}" for column in CLOCK_COLUMNS)
    refused = "SELECT RAISE(ABORT, 'esm: the clock follows the facts; nobody else writes it')"
    for event in ("INSERT", "UPDATE"):
        yield f"""
            CREATE TRIGGER clock_is_derived_{event.lower()} AFTER {event} ON clock
            WHEN NOT EXISTS (SELECT 1 FROM winding) BEGIN
              {NO_OPERATION};
              {refused}
              WHERE NOT EXISTS (SELECT 1 FROM ({_CLOCK_OF_NEW}) WHERE {says});
            END"""
    yield f"""
        CREATE TRIGGER clock_is_derived_delete BEFORE DELETE ON clock BEGIN
          {NO_OPERATION};
          {refused} WHERE EXISTS (SELECT 1 FROM clock_now WHERE enterprise_id = OLD.enterprise_id);
        END"""
