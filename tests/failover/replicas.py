"""A primary that confirms a change when its standby has it, too: how both start, and how the primary ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

from tests import postgres
from tests.failover.processes import eventually, kill_with_descendants
from tests.postgres import Server

STANDBY = "two"  # the name under which the primary knows it
COPYING = '"$1/pg_basebackup" -D data -R -c fast -d "host={folder} user=esm application_name={name}"'
SETTINGS = "-c listen_addresses= -c max_wal_size=128MB"


@dataclass(frozen=True, slots=True)
class Replicas:
    """Two servers of which the second follows the first."""

    primary: Server
    standby: Server

    def address(self, schema: str, *, wanted: str = "read-write") -> str:
        """Return what `--db` takes for a schema on whichever of both fits (libpq's target_session_attrs)."""
        hosts = quote(",".join(str(folder_of(each)) for each in (self.primary, self.standby)), safe="/,")
        return f"postgresql+psycopg://esm@/postgres?host={hosts}&target_session_attrs={wanted}&schema={schema}"

    def confirm_by(self, standbys: str) -> None:
        """Let the primary confirm a change only when these standbys have it (synchronous_standby_names)."""
        self.set_on_primary("synchronous_standby_names", standbys)

    def set_on_primary(self, name: str, value: str) -> None:
        """Change a setting of the primary, for whoever connects from now on."""
        with self.primary.connect() as connection:
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")
        eventually(lambda: self._shows(name, value), f"the primary does not take {name}")

    def catch_up(self) -> None:
        """Wait until the standby shows all that the primary has confirmed."""
        with self.primary.connect() as connection:
            written = connection.execute("SELECT pg_current_wal_lsn()").fetchone()
        assert written is not None
        eventually(lambda: self._has_replayed(written[0]), "the standby does not follow")

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Let the standby keep what it is sent, and show nothing of it."""
        with self.standby.connect() as connection:
            connection.execute("SELECT pg_wal_replay_pause()")
            state = "SELECT pg_get_wal_replay_pause_state()"
            eventually(lambda: connection.execute(state).fetchone() == ("paused",), "the standby goes on")
            yield
            connection.execute("SELECT pg_wal_replay_resume()")

    def is_asleep(self) -> bool:
        """Return whether somebody sleeps on the standby."""
        asleep = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        with self.standby.connect() as connection:
            return connection.execute(asleep).fetchone() == (1,)

    def part(self) -> None:
        """Let the standby hear no more from the primary."""
        with self.standby.connect() as connection:
            connection.execute("ALTER SYSTEM SET primary_conninfo = ''")
            connection.execute("SELECT pg_reload_conf()")
        eventually(lambda: not self._is_heard(), "the standby still hears from the primary")

    def waiting_to_confirm(self) -> bool:
        """Return whether a change waits on the primary for a standby."""
        return self._counts("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") > 0

    def promote(self) -> None:
        """Make a primary of the standby."""
        with self.standby.connect() as connection:
            assert connection.execute("SELECT pg_promote(true, 60)").fetchone() == (True,)

    def _is_heard(self) -> bool:
        return self._counts("SELECT count(*) FROM pg_stat_replication") > 0

    def _counts(self, query: LiteralString) -> int:
        with self.primary.connect() as connection:
            found = connection.execute(query).fetchone()
        return 0 if found is None else int(found[0])

    def _shows(self, name: str, value: str) -> bool:
        with self.primary.connect() as connection:
            return connection.execute(f"SHOW {name}".encode()).fetchone() == (value,)

    def _has_replayed(self, written: str) -> bool:
        with self.standby.connect() as connection:
            found = connection.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written]).fetchone()
        return found == (True,)


@contextmanager
def started(*, settings: str = "") -> Iterator[Replicas]:
    """Start both; without the programs of a server the tests are left out, unless they are required."""
    programs = postgres.programs_or_left_out()
    with (
        postgres.temporary(programs, settings=SETTINGS) as primary,
        postgres.living(
            programs, COPYING.format(folder=folder_of(primary), name=STANDBY), f"{SETTINGS} {settings}"
        ) as standby,
    ):
        replicas = Replicas(primary, standby)
        replicas.confirm_by(STANDBY)
        replicas.catch_up()
        yield replicas


def folder_of(server: Server) -> Path:
    """Return the folder in which a temporary server lives, and its socket."""
    return Path(server.url.partition("host=")[2])


def kill(server: Server) -> None:
    """End a server and all its processes by SIGKILL."""
    kill_with_descendants(int((folder_of(server) / "data" / "postmaster.pid").read_text().splitlines()[0]))
