"""The address of a district on a server, as a user gives it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from esm.errors import StorageRefused, say
from esm.storage.database.place import ServerPlace

SCHEMES = frozenset({"postgresql", "postgresql+psycopg", "postgres"})
LONGEST_NAME = 63  # bytes; PostgreSQL cuts off what is longer, and two names would be one
_NAME = re.compile(r"[^\W\dA-Z][^\WA-Z]*")  # as PostgreSQL keeps it without quotes
_SECRETS = frozenset({"password", "sslpassword", "passfile", "require_auth"})


def server_place(location: str, district: str | None) -> ServerPlace:
    """Return the place of an address such as `postgresql+psycopg://clerk@db1,db2/esm?schema=jiangbei`.

    Raises StorageRefused for another kind of server, an address with a password in it, or one without a district.
    """
    address, named = _parts(location)
    schema = named or district or ""
    if not schema:
        raise StorageRefused(
            say("The address of the server does not say which district is meant."),
            say("Add ?schema=DISTRICT to --db or ESM_DB, or set ESM_DISTRICT."),
        )
    require_name(schema)
    return ServerPlace(address, schema)


def address_of_city(location: str) -> str:
    """Return the address of a database whose districts are all meant, as libpq takes it.

    Raises StorageRefused as `server_place` does, and for an address that names one district.
    """
    address, named = _parts(location)
    if named:
        raise StorageRefused(
            say("The address of the city names one district, {name}.", name=named),
            say("Leave ?schema= out of ESM_CITY and ESM_DB_READ; every district in the database belongs to the city."),
        )
    return address


def _parts(location: str) -> tuple[str, str]:
    """Return an address as libpq takes it, and the schema that it names, if any."""
    parts = urlsplit(location)
    if parts.scheme not in SCHEMES:
        raise StorageRefused(
            say("Databases of the kind {kind} are not supported.", kind=parts.scheme),
            say("Give a file or a postgresql+psycopg://… address with --db or ESM_DB."),
        )
    if find_spec("psycopg") is None:
        raise StorageRefused(
            say("The driver for PostgreSQL is not installed."), say("Install it: pip install 'esm-desk[postgresql]'.")
        )
    words = dict(parse_qsl(parts.query, keep_blank_values=True))
    user = parts.netloc.rpartition("@")[0]
    if ":" in user or _SECRETS & words.keys():
        raise StorageRefused(
            say("The address of the database contains a password or where one is kept; everybody could read it."),
            say("Leave it out of --db and ESM_DB; set PGPASSFILE, PGPASSWORD or a service file."),
        )
    schema = words.pop("schema", "")
    query = urlencode(words, safe="/", quote_via=quote)
    return f"postgresql://{parts.netloc}{parts.path}{'?' if query else ''}{query}", schema


def free_name(wanted: str) -> str:
    """Return a name for a district like the one wanted, of the letters and in the length that a server takes."""
    name = re.sub(r"\W", "_", wanted.lower())
    while len(name.encode()) > LONGEST_NAME:
        name = name[1:]
    return name


def require_name(schema: str) -> None:
    """Refuse what cannot be the name of a district on a server."""
    is_taken = schema.startswith("pg_") or schema in {"public", "information_schema"}
    if is_taken or not _NAME.fullmatch(schema) or len(schema.encode()) > LONGEST_NAME:
        raise StorageRefused(
            say("A district on a server cannot be called “{name}”.", name=schema),
            say("Use small letters, digits and underscores, beginning with a letter; at most 63 bytes."),
        )
