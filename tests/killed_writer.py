"""A process that is killed in the middle of writing, with a part of its rows in the file already."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, signal, sys
from pathlib import Path
from esm.storage.database import connection as database
from esm.storage.database.place import FilePlace
from tests.conftest import HEADER
with database.writing(FilePlace(Path(sys.argv[1])), HEADER) as writing:
    writing.connection.execute("PRAGMA cache_size=1")
    for number in range(400):
        writing.connection.execute("INSERT INTO cadre (staff_no, name) VALUES (?, ?)", (str(number), "x" * 200))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def write_and_die(path: Path) -> int:
    """Let a process write into a database until it is killed; return its exit status, the signal negative."""
    return subprocess.run([sys.executable, "-c", SCRIPT, str(path)], check=False).returncode
