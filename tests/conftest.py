"""What the tests share: an empty migrated database to copy, and the command line in this process."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from coverage import Coverage
from hatch_build import compile_catalogues
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings
from tests import both_engines, postgres

from esm.__main__ import main
from esm.cli.shell import language_choice
from esm.domain.desk.history import OperationHeader
from esm.storage.database import connection, creation
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.place import FilePlace, Place

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-23"
MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ENOUGH_MEMORY = 2 << 30  # bytes
MUCH_MEMORY = 300 << 20
DEEPER = 20
WATCHED_ONE_IN = 4  # of the cases of a test, beginning with the first
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
settings.register_profile("check", PATIENT, derandomize=True)
settings.register_profile("mutants", PATIENT, derandomize=True, phases=[Phase.explicit, Phase.generate])
settings.register_profile("nightly", PATIENT, max_examples=100 * DEEPER)
PROFILE = os.environ.get("ESM_HYPOTHESIS", "check")
settings.load_profile(PROFILE)
# What a shell begins in the background ignores Ctrl-C, and so do the commands that tests begin and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def budget(max_examples: int) -> settings:
    """Return how many examples a test tries in `make test`; by night as many times more as other tests do."""
    return settings(max_examples=max_examples * DEEPER if PROFILE == "nightly" else max_examples)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--update-goldens` renew the files that the goldens are compared with."""
    parser.addoption("--update-goldens", action="store_true", help="write what the commands print now")


def pytest_configure() -> None:
    """Compile the catalogue where it is older than its source, so that a test never hears yesterday's Chinese.

    Temporary files are kept in memory where there is room: the tests write thousands of transactions, and each waits
    several times for a disk.
    """
    compile_catalogues()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """End the watch that pytest-cov begins in each worker before its own, and whose findings it throws away.

    Coverage goes back to it wherever the other one rests, so that tests that need no watching would be watched.
    """
    early = Coverage.current()
    if early is not None and hasattr(session.config, "workerinput"):
        early.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of use cases run on both engines."""
    both_engines.parametrize(metafunc)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a PostgreSQL server, and those that coverage need not watch.

    A property runs the same lines a hundred times, and so do the cases of one test; watching makes each half as slow
    again. Coverage is then of fewer tests than ran: at least as much is covered. Only the survey of `make mutants` has
    to know each test that runs a line.
    """
    both_engines.mark(items)
    if config.getoption("cov_context", None) is None:
        cases: Counter[str] = Counter()
        for item in items:
            test = item.nodeid.partition("[")[0]
            if cases[test] % WATCHED_ONE_IN or is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker("no_cover")
            cases[test] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on PostgreSQL, or that they were left out."""
    for line in postgres.summary(terminalreporter.stats):
        terminalreporter.write_line(line)


HEADER = OperationHeader(
    at="2026-11-23T01:00:00+00:00", today=TODAY, actor="clerk", host="desk", command=("esm", "test")
)


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str


Esm = Callable[..., Ran]  # the `esm` fixture: one command line, run in this process


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Begin in English, whatever language the test before spoke."""
    language_choice.choose("en")


@pytest.fixture(autouse=True)
def _in_little_memory() -> Iterator[None]:
    """Give memory back after a test that took much: to read a file is to copy the process, and a big one takes longer.

    Word documents leave hundreds of megabytes behind that are free, and that the C library keeps for itself.
    """
    yield
    statistics = Path("/proc/self/statm")
    if statistics.exists() and int(statistics.read_text().split()[1]) * mmap.PAGESIZE > MUCH_MEMORY:
        give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if give_back is not None:
            give_back(0)


@pytest.fixture
def umask_of_an_office() -> Iterator[None]:
    """Let others read new files, as on a shared folder."""
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated database without rows, made once; copy it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    creation.create(FilePlace(path))
    return path


@pytest.fixture(scope="session")
def settled_template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a settled district (`tests/small_district.py`), made once; copy it."""
    from tests import small_district  # it writes with the header of this module

    path = tmp_path_factory.mktemp("settled") / "template.db"
    shutil.copy(empty_database, path)
    small_district.settle(path)
    return path


@pytest.fixture(scope="session")
def districts(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> dict[str, Path]:
    """Return the example district in each language, imported, paired and planned, once for all tests."""
    made = {}
    for lang, files in {
        "en": sorted((ROOT / "examples" / "district.en").glob("*.csv")),
        "zh": [ROOT / "examples" / "district.zh.xlsx"],
    }.items():
        path = tmp_path_factory.mktemp(lang) / "district.db"
        shutil.copy(empty_database, path)
        common = ["--db", str(path), "--today", TODAY, "--lang", lang, "--actor", "clerk", "--quiet"]
        assert main([*common, "import", *map(str, files)]) == 0
        assert main([*common, "assign"]) == 1
        assert main([*common, "schedule"]) == 0
        made[lang] = path
    return made


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """Return a PostgreSQL server; where there is none, the test is left out."""
    with postgres.started() as found:
        yield found


@pytest.fixture
def schema(server: postgres.Server) -> Iterator[str]:
    """Return what `--db` takes for a schema of this test's own, which is not made yet."""
    with server.schema() as name:
        yield server.address(name)


@pytest.fixture
def path(empty_database: Path, tmp_path: Path) -> Path:
    """Return a fresh database file of this test's own."""
    copy = tmp_path / "district.db"
    shutil.copy(empty_database, copy)
    return copy


@pytest.fixture
def settled(settled_template: Path, tmp_path: Path) -> Path:
    """Return a settled district of this test's own; its last operation, the 6th, is the visit."""
    return Path(shutil.copy(settled_template, tmp_path / "settled.db"))


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Return on which engine the test runs; see `both_engines.py`."""
    chosen: str = getattr(request, "param", both_engines.SQLITE)
    return chosen


@pytest.fixture(scope="session")
def shared_schema(server: postgres.Server) -> Iterator[both_engines.SharedSchema]:
    """Return a schema that one test after the other fills anew."""
    with both_engines.shared_schema(server) as found:
        yield found


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest) -> Place:
    """Return where a fresh database of this test's own is: in the file of `path`, or on a server."""
    return _place_on(engine, request, file="path", template="empty")


@pytest.fixture
def settled_place(engine: str, request: pytest.FixtureRequest) -> Place:
    """Return where a settled district of this test's own is: in the file of `settled`, or on a server."""
    return _place_on(engine, request, file="settled", template="settled")


def _place_on(engine: str, request: pytest.FixtureRequest, *, file: str, template: str) -> Place:
    """Return the file of a fixture, or the shared schema with the rows of a template."""
    if engine == both_engines.SQLITE:
        return FilePlace(request.getfixturevalue(file))
    shared: both_engines.SharedSchema = request.getfixturevalue("shared_schema")
    return shared.filled(template)


@pytest.fixture
def writing(place: Place) -> Iterator[Writing]:
    """Open a writing transaction on the fresh database."""
    with connection.writing(place, HEADER) as opened:
        yield opened


@pytest.fixture
def reading(place: Place) -> Iterator[Reading]:
    """Open a reading transaction on the fresh database."""
    with connection.reading(place) as opened:
        yield opened


@pytest.fixture
def esm(place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Esm:
    """Return a function that runs one command line on the fresh database, in English, on a fixed day."""
    for name in [name for name in os.environ if name.startswith("ESM_")]:
        monkeypatch.delenv(name)

    def run(*words: str, db: Place | Path | str | None = None, today: str = TODAY, lang: str = "en") -> Ran:
        capsys.readouterr()
        code = main(["--db", str(db or place), "--today", today, "--lang", lang, "--actor", "clerk", *words])
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return run
