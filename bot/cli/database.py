"""The database as a command opens it, and the command that brings it up to date."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.calls import Call
from bot.cli.printing import out
from locales.texts import cli
from storage.engine import make_engine
from storage.migrations import HEAD, current, migrate
from storage.unit_of_work import Store


def database_errors() -> tuple[type[Exception], ...]:
    """How a database fails: PostgreSQL's driver raises errors of its own while it connects."""
    driver = sys.modules.get("asyncpg")
    return (SQLAlchemyError, driver.PostgresError, driver.InterfaceError) if driver else (SQLAlchemyError,)


def unusable() -> tuple[type[Exception], ...]:
    """The same, and how the way to it fails."""
    return (OSError, TimeoutError, *database_errors())


@asynccontextmanager
async def opened(call: Call) -> AsyncIterator[Store]:
    """The database as it is."""
    store = Store(make_engine(call.settings.database_url), call.zone)
    try:
        yield store
    finally:
        await store.close()


async def bring_up_to_date(store: Store) -> tuple[str | None, str]:
    """Give the database the newest form; gives the form before and after. Nobody else may be at work meanwhile."""
    async with store.database.begin(writes=False) as connection:
        before = await connection.run_sync(current)
    if before == HEAD:
        return before, HEAD
    async with store.database.alone():
        return await migrate(store.database)


@asynccontextmanager
async def ready(call: Call) -> AsyncIterator[Store]:
    """The database in its newest form; made where there is none."""
    async with opened(call) as store:
        await bring_up_to_date(store)
        yield store


def bring_to_newest_form(call: Call) -> None:
    """`migrate`."""
    out(cli.migrated(call.speech, *asyncio.run(_migrate(call))))


async def _migrate(call: Call) -> tuple[str | None, str]:
    async with opened(call) as store:
        return await bring_up_to_date(store)
