"""What a schema is made of, as the server's own catalogue tells it, against what this version makes."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING, TypeAlias

from psycopg import errors

from esm.errors import StorageRefused, say

if TYPE_CHECKING:
    from esm.storage.database.engines.engine import Connection
    from esm.storage.database.engines.postgres import PostgresConnection
    from esm.storage.database.place import ServerPlace

Parts: TypeAlias = frozenset[tuple[str, str]]

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


_expected: dict[int, Parts] = {}  # by the version of the server, which words them


def strange_parts(connection: PostgresConnection) -> list[str]:
    """Return the names of what is missing, altered or not esm's in the schema of a connection.

    Raises StorageRefused where the login may not make a schema to compare with.
    """
    expected = _expected.get(connection.raw.info.server_version) or learn_parts(connection.place)
    return sorted({name for name, _ in _parts(connection) ^ expected})


def is_known(connection: Connection) -> bool:
    """Return whether it is remembered what this version makes on such a server."""
    return connection.raw.info.server_version in _expected


def learn_parts(place: ServerPlace) -> Parts:
    """Return what this version makes, from a schema that is made on the server and rolled back, and remember it.

    Done before a reading transaction is open it takes no second connection, for which a small pool may have no room.
    """
    from esm.storage.database.connection import PATIENCE_SECONDS  # noqa: PLC0415 - it needs this module
    from esm.storage.database.engines import postgres, postgres_schema  # noqa: PLC0415 - they need this module

    beside = replace(place, schema=f"esm_check_{token_hex(8)}")
    with closing(postgres.connect(beside, PATIENCE_SECONDS, postgres.READ_COMMITTED)) as connection:
        try:
            postgres_schema.make_tables(connection)
        except errors.InsufficientPrivilege as error:
            raise StorageRefused(
                say("This login may not check the definitions of {path}.", path=place),
                say("Run `esm db check` as the owner of the database."),
            ) from error
        connection.install_definitions()
        parts = _expected[connection.raw.info.server_version] = _parts(connection)
        return parts


def _parts(connection: PostgresConnection) -> Parts:
    names = {"schema": connection.quoted_schema, "name": connection.schema}
    return frozenset(connection.raw.execute(_PARTS, names).fetchall())
