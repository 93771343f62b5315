"""Who may do what in a district on a server: its owner everything, others what is granted here.

`app` runs every command of esm and can write neither the journal nor the clocks but through the triggers. `reader` is
for other programs: it reads the views `reader_…`, in which no telephone, no name of a contact and no free text stands,
and with a subdistrict only the rows of the enterprises that belong to it today. Both are rights and policies of the
login itself, so that the server's own catalogue is the whole list of who has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import errors, sql

from esm.domain.desk.login_role import LoginRole
from esm.errors import NotFound, say
from esm.storage.database.engines.postgres import PostgresConnection
from esm.storage.database.schema import postgres_readers

# Which rows belong to one subdistrict; a table of the others, but those for all, has the column `enterprise_id`.
# Whoever reads only that subdistrict reads only its rows of the tables named here, too.
_OF_OTHERS = {
    "enterprise": "id IN (SELECT enterprise_id FROM profile)",
    "companion": "visit_id IN (SELECT id FROM visit)",
    "pairing_deputy": "pairing_id IN (SELECT id FROM pairing)",
    "request_event": "request_id IN (SELECT id FROM request)",
    "cadre": "id IN (SELECT cadre_id FROM pairing)",
    "posting": "cadre_id IN (SELECT id FROM cadre)",
}
_USAGE = "GRANT USAGE ON SCHEMA {schema} TO {login}"
_FUNCTIONS = "GRANT EXECUTE ON FUNCTION esm_day(text), esm_is_day(text) TO {login}"  # checks and views call them


def policy_name(role: LoginRole, login: str) -> str:
    """Return the name of the policies of a login."""
    return f"esm_{role}_{login}".encode()[:63].decode(errors="ignore")


def grant(connection: PostgresConnection, role: LoginRole, login: str, subdistrict: str | None = None) -> None:
    """Let a login be what `role` says, in place of what it was; a subdistrict is for a reader.

    Raises NotFound where the server has no such login.
    """
    _revoke(connection, login)
    if role is LoginRole.APP:
        _run(connection, _app_rights(connection), login)
        for table in postgres_readers.GUARDED:
            _add_policy(connection, role, login, table, "TRUE WITH CHECK (TRUE)")
    elif role is LoginRole.READER:
        _run(connection, _reader_rights(), login)
        for table in postgres_readers.SHOWN_BY_ROW:
            rows = "TRUE" if subdistrict is None else _rows_of(connection, table, subdistrict)
            _add_policy(connection, role, login, table, rows)
        if subdistrict is not None:
            comment = sql.SQL("COMMENT ON POLICY {} ON profile IS {}")
            name = sql.Identifier(policy_name(role, login))
            connection.raw.execute(comment.format(name, sql.Literal(subdistrict)))


def require_subdistrict(connection: PostgresConnection, subdistrict: str) -> None:
    """Refuse a subdistrict to which no enterprise of the district ever belonged: it may be written otherwise."""
    found = connection.raw.execute("SELECT 1 FROM profile WHERE subdistrict = %s LIMIT 1", [subdistrict])
    if found.fetchone() is None:
        raise NotFound(
            say("No enterprise of the district belongs to {subdistrict}.", subdistrict=subdistrict),
            say("Write it as `esm report --by subdistrict` does."),
        )


def granted(connection: PostgresConnection) -> list[tuple[LoginRole, str, str | None]]:
    """Return what has been granted: role, login and subdistrict."""
    found = connection.raw.execute(
        """SELECT split_part(polname, '_', 2), rolname, obj_description(pg_policy.oid, 'pg_policy')
           FROM pg_policy JOIN pg_roles ON pg_roles.oid = polroles[1]
           WHERE polrelid = to_regclass(%s) AND starts_with(polname, 'esm_') ORDER BY rolname""",
        [f"{connection.quoted_schema}.profile"],
    )
    return [(LoginRole(role), login, subdistrict) for role, login, subdistrict in found.fetchall()]


def _app_rights(connection: PostgresConnection) -> Iterator[str]:
    business = ", ".join(connection.journalled_tables())
    yield _USAGE
    yield "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {login}"
    yield f"GRANT INSERT, UPDATE, DELETE ON {business} TO {{login}}"
    yield "GRANT INSERT, UPDATE (hash, changes) ON operation TO {login}"
    yield "GRANT EXECUTE ON FUNCTION esm_lock_district() TO {login}"
    yield _FUNCTIONS


def _reader_rights() -> Iterator[str]:
    yield _USAGE
    for table, names in postgres_readers.READABLE.items():
        yield f"GRANT SELECT ({', '.join(names.split())}) ON {table} TO {{login}}"
        yield f"GRANT SELECT ON reader_{table} TO {{login}}"
    yield _FUNCTIONS


def _rows_of(connection: PostgresConnection, table: str, subdistrict: str) -> str:
    if table == "profile":
        return f"end_on IS NULL AND subdistrict = {sql.Literal(subdistrict).as_string(connection.raw)}"
    return _OF_OTHERS.get(table, "enterprise_id IN (SELECT enterprise_id FROM profile)")


def _revoke(connection: PostgresConnection, login: str) -> None:
    try:
        _run(
            connection,
            (
                "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {login}",
                "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM {login}",
                "REVOKE ALL ON SCHEMA {schema} FROM {login}",
            ),
            login,
        )
    except errors.UndefinedObject as error:
        raise NotFound(
            say("The server has no login “{login}”.", login=login),
            say("Make it on the server first: CREATE ROLE … LOGIN."),
        ) from error
    for role in LoginRole:
        found = connection.raw.execute(
            "SELECT tablename FROM pg_policies WHERE schemaname = %s AND policyname = %s",
            [connection.schema, policy_name(role, login)],
        )
        for (table,) in found.fetchall():
            drop = sql.SQL("DROP POLICY {} ON {}")
            connection.raw.execute(drop.format(sql.Identifier(policy_name(role, login)), sql.Identifier(table)))


def _run(connection: PostgresConnection, statements: Iterator[str] | tuple[str, ...], login: str) -> None:
    names = {"schema": connection.quoted_schema, "login": sql.Identifier(login).as_string(connection.raw)}
    for statement in statements:
        connection.raw.execute(statement.format(**names).encode())


def _add_policy(connection: PostgresConnection, role: LoginRole, login: str, table: str, rows: str) -> None:
    name = sql.Identifier(policy_name(role, login)).as_string(connection.raw)
    owner = sql.Identifier(login).as_string(connection.raw)
    condition, _, check = rows.partition(" WITH CHECK ")
    kind = "ALL" if role is LoginRole.APP else "SELECT"
    checked = f" WITH CHECK {check}" if check else ""
    connection.raw.execute(
        f"CREATE POLICY {name} ON {table} FOR {kind} TO {owner} USING ({condition}){checked}".encode()
    )
