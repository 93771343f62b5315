"""Kinds of damage to a database file, each by its name and done with a seed, on a small district at work."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from tests import desk_at_work

from esm.__main__ import main

Damage = Callable[[Path, random.Random], None]
PAGE = 4096
COMMANDS = """\
due
due --format json
due --known-at 2026-11-23
week --cadre 1001
today
calendar show 2026
calendar export --cadre 1001 -o new.ics
visit list
visit show 1
visit promise list
visit plan {fourth} --on 2026-12-09
visit log {first} --minutes x
visit form {second}
request list
request show 1
request open {first} x --class labour.recruitment
request clusters
policy list
policy show J01
policy gaps
enterprise list
enterprise list --known-at 2
enterprise show {first}
enterprise edit {first} --tier A
cadre list
cadre show 1001
cadre edit 1001 --capacity 5
pair {second} 1001
assign --dry-run
assign
schedule
handover 1002
report coverage
report visits
report requests
report policies
report cadres
report burden
report trend
report overview
forecast
scale
brief {first}
check
config list
config set due_soon_days 21
history
undo
undo 1 --dry-run
db info
db check
db upgrade
db backup new.db
export new
"""
SAMPLED_ROOTS = ("sqlite_master", "enterprise", "cadre", "visit", "operation", "change", "clock", "pairing", "plan")


def district(folder: Path, empty_database: Path) -> Path:
    """Return a planned district with a visit, a request, a policy, an absence, a pause, and a backup beside it."""
    path = desk_at_work.make(folder, empty_database)
    first, second, third = desk_at_work.FIRMS[:3]
    for line in (
        ("visit", "log", first, "--on", "2026-11-20", "--minutes", "订单饱满", "--promise", "送名单", "--until",
         "2026-12-01"),
        ("request", "open", second, "缺人", "--class", "labour.recruitment"),
        ("policy", "add", "J01", "--title", "新补助", "--until", "2027-06-30"),
        ("cadre", "absence", "1001", "--from", "2026-12-01", "--until", "2026-12-31"),
        ("enterprise", "pause", third, "--reason", "停产", "--until", "2026-12-31"),
        ("recuse", "1003", first, "--reason", "亲属"),
        ("config", "set", "due_soon_days", "20"),
    ):  # fmt: skip
        assert main(["--db", str(path), "--today", str(desk_at_work.MONDAY), "--actor", "clerk", "--quiet", *line]) == 0
    return path


def command_lines() -> list[list[str]]:
    """Return command lines that read or write every part of that district."""
    first, second, _, fourth = desk_at_work.FIRMS[:4]
    return [line.split() for line in COMMANDS.format(first=first, second=second, fourth=fourth).splitlines()]


def like(name: str) -> str:
    """Return the name of all damage of a kind, whatever page, table or column it befalls."""
    group, _, what = name.partition(": ")
    if group.startswith("page of"):
        return f"page: {what}"
    words = what.split()
    kept = {"value": words[1:], "missing": words[:1], "anywhere": words[:-1]}.get(group, words)
    return f"{group}: {' '.join(kept)}"


def kinds(path: Path) -> dict[str, Damage]:
    """Return each kind of damage by its name; a district says which pages, tables and columns there are."""
    made: dict[str, Damage] = {}
    with closing(sqlite3.connect(path)) as connection:
        parts = (_headers(), _pages(connection), _lengths(), _statements(connection), _whole_files())
        for part in parts:
            made.update(part)
    return made


def _headers() -> Iterator[tuple[str, Damage]]:
    fields = {
        "magic": (0, b"SQLite format 4\0"), "magic torn": (0, b"SQLite f"), "page size 0": (16, b"\0\0"),
        "page size 512": (16, b"\2\0"), "page size 65536": (16, b"\0\1"), "page size odd": (16, b"\3\7"),
        "WAL versions": (18, b"\2\2"), "read version 9": (19, b"\x09"), "write version 9": (18, b"\x09"),
        "reserved bytes": (20, b"\xff"), "payload fractions": (21, b"\1\1\1"), "change counter": (24, b"\xff" * 4),
        "length in pages 0": (28, b"\0" * 4), "length in pages 1": (28, b"\0\0\0\1"),
        "length in pages huge": (28, b"\x7f\xff\xff\xff"), "freelist at page 2": (32, b"\0\0\0\2\0\0\0\7"),
        "freelist beyond the end": (32, b"\0\x0f\0\0\0\0\0\1"), "freelist count": (36, b"\0\0\xff\xff"),
        "schema cookie": (40, b"\xff\0\xff\0"), "schema format 9": (44, b"\0\0\0\x09"),
        "schema format 0": (44, b"\0" * 4),
        "largest root": (52, b"\0\0\0\x09"), "encoding 2": (56, b"\0\0\0\2"), "encoding 9": (56, b"\0\0\0\x09"),
        "vacuum mode": (64, b"\0\0\0\1"), "application": (68, b"\0" * 4), "user version": (60, b"\0\0\0\x63"),
        "zeroed header": (0, b"\0" * 100), "version valid for": (92, b"\xff" * 4),
    }  # fmt: skip
    for name, (offset, data) in fields.items():
        yield f"header: {name}", partial(_patch, offset=offset, data=data)


def _patch(path: Path, _rng: random.Random, *, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def _pages(connection: sqlite3.Connection) -> Iterator[tuple[str, Damage]]:
    roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 1")) | {
        "sqlite_master": 1
    }
    indexes = [name for name in roots if name.startswith(("sqlite_autoindex", "ix_"))][:2]
    for name in (*(name for name in SAMPLED_ROOTS if name in roots), *indexes):
        start = (roots[name] - 1) * PAGE
        head = start + (100 if roots[name] == 1 else 0)
        for wrong in (b"\0", b"\2", b"\5", b"\x0a", b"\x0d", b"\xff"):
            yield f"page of {name}: type {wrong[0]}", partial(_patch, offset=head, data=wrong)
        for what, offset, data in (
            ("free block", 1, b"\xff\xf0"), ("no cells", 3, b"\0\0"), ("too many cells", 3, b"\xff\xff"),
            ("content start", 5, b"\0\1"), ("first pointer 0", 8, b"\0\0"), ("first pointer beyond", 8, b"\xff\xff"),
        ):  # fmt: skip
            yield f"page of {name}: {what}", partial(_patch, offset=head + offset, data=data)
        yield f"page of {name}: zeroed", partial(_patch, offset=start, data=b"\0" * PAGE)
        yield f"page of {name}: random", partial(_scramble, offset=start, length=PAGE)
        yield f"page of {name}: random tail", partial(_scramble, offset=start + PAGE // 2, length=PAGE // 2)
        yield f"page of {name}: flipped bytes", partial(_flip, offset=start, length=PAGE)
    names = [name for name in roots if name != "sqlite_master"]
    for number in range(6):
        yield f"anywhere: swapped pages {number}", partial(_swap, roots=[roots[name] for name in names])
        yield f"anywhere: flipped bytes {number}", partial(_flip, offset=0, length=None)
        yield f"anywhere: zeroed page {number}", _zero_any


def _scramble(path: Path, rng: random.Random, *, offset: int, length: int) -> None:
    _patch(path, rng, offset=offset, data=rng.randbytes(length))


def _flip(path: Path, rng: random.Random, *, offset: int, length: int | None) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(8):
        data[offset + rng.randrange(length or len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def _zero_any(path: Path, rng: random.Random) -> None:
    _patch(path, rng, offset=rng.randrange(1, path.stat().st_size // PAGE) * PAGE, data=b"\0" * PAGE)


def _swap(path: Path, rng: random.Random, *, roots: list[int]) -> None:
    one, other = (number - 1 for number in rng.sample(roots, 2))
    data = path.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    pages[one], pages[other] = pages[other], pages[one]
    path.write_bytes(b"".join(pages))


def _lengths() -> Iterator[tuple[str, Damage]]:
    for keep in (1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 8192, 40960, 100_000):
        yield f"cut: {keep} bytes left", partial(_cut, keep=keep)
    for lost in (1, 100, 4095, 4096, 8192, 40960):
        yield f"cut: {lost} bytes lost", partial(_cut, keep=-lost)
    yield "longer: a page of zeros", partial(_append, data=b"\0" * PAGE)
    yield "longer: some text", partial(_append, data=b"text")


def _cut(path: Path, _rng: random.Random, *, keep: int) -> None:
    os.truncate(path, keep if keep > 0 else path.stat().st_size + keep)


def _append(path: Path, _rng: random.Random, *, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def _statements(connection: sqlite3.Connection) -> Iterator[tuple[str, Damage]]:
    """Yield what an SQL shell can do to rows and definitions."""
    tables = [name for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]  # fmt: skip
    for table in tables:
        if not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
            continue
        for _, column, kind, _, _, is_key in connection.execute(f"PRAGMA table_info({table})").fetchall():
            for what, value in _values(is_a_number=kind.startswith("INT")):
                if is_key and kind.startswith("INT") and what in {"null", "a text"}:  # SQLite itself refuses it
                    continue
                statement = f'UPDATE OR IGNORE "{table}" SET "{column}" = {value}'
                yield f"value: {table}.{column} {what}", partial(_run, statements=[statement])
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"):
        yield f"missing: {kind} {name}", partial(_run, statements=[f'DROP {kind} "{name}"'])
    for name, statement in {
        "a foreign table": "CREATE TABLE strange (x)", "a foreign table with an id": "CREATE TABLE strange (id, x)",
        "a foreign view": "CREATE VIEW strange AS SELECT * FROM nowhere",
        "a foreign trigger": "CREATE TRIGGER strange AFTER INSERT ON visit BEGIN SELECT 1/0, missing FROM nowhere; END",
        "a foreign column": "ALTER TABLE enterprise ADD COLUMN strange",
        "no revision": "DELETE FROM alembic_version",
        "a second revision": "INSERT INTO alembic_version VALUES ('0001')",
        "an unknown revision": "UPDATE alembic_version SET version_num = 'abc'",
        "an empty revision": "UPDATE alembic_version SET version_num = ''",
        "an old revision": "UPDATE alembic_version SET version_num = '0005'",
        "a renamed column": "ALTER TABLE alembic_version RENAME COLUMN version_num TO x",
        "a renamed table": "ALTER TABLE enterprise RENAME TO firm",
        "pages of 512 bytes": "PRAGMA page_size=512; VACUUM",
        "pages of 65536 bytes": "PRAGMA page_size=65536; VACUUM", "WAL": "PRAGMA journal_mode=WAL",
        "no operation": "DELETE FROM operation", "no change": "DELETE FROM change",
        "no settings": "DELETE FROM setting",
        "malformed definition": "UPDATE sqlite_master SET sql = 'CREATE TABLE enterprise (' WHERE name = 'enterprise'",
        "no definition": "UPDATE sqlite_master SET sql = NULL WHERE name = 'visit'",
        "an index elsewhere": """UPDATE sqlite_master SET rootpage = (SELECT max(rootpage) FROM sqlite_master)
            WHERE rootpage = (SELECT min(rootpage) FROM sqlite_master WHERE type = 'index')""",
        "a table elsewhere": """UPDATE sqlite_master
            SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'cadre') WHERE name = 'enterprise'""",
    }.items():  # fmt: skip
        statements = [statement] if "TRIGGER" in statement else statement.split("; ")
        yield f"schema: {name}", partial(_run, statements=statements)
    yield "schema: UTF-16", _utf_16


def _values(*, is_a_number: bool) -> Iterator[tuple[str, str]]:
    yield "null", "NULL"
    if is_a_number:
        yield "a text", "'十二'"
        yield "negative", "-7"
        yield "huge", "9223372036854775807"
        return
    yield "a number", "12"
    yield "a blob", "x'ff00fe'"
    yield "empty", "''"
    yield "no UTF-8", "CAST(x'ff41fe' AS TEXT)"
    yield "a NUL", "'a' || char(0) || 'b'"
    yield "no such day or code", "'2026-02-31'"
    yield "half of a JSON", """'{"a": ['"""
    yield "another JSON", "'5'"


def _utf_16(path: Path, _rng: random.Random) -> None:
    with closing(sqlite3.connect(path)) as raw:
        script, application = "\n".join(raw.iterdump()), raw.execute("PRAGMA application_id").fetchone()[0]
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(f"PRAGMA encoding = 'UTF-16'; PRAGMA application_id = {application};\n{script}")


def _run(path: Path, _rng: random.Random, *, statements: list[str]) -> None:
    """Run statements where no rule holds: changed rows keep to no type, and triggers do not notice."""
    is_of_rows = statements[0].startswith(("UPDATE OR", "DELETE"))
    triggers, tables = [], []
    with closing(_lawless(path)) as raw:
        if is_of_rows:
            triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            tables = raw.execute("SELECT sql, name FROM sqlite_master WHERE sql LIKE '%STRICT'").fetchall()
            for name, _ in triggers:
                raw.execute(f'DROP TRIGGER "{name}"')
            loose = "replace(rtrim(substr(sql, 1, length(sql) - 6)), ' NOT NULL', '')"
            raw.execute(f"UPDATE sqlite_master SET sql = {loose} WHERE sql LIKE '%STRICT'")
            raw.execute("PRAGMA schema_version=77771")
    with closing(_lawless(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", tables)
        if tables:
            raw.execute("PRAGMA schema_version=77772")
        for _, sql in triggers:
            raw.execute(sql)


def _lawless(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "writable_schema=ON", "legacy_alter_table=ON"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def _whole_files() -> Iterator[tuple[str, Damage]]:
    for name, data in {
        "nothing": b"", "a text": b"uscc,name\n1,2\n" * 400, "a workbook": b"PK\x03\x04" + b"\0" * 9000,
        "zeros": b"\0" * 40960, "a gzip": b"\x1f\x8b\x08" + b"\7" * 5000,
    }.items():  # fmt: skip
        yield f"file: {name}", partial(_replace, data=data)
    yield "file: random", partial(_scramble, offset=0, length=40960)
    yield "file: a folder", _folder
    yield "file: another program's", _foreign
    for suffix in ("-journal", "-wal", "-shm"):
        for name, data in {
            "garbage": b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 2000,
            "text": b"text" * 300,
            "zeros": b"\0" * 4096,
        }.items():
            yield f"beside: {suffix} of {name}", partial(_beside, suffix=suffix, data=data)
    for suffix in ("-wal", "-shm"):
        yield f"beside: {suffix} of garbage, in WAL mode", partial(_wal, suffix=suffix)
    yield "beside: a folder for a journal", lambda path, _rng: Path(f"{path}-journal").mkdir()
    yield "beside: a journal of another file", _foreign_journal


def _replace(path: Path, _rng: random.Random, *, data: bytes) -> None:
    path.write_bytes(data)


def _folder(path: Path, _rng: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _foreign(path: Path, _rng: random.Random) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE bookmarks (id INTEGER, url TEXT)")
        raw.commit()


def _beside(path: Path, _rng: random.Random, *, suffix: str, data: bytes) -> None:
    Path(f"{path}{suffix}").write_bytes(data)


def _wal(path: Path, rng: random.Random, *, suffix: str) -> None:
    _patch(path, rng, offset=18, data=b"\2\2")
    Path(f"{path}{suffix}").write_bytes(b"\x37\x7f\x06\x82" + rng.randbytes(9000))


def _foreign_journal(path: Path, rng: random.Random) -> None:
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\xff\xff\xff\xff\0\0\0\0\0\0\0\x05\0\0\2\0\0\0\x10\0"
    Path(f"{path}-journal").write_bytes(head.ljust(512, b"\0") + rng.randbytes(5 * (PAGE + 8)))
