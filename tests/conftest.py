"""Databases for the tests: a real SQLite file and a real PostgreSQL, made once and copied for each test."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.engine import make_engine
from storage.migrations import migrate
from storage.unit_of_work import Store
from tests.postgresql import PostgreSQL, serving
from tests.world import MONDAY, ZONE, World, enrol, living

# how long an example takes says how busy the machine is, and no more
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

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
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    """A running PostgreSQL with databases of each kind."""
    fills = {template: partial(_made, template=template) for template in (EMPTY, ENROLLED)}
    with serving(tmp_path_factory.mktemp("postgresql"), fills) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of its own, on SQLite and then on PostgreSQL; with the cast in it where it is a world's."""
    template = ENROLLED if "world" in request.fixturenames else EMPTY
    if request.param == "sqlite":
        path = tmp_path / "nhacviec.db"
        shutil.copy(request.getfixturevalue("sqlite_templates") / f"{template}.db", path)
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("postgresql").database(template) as url:
        yield url


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
