"""The wheel: built, installed in a fresh environment, used from another folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run a command that must succeed; return what it prints."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ESM_", "PYTHON"))}
    done = subprocess.run(command, cwd=cwd, env=clean | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `esm` of a fresh environment into which only the wheel was installed.

    What esm stands on is lent by the environment of the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "fresh", with_pip=False)
    site = next((folder / "fresh").glob("lib/python*/site-packages"))
    lent = [path for path in sys.path if path.endswith("site-packages")]
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel), cwd=folder)
    (site / "lent.pth").write_text("".join(f"{path}\n" for path in lent))
    return folder / "fresh" / "bin" / "python"


@pytest.mark.slow
def test_the_wheel_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where = run(str(installed), "-c", "import esm; print(esm.__file__)", cwd=tmp_path)
    assert "fresh" in where
    printed = run(str(installed), "-m", "esm", "--lang", "en", "demo", "there", cwd=tmp_path)
    assert "Enterprises in scope" in printed
    assert (tmp_path / "there" / "district.db").is_file()
    checked = run(str(installed), "-m", "esm", "--db", "there/district.db", "db", "check", cwd=tmp_path)
    assert "intact" in checked
    assert "走访" in run(str(installed), "-m", "esm", "--lang", "zh", "--help", cwd=tmp_path)


@pytest.mark.slow
def test_the_wheel_ships_migrations_catalogue_and_examples(installed: Path) -> None:
    package = next(installed.parents[1].glob("lib/python*/site-packages/esm"))
    for part in (
        "migrations/versions/0001_first_schema.py",
        "locale/zh_CN/LC_MESSAGES/esm.mo",
        "py.typed",
        "examples/district.zh.xlsx",
        "handbook/README.md",
        "handbook/zh/pairing.md",
    ):
        assert (package / part).is_file(), part
    shipped = {file.name for file in (package / "storage" / "database" / "schema" / "sql").glob("*.sql")}
    assert shipped == {"postgresql.sql", "sqlite.sql", "views.sql"}


@pytest.mark.slow
def test_the_wheel_brings_man_pages_and_completion_to_where_they_are_looked_for(installed: Path) -> None:
    (wheel,) = installed.parents[2].glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        shared = {name.partition(".data/data/")[2] for name in archive.namelist()}
    assert {
        "share/man/man1/esm.1",
        "share/man/zh_CN/man1/esm-visit-log.1",
        "share/bash-completion/completions/esm",
        "share/zsh/site-functions/_esm",
        "share/fish/vendor_completions.d/esm.fish",
    } <= shared


@pytest.mark.slow
def test_the_sdist_ships_the_compiled_catalogue_and_what_compiles_it(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path), str(ROOT), cwd=tmp_path)
    (sdist,) = tmp_path.glob("esm_desk-*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"src/esm/locale/zh_CN/LC_MESSAGES/esm.mo", "hatch_build.py", "constraints.txt"} <= names


def test_every_package_is_pinned_to_a_version_and_to_hashes() -> None:
    """And they are asked for where packages are installed; no address says where they come from."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert len(lines) > 50
    pinned = re.compile(r"[a-z0-9][a-z0-9._-]*==[^ ;]+( ;[^#]*?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line and "-r " in line]
    assert installs
    assert all("--require-hashes -r constraints.txt" in line for line in installs)
