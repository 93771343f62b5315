"""Views, triggers and exclusions of a PostgreSQL schema: what `views_and_triggers` is for SQLite.

Triggers run once a statement, over all rows that it wrote. Their functions carry the name of the schema, since a pooled
connection may come with another search path, and a login that may not write the journal writes it through them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from esm.storage.database import visit_clock
from esm.storage.database.phrases import spelled_out
from esm.storage.database.schema import postgres_readers
from esm.storage.database.schema.views_and_triggers import CLOCK_COLUMNS, CLOCKED, WITHOUT_OVERLAP, statements_in

ENGINE = "postgresql"
_EVENTS = {"INSERT": "NEW TABLE AS new_rows", "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
           "DELETE": "OLD TABLE AS old_rows"}  # fmt: skip
_APPEND_ONLY = "esm_refuse('esm: the journal is append-only')"
_UNJOURNALLED = "esm_refuse('esm: data change only through esm, so that the journal holds every change')"

# Everything esm defined but the tables and what stands in their checks, in an order in which nothing is in the way.
REMOVAL = """
DO $$
DECLARE
  command text;
BEGIN
  FOR command IN
    SELECT told FROM (
      SELECT 1, 'DROP TRIGGER ' || quote_ident(tgname) || ' ON ' || CAST(tgrelid AS regclass)
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND NOT tgisinternal
      UNION ALL
      SELECT 2, 'DROP VIEW ' || quote_ident(viewname) FROM pg_views WHERE schemaname = current_schema()
      UNION ALL
      SELECT 3, 'DROP FUNCTION ' || CAST(CAST(oid AS regprocedure) AS text) FROM pg_proc
      WHERE pronamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND starts_with(proname, 'esm_')
        AND proname NOT IN ('esm_day', 'esm_is_day')
      UNION ALL
      SELECT 4, 'ALTER TABLE ' || CAST(conrelid AS regclass) || ' DROP CONSTRAINT ' || quote_ident(conname)
      FROM pg_constraint WHERE connamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND contype = 'x'
    ) AS definition (place, told) ORDER BY place
  LOOP
    EXECUTE command;
  END LOOP;
END $$"""

# A copy has rows of which the server knows nothing yet; without statistics `esm due` takes five times as long. What is
# empty it had better not look at: it would take the table for an empty one also when it is full.
_ANALYSIS = """
DO $$
DECLARE
  unknown text;
  is_filled boolean;
BEGIN
  FOR unknown IN
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = CAST(quote_ident(current_schema()) AS regnamespace) AND relkind = 'r' AND reltuples < 0
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || unknown || ')' INTO is_filled;
    IF is_filled THEN
      EXECUTE 'ANALYZE ' || unknown;
    END IF;
  END LOOP;
END $$"""


def statements(schema: str, tables: Iterable[str]) -> Iterator[str]:
    """Yield every definition of a schema, the first of the search path, in which the tables stand.

    `tables` are those that the journal watches over.
    """
    for statement in _statements(schema, tables):
        yield spelled_out(statement, ENGINE)


def _statements(schema: str, tables: Iterable[str]) -> Iterator[str]:
    own_views = (f"CREATE VIEW clock_now AS {visit_clock.LATEST}", *statements_in("views.sql"))
    for view in (*own_views, *postgres_readers.views()):
        yield view.replace(" AS", " WITH (security_invoker = true) AS", 1)  # whoever asks needs the right to know
    yield _ANALYSIS
    yield "DELETE FROM clock"
    yield "INSERT INTO clock SELECT * FROM clock_now"
    yield _ANALYSIS
    yield from _functions(schema)
    for table in tables:
        yield from _journal_triggers(table)
    for table, owner in WITHOUT_OVERLAP.items():
        yield _exclusion(table, owner)
    yield from _guard_triggers()
    for table in CLOCKED:
        function = "esm_wind_of_enterprises" if table == "enterprise" else "esm_wind_of_rows"
        yield from _after_each(table, f"clock_{table}", f"{function}()", but="INSERT" if table == "enterprise" else "")
    yield from _after_each("setting", "clock_setting", "esm_wind_of_settings()")
    yield from postgres_readers.guards()


def _functions(schema: str) -> Iterator[str]:
    quoted = schema.replace('"', '""')
    holes = {
        # A plan that fitted the first statement of an import does not fit the last.
        "{settings}": f'SET search_path = "{quoted}", pg_temp SET plan_cache_mode = force_custom_plan',
        "{clock}": visit_clock.latest_of("scope.enterprise_id = concerned.id", "OFFSET 0"),
        "{news}": ", ".join(f"{column} = excluded.{column}" for column in CLOCK_COLUMNS),
        "{is_news}": " OR ".join(f"differs(clock.{column}, excluded.{column})" for column in CLOCK_COLUMNS),
        "{clock_settings}": visit_clock.CLOCK_SETTINGS,
    }
    for function in statements_in("postgresql.sql"):
        filled = function
        for hole, text in holes.items():
            filled = filled.replace(hole, text)
        yield filled


def _journal_triggers(table: str) -> Iterator[str]:
    """Write each row's change into the open operation; without one the write itself is refused."""
    yield from _after_each(table, f"journal_{table}", f"esm_journal('{table}')")
    yield f"""CREATE TRIGGER {table}_id_is_fixed BEFORE UPDATE OF id ON {table} FOR EACH ROW
              WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION esm_refuse('esm: an id never changes')"""
    yield f"""CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
              EXECUTE FUNCTION {_UNJOURNALLED}"""


def _after_each(table: str, name: str, function: str, but: str = "") -> Iterator[str]:
    for event, rows in _EVENTS.items():
        if event != but:
            yield f"""CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}
                      EXECUTE FUNCTION {function}"""


def _exclusion(table: str, owner: str) -> str:
    """Refuse two intervals of one owner that share a day; `owner` are the columns that say whose they are.

    They are told as expressions, so that no query takes this index, slower than a plain one, to find the owner's rows.
    """
    of_owner = ", ".join(f"({column} || '') WITH =" if column == "key" else f"({column} + 0) WITH ="
                         for column in owner.split(", "))  # fmt: skip
    return f"""ALTER TABLE {table} ADD CONSTRAINT {table}_overlap EXCLUDE USING gist
               ({of_owner}, daterange(esm_day(start_on), esm_day(end_on)) WITH &&)"""


def _guard_triggers() -> Iterator[str]:
    """Let the journal only grow, and nothing stand in `clock` but what the triggers write."""
    for table, rows in {"change": "", "operation": "WHEN (OLD.hash IS NOT NULL OR NEW.id <> OLD.id)"}.items():
        yield f"""CREATE TRIGGER {table}_is_append_only_update BEFORE UPDATE ON {table} FOR EACH ROW {rows}
                  EXECUTE FUNCTION {_APPEND_ONLY}"""
        yield f"""CREATE TRIGGER {table}_is_append_only_delete BEFORE DELETE ON {table} FOR EACH ROW
                  EXECUTE FUNCTION {_APPEND_ONLY}"""
        yield f"""CREATE TRIGGER {table}_is_append_only_truncate BEFORE TRUNCATE ON {table}
                  EXECUTE FUNCTION {_APPEND_ONLY}"""
    yield """CREATE TRIGGER clock_is_derived BEFORE INSERT OR UPDATE OR DELETE ON clock
             WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION esm_guard_clock()"""
    yield """CREATE TRIGGER clock_is_not_emptied BEFORE TRUNCATE ON clock EXECUTE FUNCTION esm_guard_clock()"""
