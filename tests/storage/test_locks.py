"""The lock on the database: one process at a time, and nothing in the way after a crash."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.locks import AlreadyRunning, SingleProcess

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from storage.locks import SingleProcess
with SingleProcess(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def other_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that holds the lock until it is spoken to."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_refused_and_told_the_first(tmp_path: Path) -> None:
    path = tmp_path / "nhacviec.db"
    with other_process(path) as first, pytest.raises(AlreadyRunning) as refused, SingleProcess(path):
        pytest.fail("two processes hold the file")
    assert refused.value.pid == first.pid


def test_a_process_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "nhacviec.db"
    with other_process(path) as first:
        first.kill()
        first.wait()
    assert (tmp_path / "nhacviec.db.lock").read_text() == f"{first.pid}\n"
    with SingleProcess(path) as lock:
        assert lock.path.read_text() == f"{os.getpid()}\n"


def test_the_lock_is_free_after_use_and_after_an_error(tmp_path: Path) -> None:
    lock = SingleProcess(tmp_path / "new folder" / "nhacviec.db")
    with pytest.raises(KeyError), lock:
        raise KeyError
    with lock, pytest.raises(AlreadyRunning) as refused, SingleProcess(tmp_path / "new folder" / "nhacviec.db"):
        pytest.fail("held twice")
    assert refused.value.pid == os.getpid()
    with lock:
        pass


def test_another_name_of_the_same_file_is_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "nhacviec.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "nhacviec.db")
    with SingleProcess(tmp_path / "nhacviec.db"), pytest.raises(AlreadyRunning), SingleProcess(tmp_path / "link.db"):
        pytest.fail("held twice")


def test_a_lock_file_full_of_something_else_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.db.lock").write_bytes(b"\xff not a number")
    with SingleProcess(tmp_path / "a.db") as lock:
        assert lock.path.read_text() == f"{os.getpid()}\n"


def test_who_holds_it_without_saying_so_is_nobody_in_particular(tmp_path: Path) -> None:
    with SingleProcess(tmp_path / "a.db") as lock:
        lock.path.write_text("")
        with pytest.raises(AlreadyRunning) as refused, SingleProcess(tmp_path / "a.db"):
            pytest.fail("held twice")
    assert refused.value.pid is None


def test_another_database_is_another_lock(tmp_path: Path) -> None:
    with SingleProcess(tmp_path / "a.db"), SingleProcess(tmp_path / "b.db"):
        pass
