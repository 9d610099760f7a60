"""The database: SQLite in a file (WAL, durable commits) or PostgreSQL, behind one engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 10
"""How long another program's lock on the SQLite file is waited for."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # FULL: what is committed survives a power cut; a vendor forgets an event once it is confirmed
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA temp_store=MEMORY",
)


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL, None for another database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def make_engine(url: str) -> AsyncEngine:
    """An engine for an async URL; the SQLite file's folder is made where it is missing."""
    if (path := sqlite_path(url)) is None:
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=5, max_overflow=10)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # the driver's own idea of when a transaction begins is too late for us: see _begin_sqlite
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first and writes later can then never fail
    # half-way with "database is locked"
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def on_conflict_do_nothing(engine_name: str) -> Callable[..., Any]:
    """The dialect's INSERT that can leave a row alone that is there already."""
    if engine_name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert
