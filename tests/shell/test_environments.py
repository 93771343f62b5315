"""Homes, encodings and outputs that are not as usual: what a container, an old disk or a full one has."""

from __future__ import annotations

import io
import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import TODAY, Esm

from esm.__main__ import main
from esm.cli.shell import crash_log
from esm.storage.database.place import FilePlace

GBK_NAME = os.fsdecode("企业".encode("gbk"))  # which is no UTF-8
ROSTER = "staff_no,name\n1001,王䶮\n"


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the home folder away, in the environment and in the list of users."""

    def nobody(_user: object) -> None:
        raise KeyError

    for name in [name for name in os.environ if name.startswith(("ESM_", "XDG_")) or name in {"HOME", "USERPROFILE"}]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(pwd, "getpwuid", nobody)


def ascii_only(script: str) -> str:
    """Return a script whose words every locale reads alike."""
    return script.encode("ascii", "backslashreplace").decode()


def on_full_disk(path: Path, *words: str) -> tuple[int, str]:
    """Run a command whose standard output is always full; return its exit code and what it complains of."""
    line = [sys.executable, "-m", "esm", *words]
    environment = os.environ | {"ESM_DB": str(path), "ESM_TODAY": TODAY, "ESM_ACTOR": "clerk", "ESM_LANG": "en"}
    with Path("/dev/full").open("w") as disk:
        ran = subprocess.run(line, stdout=disk, stderr=subprocess.PIPE, env=environment, check=False, text=True)
    return ran.returncode, ran.stderr


@pytest.mark.usefixtures("no_home")
def test_without_a_home_folder_the_database_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "due"]) == 6
    assert "This user has no home folder, where the database would be.\n" in capsys.readouterr().err


@pytest.mark.usefixtures("no_home")
def test_without_a_home_folder_a_path_of_it_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "--db", "~/esm.db", "due"]) == 6
    assert "no home folder" in capsys.readouterr().err


@pytest.mark.usefixtures("no_home")
def test_without_a_home_folder_a_fault_is_logged_elsewhere() -> None:
    log = crash_log.write_log(ValueError())
    assert log is not None
    log.unlink()


def test_a_folder_that_is_no_utf8_is_as_good_as_any(esm: Esm, tmp_path: Path) -> None:
    folder = tmp_path / GBK_NAME
    folder.mkdir()
    place = FilePlace(folder / f"{GBK_NAME}.db")
    roster = folder / f"{GBK_NAME}.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    backup, written = folder / "copy.db", folder / f"{GBK_NAME}-2.csv"
    for words in (
        ["db", "init"], ["import", str(roster)], ["cadre", "list", "-o", str(written)], ["db", "backup", str(backup)],
        ["db", "restore", str(backup)], ["db", "check"], ["history"], ["demo", str(folder / "demo")],
    ):  # fmt: skip
        ran = esm(*words, db=place)
        assert (words, ran.code) == (words, 0), ran.err
    assert "王䶮" in written.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("locale", ["zh_CN.GB18030", "zh_CN.GBK"])
def test_a_locale_that_is_no_utf8_finds_its_files(locale: str, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + "企业".encode("gbk")
    os.mkdir(folder)
    environment = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "ESM_TODAY": TODAY, "ESM_ACTOR": "clerk"}
    script = ascii_only(
        """
import sys
from esm.__main__ import main
folder = sys.argv[1]
assert folder.endswith("企业"), folder
for words in (["init"], ["backup", folder + "/备份.db"], ["check"]):
    assert main(["--db", folder + "/企业.db", "db", *words]) == 0
"""
    )
    ran = subprocess.run([sys.executable, "-c", script, folder], env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode("gb18030")
    assert sorted(os.listdir(folder)) == sorted(name.encode("gbk") for name in ("企业.db", "备份.db"))


def test_a_pipe_gets_utf8_whatever_the_console_speaks(
    esm: Esm, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cadres.csv").write_text(ROSTER, encoding="utf-8")
    assert esm("import", str(tmp_path / "cadres.csv"), db=path).code == 0
    for kind in ("json", "csv", "table"):
        with (tmp_path / kind).open("wb") as raw:
            stream = io.TextIOWrapper(raw, encoding="cp936")
            monkeypatch.setattr(sys, "stdout", stream)
            assert esm("cadre", "list", "--format", kind, db=path).code == 0
            stream.flush()
        assert "王䶮" in (tmp_path / kind).read_text(encoding="utf-8")


def test_a_console_without_a_character_says_so(
    esm: Esm, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Console(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    (tmp_path / "cadres.csv").write_text(ROSTER, encoding="utf-8")
    assert esm("import", str(tmp_path / "cadres.csv"), db=path).code == 0
    monkeypatch.setattr(sys, "stdout", Console(io.BytesIO(), encoding="cp936"))
    ran = esm("cadre", "list", "--format", "csv", db=path)
    assert (ran.code, ran.err) == (
        0, "This console cannot show every character; “?” stands for the others. A file has them all: -o FILE.\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", [["--version"], ["cadre", "list", "--format", "json"]])
def test_a_full_disk_is_told_in_one_sentence(words: list[str], path: Path) -> None:
    told = "error: The disk is full.\nNothing was lost; free some space, then try again.\n"
    assert on_full_disk(path, *words) == (6, told)


def test_a_change_whose_answer_cannot_be_written_is_said_to_be_saved(path: Path) -> None:
    told = "error: The disk is full.\nOperation 1 was saved all the same: do not do it again; `esm history` shows it.\n"
    assert on_full_disk(path, "cadre", "add", "1001", "--name", "王䶮") == (6, told)


def test_a_demo_whose_reader_leaves_is_whole(tmp_path: Path) -> None:
    shown = f"{sys.executable} -m esm demo {tmp_path}/demo | head -1"
    subprocess.run(["bash", "-c", shown], env=os.environ | {"ESM_ACTOR": "clerk"}, capture_output=True, check=True)
    listed = subprocess.run(
        [sys.executable, "-m", "esm", "--db", f"{tmp_path}/demo/district.db", "history", "--format", "csv"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert len(listed.stdout.splitlines()) == 1 + 3
