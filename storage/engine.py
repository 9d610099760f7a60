"""The database: SQLite in a file (WAL, durable commits) or PostgreSQL, behind one small interface.

SQLite is spoken to from the event loop itself: a local file answers in microseconds, and handing every statement to
a thread and back takes ten times as long as the statement. What could really take long, another program's lock, is
waited for without blocking the loop.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import CursorResult, Engine, Executable, create_engine, event, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.locks import PRESENT, AlreadyRunning, SingleProcess
from storage.peers import SILENCE, NoPeers, OnNews, Peers, PostgreSQLPeers

T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

BUSY_SECONDS = 10.0
"""How long another program's lock on the SQLite file is waited for."""

BUSY_PAUSE = 0.02
"""Seconds between two looks whether that lock is gone."""

CONNECTIONS = 20
"""Of one process to PostgreSQL, all of them kept: to make one takes longer than most of what is done with it."""

LOCK_LOOKS, LOCK_PAUSE = 20, 0.25

HIDDEN = True
"""What people have written is in the parameters of statements: an error that names them would bring it to the log."""

StorageError = DBAPIError
"""The database could not do it: locked, full, gone."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # FULL: what is committed survives a power cut; a vendor forgets an event once it is confirmed
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)


class Connection(Protocol):
    """What repositories use of a connection; the same for both databases."""

    @property
    def dialect(self) -> Dialect: ...

    async def execute(self, statement: Executable, parameters: Parameters | None = None, /) -> CursorResult[Any]: ...

    async def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None, /) -> Any: ...

    async def run_sync(self, function: Callable[[SyncConnection], T], /) -> T: ...


class Database(Protocol):
    """A database, as transactions."""

    @property
    def dialect(self) -> Dialect: ...

    def begin(self, *, writes: bool) -> AbstractAsyncContextManager[Connection]:
        """An async context manager: a transaction, committed at its end, undone on an exception."""
        ...

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Held while no assistant works on the database. Raises AlreadyRunning."""
        ...

    def peers(self, on_news: OnNews) -> Peers:
        """The assistants on this database, this process among them; `on_news` hears what others tell."""
        ...

    async def dispose(self) -> None: ...


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL, None for another database."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def make_engine(url: str) -> Database:
    """The database of a URL; the SQLite file's folder is made where it is missing."""
    if (path := sqlite_path(url)) is None:
        return PostgreSQL(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # it holds names: nobody else's to read
    return SQLite(path)


class _Local:
    """A connection to a local file, used directly."""

    def __init__(self, connection: SyncConnection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, statement: Executable, parameters: Parameters | None = None, /) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)

    async def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None, /) -> Any:
        return self._connection.scalar(statement, parameters)

    async def run_sync(self, function: Callable[[SyncConnection], T], /) -> T:
        return function(self._connection)


class SQLite:
    """One writer at a time: writers of this process queue, readers go beside them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine: Engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"timeout": 0, "check_same_thread": False},
            pool_reset_on_return=None,
            hide_parameters=HIDDEN,
        )
        self._one_writer = asyncio.Lock()
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    @asynccontextmanager
    async def begin(self, *, writes: bool) -> AsyncIterator[Connection]:
        if not writes:
            with self._engine.begin() as connection:
                yield _Local(connection)
            return
        async with self._one_writer:
            with self._engine.connect().execution_options(writes=True) as connection:
                transaction = await _begin_patiently(connection)
                with transaction:
                    yield _Local(connection)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        with SingleProcess(self._path):
            yield

    def peers(self, on_news: OnNews) -> Peers:
        return NoPeers(self._path)

    async def dispose(self) -> None:
        self._engine.dispose()


async def _begin_patiently(connection: SyncConnection) -> Any:
    """Begin to write; while another program holds the file, wait without stopping everybody else here."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.begin()
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > until:
                raise
            connection.rollback()
        await asyncio.sleep(BUSY_PAUSE)


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # the driver's own idea of when a transaction begins is too late for us: see _begin
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: SyncConnection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first and writes later can then never fail
    # half-way with "database is locked"
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class PostgreSQL:
    """Any number of writers; conditional updates keep them apart."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=HIDDEN,
            # a process that hangs in the middle of a transaction would hold up whoever has taken over from it
            connect_args={"server_settings": {"idle_in_transaction_session_timeout": f"{SILENCE}s"}},
        )

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    @asynccontextmanager
    async def begin(self, *, writes: bool) -> AsyncIterator[Connection]:
        async with self._engine.begin() as connection:
            yield cast(Connection, connection)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        async with self._engine.connect() as connection:
            for _ in range(LOCK_LOOKS):
                # a process that was killed holds its lock until the server has noticed
                if await connection.scalar(text(f"SELECT pg_try_advisory_lock({PRESENT})")):
                    break
                await asyncio.sleep(LOCK_PAUSE)
            else:
                raise AlreadyRunning(None)
            await connection.commit()
            yield

    def peers(self, on_news: OnNews) -> Peers:
        return PostgreSQLPeers(self._url, on_news)

    async def dispose(self) -> None:
        await self._engine.dispose()


DIALECTS: dict[str, Callable[..., Any]] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def insert_of(dialect_name: str) -> Callable[..., Any]:
    """The dialect's INSERT: the one that knows what to do when the row is there already."""
    return DIALECTS[dialect_name]
