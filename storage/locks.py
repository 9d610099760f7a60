"""The lock that keeps a second process away from the same SQLite file, and the number of its like on PostgreSQL."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

PRESENT = 0x6E687672  # "nhvr"
"""Held by all assistants on the same PostgreSQL database together, by one alone while it changes the form."""


class AlreadyRunning(Exception):
    """Another process holds the file; `pid` is its number, None where it has not said."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"process {pid} holds the file")
        self.pid = pid


class SingleProcess:
    """Held while the process has the database at `path`; entering raises AlreadyRunning if another one has it.

    The system lets go of the lock when the process ends, however it ends, so a lock file that is left over means
    nothing. It is never removed: a file that is removed and made anew could be locked twice.
    """

    def __init__(self, path: Path) -> None:
        resolved = path.resolve()
        self.path = resolved.with_name(resolved.name + ".lock")
        self._file: int | None = None

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _pid_in(file)
            os.close(file)
            raise AlreadyRunning(holder) from None
        except OSError:
            os.close(file)
            raise
        os.truncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _pid_in(file: int) -> int | None:
    text = os.pread(file, 32, 0).decode("ascii", "replace").strip()
    return int(text) if text.isdecimal() else None
