"""The backup: a consistent copy of the running database and of the files, while everybody goes on working."""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import URL, make_url

FILES_SUFFIX = ".files.tar"
LONGEST_DETAIL = 500


class BackupFault(StrEnum):
    """Why there is no backup; the caller has the sentence."""

    TARGET_EXISTS = "target_exists"
    NO_FOLDER = "no_folder"
    NO_DATABASE = "no_database"
    UNKNOWN_DATABASE = "unknown_database"
    COPY_FAILED = "copy_failed"
    DATABASE_DAMAGED = "database_damaged"
    NO_PG_DUMP = "no_pg_dump"
    PG_DUMP_FAILED = "pg_dump_failed"


class BackupImpossible(Exception):
    """There is no backup, and nothing is left where it would have been; `detail` is what the program said."""

    def __init__(self, key: BackupFault, detail: str = "") -> None:
        super().__init__(f"{key}: {detail}" if detail else key.value)
        self.key = key
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written; `files` is None where no file has been kept yet."""

    database: Path
    files: Path | None


def backup(database_url: str, target: Path, files_root: Path | None = None) -> Backup:
    """Copy the database to `target` and the files beside it, readable by nobody else. Raises BackupImpossible."""
    beside = target.with_name(target.name + FILES_SUFFIX)
    if target.exists() or beside.exists():
        raise BackupImpossible(BackupFault.TARGET_EXISTS, str(target))
    if not target.parent.is_dir():
        raise BackupImpossible(BackupFault.NO_FOLDER, str(target.parent))
    url = make_url(database_url)
    match url.get_backend_name():
        case "sqlite":
            _written(target, lambda part: _copy_sqlite(Path(url.database or ""), part))
        case "postgresql":
            _written(target, lambda part: _dump_postgresql(url, part))
        case other:
            raise BackupImpossible(BackupFault.UNKNOWN_DATABASE, other)
    if files_root is None or not files_root.is_dir():
        return Backup(target, None)
    # after the database: a row names a file only once the file is kept, so every file of the copy is there by now
    try:
        _written(beside, lambda part: _pack(files_root, part))
    except BackupImpossible:
        target.unlink()
        raise
    return Backup(target, beside)


def _written(target: Path, write: Callable[[Path], None]) -> None:
    """Have a file written under another name, and give it its own once it is whole and on the disk."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # made with mode 0600
    os.close(number)
    part = Path(name)
    try:
        write(part)
        part.chmod(0o600)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        if target.exists():
            raise BackupImpossible(BackupFault.TARGET_EXISTS, str(target))
        part.rename(target)
    except OSError as error:
        raise BackupImpossible(BackupFault.COPY_FAILED, str(error)) from None
    finally:
        part.unlink(missing_ok=True)


def _copy_sqlite(source: Path, part: Path) -> None:
    if not source.is_file():
        raise BackupImpossible(BackupFault.NO_DATABASE, str(source))
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(part)) as copy,
        ):
            # in one step: page by page, every write of somebody else would begin the copy again
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            found = copy.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        damaged = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        fault = BackupFault.DATABASE_DAMAGED if damaged else BackupFault.COPY_FAILED
        raise BackupImpossible(fault, str(error)) from None
    if found != [("ok",)]:
        raise BackupImpossible(BackupFault.DATABASE_DAMAGED, str(found[0][0])[:LONGEST_DETAIL])


def _dump_postgresql(url: URL, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupImpossible(BackupFault.NO_PG_DUMP)
    plain = _for_libpq(url)
    command = [program, "--format=custom", "--no-password", f"--file={part}", f"--dbname={plain}"]
    # in the environment, because everybody on the machine can read the arguments
    surroundings = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    done = subprocess.run(  # noqa: S603 -- a fixed program, no shell
        command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.replace(url.password, "***") if url.password else done.stderr
        raise BackupImpossible(BackupFault.PG_DUMP_FAILED, said.strip()[:LONGEST_DETAIL])


def _for_libpq(url: URL) -> str:
    query = {("sslmode" if name == "ssl" else name): value for name, value in url.query.items()}
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return plain.render_as_string(hide_password=True)


def _pack(root: Path, part: Path) -> None:
    with tarfile.open(part, "w") as packed:
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.name.startswith(".part-"):
                with suppress(FileNotFoundError):  # erased since it was listed
                    packed.add(path, arcname=path.relative_to(root).as_posix(), recursive=False)
