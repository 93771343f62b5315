"""The tests of use cases on both engines: which run on a server too, and the schema that they are given there.

A test of these shelves that asks for a database by `place`, `writing`, `reading` or `esm`, and not for a file, runs on
both; others say so by `on_both`. In `make test` the server has one example of every sixth test and no property;
`make nightly` runs them all there, properties not deeper than by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test
from tests.postgres import ON_SERVER, Server

from esm.storage.database import creation
from esm.storage.database.place import Place, place_of

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SHELVES = {"register", "policies", "requests", "visits", "schedule", "pairing", "reports", "desk"}
FILES = {"path", "settled", "settled_template", "empty_database", "districts", "year"}
LONG = ("test_every_day_of_ten_years_has_its_due_date", "test_every_move_is_tried_without_a_trace")
on_both = pytest.mark.parametrize("engine", [SQLITE, POSTGRESQL], indirect=True)


def parametrize(metafunc: pytest.Metafunc) -> None:
    """Run a test on both engines where it can."""
    asked = set(metafunc.fixturenames)
    if Path(metafunc.module.__file__).parent.name in SHELVES and "engine" in asked and not asked & FILES:
        metafunc.parametrize(*on_both.args, **on_both.kwargs)


def mark(tests: Iterable[pytest.Item]) -> None:
    """Mark the tests that run on a server; of those that also run on a file most are nightly there.

    By day the first example of every sixth runs there; properties and a few others, which send thousands of
    statements, run by night alone.
    """
    seen = set()
    for test in tests:
        is_one_of_two = POSTGRESQL in getattr(getattr(test, "callspec", None), "params", {}).values()
        if is_one_of_two or "server" in getattr(test, "fixturenames", ()):
            test.add_marker(ON_SERVER)
        if is_one_of_two:
            function = getattr(test, "function", None)
            test.add_marker("no_cover")  # its twin on the file is traced
            is_first = function not in seen
            seen.add(function)
            if not is_first or len(seen) % 6 or is_hypothesis_test(function) or test.name.startswith(LONG):
                test.add_marker("nightly")


@dataclass
class SharedSchema:
    """A schema that is made once; each test that asks for it finds the rows of a template and no others."""

    server: Server
    name: str
    templates: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Return where it is."""
        return place_of(self.server.address(self.name))

    def keep(self, template: str, schema: str) -> None:
        """Keep what is there as a template, in tables of another schema."""
        self.templates[template] = schema
        with self.server.connect() as connection:
            connection.execute(_KEEP.format(schema=self.name, template=schema))

    def filled(self, template: str) -> Place:
        """Put the rows of a template in the place of what is there."""
        with self.server.connect() as connection:
            connection.execute(_FILL.format(schema=self.name, template=self.templates[template]))
        return self.place


_KEEP = """DO $$ DECLARE name text; BEGIN
  CREATE SCHEMA {template};
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' LOOP
    EXECUTE format('CREATE TABLE {template}.%I AS TABLE {schema}.%I', name, name);
  END LOOP; END $$"""
_FILL = """DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' LOOP
    EXECUTE format('DELETE FROM {schema}.%I', name);
    EXECUTE format('INSERT INTO {schema}.%I SELECT * FROM {template}.%I', name, name);
  END LOOP; END $$"""


@contextmanager
def shared_schema(server: Server) -> Iterator[SharedSchema]:
    """Make the schema and its templates: one without rows, and the settled district of `small_district`."""
    from tests import small_district  # it writes with the header of `conftest`

    with server.schema() as name, server.schema() as empty, server.schema() as settled:
        shared = SharedSchema(server, name)
        creation.create(shared.place)
        shared.keep("empty", empty)
        small_district.settle(shared.place)
        shared.keep("settled", settled)
        yield shared
