"""The inbox: every event once, in order, until it has been handled."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from domain.messages import Event, FileRef, Incoming, StoredFile
from storage.codecs import table
from storage.models import InboxRow
from storage.unit_of_work import Store
from tests.storage.mail import opened
from tests.world import MONDAY

rows = table(InboxRow)
LEASE = timedelta(minutes=1)
PLAIN = Incoming("telegram", "1", "7", "Dung", "viec")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        yield made


async def keep(store: Store, *incoming: Incoming, now: datetime = MONDAY) -> list[Event]:
    async with store.write() as uow:
        return await uow.inbox.keep(list(incoming), now, now + LEASE)


async def waiting(store: Store, now: datetime, *, all_leases: bool = False) -> list[str]:
    async with store.read() as uow:
        found = await uow.inbox.waiting(now, 100, all_leases=all_leases)
    return [event.incoming.event_id for event in found]


async def test_an_event_comes_out_as_it_came_in(store: Store) -> None:
    full = Incoming(
        "telegram", "9", "-7", "Phạm Thị Dung", "xong 1 \u0000 <b>", (FileRef("f", "ảnh.jpg", "image/jpeg", 5),),
        action="xong 1 #2", unsupported="voice", left=True, in_group=True,
    )  # fmt: skip
    await keep(store, full)
    async with store.read() as uow:
        (event,) = await uow.inbox.waiting(MONDAY + LEASE, 10)
    assert event.incoming == full
    assert event.received_at == MONDAY


async def test_an_event_that_comes_twice_is_kept_once(store: Store) -> None:
    assert len(await keep(store, PLAIN, PLAIN)) == 1
    assert await keep(store, PLAIN, replace(PLAIN, text="khác")) == []
    async with store.write() as uow:
        await uow.inbox.done(1)
    assert await keep(store, PLAIN) == []


async def test_two_channels_may_number_their_events_alike(store: Store) -> None:
    assert len(await keep(store, PLAIN, replace(PLAIN, channel="web"))) == 2


async def test_a_known_event_does_not_keep_the_new_ones_out(store: Store) -> None:
    await keep(store, PLAIN)
    fresh = await keep(store, PLAIN, replace(PLAIN, event_id="2"))
    assert [event.incoming.event_id for event in fresh] == ["2"]


async def test_events_wait_in_the_order_of_their_coming_once_their_lease_has_ended(store: Store) -> None:
    await keep(store, *(replace(PLAIN, event_id=str(n)) for n in (3, 1, 2)))
    assert await waiting(store, MONDAY + LEASE - timedelta(seconds=1)) == []
    assert await waiting(store, MONDAY + LEASE) == ["3", "1", "2"]


async def test_a_start_takes_up_what_a_dead_process_had_taken(store: Store) -> None:
    await keep(store, PLAIN)
    assert await waiting(store, MONDAY) == []
    assert await waiting(store, MONDAY, all_leases=True) == ["1"]


async def test_an_event_taken_up_is_left_alone_by_others(store: Store) -> None:
    events = await keep(store, PLAIN)
    later = MONDAY + LEASE
    async with store.write() as uow:
        assert await uow.inbox.take(events, later, later + LEASE) == {1}
        assert await uow.inbox.take(events, later, later + LEASE) == set()
    assert await waiting(store, later) == []
    assert await waiting(store, later + LEASE) == ["1"]


async def test_only_the_first_may_say_that_an_event_is_handled(store: Store) -> None:
    (event,) = await keep(store, PLAIN)
    async with store.write() as uow:
        assert await uow.inbox.done(event.id)
        assert not await uow.inbox.done(event.id)
    async with store.write() as uow:
        assert not await uow.inbox.done(event.id)
    assert await waiting(store, MONDAY + LEASE, all_leases=True) == []


async def test_a_failed_event_comes_again_later_and_counts_its_tries(store: Store) -> None:
    (event,) = await keep(store, PLAIN)
    later = MONDAY + timedelta(seconds=5)
    async with store.write() as uow:
        await uow.inbox.again(event.id, later, "RuntimeError: x")
    assert await waiting(store, later - timedelta(seconds=1), all_leases=True) == []
    async with store.read() as uow:
        (again,) = await uow.inbox.waiting(later, 10)
    assert again.attempts == 1


async def test_a_handled_event_does_not_come_again(store: Store) -> None:
    (event,) = await keep(store, PLAIN)
    async with store.write() as uow:
        await uow.inbox.done(event.id)
        await uow.inbox.again(event.id, MONDAY, "late failure")
    assert await waiting(store, MONDAY + LEASE, all_leases=True) == []


async def test_an_event_given_up_is_kept_with_its_error(store: Store) -> None:
    (event,) = await keep(store, PLAIN)
    async with store.write() as uow:
        await uow.inbox.give_up(event.id, "RuntimeError: x")
    assert await waiting(store, MONDAY + LEASE, all_leases=True) == []
    async with store.read() as uow:
        row = (await uow.connection.execute(select(rows))).one()
    assert (row.state, row.error) == ("failed", "RuntimeError: x")


async def test_fetched_files_are_remembered(store: Store) -> None:
    (event,) = await keep(store, PLAIN)
    file = StoredFile("0" * 64, "Quyết định.pdf", "application/pdf", 3)
    async with store.write() as uow:
        await uow.inbox.fetched(event.id, [file])
    async with store.read() as uow:
        (again,) = await uow.inbox.waiting(MONDAY + LEASE, 10)
    assert again.files == (file,)


async def test_an_erased_address_leaves_nothing_that_was_said(store: Store) -> None:
    (event, _) = await keep(store, replace(PLAIN, address="12345", sender_name="Dung"), replace(PLAIN, event_id="2"))
    async with store.write() as uow:
        await uow.inbox.done(event.id)
        await uow.inbox.forget_address("telegram", "12345")
    async with store.read() as uow:
        found = list(await uow.connection.execute(select(rows).order_by(rows.c.id)))
    assert "12345" not in str([tuple(row) for row in found])
    assert "Dung" not in str(tuple(found[0]))
    assert "viec" in str(tuple(found[1]))
    assert await keep(store, replace(PLAIN, address="12345")) == []


async def test_an_event_waits_for_an_older_one_of_its_chat(store: Store) -> None:
    first, second, _ = await keep(store, PLAIN, replace(PLAIN, event_id="2"), replace(PLAIN, event_id="3", address="8"))
    later = MONDAY + 2 * LEASE
    async with store.write() as uow:
        await uow.inbox.again(first.id, later, "RuntimeError: x")
        await uow.inbox.let_go([second.id])
    assert await waiting(store, MONDAY, all_leases=True) == ["3"]
    assert await waiting(store, later) == ["1", "2", "3"]
    async with store.write() as uow:
        await uow.inbox.take([first], later, later + LEASE)
        assert await uow.inbox.pending() == [(1, "telegram", "7"), (2, "telegram", "7"), (3, "telegram", "8")]
    assert await waiting(store, later) == ["3"]
    async with store.write() as uow:
        await uow.inbox.give_up(first.id, "RuntimeError: x")
    assert await waiting(store, later) == ["2", "3"]
    async with store.read() as uow:
        assert [event.id for event in await uow.inbox.waiting(later, 10, after=2)] == [3]


async def test_what_has_been_settled_is_deleted_with_age(store: Store) -> None:
    (old, failed, _) = await keep(store, PLAIN, replace(PLAIN, event_id="0"), replace(PLAIN, event_id="2"))
    (young,) = await keep(store, replace(PLAIN, event_id="3"), now=MONDAY + timedelta(days=1))
    async with store.write() as uow:
        for event in (old, young):
            await uow.inbox.done(event.id)
        await uow.inbox.give_up(failed.id, "RuntimeError: x")
        assert await uow.inbox.forget_before(MONDAY + timedelta(hours=1)) == 2
    async with store.read() as uow:
        left = [row.event_id for row in await uow.connection.execute(select(rows).order_by(rows.c.id))]
    assert left == ["2", "3"]


async def test_what_came_from_a_chat_is_listed_the_latest_first(store: Store) -> None:
    await keep(store, *(replace(PLAIN, event_id=str(n), text=f"Tin {n}") for n in range(1, 4)))
    await keep(store, replace(PLAIN, event_id="9", address="8"))
    async with store.read() as uow:
        found = await uow.inbox.history("telegram", "7", 2)
    assert [event.incoming.text for event in found] == ["Tin 3", "Tin 2"]
