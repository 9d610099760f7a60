"""The talk harness: the whole assistant on a real database, with fake channels and a clock that stands still.

`says` puts a message into the inbox and has everything happen that follows; `hears` takes the one new message that
somebody got, and fails where there is none, or more than one.
"""

import re
from asyncio import Event as Flag
from asyncio import TaskGroup
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.channel import DeliveryError, Feature, Limits, Receive, SentRef
from domain.messages import FileRef, Incoming, Outgoing
from domain.people import Person
from domain.rules import Rules
from domain.tasks import Assignment
from handlers.context import Desk
from handlers.dispatch import Dispatcher
from handlers.reception import Reception
from locales import vocabulary
from locales.speech import Speech
from scheduler.sender import Sender
from scheduler.senders import Senders
from scheduler.ticks import Clockwork, tick
from storage.engine import make_engine
from storage.files import FileStore
from storage.roster import take_in
from storage.unit_of_work import Store, UnitOfWork
from tests.cast import ROSTER

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(text: str) -> datetime:
    """A local instant, "2026-11-23 09:00", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


MONDAY = local("2026-11-23 09:00")


class StandingClock:
    """A clock that only moves when told to."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def steady(self) -> float:
        return self.at.timestamp()

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class FakeChannel:
    """A channel that keeps what it was given; `errors` are raised first, one for each message."""

    features = Feature.BUTTONS | Feature.FILES_IN | Feature.FILES_OUT | Feature.PROACTIVE

    def __init__(self, name: str, limits: Limits | None = None) -> None:
        self.name = name
        self.limits = limits or Limits(max_file_in=20 * 1024 * 1024)
        self.sent: list[tuple[str, Outgoing]] = []
        self.errors: list[DeliveryError] = []
        self.files: dict[str, bytes] = {}

    async def start(self, receive: Receive) -> None:
        """Nothing to listen to."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def close(self) -> None:
        """Nothing to close."""

    async def send(self, address: str, outgoing: Outgoing) -> SentRef:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((address, outgoing))
        return SentRef(str(len(self.sent)))

    async def fetch(self, file: FileRef) -> bytes:
        return self.files[file.ref]

    def is_group(self, address: str) -> bool:
        return address.startswith("-")


async def enrol(uow: UnitOfWork, now: datetime) -> None:
    """The cast as an agency, everybody linked to the first channel."""
    await take_in(uow, ROSTER, now)
    for person in (await uow.agency()).people.values():
        await uow.people.link(person.id, "telegram", str(person.id), now)


class World:
    """An agency, its assistant, and ways to talk to it as anybody."""

    def __init__(self, url: str, folder: Path, now: datetime) -> None:
        self.clock = StandingClock(now)
        self.rules = Rules(agency="Sở Khoa học và Công nghệ")
        self.speech = Speech()
        self.store = Store(make_engine(url), self.rules.zone)
        self.files = FileStore(folder)
        self.channel = FakeChannel("telegram")
        self.other = FakeChannel("web")
        self.channels = {"telegram": self.channel, "web": self.other}
        self.store.limits = {name: channel.limits for name, channel in self.channels.items()}
        self.senders = Senders({})
        for name, channel in self.channels.items():
            sender = Sender(channel, self.store, self.clock, self.speech, steady=self.clock.steady)
            self.senders.by_channel[name] = sender
        self.store.on_posted = self.senders.wake
        self.desk = desk = Desk(
            self.rules, self.speech, vocabulary.load(), lambda code: [("web", f"http://localhost/vao/{code}")]
        )
        self.dispatcher = Dispatcher(self.store, self.senders, desk)
        self.reception = Reception(self.store, self.files, self.dispatcher, self.channels, self.clock)
        self.people: dict[str, Person] = {}
        self._events = count(1)
        self._heard: dict[str, int] = {}

    async def enrol(self) -> None:
        """Take the roster in, and link everybody to the first channel."""
        async with self.store.write() as uow:
            await enrol(uow, self.clock.now())
        await self.get_to_know()

    async def get_to_know(self) -> None:
        """Learn who is there."""
        async with self.store.read() as uow:
            agency = await uow.agency()
        self.people = {person.name.split()[-1]: person for person in agency.people.values()}

    def address(self, who: str) -> str:
        return str(self.people[who].id) if who in self.people else who

    # -- talking -----------------------------------------------------------------------------------------------------

    async def says(self, who: str, text: str = "", *, channel: str = "telegram", **more: object) -> None:
        incoming = Incoming(channel, str(next(self._events)), self.address(who), who, text)
        await self.receives(replace(incoming, **more))  # type: ignore[arg-type]

    async def receives(self, *incoming: Incoming) -> None:
        await self.reception.receive(list(incoming))
        await self.settle()

    async def sends_file(self, who: str, name: str, content: bytes, text: str = "", size: int | None = None) -> None:
        ref = f"file-{next(self._events)}"
        self.channel.files[ref] = content
        file = FileRef(ref, name, "application/octet-stream", len(content) if size is None else size)
        await self.says(who, text, files=(file,))

    async def presses(self, who: str, label: str, *, of: Outgoing | None = None) -> None:
        """Press a button of a message, by its label; the last one that the person got."""
        message = of or self.last(who)
        says = [button.says for row in message.buttons for button in row if button.label == label]
        assert says, f"no button {label!r} in {[b.label for row in message.buttons for b in row]}"
        await self.says(who, action=says[0])

    def last(self, who: str) -> Outgoing:
        """The last message that somebody got."""
        got = [outgoing for address, outgoing in self.channel.sent if address == self.address(who)]
        assert got, f"{who} got nothing"
        return got[-1]

    def hears_all(self, who: str) -> list[Outgoing]:
        """Every new message that somebody got."""
        got = [outgoing for address, outgoing in self.channel.sent if address == self.address(who)]
        new = got[self._heard.get(who, 0) :]
        self._heard[who] = len(got)
        return new

    def hears(self, who: str) -> str:
        """The one new message that somebody got, as plain text."""
        new = self.hears_all(who)
        assert len(new) == 1, f"{who} got {len(new)} messages: {[plain(one.text) for one in new]}"
        return plain(new[0].text)

    async def answer(self, who: str, text: str) -> str:
        """Say something, and take the one answer."""
        self.hears_all(who)
        await self.says(who, text)
        return self.hears(who)

    # -- time --------------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let everything happen that can happen now."""
        await self.reception.idle.wait()
        for sender in self.senders.by_channel.values():
            await sender.step()

    async def at(self, text: str) -> None:
        """Move the clock to a local instant, and let the ticks run."""
        self.clock.at = local(text)
        await self.tick()

    async def tick(self) -> int:
        letters = await tick(Clockwork(self.store, self.files, self.rules, self.speech), self.clock.now())
        await self.settle()
        return letters

    # -- shortcuts ---------------------------------------------------------------------------------------------------

    async def assigned(
        self, to: str = "Dung", due: str = "5 ngày làm việc", what: str = "Công bố danh mục TTHC"
    ) -> int:
        """The Office assigns a task; gives its number. Nobody has heard anything yet."""
        await self.says("Lan", f"giao {self.people[to].name}; {due}; {what}")
        await self.presses("Lan", "Giao việc")
        found = re.search(r"số (\d+)", plain(self.last("Lan").text))
        assert found, plain(self.last("Lan").text)
        for who in self.people:
            self.hears_all(who)
        return int(found[1])

    async def task(self, number: int) -> Assignment:
        async with self.store.read() as uow:
            found = await uow.tasks.get(number)
        assert found is not None
        return found


def plain(text: str) -> str:
    """A text without its markup."""
    bare = re.sub(r"</?(b|i|code|a)[^>]*>", "", text)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return bare


@asynccontextmanager
async def living(world: World) -> AsyncIterator[World]:
    """A world in which events are handled."""
    stop = Flag()
    try:
        async with TaskGroup() as tasks:
            tasks.create_task(world.reception.run(stop))
            try:
                yield world
            finally:
                stop.set()
    finally:
        await world.store.close()
