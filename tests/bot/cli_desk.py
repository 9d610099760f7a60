"""A desk with a terminal: commands given in a folder of its own, and the database that they work on."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from main import app
from storage.engine import make_engine
from storage.unit_of_work import Store, UnitOfWork

MAIN = Path(__file__).parents[2] / "main.py"
HEADINGS = "Họ và tên,Đơn vị,Chức vụ,Vai trò"
OFFICE = "Nguyễn Thị Lan,Văn phòng Sở,Chuyên viên,Văn phòng"
HEAD = "Trần Văn Bình,Phòng Công nghệ,Trưởng phòng,Trưởng đơn vị"
OFFICER = "Phạm Thị Dung,Phòng Công nghệ,Chuyên viên,"

T = TypeVar("T")


class Desk:
    """Commands in English, on a folder without any `.env`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.path = folder / "data" / "nhacviec.db"
        self.url = f"sqlite:///{self.path}"
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        for name in [name for name in os.environ if name.upper().startswith("NHACVIEC_")]:
            monkeypatch.delenv(name)
        self.set(LOCALE="en", DATA_DIR=str(folder / "data"))

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"NHACVIEC_{name}", value)
        self.url = settings.get("DATABASE_URL", self.url)

    def run(self, *words: str) -> Result:
        """Give a command; nothing but an exit is let through."""
        result = CliRunner().invoke(app, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def program(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """The same, as a program of its own."""
        return subprocess.run(
            [sys.executable, str(MAIN), *words], capture_output=True, text=True, timeout=60, check=False
        )

    def roster(self, *lines: str, name: str = "roster.csv", headings: str = HEADINGS) -> str:
        """A roster file; gives its name."""
        (self.folder / name).write_text("\n".join([headings, *lines]), "utf-8")
        return name

    def imported(self, *lines: str) -> None:
        done = self.run("roster", "import", self.roster(*lines))
        assert done.exit_code == 0, done.output

    def within(self, act: Callable[[UnitOfWork], Awaitable[T]], url: str = "") -> T:
        """Do something to the database."""

        async def transaction() -> T:
            store = Store(make_engine(url or self.url), ZoneInfo("Asia/Ho_Chi_Minh"))
            try:
                async with store.write() as uow:
                    return await act(uow)
            finally:
                await store.close()

        return asyncio.run(transaction())

    def people(self, url: str = "") -> dict[str, str]:
        """Everybody, with their unit."""

        async def read(uow: UnitOfWork) -> dict[str, str]:
            agency = await uow.agency()
            return {person.name: agency.unit_name(person) for person in agency.people.values()}

        return self.within(read, url)

    def sql(self, statement: str) -> Any:
        """Straight into the SQLite file."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(statement).fetchall()


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
