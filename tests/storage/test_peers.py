"""The processes on one PostgreSQL database: one holds a duty, others hear of news, what is lost is taken over."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from domain.messages import Incoming
from storage.engine import make_engine
from storage.inbox import Turn
from storage.locks import AlreadyRunning
from storage.peers import Peers, PostgreSQLPeers
from tests.storage.mail import opened
from tests.world import MONDAY

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
async def peers(database_url: str) -> AsyncIterator[tuple[Peers, Peers, list[str]]]:
    """Two processes that have joined, and what the second has heard."""
    database, heard = make_engine(database_url), list[str]()
    first, second = database.peers(lambda _news: None), database.peers(heard.append)
    assert await first.join()
    await first.admit()
    assert not await second.join()
    yield first, second, heard
    await first.leave()
    await second.leave()
    await database.dispose()


async def test_a_duty_is_held_by_one_and_taken_by_the_other_once_it_is_free(
    peers: tuple[Peers, Peers, list[str]],
) -> None:
    first, second, _ = peers
    assert await first.take(["ticks", "send:web"]) == {"ticks", "send:web"}
    assert await second.take(["ticks", "send:web", "listen:telegram"]) == {"listen:telegram"}
    await first.give_up("ticks")
    assert await second.take(["ticks", "send:web"]) == {"ticks"}
    await first.leave()
    assert await eventually(second, "send:web")


async def eventually(one: Peers, duty: str) -> bool:
    """The server lets go of the locks of a connection a moment after it has ended."""
    async with asyncio.timeout(20):
        while not await one.take([duty]):
            await asyncio.sleep(0.01)
    return True


async def test_whoever_loses_the_connection_knows_at_once_and_holds_nothing_any_more(
    peers: tuple[Peers, Peers, list[str]], database_url: str
) -> None:
    first, second, _ = peers
    before = first.name
    await first.take(["ticks"])
    await end_connections_but(second, database_url)
    async with asyncio.timeout(20):
        await first.lost.wait()
    assert await eventually(second, "ticks")
    with pytest.raises(OSError, match="not connected"):
        await first.take(["ticks"])
    await first.join()
    assert not first.lost.is_set()
    assert first.name != before
    assert await first.take(["ticks"]) == set()


async def end_connections_but(kept: Peers, database_url: str) -> None:
    """As a server does that starts again, but for one process."""
    assert isinstance(kept, PostgreSQLPeers)
    pid = await kept._value("SELECT pg_backend_pid()")
    folder = database_url.partition("?host=")[2]
    name = database_url.rpartition("@/")[2].partition("?")[0]
    connection = await asyncpg.connect(host=folder, user="postgres", database="postgres")
    await connection.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> {pid}"
    )
    await connection.close()


async def test_the_others_hear_what_is_told_and_whoever_tells_it_does_not(
    peers: tuple[Peers, Peers, list[str]],
) -> None:
    first, second, heard = peers
    await first.tell(["letters telegram", "page abc"])
    await second.tell(["letters web"])
    async with asyncio.timeout(20):
        while len(heard) < 2:
            await asyncio.sleep(0.01)
    assert heard == ["letters telegram", "page abc"]


async def test_nobody_joins_whoever_wants_to_be_alone(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.peers.JOIN_LOOKS", 2)
    database = make_engine(database_url)
    first, second = database.peers(lambda _news: None), database.peers(lambda _news: None)
    assert await first.join()
    with pytest.raises(AlreadyRunning):
        await second.join()
    await first.leave()
    await database.dispose()


async def test_an_event_waits_for_an_older_one_of_its_chat_in_another_process(database_url: str) -> None:
    async with opened(database_url) as store:
        said = [Incoming("telegram", str(n), "7", "Dung", "viec") for n in (1, 2)]
        async with store.write() as uow:
            older, newer = await uow.inbox.keep(said, MONDAY, MONDAY)
        async with store.write() as uow:
            assert await uow.inbox.begin(newer) is Turn.LATER
        async with store.write() as uow:
            assert await uow.inbox.begin(older) is Turn.NOW
        async with store.write() as uow:
            assert await uow.inbox.begin(older) is Turn.OVER
        async with store.write() as uow:
            assert await uow.inbox.begin(newer) is Turn.NOW
