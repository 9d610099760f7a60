"""Events: kept before anything else, handled once, in order, again after a fault, and given up in the end."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.channel import DeliveryError, Rejected, Unavailable
from domain.messages import FileRef, Incoming, Outgoing
from domain.retry import MOST_TRIES
from domain.tasks import Status
from handlers import reception, router
from handlers.context import Context
from handlers.understanding.intents import Intent
from storage.codecs import table
from storage.inbox import Inbox
from storage.models import InboxRow
from tests.world import FakeChannel, World, plain

inbox = table(InboxRow)


class Vendor(FakeChannel):
    """Where files are fetched from: not before it is opened, and only after its faults."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.open = asyncio.Event()
        self.faults: list[DeliveryError] = []

    async def fetch(self, file: FileRef) -> bytes:
        await self.open.wait()
        if self.faults:
            raise self.faults.pop(0)
        return b"bytes"


@pytest.fixture
def vendor(world: World) -> Vendor:
    made = Vendor()
    made.open.set()
    world.channels["telegram"] = made
    return made


def said(world: World, who: str, text: str, event_id: str, *, file: str = "") -> Incoming:
    files = (FileRef(file, file, "application/pdf", 5),) if file else ()
    return Incoming("telegram", event_id, world.address(who), who, text, files)


async def states(world: World) -> dict[str, str]:
    async with world.store.read() as uow:
        return {row.event_id: row.state for row in await uow.connection.execute(select(inbox))}


async def heard(world: World, who: str, most: int) -> list[str]:
    """Wait for so many messages."""
    async with asyncio.timeout(10):
        while True:
            await world.senders.by_channel["telegram"].step()
            got = [plain(outgoing.text) for to, outgoing in world.channel.sent if to == world.address(who)]
            if len(got) >= most:
                return got
            await asyncio.sleep(0)


async def again(world: World, **by: float) -> None:
    """Time passes, and what waits is taken up."""
    world.clock.move(**by)
    await world.reception.sweep()
    await world.settle()


async def test_an_event_is_kept_before_its_vendor_is_told(world: World, vendor: Vendor) -> None:
    vendor.open.clear()
    await world.reception.receive([said(world, "Dung", "", "a", file="x.pdf")])
    assert await states(world) == {"a": "pending"}
    vendor.open.set()
    await world.settle()
    assert await states(world) == {"a": "done"}


async def test_the_same_event_twice_is_handled_once(world: World) -> None:
    number = await world.assigned("Dung")
    one = said(world, "Dung", f"tiendo {number} 50", "a")
    await world.receives(one, one)
    await world.receives(one)
    assert len(world.hears_all("Dung")) == 1
    assert (await world.task(number)).revision == 2


async def test_a_chat_stays_in_order_while_another_chats_file_hangs(world: World, vendor: Vendor) -> None:
    number = await world.assigned("Dung")
    await world.assigned("Em")
    vendor.open.clear()
    before = len([1 for to, _ in world.channel.sent if to == world.address("Em")])
    await world.reception.receive([said(world, "Dung", f"xong {number}", "a", file="x.pdf")])
    await world.reception.receive([said(world, "Dung", "viec", "b"), said(world, "Em", "viec 2", "c")])
    await world.reception.receive([said(world, "Em", "nhan 2", "d")])
    answers = (await heard(world, "Em", before + 2))[before:]
    assert ["Diễn biến" in answers[0], "tiếp nhận" in answers[1]] == [True, True]
    assert world.hears_all("Dung") == []
    vendor.open.set()
    await world.settle()
    first, second = world.hears_all("Dung")
    assert "hoàn thành" in plain(first.text)
    assert "chờ xác nhận" in plain(second.text)


async def test_a_file_that_cannot_be_fetched_just_now_is_fetched_later(world: World, vendor: Vendor) -> None:
    number = await world.assigned("Dung")
    vendor.faults = [Unavailable("no route"), Unavailable("no route")]
    await world.receives(said(world, "Dung", f"xong {number}", "a", file="x.pdf"))
    assert world.hears_all("Dung") == []
    assert (await world.task(number)).is_open
    await again(world, seconds=1)
    await again(world, seconds=2)
    assert "Đã lưu 1 minh chứng" in world.hears("Dung")
    assert (await world.task(number)).status is Status.AWAITING


async def test_a_file_that_can_never_be_had_costs_only_the_file(world: World, vendor: Vendor) -> None:
    number = await world.assigned("Dung")
    vendor.faults = [Rejected("file is gone")]
    await world.receives(said(world, "Dung", f"xong {number}", "a", file="x.pdf"))
    assert "Có 1 tệp không lưu được" in world.hears("Dung")
    assert (await world.task(number)).status is Status.AWAITING


async def test_a_file_that_cannot_be_fetched_for_long_costs_only_the_file(world: World, vendor: Vendor) -> None:
    number = await world.assigned("Dung")
    vendor.faults = [Unavailable("no route")] * MOST_TRIES
    await world.receives(said(world, "Dung", f"xong {number}", "a", file="x.pdf"))
    for _ in range(MOST_TRIES):
        await again(world, minutes=5)
    assert "Có 1 tệp không lưu được" in world.hears("Dung")
    assert (await world.task(number)).status is Status.AWAITING


async def test_a_fault_in_handling_is_tried_again_and_its_work_undone_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await world.assigned("Dung")
    faults = [RuntimeError("once"), RuntimeError("twice")]
    finish = router.COMMANDS["xong"]

    async def stumbles(ctx: Context, meant: Intent) -> Outgoing:
        answer = await finish(ctx, meant)
        if faults:
            raise faults.pop(0)
        return answer

    # no input makes a handler fail in a way that nobody foresaw
    monkeypatch.setitem(router.COMMANDS, "xong", stumbles)
    await world.receives(said(world, "Dung", f"xong {number}", "a"))
    assert (await world.task(number)).is_open
    assert world.hears_all("Dung") == world.hears_all("Bình") == []
    await again(world, seconds=1)
    await again(world, seconds=2)
    assert "hoàn thành" in world.hears("Dung")
    assert len(world.hears_all("Bình")) == 1


async def test_an_event_that_fails_five_times_is_given_up_and_its_sender_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    async def fails(_ctx: Context, _meant: Intent) -> Outgoing:
        nonlocal tries
        tries += 1
        raise RuntimeError("always")

    monkeypatch.setitem(router.COMMANDS, "viec", fails)
    await world.receives(said(world, "Dung", "viec", "a"))
    for _ in range(MOST_TRIES + 2):
        assert tries <= MOST_TRIES
        await again(world, minutes=5)
    assert tries == MOST_TRIES
    assert "Hệ thống gặp lỗi" in world.hears("Dung")
    assert await states(world) == {"a": "failed"}
    assert "Hôm nay" in await world.answer("Dung", "hôm nay")


async def test_what_comes_after_a_failing_event_of_its_chat_waits_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_ctx: Context, _meant: Intent) -> Outgoing:
        raise RuntimeError("always")

    monkeypatch.setitem(router.COMMANDS, "viec", fails)
    await world.receives(said(world, "Dung", "viec", "a"), said(world, "Dung", "hôm nay", "b"))
    await world.receives(said(world, "Dung", "hôm nay", "c"), said(world, "Em", "hôm nay", "d"))
    assert world.hears_all("Dung") == []
    assert "Hôm nay" in world.hears("Em")
    for _ in range(MOST_TRIES):
        await again(world, minutes=5)
    heard = [plain(one.text) for one in world.hears_all("Dung")]
    assert [text.split(maxsplit=1)[0] for text in heard] == ["Hệ", "Hôm", "Hôm"]
    assert await states(world) == {"a": "failed", "b": "done", "c": "done", "d": "done"}
    # the chat has gone on: nothing waits for the next sweep any more
    assert "Hôm nay" in await world.answer("Dung", "hôm nay")


async def test_an_event_whose_failure_cannot_be_written_down_is_not_overtaken(
    world: World, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await world.assigned("Dung")
    vendor.faults = [Unavailable("no route")]

    async def stumbles(*_given: object) -> None:
        raise OSError("disk I/O error")

    with monkeypatch.context() as failing:
        failing.setattr(Inbox, "again", stumbles)
        await world.receives(said(world, "Dung", f"xong {number}", "a", file="x.pdf"), said(world, "Dung", "viec", "b"))
    await world.receives(said(world, "Dung", "hôm nay", "c"))
    assert world.hears_all("Dung") == []
    await again(world, minutes=2)
    heard = [plain(one.text) for one in world.hears_all("Dung")]
    assert ["hoàn thành" in heard[0], "chờ xác nhận" in heard[1], "Hôm nay" in heard[2]] == [True, True, True]


async def test_a_start_takes_up_everything_that_was_left(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "AT_ONCE", 2)
    async with world.store.write() as uow:
        now = world.clock.now()
        left = [said(world, "Dung", "hôm nay", str(n)) for n in range(5)]
        await uow.inbox.keep(left, now, now.replace(year=2027))
    await world.reception.sweep(all_leases=True)
    await world.settle()
    assert len(world.hears_all("Dung")) == 5


async def test_a_file_kept_before_a_fault_is_not_fetched_again_and_what_was_lost_is_still_said(
    world: World, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await world.assigned("Dung")
    faults = [RuntimeError("once")]
    finish = router.COMMANDS["xong"]

    async def stumbles(ctx: Context, meant: Intent) -> Outgoing:
        if faults:
            raise faults.pop(0)
        return await finish(ctx, meant)

    monkeypatch.setitem(router.COMMANDS, "xong", stumbles)
    big = FileRef("big", "to.mp4", "video/mp4", 21 * 1024 * 1024)
    one = said(world, "Dung", f"xong {number}", "a", file="x.pdf")
    await world.receives(replace(one, files=(*one.files, big)))
    vendor.faults = [Rejected("must not be fetched again")]
    await again(world, seconds=1)
    answer = world.hears("Dung")
    assert "Đã lưu 1 minh chứng" in answer
    assert "Có 1 tệp không lưu được" in answer


async def test_an_event_left_by_a_process_that_died_is_taken_up_at_the_start(world: World) -> None:
    number = await world.assigned("Dung")
    async with world.store.write() as uow:
        now = world.clock.now()
        await uow.inbox.keep([said(world, "Dung", f"nhan {number}", "a")], now, now.replace(year=2027))
    await world.reception.sweep()
    await world.settle()
    assert world.hears_all("Dung") == []
    await world.reception.sweep(all_leases=True)
    await world.settle()
    assert "tiếp nhận" in world.hears("Dung")
    await world.reception.sweep(all_leases=True)
    await world.settle()
    assert world.hears_all("Dung") == []


async def test_an_event_that_another_process_has_handled_is_left_alone(world: World) -> None:
    number = await world.assigned("Dung")
    async with world.store.write() as uow:
        now = world.clock.now()
        (event,) = await uow.inbox.keep([said(world, "Dung", f"nhan {number}", "a")], now, now)
        await uow.inbox.done(event.id)
    await world.dispatcher.handle(event, world.clock.now())
    await world.settle()
    assert (await world.task(number)).status is Status.NOT_ACCEPTED
    assert world.hears_all("Dung") == []
    # the sender that was reserved for the answer is free again
    assert "không còn nhiệm vụ" in await world.answer("Em", "viec")
