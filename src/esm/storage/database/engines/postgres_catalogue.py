"""What a schema is made of, as the server's own catalogue tells it, against what this version makes."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from psycopg import errors

from esm.errors import StorageRefused, say

if TYPE_CHECKING:
    from esm.storage.database.engines.postgres import PostgresConnection

# With the schema in sight the server leaves its name out everywhere but in the settings of functions.
_PARTS = """
SELECT relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), collname, attnotnull,
       pg_get_expr(adbin, adrelid))
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_collation ON pg_collation.oid = attcollation
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = to_regnamespace(%(schema)s) AND relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT relname, concat_ws(' ', relkind, relrowsecurity, CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid, TRUE)
                                         WHEN relkind = 'i' THEN pg_get_indexdef(oid, 0, TRUE) END, reloptions)
FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s) AND relkind <> 't'
UNION ALL
SELECT conname, pg_get_constraintdef(oid, TRUE) FROM pg_constraint WHERE connamespace = to_regnamespace(%(schema)s)
UNION ALL
SELECT tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(pg_trigger.oid, TRUE))
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = to_regnamespace(%(schema)s) AND NOT tgisinternal
UNION ALL
SELECT proname, concat_ws(' ', pg_get_function_arguments(oid), pg_get_function_result(oid), provolatile, prosecdef,
       coalesce(pg_get_function_sqlbody(oid), prosrc), replace(CAST(proconfig AS text), %(name)s, 'district'))
FROM pg_proc WHERE pronamespace = to_regnamespace(%(schema)s)"""


def strange_parts(connection: PostgresConnection) -> list[str]:
    """Return the names of what is missing, altered or not esm's in the schema of a connection.

    Raises StorageRefused where the login may not make a schema to compare with; it is rolled back.
    """
    present, wanted = _parts(connection), _expected(connection)
    return sorted({name for name, _ in present ^ wanted})


def _parts(connection: PostgresConnection) -> set[tuple[str, str]]:
    names = {"schema": connection.quoted_schema, "name": connection.schema}
    return set(connection.raw.execute(_PARTS, names).fetchall())


def _expected(connection: PostgresConnection) -> set[tuple[str, str]]:
    from esm.storage.database.engines import postgres, postgres_schema  # noqa: PLC0415 - they need this module

    place = replace(connection.place, schema=f"esm_check_{connection.raw.info.backend_pid}")
    with closing(postgres.connect(place, 0, postgres.READ_COMMITTED)) as beside:
        try:
            postgres_schema.make_tables(beside)
        except errors.InsufficientPrivilege as error:
            raise StorageRefused(
                say("This login may not check the definitions of {path}.", path=connection.place),
                say("Run `esm db check` as the owner of the database."),
            ) from error
        beside.install_definitions()
        return _parts(beside)
