"""A process that dies, or whose disk fails, at one of its file calls: those of Python and those of SQLite."""

from __future__ import annotations

import _sqlite3
import ctypes
import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Act = Callable[[], int]
KILL = 0
_POINTER = ctypes.sizeof(ctypes.c_void_p)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_AUDITED = {"os.rename": 1, "os.remove": 0, "os.mkdir": 0, "os.rmdir": 0, "os.link": 1}  # which argument tells the file
# sqlite3.h: the extended code of each call that fails; a disk without room is told apart.
_FULL = 13
_CODES = {"open": 14, "write": 778, "truncate": 1546, "sync": 1034, "delete": 2570}
# Where the pointers stand in sqlite3_vfs and sqlite3_io_methods (sqlite3.h), and how many bytes the latter has.
_OPEN, _DELETE = 5 * _POINTER, 6 * _POINTER
_METHODS = {"write": 3 * _POINTER, "truncate": 4 * _POINTER, "sync": 5 * _POINTER}
_METHODS_SIZE = 19 * _POINTER


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the nth file call: KILL or the number of an error, which may last from then on."""

    number: int
    error: int = KILL
    is_lasting: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """How it ended: the exit code, None when it was killed; what standard error says; the file calls."""

    code: int | None
    err: str
    calls: tuple[str, ...]


def attempt(act: Act, folder: Path, fault: Fault | None = None) -> Trial:
    """Do `act` in a forked process with a fault at one of the calls that change files below `folder`."""
    told, said = os.memfd_create("told"), os.memfd_create("said")
    child = os.fork()
    if child == 0:
        os.dup2(said, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        disk = _Disk(folder.resolve(), fault, told)
        disk.install()
        code = act()
        disk.tell({"code": code})
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    lines = [json.loads(line) for line in _content(told).splitlines()]
    err = _content(said)
    os.close(told)
    os.close(said)
    calls = tuple(line["call"] for line in lines if "call" in line)
    codes = [line["code"] for line in lines if "code" in line]
    assert status == (0 if codes else -signal.SIGKILL), (status, err)
    return Trial(codes[0] if codes else None, err, calls)


def _content(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    with os.fdopen(os.dup(handle), "rb") as read:
        return read.read().decode()


class _Disk:
    """The disk of this process, from `install` on: it counts the calls and fails as it was told."""

    def __init__(self, folder: Path, fault: Fault | None, told: int) -> None:
        self.folder, self.fault, self.told, self.seen = f"{folder}{os.sep}", fault, told, 0
        self.kept: list[Any] = []  # what C points to

    def tell(self, line: dict[str, object]) -> None:
        """Write a line that the parent reads."""
        os.write(self.told, f"{json.dumps(line)}\n".encode())

    def call(self, kind: str, path: str) -> None:
        """Count a call; die or raise OSError where the fault says so."""
        if not os.path.realpath(path).startswith(self.folder):
            return
        self.seen += 1
        self.tell({"call": f"{kind} {Path(path).name}"})
        fault = self.fault
        if fault is None or self.seen < fault.number or (self.seen > fault.number and not fault.is_lasting):
            return
        if fault.error == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(fault.error, os.strerror(fault.error), path)

    def install(self) -> None:
        """Stand before the calls of Python and of SQLite's default file system."""
        sys.addaudithook(self._audit)
        fsync = os.fsync

        def watched(handle: int) -> None:
            self.call("sync", os.readlink(f"/proc/self/fd/{handle}"))  # the tests of crashes run on Linux
            fsync(handle)

        os.fsync = watched  # type: ignore[assignment]
        self._stand_before_sqlite()

    def _audit(self, event: str, given: tuple[Any, ...]) -> None:
        if event in _AUDITED:
            path = given[_AUDITED[event]]
        elif event == "open" and given[2] & _WRITING:
            path = given[0]
        else:
            return
        if isinstance(path, str | os.PathLike):
            self.call(event.removeprefix("os."), os.fspath(path))

    def _stand_before_sqlite(self) -> None:
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        vfs: int = library.sqlite3_vfs_find(None)
        opening = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 3, ctypes.c_int, ctypes.c_void_p)
        deleting = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 2, ctypes.c_int)
        open_file = opening(_pointer(vfs + _OPEN).value or 0)
        delete_file = deleting(_pointer(vfs + _DELETE).value or 0)
        tables: dict[int, Any] = {}

        def opened(of: int, name: int | None, file: int, flags: int, out: int | None) -> int:
            path = "" if name is None else os.fsdecode(ctypes.string_at(name))
            if flags & 4 and path and (refused := self._sqlite("open", path)):
                return refused
            code: int = open_file(of, name, file, flags, out)
            if code == 0 and path:
                methods = _pointer(file)
                own = self._methods(methods.value or 0, path)
                tables[file] = own
                methods.value = ctypes.addressof(own)
            return code

        def deleted(of: int, name: int, is_synced: int) -> int:
            path = os.fsdecode(ctypes.string_at(name))
            return self._sqlite("delete", path) or delete_file(of, name, is_synced)

        for offset, made in ((_OPEN, opening(opened)), (_DELETE, deleting(deleted))):
            self.kept.append(made)
            _pointer(vfs + offset).value = ctypes.cast(made, ctypes.c_void_p).value

    def _methods(self, original: int, path: str) -> Any:
        """Return a copy of a file's table of methods in which those that change it ask first."""
        own = ctypes.create_string_buffer(ctypes.string_at(original, _METHODS_SIZE), _METHODS_SIZE)
        words = {
            "write": [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64],
            "truncate": [ctypes.c_void_p, ctypes.c_int64],
            "sync": [ctypes.c_void_p, ctypes.c_int],
        }
        for kind, offset in _METHODS.items():
            form = ctypes.CFUNCTYPE(ctypes.c_int, *words[kind])
            there = form(_pointer(original + offset).value or 0)

            def asked(*given: Any, kind: str = kind, there: Any = there) -> int:
                return self._sqlite(kind, path) or there(*given)

            made = form(asked)
            self.kept.append(made)
            _pointer(ctypes.addressof(own) + offset).value = ctypes.cast(made, ctypes.c_void_p).value
        self.kept.append(own)
        return own

    def _sqlite(self, kind: str, path: str) -> int:
        try:
            self.call(f"sqlite {kind}", path)
        except OSError as error:
            return _FULL if error.errno == errno.ENOSPC else _CODES[kind]
        return 0


def _pointer(address: int) -> ctypes.c_void_p:
    return ctypes.c_void_p.from_address(address)
