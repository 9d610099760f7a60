"""What becomes of a letter: sent, sent another way, later, once more, or never."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from domain.channel import Busy, Limits, Moved, OutOfOrder, Rejected, SentRef, Unavailable, Unknown, Unreachable
from domain.messages import Draft, Incoming, Letter, Outgoing, Priority
from domain.retry import MOST_TRIES
from scheduler.pacing import CATCH_UP, EVEN_SHARE
from scheduler.sender import ORPHANS_EVERY, Sender
from scheduler.shift import Shift
from storage.codecs import table
from storage.duties import Held
from storage.models import LetterRow
from storage.unit_of_work import Store, UnitOfWork
from tests.world import MONDAY, ZONE, FakeChannel, World, plain

REPEATED = "Gửi lại: có thể đồng chí đã nhận tin này."
letters = table(LetterRow)
_numbers = count(1)


async def post(
    world: World, text: str, who: str = "Dung", priority: Priority = Priority.NOTICE, *, personal: bool = True
) -> None:
    draft = Draft(Outgoing(text), dedupe=f"test:{next(_numbers)}", priority=priority)
    person_id = world.people[who].id if personal else None
    async with world.store.write() as uow:
        await uow.outbox.post(draft, "telegram", world.address(who), world.clock.now(), person_id=person_id)


async def states(world: World) -> list[tuple[str, str]]:
    """The text and the state of every letter."""
    async with world.store.read() as uow:
        rows = await uow.connection.execute(select(letters).order_by(letters.c.id))
        return [(row.text, row.state) for row in rows]


def sender(world: World) -> Sender:
    return world.senders.by_channel["telegram"]


def texts(channel: FakeChannel) -> list[str]:
    return [plain(outgoing.text) for _address, outgoing in channel.sent]


class Gate(FakeChannel):
    """A channel in which every message is under way until it is let through."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.open = asyncio.Event()
        self.arrived = asyncio.Event()
        self.under_way = 0
        self.most_under_way = 0

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.arrived.set()
        await self.open.wait()
        self.under_way -= 1
        return await super().send(address, outgoing)


class Stumbling(Store):
    """A store that cannot write so many times."""

    failures = 0
    stumbled = asyncio.Event()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        if self.failures:
            self.failures -= 1
            self.stumbled.set()
            raise OperationalError("UPDATE", None, Exception("database is locked"))
        async with super().write() as uow:
            yield uow


def stumbling(world: World) -> Stumbling:
    store = Stumbling(world.store.database, ZONE)
    store.stumbled = asyncio.Event()
    return store


async def test_a_letter_is_sent_once(world: World) -> None:
    await post(world, "Tin 1")
    await world.settle()
    await world.settle()
    assert texts(world.channel) == ["Tin 1"]
    assert await states(world) == [("Tin 1", "sent")]
    assert sender(world).last_sent_at == MONDAY


async def test_an_answer_leaves_before_a_reminder_that_waited_longer(world: World) -> None:
    for text, priority in (("Phát", Priority.BROADCAST), ("Nhắc", Priority.REMINDER), ("Báo", Priority.NOTICE)):
        await post(world, text, priority=priority)
    await post(world, "Đáp 1", priority=Priority.ANSWER)
    await post(world, "Đáp 2", priority=Priority.ANSWER)
    await world.settle()
    assert texts(world.channel) == ["Đáp 1", "Đáp 2", "Báo", "Nhắc", "Phát"]


# -- each failure ------------------------------------------------------------------------------------------------------


async def test_who_has_blocked_one_channel_gets_the_letter_in_the_other(world: World) -> None:
    dung = world.people["Dung"].id
    async with world.store.write() as uow:
        await uow.people.link(dung, "web", "web-dung", MONDAY)
        accounts = {one.channel: one for one in await uow.people.accounts(dung)}
        await uow.people.prefer(dung, accounts["telegram"].id)
    await post(world, "Tin 1")
    world.channel.errors = [Unreachable("blocked")]
    await world.settle()
    assert world.channel.sent == []
    assert world.other.sent == [("web-dung", Outgoing("Tin 1"))]
    async with world.store.read() as uow:
        after = {one.channel: one.unreachable_since for one in await uow.people.accounts(dung)}
    assert after == {"telegram": MONDAY, "web": None}


async def test_where_a_channel_is_out_of_order_letters_go_another_way_and_the_rest_waits(world: World) -> None:
    dung = world.people["Dung"].id
    async with world.store.write() as uow:
        await uow.people.link(dung, "web", "web-dung", MONDAY)
    await post(world, "Tin 1")
    await post(world, "Tin 2", "Em")
    await post(world, "Tin 3")
    world.channel.errors = [OutOfOrder("no package")] * 30
    for _ in range(12):
        await world.settle()
        world.clock.move(minutes=5)
    # also those behind one that has to wait
    assert sorted(texts(world.other)) == ["Tin 1", "Tin 3"]
    world.channel.errors.clear()
    await world.settle()
    assert texts(world.channel) == ["Tin 2"]
    async with world.store.read() as uow:
        # nobody's account is given up for it
        assert [one.unreachable_since for one in await uow.people.accounts(dung)] == [None, None]


async def test_who_can_be_reached_nowhere_else_gets_a_failed_letter(world: World) -> None:
    await post(world, "Tin 1")
    await post(world, "Tin 2", "Em")
    world.channel.errors = [Unreachable("blocked")]
    await world.settle()
    assert await states(world) == [("Tin 1", "failed"), ("Tin 2", "sent")]


async def test_an_answer_to_a_stranger_who_has_left_fails(world: World) -> None:
    await post(world, "Tin 1", personal=False)
    world.channel.errors = [Unreachable("blocked")]
    await world.settle()
    assert await states(world) == [("Tin 1", "failed")]


async def test_a_chat_that_moved_gets_the_letter_at_its_new_address(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Moved("900")]
    await world.settle()
    assert world.channel.sent == [("900", Outgoing("Tin 1"))]
    async with world.store.read() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
    assert account.address == "900"


async def test_a_chat_that_moved_to_a_linked_address_leaves_only_that_one(world: World) -> None:
    dung = world.people["Dung"].id
    async with world.store.write() as uow:
        await uow.people.link(dung, "telegram", "900", MONDAY)
    await post(world, "Tin 1")
    world.channel.errors = [Moved("900")]
    await world.settle()
    assert world.channel.sent == [("900", Outgoing("Tin 1"))]
    async with world.store.read() as uow:
        assert [one.address for one in await uow.people.accounts(dung)] == ["900"]


async def test_a_busy_vendor_silences_the_channel_until_then_even_after_a_restart(world: World) -> None:
    await post(world, "Tin 1")
    await post(world, "Tin 2", "Em")
    world.channel.errors = [Busy(30)]
    await world.settle()
    assert texts(world.channel) == []

    restarted = Sender(
        world.channel, Store(world.store.database, ZONE), world.clock, world.speech, steady=world.clock.steady
    )
    world.clock.move(seconds=29)
    assert await restarted.step() == pytest.approx(1.0)
    assert not restarted.reserve(world.address("Dung"), world.clock.now())
    assert texts(world.channel) == []
    world.clock.move(seconds=1)
    assert await restarted.step() is None
    assert texts(world.channel) == ["Tin 1", "Tin 2"]


async def test_a_busy_chat_waits_while_the_others_get_theirs(world: World) -> None:
    await post(world, "Tin 1", "Dung")
    await post(world, "Tin 2", "Em")
    world.channel.errors = [Busy(30, whole_channel=False)]
    await world.settle()
    assert texts(world.channel) == ["Tin 2"]
    # an answer may not jump the pause either
    assert await told_by(world, "Dung") == []
    (answer,) = await told_by(world, "Em")
    world.clock.move(seconds=30)
    await world.settle()
    assert [plain(one.text) for one in world.hears_all("Dung")] == [answer, "Tin 1"]


async def told_by(world: World, who: str) -> list[str]:
    world.hears_all(who)
    await world.says(who, "viec")
    return [plain(one.text) for one in world.hears_all(who)]


async def test_a_rejected_letter_fails_and_holds_nobody_up(world: World) -> None:
    await post(world, "Tin 1")
    await post(world, "Tin 2")
    world.channel.errors = [Rejected("can't parse entities")]
    await world.settle()
    assert await states(world) == [("Tin 1", "failed"), ("Tin 2", "sent")]


async def test_a_letter_without_an_answer_is_sent_once_more_and_says_so(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Unknown("read timeout")]
    await world.settle()
    assert texts(world.channel) == []
    world.clock.move(seconds=1)
    await world.settle()
    assert texts(world.channel) == [f"{REPEATED}\nTin 1"]


async def test_a_letter_without_an_answer_twice_is_not_sent_a_third_time(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Unknown("read timeout"), Unknown("read timeout")]
    for _ in range(3):
        await world.settle()
        world.clock.move(minutes=10)
    assert texts(world.channel) == []
    assert await states(world) == [("Tin 1", "failed")]


async def test_an_unavailable_vendor_is_asked_ever_more_rarely_and_the_queue_drains_in_order(world: World) -> None:
    for n in range(1, 4):
        await post(world, f"Tin {n}")
    world.channel.errors = [Unavailable("no route")] * 4
    for wait in (1, 2, 5, 15):
        tries = len(world.channel.errors)
        assert await sender(world).step() == pytest.approx(wait)
        assert len(world.channel.errors) == tries - 1
        world.clock.move(seconds=wait - 0.1)
        assert await sender(world).step() == pytest.approx(0.1)
        assert len(world.channel.errors) == tries - 1
        assert not sender(world).reserve("1", world.clock.now())
        world.clock.move(seconds=0.1)
    await world.settle()
    assert texts(world.channel) == ["Tin 1", "Tin 2", "Tin 3"]


async def test_a_success_forgets_earlier_failures(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Unavailable("no route")] * 2
    for _ in range(3):
        await world.settle()
        world.clock.move(seconds=2)
    assert texts(world.channel) == ["Tin 1"]
    await post(world, "Tin 2")
    world.channel.errors = [Unavailable("no route")]
    assert await sender(world).step() == pytest.approx(1.0)


async def test_an_unforeseen_fault_is_tried_again_then_given_up_and_holds_nobody_up(world: World) -> None:
    await post(world, "Tin 1")
    faults = [RuntimeError("unforeseen")] * (MOST_TRIES + 1)
    world.channel.errors = faults  # type: ignore[assignment]
    for _ in range(MOST_TRIES):
        await world.settle()
        world.clock.move(minutes=5)
    assert len(faults) == 1
    assert await states(world) == [("Tin 1", "failed")]
    faults.clear()
    await post(world, "Tin 2")
    await world.settle()
    assert texts(world.channel) == ["Tin 2"]


async def test_a_long_outage_does_not_use_up_the_tries_of_a_letter(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Unavailable("no route")] * 50
    while world.channel.errors:
        await world.settle()
        world.clock.move(minutes=5)
    await world.settle()
    assert texts(world.channel) == ["Tin 1"]


async def test_neither_a_busy_nor_an_absent_vendor_uses_up_the_tries_of_a_letter(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Busy(1), Unavailable("no route")] * MOST_TRIES + [RuntimeError("once")]  # type: ignore[list-item]
    while world.channel.errors:
        await world.settle()
        world.clock.move(minutes=5)
    await world.settle()
    assert texts(world.channel) == ["Tin 1"]


class Poisoned(FakeChannel):
    """A channel that can never carry some of its letters."""

    tries = 0

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        if "hỏng" in outgoing.text:
            self.tries += 1
            raise Unavailable("the file cannot be read now")
        return await super().send(address, outgoing)


async def test_letters_that_can_never_be_handed_over_stop_no_others(world: World) -> None:
    for n in range(2):
        await post(world, f"Tin hỏng {n}", priority=Priority.ANSWER)
    await post(world, "Tin 1")
    poisoned = Poisoned("telegram")
    one = Sender(poisoned, world.store, world.clock, world.speech, steady=world.clock.steady)
    for _ in range(300):
        await one.step()
        world.clock.move(seconds=1)
    assert texts(poisoned) == ["Tin 1"]
    for n in range(2, 5):
        await post(world, f"Tin {n}")
        for _ in range(30):
            await one.step()
            world.clock.move(seconds=1)
    assert texts(poisoned) == ["Tin 1", "Tin 2", "Tin 3", "Tin 4"]
    before = poisoned.tries
    for _ in range(3600):
        await one.step()
        world.clock.move(seconds=1)
    # both are still tried, ever more rarely
    assert 2 <= poisoned.tries - before <= 80


async def test_a_queue_that_waited_for_an_hour_leaves_in_its_order(world: World) -> None:
    for n in range(1, 4):
        await post(world, f"Tin {n}")
    await post(world, "Đáp", priority=Priority.ANSWER)
    world.channel.errors = [Unavailable("no route")] * 1000
    for _ in range(3600):
        await sender(world).step()
        world.clock.move(seconds=1)
    assert 15 < 1000 - len(world.channel.errors) < 30
    world.channel.errors.clear()
    for _ in range(301):
        await sender(world).step()
        world.clock.move(seconds=1)
    # the first to leave may be the one that told that the vendor is there again
    assert sorted(texts(world.channel)) == ["Tin 1", "Tin 2", "Tin 3", "Đáp"]
    assert [text for text in texts(world.channel) if text != "Đáp"] == ["Tin 1", "Tin 2", "Tin 3"]
    assert "Đáp" in texts(world.channel)[:2]


async def test_a_letter_of_a_rehearsal_says_so(world: World) -> None:
    await post(world, "Tin 1")
    rehearsing = Sender(
        world.channel, world.store, world.clock, world.speech, rehearsal=True, steady=world.clock.steady
    )
    await rehearsing.step()
    assert texts(world.channel) == ["DIỄN TẬP\nTin 1"]


# -- answers handed over directly --------------------------------------------------------------------------------------


async def leased(world: World, text: str, sender: Sender) -> Letter:
    assert sender.reserve(world.address("Dung"), world.clock.now())
    draft = Draft(Outgoing(text), dedupe=f"test:{next(_numbers)}", priority=Priority.ANSWER)
    async with world.store.write() as uow:
        letter = await uow.outbox.post(draft, "telegram", world.address("Dung"), world.clock.now(), under_way=True)
    assert letter is not None
    return letter


async def test_an_idle_sender_takes_an_answer_directly(world: World) -> None:
    letter = await leased(world, "Đáp", sender(world))
    assert not sender(world).reserve(world.address("Em"), MONDAY)
    await sender(world).hand_over(letter)
    await post(world, "Tin sau", priority=Priority.ANSWER)
    await sender(world).step()
    assert texts(world.channel) == ["Đáp", "Tin sau"]
    assert {state for _, state in await states(world)} == {"sent"}


async def test_a_reserved_sender_takes_nothing_else_until_it_is_released(world: World) -> None:
    assert sender(world).reserve(world.address("Dung"), MONDAY)
    await post(world, "Tin 1")
    assert await sender(world).step() is None
    assert texts(world.channel) == []
    sender(world).release()
    await sender(world).step()
    assert texts(world.channel) == ["Tin 1"]
    assert sender(world).reserve(world.address("Dung"), MONDAY)


async def test_a_letter_posted_while_an_answer_is_written_down_wakes_the_sender(world: World) -> None:
    one = sender(world)
    letter = await leased(world, "Đáp", one)
    await one.hand_over(letter)
    assert await one.step() is None

    letter = await leased(world, "Đáp", one)
    claim_in = one._claim_in

    async def late(uow: UnitOfWork, now: datetime) -> Letter | float | None:
        following = await claim_in(uow, now)
        # a letter commits beside this transaction, which does not see it any more
        one.wake()
        assert await one.step() is None
        return following

    one._claim_in = late  # type: ignore[method-assign]
    await one.hand_over(letter)
    assert one._wake.is_set()


async def test_a_refusal_leaves_directly_although_another_answer_was_undone_before(world: World) -> None:
    world.hears_all("Dung")
    await world.reception.receive([Incoming("telegram", "x", world.address("Dung"), "Dung", "nhan 99")])
    await world.reception.idle.wait()
    assert world.hears("Dung")


async def test_an_answer_queues_behind_a_letter_that_nobody_has_looked_at_yet(world: World) -> None:
    await post(world, "Đáp 1", priority=Priority.ANSWER)
    assert not sender(world).reserve(world.address("Dung"), MONDAY)
    await sender(world).step()
    assert sender(world).reserve(world.address("Dung"), MONDAY)


async def test_an_answer_queues_where_its_chat_must_rest(world: World) -> None:
    slow = FakeChannel("telegram", Limits(per_chat_second=1))
    one = Sender(slow, world.store, world.clock, world.speech, steady=world.clock.steady)
    await one.hand_over(await leased(world, "Đáp 1", one))
    await one.step()
    assert not one.reserve(world.address("Dung"), MONDAY)
    assert one.reserve(world.address("Em"), MONDAY)


# -- the loop, crashes, and a database that fails ----------------------------------------------------------------------


async def test_only_one_letter_is_under_way_at_a_time(world: World) -> None:
    gate = Gate()
    one = Sender(gate, world.store, world.clock, world.speech, steady=world.clock.steady)
    for n in range(3):
        await post(world, f"Tin {n}")
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(one.run())
        await gate.arrived.wait()
        one.wake()
        await post(world, "Đáp", priority=Priority.ANSWER)
        assert not one.reserve("1", MONDAY)
        assert [state for _, state in await states(world)] == ["sending", "pending", "pending", "pending"]
        one.stop()
        gate.open.set()
        await running
    assert gate.most_under_way == 1
    # the one in hand was finished; the others wait for the next start
    assert texts(gate) == ["Tin 0"]
    await Sender(gate, world.store, world.clock, world.speech).step()
    assert texts(gate) == ["Tin 0", "Đáp", "Tin 1", "Tin 2"]


async def test_an_answer_handed_over_just_before_the_end_is_still_sent(world: World) -> None:
    one = Sender(world.channel, world.store, world.clock, world.speech, steady=world.clock.steady)
    await one.hand_over(await leased(world, "Đáp", one))
    one.stop()
    async with asyncio.timeout(20):
        await one.run()
    assert texts(world.channel) == ["Đáp"]
    assert await states(world) == [("Đáp", "sent")]


async def test_an_outcome_not_written_down_at_the_end_is_tried_once_more(world: World) -> None:
    store = stumbling(world)
    one = Sender(world.channel, store, world.clock, world.speech, steady=world.clock.steady)
    for failures, state in ((1, "sent"), (2, "sending")):
        letter = await leased(world, "Đáp", one)
        store.failures = failures
        await one.hand_over(letter)
        one.stop()
        async with asyncio.timeout(20):
            await one.run()
        assert (await states(world))[-1] == ("Đáp", state)
        one = Sender(world.channel, store, world.clock, world.speech, steady=world.clock.steady)
    assert texts(world.channel) == ["Đáp", "Đáp"]


async def test_a_letter_in_nobodys_hand_is_found_and_sent_again(world: World) -> None:
    one = sender(world)
    await leased(world, "Đáp", one)
    # its commit was answered with an error, although it had succeeded
    one.release()
    await one.step()
    assert texts(world.channel) == []
    world.clock.move(seconds=ORPHANS_EVERY)
    assert one.reserve(world.address("Dung"), world.clock.now())
    await one.step()
    assert texts(world.channel) == []
    one.release()
    await one.step()
    assert texts(world.channel) == [f"{REPEATED}\nĐáp"]


async def test_an_idle_sender_looks_around_once_in_a_while(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.sender.ORPHANS_EVERY", 0.01)
    one = Sender(world.channel, world.store, world.clock, world.speech)
    await leased(world, "Đáp", one)
    one.release()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        while not world.channel.sent:
            await asyncio.sleep(0.01)
        one.stop()


async def test_a_sender_killed_between_sending_and_writing_it_down_repeats_one_letter_and_says_so(world: World) -> None:
    gate = Gate()
    for n in range(1, 3):
        await post(world, f"Tin {n}")
    killed = Sender(gate, world.store, world.clock, world.speech)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        running = tasks.create_task(killed.run())
        await gate.arrived.wait()
        running.cancel()
    again = Sender(world.channel, world.store, world.clock, world.speech, steady=world.clock.steady)
    await again.recover()
    await again.step()
    assert texts(world.channel) == [f"{REPEATED}\nTin 1", "Tin 2"]
    await again.recover()
    await again.step()
    assert len(world.channel.sent) == 2


async def test_an_outcome_that_cannot_be_written_down_is_kept_and_the_letter_not_repeated(world: World) -> None:
    for n in range(1, 3):
        await post(world, f"Tin {n}")
    store = stumbling(world)
    one = Sender(world.channel, store, world.clock, world.speech, steady=world.clock.steady)

    class Sabotage(FakeChannel):
        async def send(self, address: str, outgoing: Outgoing) -> SentRef:
            ref = await super().send(address, outgoing)
            store.failures = 2 if len(self.sent) == 1 else 0
            return ref

    one.channel = Sabotage("telegram")
    for _ in range(2):
        with pytest.raises(OperationalError):
            await one.step()
        assert not one.reserve(world.address("Dung"), MONDAY)
    await one.step()
    assert texts(one.channel) == ["Tin 1", "Tin 2"]
    assert await states(world) == [("Tin 1", "sent"), ("Tin 2", "sent")]


async def test_the_loop_outlives_a_database_that_fails(world: World) -> None:
    await post(world, "Tin 1")
    store, gate = stumbling(world), Gate()
    store.failures = 1
    one = Sender(gate, store, world.clock, world.speech, steady=world.clock.steady)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        await store.stumbled.wait()
        one.wake()
        await gate.arrived.wait()
        one.stop()
        gate.open.set()
    assert texts(gate) == ["Tin 1"]


# -- how long it waits -------------------------------------------------------------------------------------------------


async def test_a_sender_waits_until_woken_when_nothing_is_posted(world: World) -> None:
    assert await sender(world).step() is None


async def test_a_sender_waits_for_a_letter_that_is_for_later(world: World) -> None:
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Mai"), dedupe="mai", not_before=MONDAY + timedelta(seconds=20))
        await uow.outbox.post(draft, "telegram", world.address("Dung"), MONDAY)
    assert await sender(world).step() == pytest.approx(20.0)
    world.clock.move(seconds=20)
    await sender(world).step()
    assert texts(world.channel) == ["Mai"]


async def test_a_sender_waits_for_no_letter_that_cannot_leave(world: World) -> None:
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Cũ"), dedupe="old", expires_at=MONDAY + timedelta(seconds=5))
        await uow.outbox.pause("telegram", world.address("Dung"), MONDAY, MONDAY + timedelta(seconds=30))
        await uow.outbox.post(draft, "telegram", world.address("Em"), MONDAY)
    world.clock.move(seconds=5)
    assert await sender(world).step() is None
    await post(world, "Tin 1", "Dung")
    assert await sender(world).step() == pytest.approx(25.0)
    world.clock.move(seconds=25)
    await sender(world).step()
    assert texts(world.channel) == ["Tin 1"]


async def test_an_answer_does_not_jump_the_pause_of_its_chat_after_a_restart(world: World) -> None:
    async with world.store.write() as uow:
        await uow.outbox.pause("telegram", world.address("Dung"), MONDAY, MONDAY + timedelta(seconds=30))
    restarted = Sender(world.channel, world.store, world.clock, world.speech, steady=world.clock.steady)
    await restarted.recover()
    assert not restarted.reserve(world.address("Dung"), MONDAY)
    assert restarted.reserve(world.address("Em"), MONDAY)


async def test_a_sender_keeps_to_the_limits_of_its_channel(world: World) -> None:
    slow = FakeChannel("telegram", Limits(per_second=2, per_chat_second=1))
    one = Sender(slow, world.store, world.clock, world.speech, steady=world.clock.steady)
    for who in ("Dung", "Dung", "Em", "Em", "Hùng"):
        await post(world, f"Gửi {who}", who)
    seen: list[list[str]] = []
    for _ in range(4):
        before = len(slow.sent)
        wait = await one.step()
        seen.append(texts(slow)[before:])
        assert wait is None or 0 < wait <= 1.0
        world.clock.move(seconds=1)
    assert seen == [["Gửi Dung", "Gửi Em"], ["Gửi Dung", "Gửi Em"], ["Gửi Hùng"], []]


# -- an hour without the vendor ----------------------------------------------------------------------------------------


async def test_after_an_hour_without_the_vendor_everybody_gets_one_reminder_for_all_tasks(world: World) -> None:
    for what in ("Báo cáo quý", "Công bố danh mục TTHC"):
        await world.assigned("Dung", what=what)
        await world.assigned("Khánh", what=what)
    world.channel.errors = [Unavailable("no route")] * 1000
    await world.at("2026-11-26 07:30")
    for _ in range(60):
        world.clock.move(minutes=1)
        await world.tick()
    assert world.hears_all("Dung") == []
    world.channel.errors.clear()
    world.clock.move(minutes=5)
    await world.tick()
    for who in ("Dung", "Khánh"):
        reminder = world.hears(who)
        assert "Báo cáo quý" in reminder
        assert "Công bố danh mục TTHC" in reminder


async def test_a_reminder_that_waited_for_days_is_replaced_by_the_newer_one(world: World) -> None:
    await world.assigned("Dung")
    world.channel.errors = [Unavailable("no route")] * 1000
    for day in ("2026-11-26", "2026-11-30", "2026-12-01"):
        await world.at(f"{day} 08:00")
    world.channel.errors.clear()
    world.clock.move(minutes=6)
    await world.settle()
    assert "đến hạn hôm nay" in world.hears("Dung")


# -- a broadcast, and answers meanwhile --------------------------------------------------------------------------------

PACED = Limits(per_second=30, per_chat_second=1)
EVEN = 30 * EVEN_SHARE


async def test_an_answer_leaves_at_once_while_a_broadcast_waits_for_its_turn(world: World) -> None:
    channel = FakeChannel("telegram", PACED)
    one = Sender(channel, world.store, world.clock, world.speech, steady=world.clock.steady)
    others = [who for who in world.people if who not in ("Dung", "Lan")]
    for n, who in enumerate(others):
        await post(world, f"Phát {n}", who, priority=Priority.BROADCAST)
    begun = [f"Phát {n}" for n in range(CATCH_UP + 1)]
    wait = await one.step()
    assert wait == pytest.approx(1 / EVEN, abs=0.001)
    assert texts(channel) == begun
    await one.hand_over(await leased(world, "Đáp", one))
    assert texts(channel) == [*begun, "Đáp"]
    # the answer has taken the place of a letter of the broadcast
    assert await one.step() == pytest.approx(2 / EVEN, abs=0.001)
    await post(world, "Đáp 2", "Lan", priority=Priority.ANSWER)
    world.clock.move(seconds=0.001)
    await one.step()
    assert texts(channel) == [*begun, "Đáp", "Đáp 2"]


async def test_a_silent_channel_looks_through_nothing_that_waits(world: World) -> None:
    await post(world, "Tin 1")
    world.channel.errors = [Busy(3600)]
    one = sender(world)
    assert await one.step() == 60.0
    async with world.store.read() as uow:
        # whatever is asked of the outbox but its pauses would fail
        uow.outbox.next = uow.outbox.next_at = None  # type: ignore[method-assign, assignment]
        assert await one._next(uow, world.clock.now()) == 60.0


# -- where other processes may send on the same channel ----------------------------------------------------------------


async def on_duty(world: World, holder: str, channel: FakeChannel) -> Sender:
    """A sender of a process that has just taken the duty."""
    held = Held("send:telegram", holder)
    async with world.store.write() as uow:
        await uow.duties.hold(held)
    made = Sender(channel, world.store, world.clock, world.speech, steady=world.clock.steady, shift=Shift(held))
    await made.take_over()
    return made


async def test_a_sender_that_was_replaced_without_knowing_takes_nothing_more(world: World) -> None:
    through_first, through_second = FakeChannel("telegram"), FakeChannel("telegram")
    first = await on_duty(world, "first", through_first)
    await post(world, "Tin 1")
    await first.step()
    second = await on_duty(world, "second", through_second)
    await post(world, "Tin 2")
    assert await first.step() is None
    assert await states(world) == [("Tin 1", "sent"), ("Tin 2", "pending")]
    await first.run()  # it has stopped by itself
    await second.step()
    assert (texts(through_first), texts(through_second)) == (["Tin 1"], ["Tin 2"])


async def test_a_late_failure_of_a_sender_that_was_replaced_brings_no_letter_back(world: World) -> None:
    gate, through_second = Gate(), FakeChannel("telegram")
    first = await on_duty(world, "first", gate)
    await post(world, "Tin 1")
    gate.errors = [Unknown("no answer")]
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(first.step())
        await gate.arrived.wait()
        second = await on_duty(world, "second", through_second)
        await second.step()
        gate.open.set()
    assert [REPEATED in text for text in texts(through_second)] == [True]
    assert await states(world) == [("Tin 1", "sent")]


async def test_the_vendors_limits_go_on_when_another_process_takes_over(world: World) -> None:
    limits = Limits(per_second=2)
    through_second = FakeChannel("telegram", limits)
    first = await on_duty(world, "first", FakeChannel("telegram", limits))
    for number in range(4):
        await post(world, f"Tin {number}", priority=Priority.ANSWER)
    await first.step()
    await first.step()
    assert [state for _, state in await states(world)] == ["sent", "sent", "pending", "pending"]
    second = await on_duty(world, "second", through_second)
    world.clock.move(seconds=0.9)
    assert await second.step()
    assert texts(through_second) == []
    world.clock.move(seconds=0.2)
    await second.step()
    assert texts(through_second) == ["Tin 2", "Tin 3"]
