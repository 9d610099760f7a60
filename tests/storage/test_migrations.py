"""Migrations: they make the models, go both ways, and never touch a newer database."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.calendar import Calendar
from storage.engine import Database, make_engine
from storage.migrations import HEAD, NewerDatabase, config, current, migrate
from storage.models import metadata


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    made = make_engine(database_url)
    yield made
    await made.dispose()


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def down_to(revision: str) -> Any:
    return lambda connection: command.downgrade(config(connection), revision)


def up_to(revision: str) -> Any:
    return lambda connection: command.upgrade(config(connection), revision)


async def empty(database: Database) -> None:
    async with database.begin(writes=True) as connection:
        await connection.run_sync(down_to("base"))


async def version(database: Database) -> str | None:
    async with database.begin(writes=False) as connection:
        found: str | None = await connection.run_sync(current)
        return found


async def test_a_migrated_database_is_what_the_models_say(database: Database) -> None:
    async with database.begin(writes=False) as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(tables) == {*metadata.tables, "alembic_version"}


def test_the_newest_form_is_the_last_script() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


async def test_every_revision_goes_down_and_up_again(database: Database) -> None:
    scripts = list(ScriptDirectory.from_config(config()).walk_revisions())
    for script in scripts:
        async with database.begin(writes=True) as connection:
            await connection.run_sync(down_to(str(script.down_revision or "base")))
            if script.down_revision is None:
                assert await connection.run_sync(tables) == {"alembic_version"}
    for script in reversed(scripts):
        async with database.begin(writes=True) as connection:
            await connection.run_sync(up_to(script.revision))
    async with database.begin(writes=False) as connection:
        assert await connection.run_sync(differences) == []


async def test_an_empty_database_is_brought_up_with_the_shipped_days(database: Database) -> None:
    await empty(database)
    assert await migrate(database) == (None, HEAD)
    assert await version(database) == HEAD
    async with database.begin(writes=False) as connection:
        assert await Calendar(connection).ship() == 0


async def test_migrating_twice_is_harmless(database: Database) -> None:
    assert await migrate(database) == (HEAD, HEAD)
    assert await migrate(database) == (HEAD, HEAD)


async def test_two_processes_that_start_at_once_migrate_once(database: Database, database_url: str) -> None:
    await empty(database)
    other = make_engine(database_url)
    async with asyncio.timeout(30):
        outcomes = await asyncio.gather(migrate(database), migrate(other))
    await other.dispose()
    assert {after for _, after in outcomes} == {HEAD}
    assert await version(database) == HEAD


async def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    async with database.begin(writes=True) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase) as refused:
        await migrate(database)
    assert refused.value.version == "9999"
    assert HEAD in str(refused.value)
    assert await version(database) == "9999"


async def test_a_migration_that_fails_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await empty(database)

    async def fails(_calendar: Calendar) -> int:
        raise RuntimeError("power cut")

    # nothing but the shipped days comes after the scripts: the only place where a fault can be put
    monkeypatch.setattr(Calendar, "ship", fails)
    with pytest.raises(RuntimeError, match="power cut"):
        await migrate(database)
    assert await version(database) is None
    async with database.begin(writes=False) as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
