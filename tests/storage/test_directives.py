"""Directives and their recipients as they are kept: whole, acknowledged once, settled by their letters."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from domain.directives import Audience, Counts, Directive, Everybody, Recipient
from domain.messages import StoredFile
from storage.roster import take_in
from storage.unit_of_work import Store
from tests.cast import ROSTER
from tests.storage.mail import opened, posted
from tests.world import MONDAY

FILE = StoredFile("0" * 64, "Kế hoạch.pdf", "application/pdf", 12)
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with opened(database_url) as made:
        async with made.write() as uow:
            await take_in(uow, ROSTER, MONDAY)
        yield made


async def kept(store: Store, **changes: object) -> Directive:
    named = Audience(Everybody.NAMED, (1,), (2, 3))
    new = Directive(
        0, "12/KH-UBND", date(2026, 11, 20), "Rà soát", named, 1, MONDAY, MONDAY, "Gấp", "Nội dung", (FILE,)
    )
    async with store.write() as uow:
        return await uow.directives.create(replace(new, **changes))  # type: ignore[arg-type]


async def sent(store: Store, number: int, person_id: int, letter_id: int | None = None, **changes: object) -> None:
    one = replace(Recipient(number, person_id, 1, MONDAY, ask_at=LATER), **changes)  # type: ignore[arg-type]
    async with store.write() as uow:
        await uow.recipients.sent_to([(one, letter_id)])


async def found(store: Store, number: int, person_id: int) -> Recipient:
    async with store.read() as uow:
        one = await uow.recipients.get(number, person_id)
    assert one is not None
    return one


async def test_a_directive_comes_back_as_it_was_kept(store: Store) -> None:
    one = await kept(store)
    async with store.read() as uow:
        assert await uow.directives.get(one.id) == one
        assert await uow.directives.latest(5) == [one]


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 10**20])
async def test_a_number_that_is_none_finds_nothing(store: Store, number: int) -> None:
    await kept(store)
    async with store.read() as uow:
        assert await uow.directives.get(number) is None


async def test_the_first_acknowledgement_stands(store: Store) -> None:
    one = await kept(store)
    await sent(store, one.id, 2)
    async with store.write() as uow:
        assert await uow.recipients.acknowledge(one.id, [2], 2, MONDAY) == 1
        assert await uow.recipients.acknowledge(one.id, [2], 1, LATER) == 0
    mine = await found(store, one.id, 2)
    assert (mine.acknowledged_at, mine.acknowledged_by, mine.ask_at) == (MONDAY, 2, None)


async def test_nobody_is_a_recipient_twice(store: Store) -> None:
    one = await kept(store)
    await sent(store, one.id, 2)
    with pytest.raises(Exception, match=r"(?i)unique"):
        await sent(store, one.id, 2)


async def test_recipients_learn_from_their_letters(store: Store) -> None:
    one = await kept(store)
    ids = []
    for person_id in (1, 2, 3):
        letter = await posted(store)
        assert letter is not None
        ids.append(letter.id)
        await sent(store, one.id, person_id, letter.id)
    async with store.write() as uow:
        for _ in range(2):
            leaving = await uow.outbox.next("telegram", MONDAY)
            assert leaving is not None
            await uow.outbox.take(leaving, MONDAY)
        await uow.outbox.sent(ids[0], "ref", LATER)
        await uow.outbox.fail(ids[1], "blocked")
        await uow.recipients.settle(one.id)
        assert await uow.recipients.counts(one.id) == Counts(3, 3, 1, 0, 1, 1)
    assert (await found(store, one.id, 1)).delivered_at == LATER
    lost = await found(store, one.id, 2)
    assert (lost.unreachable, lost.ask_at) == (True, None)


async def test_a_letter_of_another_directive_settles_nothing(store: Store) -> None:
    one, other = await kept(store), await kept(store)
    letter = await posted(store)
    assert letter is not None
    await sent(store, one.id, 2, letter.id)
    async with store.write() as uow:
        await uow.outbox.sent(letter.id, "ref", LATER)
        await uow.recipients.settle(other.id)
        assert (await uow.recipients.counts(one.id)).delivered == 0


async def test_whoever_can_be_reached_again_is_asked_about_what_was_missed_alone(store: Store) -> None:
    first, second = await kept(store), await kept(store)
    await sent(store, first.id, 2, unreachable=True, ask_at=None)
    await sent(store, second.id, 2)
    async with store.write() as uow:
        await uow.recipients.found(2, MONDAY)
    assert (await found(store, first.id, 2)).ask_at == MONDAY
    assert (await found(store, second.id, 2)).ask_at == LATER


async def test_asking_at_once_never_skips_the_question(store: Store) -> None:
    one = await kept(store)
    await sent(store, one.id, 2)
    async with store.write() as uow:
        row = (await uow.recipients.to_ask([2], LATER, 2))[0].row
        for _ in range(2):
            await uow.recipients.asked({row: None})
        assert await uow.recipients.ask_now(one.id, 2, LATER) == 1
        # it has been asked twice, and is asked once more, not told of
        assert await uow.recipients.people_to_ask(LATER, 10, 2) == [2]
        assert await uow.recipients.next_to_tell_of(LATER, 2) is None


@pytest.mark.parametrize("table", ["directive", "recipient"])
async def test_an_idle_tick_looks_at_an_index(store: Store, table: str) -> None:
    if store.database.dialect.name != "sqlite":
        pytest.skip("a small table is never read by an index on PostgreSQL")
    looks = {
        "directive": (
            "SELECT id FROM directive WHERE publish_at <= 1 AND fanned_out_at IS NULL AND cancelled_at IS NULL",
            "SELECT id FROM directive WHERE refresh_at <= 1",
        ),
        "recipient": ("SELECT id FROM recipient WHERE ask_at <= 1 LIMIT 1",),
    }[table]
    async with store.read() as uow:
        for look in looks:
            plan = [str(tuple(row)[-1]) for row in await uow.connection.execute(text(f"EXPLAIN QUERY PLAN {look}"))]
            assert any("USING" in step and "INDEX" in step for step in plan), plan
