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


def commit(raw: psycopg.Connection[Any], operation_id: int) -> None:
    """Save an operation; raises StorageRefused where that is not known, or known of one server only.

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
        raise StorageRefused(
            say("Operation {id} was saved, but the standby server did not confirm it.", id=operation_id),
            say("Do not do it again. Tell whoever runs the server: it is lost if the server fails now."),
        )


def _stop_waiting(raw: psycopg.Connection[Any]) -> None:
    with suppress(psycopg.Error):  # there is nobody left to wait for
        raw.cancel_safe()


def _unknown(operation_id: int) -> StorageRefused:
    return StorageRefused(
        say(
            "The connection was lost while operation {id} was being saved; whether it was is not known.",
            id=operation_id,
        ),
        say("Look whether `esm history` has it, made by you just now, before you do it again."),
    )
