"""How long a server is waited for, and what is known of a change when saving it does not end as it should."""

from __future__ import annotations

from contextlib import suppress
from threading import Timer
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from esm.errors import StorageRefused, say

# Of these an address may say otherwise. A machine that has gone silent is given up after half a minute.
_PATIENCE = {
    "connect_timeout": 10,  # seconds for each server of the address
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,  # milliseconds
}
_FIXED = {"client_encoding": "utf8", "application_name": "esm"}
CONFIRM_SECONDS = 60.0  # how long a server may wait for its standby to have a change


def parameters(address: str) -> dict[str, Any]:
    """Return an address as the driver takes it. Raises StorageRefused for words that libpq does not know."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise StorageRefused(
            say("The address of the server is invalid: {reason}.", reason=str(error).strip()),
            say("Check what follows the question mark in --db or ESM_DB."),
        ) from error
    return {**_PATIENCE, **given, **_FIXED}


def commit(raw: psycopg.Connection[Any], operation_id: int | None = None) -> None:
    """Save an operation, or what has no number; raises StorageRefused where that is not known, or of one server only.

    A server with a synchronous standby answers when the standby has the change. It waits for it without end, so after
    a minute it is asked to stop; then it keeps the change and warns that the standby may not have it.
    """
    severities: list[str | None] = []
    raw.add_notice_handler(lambda notice: severities.append(notice.severity_nonlocalized))
    patience = Timer(CONFIRM_SECONDS, _stop_waiting, [raw])
    patience.daemon = True
    patience.start()
    try:
        raw.execute("COMMIT")
    except psycopg.OperationalError as error:
        if error.sqlstate is not None and not error.sqlstate.startswith(("08", "57P")):
            raise
        raise _unknown(operation_id) from error
    except KeyboardInterrupt as interrupt:
        raw.close()
        raise _unknown(operation_id) from interrupt
    finally:
        patience.cancel()
    if "WARNING" in severities:
        raise _unconfirmed(operation_id)


def _stop_waiting(raw: psycopg.Connection[Any]) -> None:
    with suppress(psycopg.Error):  # there is nobody left to wait for
        raw.cancel_safe()


def _unconfirmed(operation_id: int | None) -> StorageRefused:
    if operation_id is None:
        return StorageRefused(
            say("The database was changed, but the standby server did not confirm it."),
            say("Look with `esm db info`. Tell whoever runs the server: the change is lost if the server fails now."),
        )
    return StorageRefused(
        say("Operation {id} was saved, but the standby server did not confirm it.", id=operation_id),
        say("Do not do it again. Tell whoever runs the server: it is lost if the server fails now."),
    )


def _unknown(operation_id: int | None) -> StorageRefused:
    if operation_id is None:
        return StorageRefused(
            say("The connection was lost while the database was being changed; whether it was is not known."),
            say("Look with `esm db info` before you do it again."),
        )
    return StorageRefused(
        say(
            "The connection was lost while operation {id} was being saved; whether it was is not known.",
            id=operation_id,
        ),
        say("Look whether `esm history` has it, made by you just now, before you do it again."),
    )
