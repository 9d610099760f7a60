"""Transactions: whole or not at all, one writer after another, and a database in trouble."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import engine
from storage.engine import StorageError
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.storage.mail import opened, posted
from tests.world import MONDAY


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        yield made


@pytest.fixture
async def file_store(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[tuple[Store, Path]]:
    """A store on SQLite, and its file."""
    path = tmp_path / "nhacviec.db"
    shutil.copy(sqlite_template, path)
    async with opened(f"sqlite:///{path}") as made:
        yield made, path


async def metas(store: Store, *keys: str) -> list[str | None]:
    async with store.read() as uow:
        return [await uow.meta(key) for key in keys]


async def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        async with store.write() as uow:
            await uow.set_meta("a", "1")
            await take_in(uow, ROSTER, MONDAY)
            raise RuntimeError("half-way")
    assert await metas(store, "a", "roster") == [None, None]
    async with store.read() as uow:
        assert (await uow.agency()).people == {}


async def test_what_an_undone_transaction_had_loaded_is_not_remembered(store: Store) -> None:
    with pytest.raises(RuntimeError):
        async with store.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
            assert len((await uow.agency()).people) == len(ROSTER)
            raise RuntimeError
    async with store.read() as uow:
        assert (await uow.agency()).people == {}


async def test_a_fact_is_replaced(store: Store) -> None:
    async with store.write() as uow:
        await uow.set_meta("mode", "real")
        assert await uow.meta("mode") == "real"
        await uow.set_meta("mode", "rehearsal")
        assert await uow.meta("mode") == "rehearsal"
    assert await metas(store, "mode", "khác") == ["rehearsal", None]


async def test_a_reader_sees_the_last_commit_beside_a_writer(store: Store) -> None:
    async with store.write() as uow:
        await uow.set_meta("a", "1")
        assert await metas(store, "a") == [None]
    assert await metas(store, "a") == ["1"]


async def test_two_writers_at_once_both_succeed(store: Store) -> None:
    inside, most = 0, 0

    async def write(key: str) -> None:
        nonlocal inside, most
        async with store.write() as uow:
            inside += 1
            most = max(most, inside)
            for n in range(5):
                await uow.set_meta(key, str(n))
                await asyncio.sleep(0)
            inside -= 1

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        for key in "abcdefgh":
            tasks.create_task(write(key))
    assert await metas(store, *"abcdefgh") == ["4"] * 8
    if store.database.dialect.name == "sqlite":
        assert most == 1


async def test_a_writer_that_fails_lets_the_next_one_in(store: Store) -> None:
    for _ in range(3):
        with pytest.raises(RuntimeError):
            async with store.write():
                raise RuntimeError
    async with asyncio.timeout(10), store.write() as uow:
        await uow.set_meta("a", "1")
    assert await metas(store, "a") == ["1"]


async def test_a_writer_that_is_cancelled_leaves_nothing_and_lets_the_next_one_in(store: Store) -> None:
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with store.write() as uow:
            await uow.set_meta("a", "1")
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(never_ends())
        await begun.wait()
        task.cancel()
    async with asyncio.timeout(10), store.write() as uow:
        assert await uow.meta("a") is None


async def test_another_process_that_changed_the_people_is_noticed(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        async with one.read() as uow:
            assert (await uow.agency()).people == {}
        async with other.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
        async with one.read() as uow:
            assert len((await uow.agency()).people) == len(ROSTER)


async def test_an_undone_change_is_not_mistaken_for_the_next_one(store: Store) -> None:
    with pytest.raises(RuntimeError):
        async with store.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
            await uow.agency()
            raise RuntimeError
    async with store.write() as uow:
        await take_in(uow, ROSTER[:1], MONDAY)
    async with store.read() as uow:
        assert len((await uow.agency()).people) == 1


async def test_every_change_of_the_people_is_a_new_version(store: Store) -> None:
    versions = []
    for _ in range(11):
        async with store.write() as uow:
            await uow.roster_changed()
            versions.append(await uow.meta("roster"))
    assert versions == [str(n) for n in range(1, 12)]
    assert await metas(store, "roster", "calendar") == ["11", "1"]


async def test_what_has_not_changed_is_loaded_once(store: Store) -> None:
    async with store.read() as uow:
        people, days = await uow.agency(), await uow.calendar()
    async with store.read() as uow:
        assert await uow.agency() is people
        assert await uow.calendar() is days


# -- a file in trouble -------------------------------------------------------------------------------------------------


async def test_another_program_that_holds_the_file_is_waited_for_only_so_long(
    file_store: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = file_store
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.02)
    monkeypatch.setattr(engine, "BUSY_PAUSE", 0.001)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        async with store.write() as uow:
            await uow.set_meta("a", "1")
    # readers go on beside it
    assert await metas(store, "a") == [None]
    other.execute("ROLLBACK")
    other.close()
    async with store.write() as uow:
        await uow.set_meta("a", "1")
    assert await metas(store, "a") == ["1"]


async def test_another_program_that_lets_go_in_time_is_not_noticed(file_store: tuple[Store, Path]) -> None:
    store, path = file_store
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with store.write() as uow:
            await uow.set_meta("a", "1")

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(write())
        await asyncio.sleep(0)
        assert not waiting.done()
        other.execute("ROLLBACK")
    other.close()
    assert await metas(store, "a") == ["1"]


async def test_a_full_disk_is_an_error_that_leaves_nothing_half_written(file_store: tuple[Store, Path]) -> None:
    store, _path = file_store
    async with store.write() as uow:
        await uow.set_meta("a", "1")
        pages = await uow.connection.scalar(text("PRAGMA page_count"))
        await uow.connection.execute(text(f"PRAGMA max_page_count={pages + 2}"))
    with pytest.raises(StorageError, match="full"):
        async with store.write() as uow:
            await uow.set_meta("a", "2")
            for n in range(100):
                await uow.set_meta(f"b{n}", "x" * 1000)
    assert await metas(store, "a", "b0") == ["1", None]
    async with store.write() as uow:
        await uow.connection.execute(text("PRAGMA max_page_count=1000000"))
        await uow.set_meta("a", "3")
    assert await metas(store, "a") == ["3"]


async def test_letters_posted_before_the_file_was_closed_are_there_after_it_is_opened_again(database_url: str) -> None:
    async with opened(database_url) as store:
        await posted(store, "Tin")
    async with opened(database_url) as store, store.read() as uow:
        assert await uow.outbox.next_at("telegram", MONDAY) == MONDAY
