"""The fan-out of directives: everybody once, in small steps, however often it is killed."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from domain.channel import Unavailable, Unreachable
from domain.directives import Audience, Everybody, State
from domain.messages import Incoming
from scheduler import fan_out
from scheduler.clockwork import Clockwork
from scheduler.sender import Sender
from storage.codecs import table
from storage.models import DirectiveRow, LetterRow, PersonRow
from storage.unit_of_work import Store, UnitOfWork
from tests.broadcasts import ALL, counts, planned, published, recipient
from tests.scheduler.test_updates import Slate
from tests.world import World, local, plain

letters, person, directives = table(LetterRow), table(PersonRow), table(DirectiveRow)
MANY = 350


async def hired(world: World, many: int) -> None:
    """Many more officers, each with a chat."""
    unit = world.people["Dung"].unit_id
    rows = [
        {"name": f"Cán bộ {n}", "key": f"can bo {n}", "unit_id": unit, "role": "officer", "title": ""}
        for n in range(many)
    ]
    async with world.store.write() as uow:
        await uow.connection.execute(person.insert(), rows)
        await uow.roster_changed()
    async with world.store.write() as uow:
        for one in (await uow.agency()).people.values():
            if one.name.startswith("Cán bộ"):
                await uow.people.link(one.id, "web", f"officer-{one.id}", world.clock.now())


async def only_dung(world: World) -> int:
    """A directive for one person, who is reached by the other channel."""
    dung = world.people["Dung"].id
    async with world.store.write() as uow:
        await uow.people.unlink((await uow.people.accounts(dung))[0].id)
        await uow.people.link(dung, "web", "dung", world.clock.now())
    return await planned(world, Audience(Everybody.NAMED, people=(dung,)))


async def letters_of(world: World, number: int) -> dict[int, int]:
    """How many letters of a directive each person has been posted."""
    query = select(letters.c.person_id, func.count()).where(letters.c.dedupe.like(f"directive:{number}:to:%"))
    async with world.store.read() as uow:
        return dict((await uow.connection.execute(query.group_by(letters.c.person_id))).all())  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "BREATH", 0.0)


def work_of(world: World, store: Store | None = None) -> Clockwork:
    return Clockwork(store or world.store, world.files, world.rules, world.speech)


class Dying(Store):
    """A store in a process that is killed in its nth transaction, before or after the commit."""

    def __init__(self, store: Store, at: int, *, after: bool) -> None:
        super().__init__(store.database, store._zone)
        self._left, self._after = at, after

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self._left -= 1
        async with super().write() as uow:
            yield uow
            if self._left == 0 and not self._after:
                raise asyncio.CancelledError
        if self._left == 0:
            raise asyncio.CancelledError


async def test_everybody_gets_one_letter(world: World) -> None:
    await hired(world, MANY)
    number = await planned(world)
    assert await fan_out.fan_out(work_of(world), world.clock.now()) == MANY + 10
    assert await fan_out.fan_out(work_of(world), world.clock.now()) == 0
    posted = await letters_of(world, number)
    assert len(posted) == MANY + 10
    assert set(posted.values()) == {1}


async def test_what_is_too_much_for_one_tick_waits_for_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "PEOPLE_A_TICK", 160)
    await hired(world, MANY)
    number = await planned(world)
    posted = [await fan_out.fan_out(work_of(world), world.clock.now()) for _ in range(4)]
    assert posted == [160, 160, MANY + 10 - 320, 0]
    assert set((await letters_of(world, number)).values()) == {1}


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("at", [1, 2, 3, 5])
async def test_killed_between_two_steps_it_goes_on_where_it_was(world: World, at: int, *, after: bool) -> None:
    await hired(world, MANY)
    number = await planned(world)
    with pytest.raises(asyncio.CancelledError):
        await fan_out.fan_out(work_of(world, Dying(world.store, at, after=after)), world.clock.now())
    done = len(await letters_of(world, number))
    assert done < MANY + 10 or at == 5
    assert done == (await counts(world, number)).posted
    await fan_out.fan_out(work_of(world), world.clock.now() + timedelta(minutes=1))
    posted = await letters_of(world, number)
    assert len(posted) == MANY + 10
    assert set(posted.values()) == {1}
    assert (await counts(world, number)).posted == MANY + 10


async def test_commands_pass_between_the_steps(world: World) -> None:
    await hired(world, MANY)
    number = await planned(world)
    seen: set[int] = set()
    async with asyncio.TaskGroup() as tasks:
        going_out = tasks.create_task(fan_out.fan_out(work_of(world), world.clock.now()))
        while not going_out.done():
            async with world.store.write() as uow:
                seen.add((await uow.recipients.counts(number)).posted)
            await asyncio.sleep(0)
    assert any(0 < posted < MANY for posted in seen), seen


async def test_a_directive_that_is_called_off_half_way_reaches_nobody_else(world: World) -> None:
    await hired(world, MANY)
    number = await planned(world)
    with pytest.raises(asyncio.CancelledError):
        await fan_out.fan_out(work_of(world, Dying(world.store, 1, after=True)), world.clock.now())
    await world.says("Lan", f"chidao {number} huy")
    await world.tick()
    assert len(await letters_of(world, number)) == fan_out.PEOPLE_AT_ONCE
    assert world.hears_all("Dung") == []
    async with world.store.read() as uow:
        one = await uow.directives.get(number)
    assert one is not None
    assert one.state(world.clock.now()) is State.CANCELLED


async def test_a_directive_that_fails_does_not_keep_the_next_one_from_going_out(world: World) -> None:
    broken, number = await planned(world), await planned(world)
    async with world.store.write() as uow:
        spoiled = update(directives).where(directives.c.id == broken).values(audience={"kind": "nobody"})
        await uow.connection.execute(spoiled)
    with capture_logs() as logs:
        assert await world.tick() >= 10
    assert [line["event"] for line in logs if line["event"] == "directive_failed"] == ["directive_failed"]
    assert len(await letters_of(world, number)) == 10


async def test_whoever_published_is_a_recipient_and_is_not_asked(world: World) -> None:
    number = await published(world)
    mine, hers = await recipient(world, number, "Lan"), await recipient(world, number, "Dung")
    assert mine is not None
    assert hers is not None
    assert (mine.ask_at, hers.ask_at) == (None, local("2026-11-25 07:30"))


async def test_who_has_no_chat_is_a_recipient_all_the_same(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    number = await published(world)
    found = await counts(world, number)
    assert (found.posted, found.delivered, found.unreachable) == (10, 9, 1)
    one = await recipient(world, number, "Dung")
    assert one is not None
    assert one.ask_at is None


async def test_who_turns_out_not_to_be_reachable_is_counted_and_not_asked(world: World) -> None:
    number = await only_dung(world)
    world.other.errors.append(Unreachable("blocked"))
    await world.tick()
    world.clock.move(seconds=6)
    await world.tick()
    found = await counts(world, number)
    assert (found.delivered, found.unreachable) == (0, 1)
    one = await recipient(world, number, "Dung")
    assert one is not None
    assert one.ask_at is None


async def test_what_arrives_a_day_later_is_known_to_have_arrived(world: World) -> None:
    number = await only_dung(world)
    world.other.errors += [Unavailable("away")] * 3
    await world.tick()
    assert (await counts(world, number)).under_way == 1
    for hour in range(8, 16):
        await world.at(f"2026-11-24 {hour:02}:00")
    assert (await counts(world, number)).delivered == 1


async def test_what_became_of_a_letter_is_known_after_the_letter_is_gone(world: World) -> None:
    number = await published(world)
    async with world.store.write() as uow:
        await uow.outbox.forget_before(world.clock.now() + timedelta(days=91))
    assert (await counts(world, number)).delivered == 10


async def test_a_broadcast_goes_out_at_any_hour_and_behind_answers(world: World) -> None:
    await world.at("2026-11-22 21:00")
    number = await planned(world)
    await fan_out.fan_out(work_of(world), world.clock.now())
    await world.reception.receive([Incoming("telegram", "late", world.address("Khánh"), "", "viec")])
    await world.settle()
    assert len(await letters_of(world, number)) == 10
    first = next(out for address, out in world.channel.sent if address == world.address("Khánh"))
    assert "tiếp nhận và thực hiện" not in first.text


async def test_nothing_is_looked_at_again_once_everything_is_known(world: World) -> None:
    number = await published(world)
    world.clock.move(hours=2)
    await world.tick()
    async with world.store.read() as uow:
        assert await uow.directives.to_refresh(world.clock.now() + timedelta(days=365)) == []
        assert await uow.directives.due(world.clock.now() + timedelta(days=365)) == []
    assert number


# -- the message to whoever published ----------------------------------------------------------------------------------


async def test_one_message_is_brought_up_to_date_where_it_stands(world: World) -> None:
    slate = Slate()
    world.senders.by_channel["telegram"] = Sender(
        slate, world.store, world.clock, world.speech, steady=world.clock.steady
    )
    await planned(world)
    await world.tick()
    told = [out for address, out in slate.sent if address == world.address("Lan") and "đã gửi" in out.text]
    assert len(told) == 1
    world.clock.move(seconds=6)
    await world.tick()
    assert "đã gửi 10/10 · đã nhận 1 · không liên lạc được 0" in slate.edits[-1][2]
    await world.says("Dung", action="chidao 1 nhan")
    world.clock.move(seconds=61)
    await world.tick()
    assert "đã nhận 2 ·" in slate.edits[-1][2]
    edits = len(slate.edits)
    world.clock.move(seconds=61)
    await world.tick()
    # nothing has changed, and nothing is said
    assert len(slate.edits) == edits
    told = [out for address, out in slate.sent if address == world.address("Lan") and "đã gửi" in out.text]
    assert len(told) == 1


async def test_where_nothing_can_be_changed_there_are_two_messages(world: World) -> None:
    await planned(world)
    await world.tick()
    for _ in range(20):
        world.clock.move(seconds=61)
        await world.tick()
    told = [plain(out.text) for out in world.hears_all("Lan") if "đã gửi" in out.text]
    assert len(told) == 2
    assert "Đã gửi xong: đã gửi 10/10" in told[-1]


# on PostgreSQL it is up to the server which of the two gets its turn
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_message_changes_while_letters_are_still_being_posted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fan_out, "PEOPLE_A_LOOK", 100)
    slate = Slate()
    world.senders.by_channel["telegram"] = Sender(
        slate, world.store, world.clock, world.speech, steady=world.clock.steady
    )
    await hired(world, MANY)
    await planned(world)
    async with asyncio.TaskGroup() as tasks:
        going_out = tasks.create_task(fan_out.fan_out(work_of(world), world.clock.now()))
        while not going_out.done():
            world.clock.move(seconds=1)
            for sender in world.senders.by_channel.values():
                await sender.step()
            await asyncio.sleep(0)
    (first,) = [out.text for address, out in slate.sent if address == world.address("Lan") and "đã gửi" in out.text]
    assert "Đang gửi: đã gửi 0/360" in first
    done = [re.search(r"Đang gửi: đã gửi (\d+)/360", text) for _, _, text in slate.edits]
    assert any(found and 0 < int(found[1]) < 360 for found in done), slate.edits


async def test_large_numbers_are_written_in_groups(world: World) -> None:
    number = await planned(world)
    await hired(world, 1)
    assert world.speech.number(1000) == "1.000"
    assert world.speech.number(320) == "320"
    assert number


async def test_publishing_wakes_the_tick(world: World) -> None:
    woken: list[bool] = []
    world.store.on_urgent = lambda: woken.append(True)
    await world.says("Lan", "/chidao 12/KH-UBND ngày 20/11/2026 v/v rà soát")
    await world.says("Lan", "tất cả")
    assert woken == []
    await world.presses("Lan", "Phát hành")
    assert woken == [True]


async def test_a_person_who_has_left_is_sent_nothing(world: World) -> None:
    async with world.store.write() as uow:
        gone = update(person).where(person.c.id == world.people["Dung"].id).values(left_at=world.clock.now())
        await uow.connection.execute(gone)
        await uow.roster_changed()
    number = await planned(world, ALL)
    await world.tick()
    assert world.people["Dung"].id not in await letters_of(world, number)
