"""The vendor is away, broken, or asks for an hour's silence: afterwards all leaves in order, and nobody gets it twice.

Real HTTP to the simulated Telegram, in both directions; the clock stands still and is moved.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.channels.telegram import TelegramChannel
from domain.messages import Draft, Outgoing, Priority
from scheduler.sender import Sender
from storage.codecs import table
from storage.models import LetterRow
from storage.unit_of_work import Store
from tests.simulators.telegram import TelegramSimulator
from tests.world import MONDAY, World, living, local

pytestmark = pytest.mark.journey

letters = table(LetterRow)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REMINDED = ("Dung", "Khánh")
TASKS = ("Báo cáo quý", "Công bố danh mục TTHC")
READ = ("Minh", "Hùng", "Chánh", "Hải", "Quản")
"""Who gets the letter that goes to many."""


async def briefly(seconds: float) -> None:
    await asyncio.sleep(min(seconds, 0.02))


class OverHttp(World):
    """A world whose first channel is the real one, at the simulated Telegram."""

    def __init__(self, url: str, folder: Path, sim: TelegramSimulator) -> None:
        super().__init__(url, folder, MONDAY)
        self.sim = sim
        self.telegram = TelegramChannel(
            sim.token, clock=self.clock, open_file=self.files.open, api_url=sim.url, rest=briefly
        )
        self.channels["telegram"] = self.telegram  # type: ignore[assignment]
        self.sender = self._sender(self.store)

    def _sender(self, store: Store) -> Sender:
        made = Sender(self.telegram, store, self.clock, self.speech, steady=self.clock.steady)
        self.senders.by_channel["telegram"] = made
        return made

    async def restart(self) -> None:
        """Another sender, which knows what the database says and nothing else."""
        self.sender = self._sender(Store(self.store.database, ZONE))
        await self.sender.recover()

    async def listen(self) -> None:
        for person in self.people.values():
            self.sim.person(person.id, person.name, started=True)
        await self.telegram.start(self.reception.receive)
        await self.telegram.start_polling()

    async def pass_by(self, **time: float) -> None:
        """Time goes by, step by step, as the sender would see it."""
        until = self.clock.now() + timedelta(**time)
        while self.clock.now() < until:
            await self.tick()
            wait = await self.sender.step()
            left = (until - self.clock.now()).total_seconds()
            self.clock.move(seconds=min(left, 60.0 if wait is None else wait))

    async def asks(self, who: str, text: str) -> None:
        await self._does(lambda: self.sim.say(self.people[who].id, text))

    async def presses_last(self, who: str, label: str) -> None:
        """Press a button of the message that came last."""
        person = self.people[who].id
        await self._does(lambda: self.sim.press(person, self.sim.sent(person)[-1]["message_id"], label))

    async def _does(self, act: Callable[[], object]) -> None:
        """Somebody does something; it is handled as soon as Telegram is asked for it."""
        before = await self._answers()
        act()
        async with asyncio.timeout(20):
            while await self._answers() == before:
                await asyncio.sleep(0.01)
        await self.reception.idle.wait()

    async def _answers(self) -> int:
        query = select(func.count()).where(letters.c.dedupe.startswith("answer:"))
        async with self.store.read() as uow:
            return int(await uow.connection.scalar(query))

    def order(self) -> list[tuple[str, str]]:
        """Who got what kind of letter, in the order of arrival."""
        names = {person.id: who for who, person in self.people.items()}
        return [(_kind(str(message["text"])), names[message["chat_id"]]) for message in self.sim.sent()]


KINDS = {"Gửi lại": "twice", "công văn số 88": "all", "xin nhắc": "reminder", "Tin báo": "notice"}


def _kind(text: str) -> str:
    return next((kind for words, kind in KINDS.items() if words in text), "answer")


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[OverHttp]:
    async with TelegramSimulator(repeat_stretch=0.02, conflict_delay=0.02) as sim:
        made = OverHttp(database_url, tmp_path / "files", sim)
        async with living(made):
            await made.get_to_know()
            await made.listen()
            yield made
            await made.sim.up()
            await made.telegram.stop()
            await made.telegram.close()


async def fill(world: OverHttp) -> None:
    """A letter to many, then reminders of two tasks each, then a notice: all wait, the most urgent last."""
    now = world.clock.now()
    async with world.store.write() as uow:
        for who in READ:
            draft = Draft(Outgoing("Chuyển công văn số 88/CV-VP"), f"all:{who}", Priority.BROADCAST)
            await uow.outbox.post(draft, "telegram", world.address(who), now, person_id=world.people[who].id)
    await world.tick()
    async with world.store.write() as uow:
        draft = Draft(Outgoing("Tin báo"), "notice", Priority.NOTICE)
        await uow.outbox.post(draft, "telegram", world.address("Bình"), now, person_id=world.people["Bình"].id)


async def with_tasks_due(world: OverHttp) -> None:
    """Two tasks each, on the day on which they are reminded of."""
    for what in TASKS:
        for who in REMINDED:
            await world.asks("Lan", f"giao {world.people[who].name}; 01/12; {what}")
            await world.pass_by(seconds=5)
            await world.presses_last("Lan", "Giao việc")
            await world.pass_by(seconds=5)
    world.clock.at = local("2026-11-26 14:00")
    world.sim.clear()


IN_ORDER = [
    ("answer", "Em"),
    ("notice", "Bình"),
    *(("reminder", who) for who in REMINDED),
    *(("all", who) for who in READ),
]


async def drained(world: OverHttp) -> None:
    """Everything has arrived in its order; one reminder a person speaks of both tasks."""
    await world.pass_by(minutes=6)
    assert world.order() == IN_ORDER
    for who in REMINDED:
        (reminder,) = [message["text"] for message in world.sim.sent(world.people[who].id)]
        assert all(what in reminder for what in TASKS)
    await world.pass_by(minutes=10)
    assert len(world.sim.sent()) == len(IN_ORDER)


@asynccontextmanager
async def cut(world: OverHttp) -> AsyncIterator[None]:
    """No line to the vendor at all; what people write waits there."""
    world.sim.down()
    yield
    await world.sim.up()


@asynccontextmanager
async def broken(world: OverHttp) -> AsyncIterator[None]:
    for code in (500, 502, 503, 504):
        world.sim.fault("sendMessage", code=code)
    world.sim.fault("sendMessage", code=502, times=None)
    yield
    world.sim.clear_faults()


@pytest.mark.parametrize("fault", [cut, broken])
async def test_after_ten_minutes_without_the_vendor_all_leaves_in_order(
    world: OverHttp, fault: Callable[[OverHttp], AbstractAsyncContextManager[None]]
) -> None:
    await with_tasks_due(world)
    async with fault(world):
        await fill(world)
        await world.pass_by(minutes=10)
        assert world.order() == []
    await world.asks("Em", "viec")
    await drained(world)


async def test_an_hour_of_silence_is_kept_to_also_by_the_next_sender(world: OverHttp) -> None:
    await with_tasks_due(world)
    world.sim.fault("sendMessage", code=429, retry_after=3600)
    await fill(world)
    await world.sender.step()
    calls = len(world.sim.calls("sendMessage"))
    await world.pass_by(minutes=30)
    await world.asks("Em", "viec")
    await world.restart()
    await world.pass_by(minutes=29.9)
    assert len(world.sim.calls("sendMessage")) == calls
    assert world.order() == []
    await drained(world)
