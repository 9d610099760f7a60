"""Bring a database to the newest form: at start, under a lock, never backwards."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from storage.calendar import Calendar
from storage.engine import Database
from storage.versions import CALENDAR, raise_version

HEAD = "0011"
"""The newest form; a test holds it against the scripts."""

LOCK = 0x6E687663  # "nhvc": one number for all who migrate the same PostgreSQL database


class NewerDatabase(Exception):
    """The database was made by a newer version of the assistant."""

    def __init__(self, version: str) -> None:
        super().__init__(f"the database has version {version}, this program knows {HEAD}")
        self.version = version


def current(connection: Connection) -> str | None:
    """The form that a database has, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


async def needs_migration(database: Database) -> bool:
    """Whether the database has an older form."""
    async with database.begin(writes=False) as connection:
        before = await connection.run_sync(current)
    return before is None or before < HEAD


async def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database up to date; gives its version before and after. Raises NewerDatabase.

    The import of the migration tool costs more than the check, so a database that is up to date never pays for it.
    """
    async with database.begin(writes=False) as connection:
        before = await connection.run_sync(current)
    if before == HEAD:
        return before, HEAD
    if before is not None and before > HEAD:
        raise NewerDatabase(before)
    async with database.begin(writes=True) as connection:
        if database.dialect.name == "postgresql":
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        await connection.run_sync(_upgrade)
        if await Calendar(connection).ship():
            await raise_version(connection, CALENDAR)
    return before, HEAD


def config(connection: Connection | None = None) -> Any:
    """The migration tool's settings, for this folder of scripts."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config(connection), "head")
