"""The processes on one database: who may start beside whom, who holds which duty, and news from one to the others.

On PostgreSQL all of it hangs on one connection that is used for nothing else: the server lets go of its locks when the
process dies, and when it has not been heard of for a while. On SQLite there is one process, and it holds everything.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

from sqlalchemy import Executable, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.locks import PRESENT, AlreadyRunning, SingleProcess

JOIN_LOOKS, JOIN_PAUSE = 40, 0.25
PATIENCE = 3.0
"""Seconds that the server may take to answer: then the connection, and every duty with it, counts as lost."""
SILENCE = 6
"""Seconds of silence after which the server ends the connection of a process that hangs. More than `PATIENCE` and the
pause between two looks, so that a holder gives its duties up before another can take them."""
NEWS = "nhacviec"

OnNews = Callable[[str], None]


def key_of(duty: str) -> int:
    """The number of a duty's lock."""
    return int.from_bytes(blake2b(f"nhacviec {duty}".encode(), digest_size=8).digest(), signed=True)


_AT_WORK = """
SELECT count(DISTINCT pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND classid = 0 AND objsubid = 1 AND objid = :present
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Scalars(Protocol):
    """What is needed of a connection."""

    async def scalar(self, statement: Executable, parameters: Mapping[str, Any] | None = None, /) -> Any: ...


async def at_work(connection: Scalars) -> int:
    """How many processes are at work on a PostgreSQL database, as anybody who can reach it sees it."""
    return int(await connection.scalar(text(_AT_WORK), {"present": PRESENT}))


class Peers(Protocol):
    """This process among the others."""

    shared: bool
    """Whether there can be others."""
    name: str
    """How this process signs; another one after every loss, so that what it did before is told from what it does."""
    lost: asyncio.Event
    """Set when the duties are not held any more."""

    async def join(self) -> bool:
        """Be one of them; says whether there is nobody else, who then must wait for `admit`. Raises AlreadyRunning."""
        ...

    async def admit(self) -> None:
        """Others may join from now on."""
        ...

    async def take(self, duties: Collection[str]) -> set[str]:
        """Try to get duties; gives those that are now held here."""
        ...

    async def give_up(self, duty: str) -> None: ...

    async def tell(self, news: Iterable[str]) -> None:
        """Tell the others. Who is not there does not hear it."""
        ...

    async def leave(self) -> None: ...


class NoPeers:
    """The one process of an SQLite file."""

    shared = False

    def __init__(self, path: Path) -> None:
        self.name = _signature()
        self.lost = asyncio.Event()
        self._lock = SingleProcess(path)

    async def join(self) -> bool:
        self._lock.__enter__()
        return True

    async def admit(self) -> None:
        """There are no others."""

    async def take(self, duties: Collection[str]) -> set[str]:
        return set(duties)

    async def give_up(self, duty: str) -> None:
        """Nobody waits for it."""

    async def tell(self, news: Iterable[str]) -> None:
        """Nobody listens."""

    async def leave(self) -> None:
        self._lock.__exit__(None, None, None)


class PostgreSQLPeers:
    """Session locks and notifications of one connection."""

    shared = True

    def __init__(self, url: str, on_news: OnNews) -> None:
        self.name = _signature()
        self.lost = asyncio.Event()
        self._on_news = on_news
        self._engine = create_async_engine(url, poolclass=NullPool)
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def join(self) -> bool:
        await self._connect()
        if await self._value("SELECT pg_try_advisory_lock($1)", PRESENT):
            return True
        for _ in range(JOIN_LOOKS):
            # one that starts, or changes the form of the database, lets others in soon
            if await self._value("SELECT pg_try_advisory_lock_shared($1)", PRESENT):
                return False
            await asyncio.sleep(JOIN_PAUSE)
        await self.leave()
        raise AlreadyRunning(None)

    async def admit(self) -> None:
        await self._value("SELECT pg_advisory_lock_shared($1)", PRESENT)
        await self._value("SELECT pg_advisory_unlock($1)", PRESENT)

    async def take(self, duties: Collection[str]) -> set[str]:
        rows = await self._ask(
            "SELECT duty, pg_try_advisory_lock(key) AS held FROM unnest($1::text[], $2::bigint[]) AS wanted(duty, key)",
            list(duties),
            [key_of(duty) for duty in duties],
        )
        return {row["duty"] for row in rows if row["held"]}

    async def give_up(self, duty: str) -> None:
        await self._value("SELECT pg_advisory_unlock($1)", key_of(duty))

    async def tell(self, news: Iterable[str]) -> None:
        await self._ask("SELECT pg_notify($1, news) FROM unnest($2::text[]) AS all_of(news)", NEWS, list(news))

    async def leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with suppress(Exception):  # it may be gone already
            (await _driver(connection)).remove_termination_listener(self._gone)
            await connection.invalidate()
        with suppress(Exception):
            await connection.close()

    async def _connect(self) -> None:
        """Raises ConnectionError, whatever it is that keeps us out."""
        await self.leave()
        try:
            async with asyncio.timeout(PATIENCE):
                connection = await self._engine.connect()
                await self._prepare(await _driver(connection))
        except TimeoutError:
            raise ConnectionError("the database does not answer") from None
        except Exception as error:
            raise ConnectionError(str(getattr(error, "orig", None) or error)) from None
        self.name = _signature()
        self._connection = connection
        self.lost.clear()

    async def _prepare(self, driver: Any) -> None:
        with suppress(_unknown_setting()):  # servers before PostgreSQL 14 wait for the network to notice
            await driver.execute(f"SET idle_session_timeout = '{SILENCE}s'")
        driver.add_termination_listener(self._gone)
        await driver.add_listener(NEWS, self._hear)

    def _gone(self, _connection: Any) -> None:
        self.lost.set()

    def _hear(self, connection: Any, pid: int, _channel: str, news: str) -> None:
        if pid != connection.get_server_pid():
            self._on_news(news)

    async def _value(self, query: str, *values: Any) -> Any:
        return (await self._ask(query, *values))[0][0]

    async def _ask(self, query: str, *values: Any) -> list[Any]:
        """Raises OSError where the connection is lost, whatever it is that tells so."""
        try:
            async with self._one_at_a_time, asyncio.timeout(PATIENCE):
                if self._connection is None or self.lost.is_set():
                    raise ConnectionError("not connected")
                driver = await _driver(self._connection)
                return list(await driver.fetch(query, *values))
        except Exception as error:
            self.lost.set()
            raise ConnectionError(f"{type(error).__name__}: {error}") from None


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


def _unknown_setting() -> type[Exception]:
    import asyncpg  # only where PostgreSQL is used

    unknown: type[Exception] = asyncpg.UndefinedObjectError
    return unknown


def _signature() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
